"""A SavedPage becomes a published article, once."""

import hashlib
import html
import re
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from news import versions
from news.models import Article, Column, Source
from news.page_pictures import KeptPictures
from news.slugs import slug_for
from portal.models import ImportRecord
from portal.publishing import Status
from portal.richtext.cleaning import clean, plain_text

ORIGIN = "page"
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)">')
_EMPTY_PARAGRAPH = re.compile(r"<p(?: style=\"[^\"]*\")?></p>\n?")


class NotStored(ValueError):
    """The page is an article, but this site cannot take it as it is. `str()` of it says why, in Chinese."""


@dataclass
class Outcome:
    """What became of a page: `article` (None in a rehearsal, or where staff deleted it), `is_new`, and remarks."""

    article: Article | None
    is_new: bool
    remarks: list[str] = field(default_factory=list)


def keys_of(page, data):
    """Return the keys by which an import knows a page again: the bytes of its file, and the article in it.

    The second is the same when a page was saved anew and only its view count or the boxes around it differ; the
    first stays the same when a later version of this program reads a page better.
    """
    text = "\n".join([page.title, page.published_at.isoformat(), plain_text(clean(page.body_html))])
    return [
        f"{kind}:{hashlib.sha256(content).hexdigest()}" for kind, content in (("file", data), ("text", text.encode()))
    ]


def existing(keys):
    """Return the Outcome of a page that was imported before, or None."""
    record = ImportRecord.objects.filter(origin=ORIGIN, key__in=keys).order_by("pk").first()
    return record and Outcome(record.target, is_new=False)


def rehearse(page, *, data, folder, column_path):
    """Return the Outcome that `store` would have, and write nothing. Raises NotStored."""
    known = existing(keys_of(page, data))
    if known:
        return known
    parent, missing = _known_columns(column_path)
    if not missing:
        _refuse_other_kinds(parent)
    pictures = KeptPictures(folder)
    pictures.look_at(page.pictures)
    _body(page.body_html, pictures.usable)
    return Outcome(None, is_new=True, remarks=_remarks(page, missing, pictures))


def store(page, *, data, folder, column_path):
    """Make the article of a page, with its columns, source and pictures, or find the one it made before.

    `folder` is where the page's own pictures may be, `data` the bytes of its file. The article, its columns and its
    source come in one transaction; pictures are kept before it, because encoding them takes seconds in which nobody
    else could write, and those that are new go away if it fails. Raises NotStored.
    """
    keys = keys_of(page, data)
    known = existing(keys)
    if known:
        return known
    with KeptPictures(folder) as pictures:
        pictures.keep(page.pictures, alts=_alts(page.body_html))
        with transaction.atomic():
            # Imports wait for each other, or two of them would make the same column twice.
            content_type = ContentType.objects.get_for_model(Article)
            ContentType.objects.select_for_update().get(pk=content_type.pk)
            known = existing(keys)
            if known:
                return known
            column, missing = _column(column_path, in_navigation=bool(page.column_path))
            article = _article(page, column, pictures)
            ImportRecord.objects.bulk_create(
                ImportRecord(origin=ORIGIN, key=key, content_type=content_type, object_id=article.pk) for key in keys
            )
    return Outcome(article, is_new=True, remarks=_remarks(page, missing, pictures))


def _known_columns(path):
    """Return the lowest column of `path` that is there, and the names below it that are not."""
    parent = None
    for depth, name in enumerate(path):
        column = Column.objects.filter(parent=parent, name=name).first()
        if column is None:
            return parent, list(path[depth:])
        parent = column
    return parent, []


def _column(path, *, in_navigation):
    """Return the lowest column of `path`, made where it is not there; `in_navigation` only where a page names it."""
    column, missing = _known_columns(path)
    for name in missing:
        column = Column(parent=column, name=name, slug=slug_for(name), in_navigation=in_navigation)
        _save(column)
    _refuse_other_kinds(column)
    return column, missing


def _refuse_other_kinds(column):
    if column.kind != Column.Kind.LIST:
        raise NotStored(f"栏目“{column}”的种类是“{column.get_kind_display()}”，不能放文章")


def _article(page, column, pictures):
    article = Article(
        title=page.title,
        subtitle=page.subtitle,
        column=column,
        source=_source(page.source),
        source_url=_valid_url(page.url),
        author=page.author,
        editor=page.editor,
        body=_body(page.body_html, pictures.usable),
        status=Status.PUBLISHED,
        published_at=page.published_at,
        view_count=page.view_count,
    )
    _save(article)
    versions.first_version(article)
    return article


def _source(name):
    if not name:
        return None
    source = Source.objects.called(name).first()
    if source is None:
        source = Source(name=name)
        _save(source)
    return source


def _save(item):
    try:
        item.full_clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        part = "" if name == NON_FIELD_ERRORS else item._meta.get_field(name).verbose_name
        raise NotStored(f"{item._meta.verbose_name}的{part}不合要求({messages[0]})") from error
    item.save()


def _valid_url(url):
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        return ""
    return url if len(url) <= Article._meta.get_field("source_url").max_length else ""


def _alts(body):
    return {html.unescape(path): html.unescape(alt) for path, alt in _IMAGE.findall(body)}


def _body(body, addresses):
    """Point the pictures of a body to their `addresses`, by path; leave out those that have none.

    Raises NotStored where nothing is left.
    """

    def kept(match):
        address = addresses.get(html.unescape(match[1]))
        return f'<img src="{html.escape(address)}" alt="{match[2]}">' if address else ""

    body = _EMPTY_PARAGRAPH.sub("", _IMAGE.sub(kept, body))
    if not body.strip():
        raise NotStored("正文只有图片，而图片都没有找到")
    return body


def _remarks(page, new_columns, pictures):
    remarks = [f"新栏目“{'、'.join(new_columns)}”"] if new_columns else []
    if pictures.usable:
        remarks.append(f"图片 {len(pictures.usable)} 张")
    return [*remarks, *pictures.problems, *page.notes]
