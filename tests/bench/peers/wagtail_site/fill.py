"""Makes the site from the content that `export` wrote, and prints its addresses: `python -m … FILE ARTICLE COLUMN`.

The last two are the key of the measured article and the slug of the measured column. The articles are written in bulk:
one at a time Wagtail makes about fifty a second.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

import django
from django.conf import settings

for name in settings.MIGRATION_MODULES.values():
    (settings.FOLDER / name).mkdir(exist_ok=True)
    (settings.FOLDER / name / "__init__.py").touch()
django.setup()

from django.contrib.contenttypes.models import ContentType  # noqa: E402
from django.core.files.base import ContentFile  # noqa: E402
from django.core.files.images import ImageFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from PIL import Image as Pixels  # noqa: E402
from taggit.models import Tag  # noqa: E402
from wagtail.documents.models import Document  # noqa: E402
from wagtail.images.models import Image  # noqa: E402
from wagtail.models import Locale, Page, Site  # noqa: E402

from tests.bench.peers.registers.models import fill  # noqa: E402
from tests.bench.peers.wagtail_site import models  # noqa: E402


def make_columns(home, rows):
    columns = {}
    for row in rows:
        above = columns.get(row["parent_id"], home)
        columns[row["pk"]] = above.add_child(instance=models.ColumnPage(title=row["name"], slug=row["slug"]))
    return columns


def make_articles(content, columns, cover):
    pages, steps = [], {}
    kind, locale = ContentType.objects.get_for_model(models.ArticlePage), Locale.get_default()
    for row in content["articles"]:
        column = columns[row["column_id"]]
        step = steps[column.pk] = steps.get(column.pk, column.get_children_count()) + 1
        slug = f"a{row['pk']}"
        pages.append(
            Page(
                title=row["title"], draft_title=row["title"], slug=slug, live=True, content_type=kind, locale=locale,
                path=Page._get_path(column.path, column.depth + 1, step), depth=column.depth + 1, numchild=0,
                url_path=f"{column.url_path}{slug}/", first_published_at=row["published_at"], last_published_at=row["published_at"],
            )
        )  # fmt: skip
    Page.objects.bulk_create(pages, batch_size=500)
    for page, row in zip(pages, content["articles"], strict=True):
        article = models.ArticlePage(
            page_ptr_id=page.pk, subtitle=row["subtitle"], summary=row["summary"], excerpt=row["excerpt"], body=row["body"],
            source=row["source__name"] or "", author=row["author"], editor=row["editor"], date=row["published_at"],
            views=row["view_count"], is_headline=row["is_headline"], cover=cover if row["cover_id"] else None,
        )  # fmt: skip
        article.save_base(raw=True, force_insert=True)
    for pk, step in steps.items():
        Page.objects.filter(pk=pk).update(numchild=step)
    return {row["pk"]: page for row, page in zip(content["articles"], pages, strict=True)}


def make_parts(content, pages):
    names = {name for given in content["tags"].values() for name in given}
    tags = {name: Tag.objects.create(name=name) for name in sorted(names)}
    pairs = [(pages[int(key)].pk, tags[name]) for key, given in content["tags"].items() for name in given]
    models.ArticleTag.objects.bulk_create(models.ArticleTag(content_object_id=pk, tag=tag) for pk, tag in pairs)
    for key, texts in content["corrections"].items():
        for text in texts:
            models.Correction.objects.create(page_id=pages[int(key)].pk, text=text)
    for key, names in content["attachments"].items():
        for name in names:
            document = Document.objects.create(title=name, file=ContentFile(b"%PDF-1.4", "a.pdf"))
            models.Attachment.objects.create(page_id=pages[int(key)].pk, document=document, name=name)


call_command("makemigrations", *settings.MIGRATION_MODULES, verbosity=0)
call_command("migrate", verbosity=0)
with Path(sys.argv[1]).open() as file, transaction.atomic():
    content = json.load(file)
    fill(content)
    home = Page.get_first_root_node().add_child(instance=models.HomePage(title="首页", slug="front"))
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "127.0.0.1", "root_page": home})
    pixels = BytesIO()
    Pixels.new("RGB", (1200, 800), "#0b3d91").save(pixels, "JPEG")
    cover = Image.objects.create(title="cover", file=ImageFile(pixels, "cover.jpg"))
    columns = make_columns(home, content["columns"])
    pages = make_articles(content, columns, cover)
    make_parts(content, pages)
article = Page.objects.get(pk=pages[int(sys.argv[2])].pk)
print(json.dumps({"article": article.url, "column": Page.objects.get(slug=sys.argv[3]).url, "home": "/"}))
