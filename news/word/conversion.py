"""A Word document into clean HTML, by mammoth, with what it leaves out: alignment, first-line indents, a title."""

import re
from dataclasses import dataclass, field

import mammoth
from mammoth import documents, transforms

from news.word.container import WordRefused, check_container
from news.word.dropped import dropped
from news.word.pictures import Collected, description
from news.word.styles import NAMES, STYLE_MAP, alignments, as_styles, class_of, heading_level
from portal.pictures import Checked
from portal.richtext.cleaning import CleanHtml, clean

TITLE_MAX = 100  # characters, as an article's title
_EMPTY_PICTURE = re.compile(r"<img(?![^>]* src=)[^>]*>")
UNREADABLE = "文档的内部结构有问题，读不出来。请用 Word 或 WPS 打开，另存为 .docx 后再上传。"


@dataclass(frozen=True)
class WordDocument:
    """`body_html` shows `pictures[0]` under the address `/word-picture/0/` until `with_kept_pictures` places them."""

    title: str
    body_html: CleanHtml
    pictures: list[Checked] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)


def read_docx(file):
    """Return the WordDocument in `file` (a file object with name and size). Raises WordRefused, with a Chinese line.

    Nothing is kept: what it holds is in the answer.
    """
    check_container(file)
    collected, reading = Collected(), _Reading()
    try:
        reading.by_style = alignments(file)
        lines = dropped(file)
        file.seek(0)
        converted = mammoth.convert_to_html(
            file,
            style_map=STYLE_MAP,
            transform_document=reading.transformed,
            convert_image=mammoth.images.img_element(collected.take),
            include_embedded_style_map=False,  # the file does not say how it is read
            external_file_access=False,
        )
        body = clean(as_styles(_EMPTY_PICTURE.sub("", converted.value)))
    except WordRefused:
        raise
    except Exception as error:  # a parser of a format this wide fails in any way on what was made to break it
        raise WordRefused(UNREADABLE) from error
    finally:
        file.seek(0)
    return WordDocument(reading.title, body, collected.checked, lines + collected.problems)


class _Reading:
    """Walks mammoth's document: takes the title out, names each paragraph for `STYLE_MAP`, trims descriptions."""

    def __init__(self):
        self.title, self.by_style = "", {}

    def transformed(self, document):
        document = document.copy(children=self._without_title(document.children))
        document = transforms.paragraph(self._named)(document)
        return transforms.element_of_type(documents.Image, self._described)(document)

    def _without_title(self, children):
        place = self._place_of_title(children)
        if place is None:
            return children
        self.title = _text(children[place])[:TITLE_MAX]
        return [*children[:place], *children[place + 1 :]]

    def _place_of_title(self, children):
        """The first title or heading 1; without any, a first paragraph that is centred, as offices write titles."""
        first = None
        for place, child in enumerate(children):
            if not isinstance(child, documents.Paragraph) or not (text := _text(child)):
                continue
            if heading_level(child) in (0, 1):
                return place if len(text) <= TITLE_MAX else None
            if first is None:
                first = place
        if first is None or first != next((p for p, child in enumerate(children) if _text(child)), None):
            return None
        is_title = class_of(children[first], self.by_style) == "center" and len(_text(children[first])) <= TITLE_MAX
        return first if is_title else None

    def _named(self, paragraph):
        level = heading_level(paragraph)
        name = class_of(paragraph, self.by_style)
        if (paragraph.numbering and level is None) or (level is None and not name):
            return paragraph
        return paragraph.copy(style_id=None, style_name=f"portal {NAMES[level]} {name or 'plain'}", numbering=None)

    def _described(self, image):
        return image.copy(alt_text=description(image.alt_text))


def _text(element):
    texts = [e.value for e in transforms.get_descendants(element) if isinstance(e, documents.Text)]
    return " ".join("".join(texts).split())
