"""What an article said, save by save.

A version holds the text of an article as plain values. The row of an article that is live (published, whether its
time has come or is over) is what was approved last and stays untouched until a newer version is approved; the row of
any other article mirrors its latest version. Where an article stands (pinned, headline) is not part of its text.
"""

import hashlib
import json
from copy import copy
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from news.models.articles import Article
from news.models.attachments import Attachment
from news.models.columns import Column
from news.models.sources import Source
from news.models.tags import Tag
from news.models.versions import ArticleVersion
from portal.models import Picture
from portal.publishing import Status
from portal.richtext.cleaning import clean

IMPORTED = "导入"
WORDS = (
    "title", "subtitle", "kind", "source_url", "original_title", "original_author", "author", "editor", "summary", "body",
)  # fmt: skip
# What versions kept before there were kinds of articles say by not saying it.
UNSAID = {"kind": "own", "original_title": "", "original_author": ""}
KEYS = {"column_id": Column, "source_id": Source, "cover_id": Picture}
MOMENTS = ("published_at", "expires_at")  # published_at None: the moment of the final approval
PARTS = ("tags", "attachments")  # rows of their own
NAMES = (*WORDS, *KEYS, *MOMENTS, *PARTS)


class Locked(ValueError):
    """The article cannot be changed now. `str()` of it says why, in Chinese."""


def content_of(article):
    """Return what `article` says: its row, or what a `draft_of` carries."""
    return values_of(article) | {"tags": tag_names(article), "attachments": attachment_places(article)}


def values_of(article):
    """Return the part of the content that stands in the article's own fields."""
    content = {name: str.__str__(getattr(article, name)) for name in WORDS}
    content["body"] = str.__str__(clean(content["body"]))
    content |= {name: getattr(article, name) for name in KEYS}
    content |= {name: text_of(getattr(article, name)) for name in MOMENTS}
    return content


def text_of(moment):
    return moment and moment.astimezone(UTC).isoformat()


def moment(text):
    """Return the time that a content holds as text."""
    return text and datetime.fromisoformat(text)


def tag_names(article):
    if article.draft_content is not None:
        return article.draft_content["tags"]
    return sorted(article.tags.values_list("name", flat=True)) if article.pk else []


def attachment_places(article):
    if article.draft_content is not None:
        return article.draft_content["attachments"]
    rows = article.attachments.live() if article.pk else []
    return [{"id": row.pk, "name": row.name, "position": row.position} for row in rows]


def latest_content(article):
    """Return what the newest version says; what the row says where there is no version yet."""
    return article.latest_version.content if article.latest_version else content_of(article)


def draft_of(article):
    """Return an Article that carries the newest version's content, for forms and previews. It refuses to be saved."""
    content = latest_content(article)
    draft = copy(article)
    draft._state = copy(article._state)
    draft._state.fields_cache = article._state.fields_cache.copy()
    _set(draft, content, missing=missing_keys(article, content))
    if article.is_live and draft.published_at is None:
        draft.published_at = article.published_at  # the moment of its approval
    draft.draft_content, draft.row = content, article
    return draft


def attachments_of(content):
    """Return the attachments that `content` names, with the names and places that it gives them."""
    places = {place["id"]: place for place in content["attachments"]}
    rows = list(Attachment.objects.filter(pk__in=places).select_related("library_file")) if places else []
    for row in rows:
        row.name, row.position = places[row.pk]["name"], places[row.pk]["position"]
    return sorted(rows, key=lambda row: (row.position, row.pk))


def digest_of(content):
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def record(article, content, *, by, reason=""):
    """Keep `content` as the newest version; return it, or None where it says nothing new.

    An article without versions (imported, or older than versions) first gets one of what its row says. Raises Locked
    while the article is being reviewed.
    """
    version = record_held(held(article.pk), content, by=by, reason=reason)
    article.latest_version = version or article.latest_version
    return version


def record_held(row, content, *, by, reason=""):
    """`record` for a row that the caller has `held`. Locked is raised before anything is written."""
    if any(run.is_reviewing for run in row.active_runs):
        raise Locked("这篇文章正在审核，现在不能修改。请先收回，或等审核结束。")
    latest = row.latest_version or first_version(row)
    content = {name: content[name] for name in NAMES}
    digest = digest_of(content)
    if latest.digest == digest:
        return None
    version = _add(row, content, digest, number=latest.number + 1, by=by, reason=reason)
    if row.is_live:
        Article.objects.filter(pk=row.pk).update(latest_version=version)
    else:
        has_new_parts = any(content[name] != latest.content[name] for name in PARTS)
        _set_fields(row, content, begins_at=min(row.published_at, timezone.now()))
        if has_new_parts:
            _write_parts(row, content)
        row.save(is_findable=False)
    return version


@transaction.atomic(savepoint=False)
def record_first(row, content, *, by, reason=""):
    """Keep the first version of a draft whose row was made just now, in this transaction, to hold it; return it."""
    content = {name: content[name] for name in NAMES}
    version = _add(row, content, digest_of(content), number=1, by=by, reason=reason)
    Article.objects.filter(pk=row.pk).update(latest_version=version)
    row.active_runs = []
    if any(content[name] for name in PARTS):
        _write_parts(row, content)
    return version


def first_version(row):
    """Return the version of an article that has none yet: what its row says. The row must be locked."""
    content = content_of(row)
    version = _add(row, content, digest_of(content), number=1, by=row.created_by, reason=IMPORTED)
    row.live_version = version if row.is_live else None
    Article.objects.filter(pk=row.pk).update(latest_version=version, live_version=row.live_version)
    return version


def _add(row, content, digest, *, number, by, reason):
    """Return a new version, set as the newest of `row`; the caller writes that into the row."""
    row.latest_version = ArticleVersion.objects.create(
        article=row, number=number, content=content, digest=digest, reason=reason, created_by=by
    )
    return row.latest_version


@transaction.atomic(savepoint=False)
def apply(version, *, row=None):
    """Put `version` on line: the row says what it says, from now on or from the time that it names. Return the row.

    `row` is the article where the caller holds its lock already.
    """
    row = row or held(version.article_id)
    was_timeless = row.is_live and row.live_version and row.live_version.content["published_at"] is None
    mirrors = not row.is_live and row.latest_version_id == version.pk
    row.status, row.live_version = Status.PUBLISHED, version
    _set_fields(row, version.content, begins_at=row.published_at if was_timeless else timezone.now())
    if not mirrors:
        _write_parts(row, version.content)
    row.save()
    return row


@transaction.atomic(savepoint=False)
def withdraw(row):
    """Take an article, whose lock the caller holds, off the site; it mirrors the newest version again. Return it."""
    latest = row.latest_version or first_version(row)
    row.status, row.live_version = Status.WITHDRAWN, None
    _set_fields(row, latest.content, begins_at=row.published_at)
    _write_parts(row, latest.content)
    row.save()
    return row


def held(pk):
    """Return the article `pk`, locked until the transaction ends, as `ArticleQuerySet.for_desk` reads it."""
    lock(pk)
    return Article.objects.for_desk().get(pk=pk)


def lock(pk):
    """Lock the row of the article `pk`. It is read afterwards, so that what is joined to it is of after the wait.

    On SQLite, whose transactions write one after the other, there is nothing to lock.
    """
    if connection.features.has_select_for_update:
        list(Article.objects.select_for_update().order_by().filter(pk=pk).values_list("pk"))


def _set_fields(row, content, *, begins_at):
    """Set the fields of the row to `content`. `begins_at` takes the place of an empty time."""
    _set(row, content, missing=missing_keys(row, content))
    if row.published_at is None:
        row.published_at = begins_at
        if row.expires_at and row.expires_at <= begins_at and not row.is_live:
            row.published_at = row.expires_at - timedelta(minutes=1)  # a draft whose time is over can still be kept


def _write_parts(row, content):
    _place_attachments(row, content)
    row.tags.set(Tag.objects.filter(name__in=content["tags"]) if content["tags"] else ())


def _place_attachments(row, content):
    places, changed = {place["id"]: place for place in content["attachments"]}, []
    for attachment in row.attachments.all():
        place = places.get(attachment.pk, {"name": attachment.name, "position": attachment.position})
        wanted = (place["name"], place["position"], attachment.pk in places)
        if wanted != (attachment.name, attachment.position, attachment.is_live):
            attachment.name, attachment.position, attachment.is_live = wanted
            changed.append(attachment)
    if changed:
        Attachment.objects.bulk_update(changed, ["name", "position", "is_live"])


def missing_keys(article, content):
    """Return the names of those keys in `content` whose row was deleted meanwhile; what `article` names is there."""
    changed = [name for name in KEYS if content[name] and content[name] != getattr(article, name)]
    return {name for name in changed if not KEYS[name].objects.filter(pk=content[name]).exists()}


def _set(article, content, *, missing):
    content = UNSAID | content
    for name in WORDS:
        setattr(article, name, content[name])
    article.body = clean(article.body)
    for name in KEYS:
        if name not in missing:
            setattr(article, name, content[name])
        elif name != "column_id":  # an article always stands in a column: the one it was in
            setattr(article, name, None)
    for name in MOMENTS:
        setattr(article, name, moment(content[name]))
