"""Makes the site from the content that `export` wrote, and prints its addresses: `python -m … FILE ARTICLE COLUMN`.

The last two are the key of the measured article and the slug of the measured column.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from cms.api import create_page  # noqa: E402
from django.contrib.sites.models import Site  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from tests.bench.peers.cms_site.models import Article, Attachment, Column, Correction, Picture, Tag  # noqa: E402
from tests.bench.peers.registers.models import fill  # noqa: E402


def make_articles(content):
    for row in content["columns"]:
        Column.objects.create(pk=row["pk"], title=row["name"], slug=row["slug"], parent_id=row["parent_id"])
    cover = Picture.objects.create(file="cover.jpg")
    Article.objects.bulk_create(
        (
            Article(
                pk=row["pk"], title=row["title"], subtitle=row["subtitle"], summary=row["summary"], excerpt=row["excerpt"],
                body=row["body"], column_id=row["column_id"], source=row["source__name"] or "", author=row["author"],
                editor=row["editor"], date=row["published_at"], views=row["view_count"], is_headline=row["is_headline"],
                picture=cover if row["cover_id"] else None,
            )
            for row in content["articles"]
        ),
        batch_size=500,
    )  # fmt: skip


def make_parts(content):
    names = {name for given in content["tags"].values() for name in given}
    tags = {name: Tag.objects.create(name=name).pk for name in sorted(names)}
    tagged, pairs = Article.tags.through, [(key, name) for key, given in content["tags"].items() for name in given]
    tagged.objects.bulk_create((tagged(article_id=int(key), tag_id=tags[name]) for key, name in pairs), batch_size=500)
    for key, texts in content["corrections"].items():
        Correction.objects.bulk_create(Correction(article_id=int(key), text=text) for text in texts)
    for key, given in content["attachments"].items():
        Attachment.objects.bulk_create(Attachment(article_id=int(key), name=name, file="a.pdf") for name in given)


call_command("migrate", verbosity=0, run_syncdb=True)
with Path(sys.argv[1]).open() as file, transaction.atomic():
    content = json.load(file)
    fill(content)
    Site.objects.update_or_create(pk=1, defaults={"domain": "127.0.0.1", "name": "peer"})
    create_page(
        "资讯", "page.html", "zh-hans", slug="news", apphook="NewsHook", apphook_namespace="news", in_navigation=True
    )
    make_articles(content)
    make_parts(content)
print(json.dumps({"article": f"/news/{sys.argv[2]}/", "column": f"/news/column/{sys.argv[3]}/", "home": "/news/"}))
