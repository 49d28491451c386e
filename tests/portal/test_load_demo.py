from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from PIL import Image

from associations.models import Association, Link, LinkGroup, Zone
from feedback.models import Message
from news.label_report import columns_with_gaps, site_gaps
from news.models import Article, Attachment, Column, JournalIssue, Source
from portal.demo.drawing import SCENES, catalogue, describe, draw
from portal.demo.loader import load
from portal.files import validate_attachment
from portal.models import HomeBlock, ImportRecord, SiteSettings
from tests.factories import make_block, make_source, make_zone

pytestmark = pytest.mark.xdist_group("demo")
OURS = ("portal", "news", "associations", "feedback")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once for this module and rolled back at its end."""
    files = tmp_path_factory.mktemp("demo")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "files": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": files / "files", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    places = {"MEDIA_ROOT": files / "media", "STORAGES": storages}
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(**places):
            load()
        yield places
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db, settings):
    settings.MEDIA_ROOT, settings.STORAGES = loaded["MEDIA_ROOT"], loaded["STORAGES"]


def counts():
    return {model: model.objects.count() for app in OURS for model in apps.get_app_config(app).get_models()}


def test_the_demo_holds_what_a_newcomer_should_see(demo):
    articles = Article.objects.published()
    assert articles.count() >= 66
    assert articles.filter(column__slug="notices").count() == 12
    assert articles.newest().first().published_at - articles.newest().last().published_at > timedelta(days=600)
    assert articles.filter(is_headline=True, cover__isnull=False).count() == 5
    assert articles.pinned().exists()
    assert Attachment.objects.exists()
    assert Link.objects.filter(group__name="政府部门").count() == 24
    assert Link.objects.filter(group__name="新闻媒体").count() == 14
    assert LinkGroup.objects.get(name="行业协会").content == LinkGroup.Content.ASSOCIATIONS
    assert Association.objects.visible().exclude(logo=None).count() == 16
    assert Zone.objects.values("province").distinct().count() >= 20
    assert Message.objects.published().count() >= 6
    assert Message.objects.filter(reply=None).count() == 2
    assert JournalIssue.objects.published().exclude(cover=None).count() == 6
    assert HomeBlock.objects.exists()
    assert [column.name for column in Column.objects.filter(parent=None)] == [
        "资讯中心", "中国开发区", "协会服务", "中国开发区协会"
    ]  # fmt: skip


def test_the_navigation_of_the_demo_leads_to_the_newest_of_all_columns(demo, client):
    page = client.get("/news/").content.decode()
    assert '<a class="site-nav-link is-here" href="/news/" aria-current="page">资讯中心</a>' in page
    assert client.get("/news/info/").url == "/news/"


def test_the_site_and_the_columns_of_the_demo_lack_no_label(demo):
    assert site_gaps(SiteSettings.current()) == []
    assert columns_with_gaps() == []


def test_no_column_of_the_demo_is_empty(demo):
    for column in Column.objects.all():
        if column.kind == Column.Kind.PAGE:
            assert len(column.body) > 200, column
        elif column.kind == Column.Kind.LIST:
            below = Column.objects.descendants(column, include_self=True).values("pk")
            assert Article.objects.published().filter(column__in=below).count() >= 4, column


def test_the_demo_would_pass_the_forms_of_the_admin(demo):
    for model in counts():
        if model is not ImportRecord:
            for row in model.objects.all():
                row.full_clean()
    for attachment in Attachment.objects.all():
        validate_attachment(attachment.library_file.file)
        assert attachment.library_file.size > 0


def test_bodies_show_pictures_of_the_library(demo):
    bodies = [*Article.objects.values_list("body", flat=True), *Column.objects.values_list("body", flat=True)]
    assert sum('<figure><img src="/media/pictures/' in body for body in bodies) >= 5
    assert not any("picture:" in body or "[" in body for body in bodies)


def test_loading_again_makes_nothing(demo):
    before = counts()
    told = StringIO()
    call_command("load_demo", stdout=told)
    assert counts() == before
    assert f"文章：新建 0，保留 {before[Article]}" in told.getvalue()


def test_what_staff_changed_or_deleted_stays_so(demo):
    changed, deleted = Article.objects.filter(column__slug="provincial")[:2]
    Article.objects.filter(pk=changed.pk).update(title="编辑改过的标题", status="withdrawn")
    deleted.delete()
    Column.objects.filter(slug="media").update(name="媒体之声")
    SiteSettings.objects.update(name="某协会")
    Link.objects.filter(group__name="新闻媒体").delete()
    HomeBlock.objects.all().delete()
    before = counts()

    load()

    assert counts() == before
    changed.refresh_from_db()
    assert (changed.title, changed.status) == ("编辑改过的标题", "withdrawn")
    assert not Article.objects.filter(title=deleted.title).exists()
    assert Column.objects.get(slug="media").name == "媒体之声"
    assert SiteSettings.current().name == "某协会"


def test_a_column_that_staff_deleted_takes_its_articles_along(demo):
    Article.objects.filter(column__slug="gallery").delete()
    Column.objects.get(slug="gallery").delete()
    ImportRecord.objects.filter(origin="demo", key__startswith="news.article:gallery:").delete()

    load()

    assert not Column.objects.filter(slug="gallery").exists()
    assert not Article.objects.filter(title__startswith="图说").exists()


def test_rows_that_staff_made_before_are_taken_as_they_are(demo):
    ImportRecord.objects.filter(origin="demo").exclude(key__startswith="news.article:").delete()
    Message.objects.all().delete()
    for model in (HomeBlock, Link, Zone, Source):
        Article.objects.update(source=None)
        model.objects.all().delete()
    make_block(title="编辑排的板块")
    zone = make_zone(code="G111001", name="改过的名称")
    source = make_source(name="会刊编辑部")  # an alias of the demo's
    columns = Column.objects.count()

    load()

    zone.refresh_from_db()
    assert zone.name == "改过的名称"
    assert Source.objects.called("会刊编辑部").get() == source
    assert HomeBlock.objects.get().title == "编辑排的板块"
    assert Column.objects.count() == columns


def test_a_picture_is_the_same_on_every_run():
    assert draw("harbour-dusk") == draw("harbour-dusk")
    assert draw("harbour-dusk") != draw("harbour")
    with pytest.raises(KeyError):
        draw("harbour-by-someone-else")


@pytest.mark.parametrize("key", [*SCENES, "logo", "emblem-1", "emblem-16", "cover-2026-1", "qr-wechat"])
def test_every_kind_of_picture_can_be_drawn(key):
    assert key in catalogue()
    assert describe(key)
    picture = Image.open(BytesIO(draw(key)))
    assert min(picture.size) >= 256
