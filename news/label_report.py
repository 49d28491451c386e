"""Which pages lack which of the labels of 国办发〔2017〕47号."""

from django.db.models import Exists, OuterRef, Q

from news.models import Article, ArticleTag, Column

CHECKED = 500  # the newest articles

SITE = {"SiteName": "name", "SiteDomain": "domain"}  # SiteIDCode only official bodies have
COLUMN = {"ColumnDescription": "description", "ColumnKeywords": "keywords", "ColumnType": "column_type"}
REQUIRED = ("ContentSource",)
OPTIONAL = ("Keywords", "Author", "Description", "Image")


def site_gaps(site):
    return [label for label, field in SITE.items() if not getattr(site, field)]


def columns_with_gaps():
    """Return [(column, [labels it lacks])] of the public columns that have a page."""
    columns = Column.objects.public().exclude(kind=Column.Kind.LINK).defer("body").order_by("pk")
    rows = [(column, [label for label, field in COLUMN.items() if not getattr(column, field)]) for column in columns]
    return [row for row in rows if row[1]]


def articles_with_gaps(label=""):
    """Return [(article, [labels it lacks])] among the newest CHECKED; those lacking `label` where one is given."""
    articles = Article.objects.published().select_related("column", "source", "cover").defer("body", "column__body")
    articles = articles.newest().annotate(
        has_tags=Exists(ArticleTag.objects.filter(article=OuterRef("pk"))), has_picture=Q(body__contains="<img ")
    )
    rows = [(article, article_gaps(article)) for article in articles[:CHECKED]]
    return [row for row in rows if row[1] and (not label or label in row[1])]


def article_gaps(article):
    has = {
        "ContentSource": article.source_id,
        "Keywords": article.has_tags or article.column.keywords,
        "Author": article.author or article.editor,
        "Description": article.lead,
        "Image": article.cover_id or article.has_picture,
    }
    return [label for label, value in has.items() if not value]
