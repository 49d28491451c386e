"""What articles and columns link to, for the check of links."""

import html
import re

from news.models import Article, Column

CHECKED = 3_000  # the newest articles
LINK = re.compile(r'<a (?:[^>]* )?href="([^"#][^"]*)"')


def links():
    """Yield (url, the article or column that links to it)."""
    articles = Article.objects.published().newest().only("title", "body", "source_url")[:CHECKED]
    for article in articles.iterator(chunk_size=200):
        for found in LINK.findall(article.body):
            yield html.unescape(found), article
        if article.source_url:
            yield article.source_url, article
    for column in Column.objects.public():
        yield column.get_absolute_url(), column
        for found in LINK.findall(column.body):
            yield html.unescape(found), column
