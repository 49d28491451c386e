"""What stands on our site, written down for the other systems: `python -m tests.bench.peers.export FILE`."""

import json
import sys
from pathlib import Path

import django

django.setup()

from django.core.serializers.json import DjangoJSONEncoder  # noqa: E402

from associations.models import Association, Link, LinkGroup, Zone  # noqa: E402
from news.models import Article, ArticleTag, Attachment, Column, CorrectionNote, JournalIssue  # noqa: E402
from portal.models import SiteSettings  # noqa: E402


def content():
    published = Article.objects.published()
    return {
        "settings": SiteSettings.objects.values("name", "description", "host_unit", "email", "icp_number", "police_number").get(),
        "columns": rows(Column.objects.public().filter(kind="list").order_by("pk"), "pk", "parent_id", "name", "slug"),
        "articles": rows(
            published.order_by("pk"), "pk", "column_id", "title", "subtitle", "summary", "excerpt", "body",
            "source__name", "author", "editor", "published_at", "view_count", "cover_id", "is_headline",
        ),
        "tags": grouped(ArticleTag, "tag__name", published),
        "corrections": grouped(CorrectionNote, "text", published),
        "attachments": grouped(Attachment, "name", published),
        "link_groups": rows(LinkGroup.objects.order_by("pk"), "pk", "name"),
        "links": rows(Link.objects.order_by("pk"), "group_id", "name", "url"),
        "associations": rows(Association.objects.order_by("pk"), "name", "region"),
        "zones": rows(Zone.objects.order_by("pk"), "name", "level", "province"),
        "issues": rows(JournalIssue.objects.order_by("pk"), "year", "number", "title"),
    }  # fmt: skip


def rows(queryset, *names):
    return list(queryset.values(*names))


def grouped(model, name, articles):
    """Return {key of an article: [value]} of the field `name` of what belongs to `articles`."""
    found = {}
    for key, value in model.objects.filter(article__in=articles).values_list("article_id", name):
        found.setdefault(key, []).append(value)
    return found


Path(sys.argv[1]).write_text(json.dumps(content(), cls=DjangoJSONEncoder, ensure_ascii=False))
