"""The handbook of the desk: Markdown in docs/handbook, which reads the same in the repository and in the admin.

`index.md` is its contents: chapters (##) and under each the links to its pages, in the order of reading.
"""

import re
from dataclasses import dataclass

import mistune
from django.conf import settings
from django.urls import reverse
from PIL import Image

from portal.richtext.cleaning import clean

FOLDER = settings.BASE_DIR / "docs" / "handbook"
PICTURES = FOLDER / "pictures"
INDEX = "index"

_LINK = re.compile(r"^- \[(?P<title>[^]]+)\]\((?P<name>[a-z-]+)\.md\)", re.MULTILINE)
_PICTURE = re.compile(r"pictures/(?P<name>[a-z-]+)\.webp")


@dataclass(frozen=True)
class Page:
    name: str
    title: str
    body: str  # clean HTML


class _Renderer(mistune.HTMLRenderer):
    """Links between pages stay as they are: pages stand beside each other here too."""

    def image(self, text, url, title=None):
        found = _PICTURE.fullmatch(url)
        if not found:
            return super().image(text, url, title)
        with Image.open(PICTURES / f"{found['name']}.webp") as picture:
            width, height = picture.size
        address = reverse("admin:portal_handbook_picture", args=[found["name"]])
        alt = mistune.escape(text)
        return f'<a href="{address}"><img src="{address}" alt="{alt}" width="{width}" height="{height}"></a>'


_render = mistune.create_markdown(renderer=_Renderer(), plugins=["table"])


def page(name):
    """Return the Page `name` (a slug). Raises FileNotFoundError."""
    head, _, text = (FOLDER / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    return Page(name, head.removeprefix("# ").strip(), clean(_render(text)))


def contents():
    """Return (name, title) of every page but the index, in the order of reading."""
    return [(found["name"], found["title"]) for found in _LINK.finditer((FOLDER / f"{INDEX}.md").read_text("utf-8"))]
