"""Makes the site and prints its addresses: `python -m tests.bench.peers.cms_site.fill N`."""

import json
import sys

import django

django.setup()

from cms.api import create_page  # noqa: E402
from django.contrib.sites.models import Site  # noqa: E402
from django.core.management import call_command  # noqa: E402

from tests.bench.peers.cms_site.models import Article, Column  # noqa: E402
from tests.bench.peers.content import COLUMNS, article  # noqa: E402

call_command("migrate", verbosity=0, run_syncdb=True)
Site.objects.update_or_create(pk=1, defaults={"domain": "127.0.0.1", "name": "peer"})
create_page(
    "资讯", "page.html", "zh-hans", slug="news", apphook="NewsHook", apphook_namespace="news", in_navigation=True
)
columns = []
for number, name in enumerate(COLUMNS):
    above = None if number % 4 == 0 else columns[-(number % 4)]
    columns.append(Column.objects.create(title=name, parent=above))
rows = []
for number in range(int(sys.argv[1])):
    title, body, date = article(number)
    column = columns[number % len(columns)]
    rows.append(Article(title=title, body=body, date=date, source="演示来源", views=number % 997, column=column))
Article.objects.bulk_create(rows, batch_size=500)
middle = Article.objects.order_by("pk")[int(sys.argv[1]) // 2]
print(json.dumps({"article": middle.url, "column": columns[1].url, "home": "/news/"}))
