"""How articles are found."""

from news.models import Article, Column, Source
from news.navigation import column_tree
from portal.publishing import Status
from portal.richtext.cleaning import plain_text
from portal.search.registry import Document, Kind, facets, register


def documents(pks):
    articles = Article.objects.filter(pk__in=pks, status=Status.PUBLISHED)
    for article in articles.select_related("source").prefetch_related("attachments"):
        names = [attachment.name for attachment in article.attachments.all() if attachment.is_live]
        yield Document(
            pk=article.pk,
            title=article.title,
            summary=" ".join(filter(None, [article.subtitle, article.summary])),
            marks=(article.source.name if article.source else "", article.author, *names),
            body=plain_text(article.body),
            published_at=article.published_at,
            expires_at=article.expires_at,
            column_id=article.column_id,
            source_id=article.source_id,
        )


def public():
    return Article.objects.published().select_related("column", "source", "cover").defer("column__body")


def text_of(article):
    return " ".join([article.subtitle, article.summary, plain_text(article.body)])


def columns(request):
    tree = column_tree(request)
    lists = [column for column in tree.in_order() if column.kind == Column.Kind.LIST]
    return [(column.slug, column.name, tuple(tree.keys_below(column))) for column in lists]


def hidden_columns(request):
    return tuple(Column.objects.filter(is_public=False).values_list("pk", flat=True))


def source_called(name):
    return Source.objects.called(name).values_list("pk", flat=True).first()


def register_kinds():
    register(Kind(1, "article", "文章", documents, public, text_of, Article.objects.all, lambda row: row.published_at))
    facets.columns, facets.hidden_columns, facets.source_called = columns, hidden_columns, source_called
