"""From the text and inline elements of a page to lines of escaped HTML with a few elements of our own."""

import re
from html import escape

from news.saved_page import links
from news.saved_page.lines import Line

_KEPT = {"b": "strong", "strong": "strong", "em": "em", "i": "em", "u": "u", "sub": "sub", "sup": "sup"}
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_WRAPPED = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\n[ \t\n]*(?=[\u2e80-\u9fff\uff00-\uffef])")
_BLANKS = re.compile(r"[ \t\n\f\v\xa0\u2000-\u200a\u202f]+")
_LAZY = ("src", "data-original", "data-src", "data-lazy-src", "original-src", "_src")


class LineBuilder:
    """Collects text and inline elements, and makes a Line of them whenever a line ends.

    What the line in hand is (`kind`, `level`, `place`, `align`, see Line) stays until `become` changes it.
    """

    def __init__(self, base=""):
        self.base = base
        self.lines = []
        self.keep_breaks = False
        self.inline = []  # of every open inline element: the tag we write for it with its attributes, or ""
        self.link_depth = self.link_start = 0
        self.become()
        self._start()

    def become(self, kind="text", *, level=0, place=(), align=""):
        self.kind, self.level, self.place, self.align = kind, level, place, align

    def _start(self):
        self.parts, self.chars, self.crumbs = [], [], []
        self.written = []  # the tags that are open in `parts`
        self.blank = ""  # white space that is written when more text follows
        self.bold_chars = self.link_chars = 0
        self.has_file_link = False
        self.pictures, self.notes = [], []

    def end_line(self):
        if self.chars or self.pictures or self.notes:
            self._close_to(0)
            text = "".join(self.chars)
            self.lines.append(
                Line(
                    text=text,
                    html="".join(self.parts),
                    kind=self.kind,
                    level=self.level,
                    place=self.place,
                    align=self.align,
                    crumbs="".join(self.crumbs),
                    link_chars=self.link_chars,
                    has_file_link=self.has_file_link,
                    bold=0 < len(text.replace(" ", "")) <= self.bold_chars,
                    pictures=self.pictures,
                    notes=self.notes,
                )
            )
        self._start()

    def add(self, line):
        """Take over a line that was made elsewhere."""
        self.end_line()
        self.lines.append(line)

    def text(self, chunk):
        if not chunk:
            return
        if self.keep_breaks:
            for number, part in enumerate(chunk.split("\n")):
                if number:
                    self.end_line()
                self._text(part)
        else:
            self._text(_WRAPPED.sub("", chunk))

    def _text(self, chunk):
        chunk = _BLANKS.sub(" ", chunk)
        body = chunk.strip(" \u3000")
        if not body:
            self.blank += chunk
            return
        start = chunk.index(body[0])
        blank = self.blank + chunk[:start]
        self.blank = chunk[start + len(body) :]
        if blank and (self.chars or self.pictures):
            # Outside of the element that begins here; of several blanks the ideographic ones stay.
            blank = "".join(blank.split(" ")) or " "
            for collected in (self.parts, self.chars, self.crumbs):
                collected.append(blank)
        self._write(body)

    def _write(self, text):
        self._open()
        self.parts.append(escape(text, quote=False))
        self.chars.append(text)
        self.crumbs.append(text)
        size = len(text.replace(" ", ""))
        self.bold_chars += size if "strong" in self.inline else 0
        self.link_chars += len(text) if self.link_depth else 0

    def _open(self):
        kept = [tag for tag in self.inline if tag]
        for tag in kept[len(self.written) :]:
            self.parts.append(f"<{tag}>")
            self.written.append(tag)

    def _close_to(self, count):
        while len(self.written) > count:
            self.parts.append(f"</{self.written.pop().split(' ')[0]}>")

    def enter_inline(self, element):
        tag = element.tag
        kept = _KEPT.get(tag, "")
        if tag == "br":
            self._break()
        elif tag == "img":
            self._picture(element)
        elif tag == "a":
            kept = self._link(element.get("href") or "")
        elif tag == "span" and _BOLD_STYLE.search(element.get("style") or ""):
            kept = "strong"
        # One element of a kind at a time: ten thousand nested <b> are one.
        is_open = any(tag.split(" ")[0] == kept.split(" ")[0] for tag in self.inline if tag)
        self.inline.append("" if is_open else kept)

    def leave_inline(self, element):
        if self.inline.pop():
            self._close_to(sum(1 for tag in self.inline if tag))
        if element.tag == "a":
            self._end_link(element.get("href") or "")

    def _break(self):
        if self.kind == "heading":
            self.blank = " " if self.chars and self.chars[-1][-1].isascii() else self.blank
        else:
            self.end_line()

    def _link(self, href):
        self.link_depth += 1
        self.link_start = len(self.chars)
        self.crumbs.append("\x1f")
        address = links.on_the_web(href, self.base)
        return f'a href="{escape(address)}"' if address else ""

    def _end_link(self, href):
        self.link_depth -= 1
        self.crumbs.append("\x1f")
        text = "".join(self.chars[self.link_start :]).strip()
        if links.is_file(href) or links.is_file(text):
            self.has_file_link = True
            if not links.on_the_web(href, self.base):
                self.notes.append(f"链接的文件“{(text or links.name_of(href))[:60]}”没有导入")

    def _picture(self, element):
        sides = element.get("width"), element.get("height")
        addresses = [element.get(name).strip() for name in _LAZY if (element.get(name) or "").strip()]
        addresses = [address for address in addresses if not links.is_ornament(address, *sides)]
        alt = " ".join((element.get("alt") or element.get("title") or "").split())[:200]
        alt = "" if links.is_file(alt) else alt
        path = next(filter(None, map(links.in_folder, addresses)), "")
        remote = next(filter(None, (links.on_the_web(address, self.base) for address in addresses)), "")
        if path:
            self._open()
            self.parts.append(f'<img src="{escape(path)}" alt="{escape(alt)}">')
            self.pictures.append(path)
        elif remote:
            self._remote_picture(remote, alt)
        elif any(address.lower().startswith("data:") for address in addresses):
            self.notes.append("写在网页里的图片(data:)没有导入")
        elif addresses:
            self.notes.append(f"图片“{links.name_of(addresses[0])}”不在网页所在的文件夹里，没有导入")

    def _remote_picture(self, address, alt):
        """Write a picture that stands elsewhere as a link to it, as the rich-text field does."""
        self._open()
        label = escape(f"[{alt or '图片'}]", quote=False)
        if not any(tag.startswith("a ") for tag in self.inline):
            label = f'<a class="remote-picture" href="{escape(address)}">{label}</a>'
        self.parts.append(label)
        self.chars.append(f"[{alt or '图片'}]")
