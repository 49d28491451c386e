"""Makes the site and prints its addresses: `python -m tests.bench.peers.wagtail_site.fill N`."""

import json
import sys

import django
from django.conf import settings

migrations = settings.FOLDER / "wagtail_site_migrations"
migrations.mkdir(exist_ok=True)
(migrations / "__init__.py").touch()
django.setup()

from django.core.management import call_command  # noqa: E402
from wagtail.models import Page, Site  # noqa: E402

from tests.bench.peers.content import COLUMNS, article  # noqa: E402
from tests.bench.peers.wagtail_site.models import ArticlePage, ColumnPage, HomePage  # noqa: E402

call_command("makemigrations", "wagtail_site", verbosity=0)
call_command("migrate", verbosity=0)
home = Page.get_first_root_node().add_child(instance=HomePage(title="首页", slug="front"))
Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "127.0.0.1", "root_page": home})
columns = []
for number, name in enumerate(COLUMNS):
    above = home if number % 4 == 0 else columns[-(number % 4)]
    columns.append(above.add_child(instance=ColumnPage(title=name, slug=f"column-{number}")))
for number in range(int(sys.argv[1])):
    title, body, date = article(number)
    page = ArticlePage(title=title, slug=f"a{number}", body=body, date=date, source="演示来源", views=number % 997)
    columns[number % len(columns)].add_child(instance=page)
middle = ArticlePage.objects.order_by("pk")[int(sys.argv[1]) // 2]
print(json.dumps({"article": middle.url, "column": ColumnPage.objects.order_by("depth").first().url, "home": "/"}))
