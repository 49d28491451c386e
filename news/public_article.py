"""An article as its page shows it, read in few and plain statements: this page is opened more than all others."""

from datetime import datetime
from operator import attrgetter
from typing import NamedTuple

from django.db import connection
from django.http import Http404
from django.utils import timezone

from news.models import Article, Source
from news.models.attachments import label_of, path_of
from news.rows import ARTICLES, PUBLIC, in_database
from portal.addresses import path_to
from portal.models import Picture
from portal.richtext.cleaning import CleanHtml

SHOWN = {
    "id", "title", "subtitle", "column_id", "source_id", "kind", "source_url", "original_title", "original_author", "author",
    "editor", "summary", "cover_id", "body", "excerpt", "published_at", "updated_at",
}  # fmt: skip
FIELDS = tuple(field.attname for field in Article._meta.concrete_fields if field.attname in SHOWN)
SELECT = (
    f"SELECT {', '.join(f'a.{name}' for name in FIELDS)}, s.name, s.site, p.file, p.width, p.height, p.alt, a.view_count, "
    "EXISTS(SELECT 1 FROM news_articletag AS t WHERE t.article_id = a.id) "
    "OR EXISTS(SELECT 1 FROM news_attachment AS f WHERE f.article_id = a.id AND f.is_live) "
    "OR EXISTS(SELECT 1 FROM news_correctionnote AS n WHERE n.article_id = a.id) "
    f"FROM {ARTICLES} "
    "LEFT JOIN news_source AS s ON s.id = a.source_id LEFT JOIN portal_picture AS p ON p.id = a.cover_id "
    f"WHERE a.id = %s AND {PUBLIC}"
)
PARTS = (
    "SELECT 'correction', 0, id, text, '', 0, at FROM news_correctionnote WHERE article_id = %s UNION ALL "
    "SELECT 'tag', 0, t.id, t.name, '', 0, NULL FROM news_tag AS t JOIN news_articletag AS x ON x.tag_id = t.id "
    "WHERE x.article_id = %s UNION ALL "
    "SELECT 'attachment', f.position, f.id, f.name, l.extension, l.size, NULL FROM news_attachment AS f "
    "JOIN news_libraryfile AS l ON l.id = f.library_file_id WHERE f.article_id = %s AND f.is_live"
)


class ShownTag(NamedTuple):
    pk: int
    name: str

    def get_absolute_url(self):
        return path_to("news:tag", self.pk)


class ShownCorrection(NamedTuple):
    text: str
    at: datetime


class ShownAttachment(NamedTuple):
    pk: int
    name: str
    extension: str
    size: int

    label = property(label_of)
    get_absolute_url = path_of


def public_article(pk):
    """Return the published article with its source and cover, and whether it `has_parts`. `state` is equal where all of it
    is, the count of views aside.

    Raises Http404 where the public sees none.
    """
    now = in_database(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(SELECT, [min(pk, 2**63 - 1), now, now])
        record = cursor.fetchone()
    if record is None:
        raise Http404("没有这篇文章。")
    *state, views, has_parts = record
    article = Article.from_db(connection.alias, FIELDS, state[: len(FIELDS)])
    article.body = CleanHtml(article.body)
    source_name, source_site, file, width, height, alt = state[len(FIELDS) :]
    if article.source_id:
        article.source = Source(article.source_id, source_name, source_site)
    if article.cover_id:
        article.cover = Picture(article.cover_id, file, width=width, height=height, alt=alt)
    article.state, article.view_count, article.has_parts = tuple(state), views, has_parts
    return article


def parts_of(article):
    """Return (tags, attachments, corrections) of a public article: by name, as they were put, the newest first."""
    tags, attachments, corrections = [], [], []
    if not article.has_parts:
        return tags, attachments, corrections
    with connection.cursor() as cursor:
        cursor.execute(PARTS, [article.pk] * 3)
        records = cursor.fetchall()
    for part, place, pk, text, extension, size, at in records:
        if part == "tag":
            tags.append(ShownTag(pk, text))
        elif part == "attachment":
            attachments.append((place, ShownAttachment(pk, text, extension, size)))
        else:
            corrections.append(ShownCorrection(text, at))
    tags.sort(key=attrgetter("name"))
    corrections.sort(key=attrgetter("at"), reverse=True)
    return tags, [attachment for _, attachment in sorted(attachments)], corrections
