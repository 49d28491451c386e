"""The pictures of a Word document, on their way into the library."""

import html
import re

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from portal import pictures
from portal.models import Picture
from portal.richtext.cleaning import clean
from portal.views.editor import placed

PICTURES_MAX = 100
_BEGINNINGS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"GIF8": ".gif", b"RIFF": ".webp"}
_DRAWN = {"image/x-emf", "image/x-wmf", "image/emf", "image/wmf"}
# What Word writes by itself, or a camera: no description.
_NO_DESCRIPTION = re.compile(
    r"(?:图片|图像|picture|image|img|dsc)?[\s_-]*\d*(?:\.\w{3,4})?|.*[\\/].*|[0-9a-f-]{16,}", re.IGNORECASE
)
_PLACE = re.compile(r'<img([^>]*?) src="/word-picture/(\d+)/"([^>]*)>')


class Collected:
    """Pictures as mammoth comes across them: `checked` in their order, `problems` for people."""

    def __init__(self):
        self.checked, self.problems = [], []

    def take(self, image):
        """Return the attributes of the picture's element; without an address where it does not come along."""
        number = len(self.checked) + len(self.problems) + 1
        try:
            if image.content_type in _DRAWN:
                raise ValidationError("是 EMF 或 WMF 矢量图，请另存为 PNG 后上传")
            if len(self.checked) >= PICTURES_MAX:
                raise ValidationError(f"一篇文档最多带 {PICTURES_MAX} 张图片")
            with image.open() as file:
                data = file.read()
            extension = next((end for start, end in _BEGINNINGS.items() if data.startswith(start)), ".bin")
            checked = pictures.check(ContentFile(data, name=f"Word 图片 {number}{extension}"))
        except ValidationError as error:
            self.problems.append(f"第 {number} 张图片：{error.messages[0].rstrip('。')}")
            return {}
        except Exception:  # a picture that only another file or host has: mammoth opens none
            self.problems.append(f"第 {number} 张图片：不在文档里，只是一个链接")
            return {}
        self.checked.append(checked)
        return {"src": f"/word-picture/{len(self.checked) - 1}/"}


def description(text):
    text = (text or "").strip()
    return "" if _NO_DESCRIPTION.fullmatch(text) else text[:200]


def with_kept_pictures(document, *, uploaded_by=None):
    """Bring the pictures of a WordDocument into the library; return its body with their addresses."""
    alts = {int(match[2]): _alt(match) for match in _PLACE.finditer(document.body_html)}
    kept = [
        Picture.objects.keep(checked, alt=alts.get(number, ""), uploaded_by=uploaded_by)
        for number, checked in enumerate(document.pictures)
    ]

    def with_address(match):
        place = placed(kept[int(match[2])])
        alt = html.escape(_alt(match) or place["alt"])
        return f'<img src="{place["url"]}" alt="{alt}" width="{place["width"]}" height="{place["height"]}">'

    return clean(_PLACE.sub(with_address, str.__str__(document.body_html)))


def _alt(match):
    found = re.search(r' alt="([^"]*)"', match[1] + match[3])
    return html.unescape(found[1]) if found else ""
