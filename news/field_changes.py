"""What two contents of an article say differently, field by field, for people."""

from datetime import UTC, datetime
from typing import NamedTuple

from django.utils.timezone import localtime

from news.comparing import compare, compare_html
from news.comparing.blocks import Block, text_blocks
from news.comparing.rows import compare_blocks
from news.comparing.words import Token
from news.models import Article, Attachment, Column, Source
from portal.models import Picture
from portal.richtext.cleaning import clean

ORDER = (
    "title", "subtitle", "column_id", "source_id", "source_url", "author", "editor", "summary", "cover_id", "body", "tags",
    "published_at", "expires_at", "attachments",
)  # fmt: skip
LABELS = {"tags": "标签", "attachments": "附件"}
NAMED = {"column_id": Column, "source_id": Source}
MOMENTS = ("published_at", "expires_at", "pinned_until")
GONE = "（已不存在）"


class Change(NamedTuple):
    name: str
    label: str
    rows: list

    @property
    def is_changed(self):
        return any(row.is_changed for row in self.rows)


def changes(old, new):
    """Return a Change for each field in which the contents `old` and `new` differ, in the order of the form."""
    names = [*ORDER, *sorted((old.keys() | new.keys()) - set(ORDER))]
    found = [Change(name, label_of(name), rows_of(name, old, new)) for name in names if old.get(name) != new.get(name)]
    return [change for change in found if change.is_changed]


def label_of(name):
    if name in LABELS:
        return LABELS[name]
    field = name.removesuffix("_id")
    known = {field.name: field for field in Article._meta.concrete_fields}
    return str(known[field].verbose_name) if field in known else name


def rows_of(name, old, new):
    sides = old.get(name), new.get(name)
    if name == "body":
        return compare_html(*(clean(side or "") for side in sides))
    if name == "cover_id":
        return compare_blocks(*map(picture_blocks, sides))
    if name in LABELS:
        return compare_blocks(*([Block("", (Token(text),)) for text in parts_of(name, side or [])] for side in sides))
    if name in NAMED or name in MOMENTS or not all(isinstance(side, str) for side in sides):
        # Values, not texts: one took the place of the other.
        return compare_blocks(
            *([Block("", (Token(text),))] if text else [] for text in (shown(name, s) for s in sides))
        )
    return compare(*sides)


def shown(name, value):
    if value in (None, "", []):
        return ""
    if name in NAMED:
        row = NAMED[name].objects.filter(pk=value).first()
        return str(row) if row else GONE
    if name in MOMENTS:
        return f"{localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M}"
    return {True: "是", False: "否"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def parts_of(name, value):
    """Return the parts of a content, tags or attachments, each as people read it."""
    if name == "tags":
        return value
    rows = Attachment.objects.select_related("library_file").in_bulk([place["id"] for place in value])
    labels = {pk: f"（{row.library_file.label}）" for pk, row in rows.items()}
    places = sorted(value, key=lambda place: (place["position"], place["id"]))
    return [place["name"] + labels.get(place["id"], "") for place in places]


def picture_blocks(pk):
    if not pk:
        return []
    picture = Picture.objects.filter(pk=pk).first()
    if picture is None:
        return text_blocks(GONE)
    return [Block("", (Token(f"〔图片：{picture.title}〕", picture.title, picture.url_for(320)),))]


def content_of_form(form, base):
    """Return the content `base` with what the valid fields of an article's `form` say in place of its own."""
    said, content = form.cleaned_data, dict(base)
    for name in base:
        field = name.removesuffix("_id")
        if name == "tags" and "tag_names" in said:
            content[name] = sorted(tag.name for tag in said["tag_names"])
        elif name.endswith("_id") and field in said:
            content[name] = said[field] and said[field].pk
        elif name in MOMENTS and name in said:
            content[name] = said[name] and said[name].astimezone(UTC).isoformat()
        elif name in said:
            content[name] = said[name] if isinstance(said[name], bool | int | None) else str.__str__(said[name])
    return content
