"""An article as its page shows it, read in few and plain statements: this page is opened more than all others."""

from django.db import connection
from django.http import Http404
from django.utils import timezone

from news.models import Article, Attachment, CorrectionNote, LibraryFile, Source, Tag
from news.rows import ARTICLES, PUBLIC, from_database, in_database
from portal.models import Picture

FIELDS = (
    "id", "title", "subtitle", "column_id", "source_id", "kind", "source_url", "original_title", "original_author", "author",
    "editor", "summary", "cover_id", "body", "excerpt", "published_at", "updated_at",
)  # fmt: skip
BESIDES = ("source_name", "source_site", "cover_file", "cover_width", "cover_height", "cover_alt")
SELECT = (
    f"SELECT {', '.join(f'a.{name}' for name in FIELDS)}, a.view_count, s.name AS source_name, s.site AS source_site, "
    "p.file AS cover_file, p.width AS cover_width, p.height AS cover_height, p.alt AS cover_alt, "
    "EXISTS(SELECT 1 FROM news_articletag AS t WHERE t.article_id = a.id) AS has_tags, "
    "EXISTS(SELECT 1 FROM news_attachment AS f WHERE f.article_id = a.id AND f.is_live) AS has_attachments, "
    "EXISTS(SELECT 1 FROM news_correctionnote AS n WHERE n.article_id = a.id) AS has_corrections "
    f"FROM {ARTICLES} "
    "LEFT JOIN news_source AS s ON s.id = a.source_id LEFT JOIN portal_picture AS p ON p.id = a.cover_id "
    f"WHERE a.id = %s AND {PUBLIC}"
)
TAGS = (
    "SELECT t.id, t.name FROM news_tag AS t JOIN news_articletag AS x ON x.tag_id = t.id "
    "WHERE x.article_id = %s ORDER BY t.name"
)
ATTACHMENTS = (
    "SELECT f.id, f.name, l.extension, l.size FROM news_attachment AS f "
    "JOIN news_libraryfile AS l ON l.id = f.library_file_id WHERE f.article_id = %s AND f.is_live ORDER BY f.position, f.id"
)
CORRECTIONS = "SELECT id, text, at FROM news_correctionnote WHERE article_id = %s ORDER BY at DESC"


def public_article(pk):
    """Return the published article with its source and cover, and what it has: `has_tags`, `has_attachments`,
    `has_corrections`. `state` is equal where all of it is, the count of views aside.

    Raises Http404 where the public sees none.
    """
    now = in_database(timezone.now())
    for article in Article.objects.raw(SELECT, [pk, now, now]) if pk < 2**63 else ():
        if article.source_id:
            article.source = Source(article.source_id, article.source_name, article.source_site)
        if article.cover_id:
            article.cover = Picture(
                article.cover_id, article.cover_file, width=article.cover_width, height=article.cover_height, alt=article.cover_alt,
            )  # fmt: skip
        article.state = tuple([getattr(article, name) for name in FIELDS + BESIDES])
        return article
    raise Http404("没有这篇文章。")


def tags_of(article):
    return [Tag(pk, name) for pk, name in rows_for(TAGS, article)]


def attachments_of(article):
    return [
        Attachment(pk, name=name, library_file=LibraryFile(extension=extension, size=size))
        for pk, name, extension, size in rows_for(ATTACHMENTS, article)
    ]


def corrections_of(article):
    return [CorrectionNote(pk, text=text, at=from_database(at)) for pk, text, at in rows_for(CORRECTIONS, article)]


def rows_for(statement, article):
    with connection.cursor() as cursor:
        cursor.execute(statement, [article.pk])
        return cursor.fetchall()
