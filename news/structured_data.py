"""Articles as schema.org describes them."""

from django.utils.timezone import localtime

from portal import structured_data
from portal.structured_data import full, without_gaps


def news_article(article, *, tags, section, site, root):
    """`root` is the full address of the home page."""
    address = full(article.get_absolute_url(), root)
    return without_gaps(
        {
            "@type": "NewsArticle",
            "@id": f"{address}#article",
            "mainEntityOfPage": address,
            "url": address,
            "headline": article.title,
            "alternativeHeadline": article.subtitle,
            "description": article.lead,
            "datePublished": localtime(article.published_at).isoformat(timespec="seconds"),
            "dateModified": localtime(article.changed_at).isoformat(timespec="seconds"),
            "articleSection": section,
            "keywords": [tag.name for tag in tags],
            "image": [full(article.first_picture, root)] if article.first_picture else None,
            "author": author(article) or structured_data.organization(site, root),
            "isBasedOn": original(article),
            "publisher": structured_data.organization(site, root),
            "inLanguage": "zh-CN",
        }
    )


def original(article):
    """What the article is a reprint of; of other articles the address where they come from."""
    if article.kind != article.Kind.REPRINT:
        return article.source_url
    return {
        "@type": "Article",
        "headline": article.original_title,
        "url": article.source_url,
        "author": {"@type": "Person", "name": article.original_author},
    }


def author(article):
    if article.kind == article.Kind.REPRINT:
        return {"@type": "Person", "name": article.original_author}
    if article.author:
        return {"@type": "Person", "name": article.author}
    if article.source:
        return without_gaps({"@type": "Organization", "name": article.source.name, "url": article.source.site})
    return None
