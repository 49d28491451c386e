import os
import shutil
from dataclasses import replace
from datetime import datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from news.models import Article, Column, Source, SourceAlias
from news.page_import import NotStored, store
from news.saved_page import read
from news.slugs import slug_for
from portal.models import ImportRecord, Picture
from portal.publishing import Status
from tests.factories import make_column, picture_bytes
from tests.news.saved_pages import FOLDER, NAMES, make_page, page_text

pytestmark = pytest.mark.django_db
REFUSED = {"list_page.html", "login.html", "title_list.html"}
CRUMBS = "当前位置:首页 > 资讯中心 > 省级开发区动态"


def run(*files, **options):
    """Run the command; return its lines, and the message of the error it ends with, if any."""
    out = StringIO()
    message = None
    try:
        call_command("import_page", *map(str, files), stdout=out, **options)
    except CommandError as error:
        message = str(error)
    return out.getvalue().splitlines(), message


def saved(folder, name="page.html", **overrides):
    """A saved page in `folder`; return its path."""
    path = folder / name
    path.write_bytes(make_page(**{"crumbs": CRUMBS} | overrides))
    return path


def rows():
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def test_a_plain_text_page_becomes_the_published_article_that_it_shows():
    lines, error = run(FOLDER / "plain_text.txt")
    article = Article.objects.published().get()
    assert article.title == "江南某经济技术开发区以数字化改造带动中小企业转型"
    assert (article.column.name, article.column.parent.name) == ("国家级开发区动态", "资讯中心")
    assert article.published_at == datetime(2021, 11, 30, 8, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert (article.source.name, article.view_count, article.status) == ("江南某经济技术开发区", 1530, Status.PUBLISHED)
    assert article.body.count("<h2>") == 3
    assert article.body.startswith("<p>走进江南某经济技术开发区")
    assert article.body.endswith("“学的就是车间里用的。”</p>")
    assert error is None
    assert lines[0].startswith(
        f"新建 {FOLDER / 'plain_text.txt'}：《{article.title}》（资讯中心 > 国家级开发区动态，2021-11-30 08:05"
    )


@pytest.mark.parametrize("date", ["二〇二三年九月八日", "23-09-08", "09月08日 14:55"])
def test_a_date_that_nobody_can_read_is_told_without_what_stands_behind_it(tmp_path, date):
    path = saved(tmp_path, info=f"来源:新华网 发布时间:{date} 点击量:8")
    lines, _ = run(path)
    assert lines == [f"未导入 {path}：发布时间“{date}”看不懂"]


def test_a_column_that_no_page_named_is_not_put_into_the_navigation(tmp_path):
    run(saved(tmp_path, crumbs=""))
    assert not Column.objects.get(name="未归类文章").in_navigation
    run(saved(tmp_path, "other.html", title="另一篇文章"))
    assert Column.objects.get(name="资讯中心").in_navigation


def test_every_page_is_told_in_one_line_and_a_refusal_leaves_the_others_imported():
    lines, error = run(*(FOLDER / name for name in NAMES))
    assert len(lines) == len(NAMES)
    for name, line in zip(NAMES, lines, strict=True):
        only_pictures = name == "pictures_only.html"  # and they are not beside it
        assert line.startswith("未导入 " if name in REFUSED or only_pictures else "新建 "), line
    assert Article.objects.count() == len(NAMES) - len(REFUSED) - 1
    assert error == f"{len(NAMES)} 个文件中有 {len(REFUSED) + 1} 个没有导入。"


def test_the_same_page_is_imported_once_and_what_staff_changed_stays(tmp_path):
    (tmp_path / "a.png").write_bytes(picture_bytes())
    body = '<p>园区建成光伏。</p><p><img src="a.png"></p>'
    page = saved(tmp_path, body=body)
    run(page)
    (tmp_path / "a.png").write_bytes(picture_bytes(color=(9, 9, 9)))
    QuerySet(Article).update(title="编辑改过的标题", body="<p>改过。</p>", view_count=99, status=Status.WITHDRAWN)
    elsewhere = shutil.copy(page, tmp_path / "moved.html")
    again = saved(tmp_path, "again.html", body=body, info="来源:某开发区 发布时间:2023-09-08 14:55 点击量:4321")
    before = rows()
    lines, error = run(page, page, elsewhere, again)
    assert rows() == before
    article = Article.objects.get()
    assert (article.title, article.body, article.view_count) == ("编辑改过的标题", "<p>改过。</p>", 99)
    assert article.status == Status.WITHDRAWN
    assert [line.split(" ")[0] for line in lines] == ["已有"] * 4
    assert all("未改动" in line for line in lines)
    assert error is None


def test_two_pages_of_one_title_and_day_are_two_articles(tmp_path):
    first = saved(tmp_path, "1.html", title="会议通知", body="<p>周一开会。</p>")
    second = saved(tmp_path, "2.html", title="会议通知", body="<p>周二开会。</p>")
    run(first, second)
    assert Article.objects.count() == 2


def test_an_article_that_staff_deleted_stays_deleted(tmp_path):
    page = saved(tmp_path)
    run(page)
    Article.objects.all().delete()
    lines, error = run(page)
    assert "已被删除" in lines[0]
    assert error is None
    assert not Article.objects.exists()


def test_columns_are_found_by_their_names_or_made(tmp_path):
    info = make_column(name="资讯中心", slug="info")
    elsewhere = make_column(name="省级开发区动态", slug="elsewhere")
    run(saved(tmp_path))
    column = Article.objects.get().column
    assert (column.parent, column.name, column.slug) == (info, "省级开发区动态", "sheng-ji-kai-fa-qu-dong-tai")
    assert column != elsewhere
    run(saved(tmp_path, "2.html", title="另一篇文章"))
    assert column.articles.count() == 2
    assert Column.objects.count() == 3


def test_slugs_are_pinyin_unique_and_never_an_address_of_another_page():
    make_column(slug="zi-xun")
    assert slug_for("资讯") == "zi-xun-2"
    assert slug_for("APEC 峰会(2024)") == "apec-feng-hui-2024"
    assert (slug_for("★"), slug_for("hot"), slug_for("2024")) == ("column", "hot-2", "2024-2")


def test_a_page_without_columns_goes_where_it_is_told(tmp_path):
    lines, _ = run(saved(tmp_path, crumbs=""))
    assert Article.objects.get().column.name == "未归类文章"
    assert "网页没有写明栏目" in lines[0]
    run(saved(tmp_path, "2.html", crumbs="", title="另一篇文章"), column="资讯中心 > 协会动态")
    assert Article.objects.get(title="另一篇文章").column.parent.name == "资讯中心"


def test_a_source_is_found_by_name_or_alias_or_made(tmp_path):
    agency = Source.objects.create(name="新华通讯社")
    SourceAlias.objects.create(source=agency, name="某开发区")
    run(saved(tmp_path))
    assert Article.objects.get().source == agency
    run(saved(tmp_path, "2.html", title="另一篇文章", info="来源:平江日报 发布时间:2023-09-08"))
    run(saved(tmp_path, "3.html", title="第三篇文章", info="发布时间:2023-09-08"))
    assert set(Source.objects.values_list("name", flat=True)) == {"新华通讯社", "平江日报"}
    assert Article.objects.get(title="第三篇文章").source is None


def test_pictures_go_through_the_library_and_the_rest_are_named(tmp_path):
    folder = tmp_path / "旧站"
    (folder / "图").mkdir(parents=True)
    (folder / "图/一.jpg").write_bytes(picture_bytes(kind="PNG"))  # old sites do not care for the extension
    (folder / "图/假.png").write_text("<script>alert(1)</script>")
    (tmp_path / "别处.png").write_bytes(picture_bytes(color=(1, 2, 3)))
    (folder / "图/链接.png").symlink_to(tmp_path / "别处.png")
    names = ("图/一.jpg", "图/缺.png", "图/假.png", "图/链接.png", "图/一.jpg")
    body = "<p>园区建成光伏。</p>" + "".join(f'<p><img src="{name}" alt="园区"></p>' for name in names)
    lines, error = run(saved(folder, body=body))
    picture = Picture.objects.get()
    article = Article.objects.get()
    assert article.body.count("<img") == article.body.count(f'<img src="{picture.file.url}" alt="园区">') == 2
    assert article.body.count("<p>") == 3
    assert picture.alt == "园区"
    assert error is None
    assert "图片 1 张" in lines[0]
    for problem in ("缺少图片 图/缺.png", "图片 图/假.png 没有导入", "缺少图片 图/链接.png"):
        assert problem in lines[0]


def test_a_body_of_pictures_that_are_all_missing_makes_no_article(tmp_path):
    lines, error = run(saved(tmp_path, body='<p><img src="a.jpg"></p>'))
    assert "未导入" in lines[0]
    assert error
    assert not Article.objects.exists()


def test_a_rehearsal_tells_everything_and_writes_nothing(tmp_path, settings):
    (tmp_path / "a.png").write_bytes(picture_bytes())
    body = '<p>园区建成光伏。</p><p><img src="a.png"><img src="b.png"></p>'
    page, empty = saved(tmp_path, body=body), tmp_path / "empty.html"
    empty.touch()
    before = rows()
    lines, error = run(page, empty, dry_run=True)
    assert rows() == before
    assert not settings.MEDIA_ROOT.exists()
    assert lines[0].startswith("将新建 ")
    for told in ("新栏目“资讯中心、省级开发区动态”", "图片 1 张", "缺少图片 b.png"):
        assert told in lines[0]
    assert lines[1].endswith("文件是空的")
    assert error == "2 个文件中有 1 个没有导入。"
    run(page)
    before = rows()
    assert run(page, dry_run=True)[0][0].startswith("已有 ")
    assert rows() == before


def test_files_that_cannot_be_read_are_told_and_the_rest_goes_on(tmp_path):
    (tmp_path / "broken.html").write_bytes(make_page(info="来源:甲 发布时间:2023-02-30"))
    (tmp_path / "binary.html").write_bytes(b"\x00\x01\x02")
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "dangling.html").symlink_to(tmp_path / "nowhere")
    cases = {
        tmp_path: "这是文件夹，不是文件",
        tmp_path / "nowhere.html": "没有这个文件",
        tmp_path / "dangling.html": "没有这个文件",
        tmp_path / "fifo": "不是普通文件",
        tmp_path / "binary.html": "这是二进制文件，不是网页",
        tmp_path / "broken.html": "发布时间“2023-02-30”不是有效的日期",
        tmp_path / "fifo/below": "没有这个文件",
        "a\0b": "文件读不出来",
        "x" * 5000: "文件读不出来",
        os.fsdecode(b"\xff\n.html"): "没有这个文件",
    }
    lines, error = run(*cases, saved(tmp_path))
    assert [line.rpartition("：")[2] for line in lines[:-1]] == list(cases.values())
    assert all(line.startswith("未导入 ") and line.isprintable() for line in lines[:-1])
    assert lines[-1].startswith("新建 ")
    assert error == f"{len(cases) + 1} 个文件中有 {len(cases)} 个没有导入。"


@pytest.mark.django_db(transaction=True)
def test_a_page_that_cannot_be_stored_leaves_nothing_behind(tmp_path, settings):
    make_column(name="协会简介", slug="about", kind=Column.Kind.PAGE)
    (tmp_path / "a.png").write_bytes(picture_bytes())
    body = '<p>园区建成光伏。</p><p><img src="a.png"></p>'
    lines, _ = run(saved(tmp_path, body=body, crumbs="当前位置:首页 > 协会简介"))
    assert "栏目“协会简介”的种类是“单页”，不能放文章" in lines[0]
    page = read(make_page(body=body))
    with pytest.raises(NotStored, match="标题"):
        store(replace(page, title="长" * 101), data=b"", folder=tmp_path, column_path=["资讯中心", "协会动态"])
    assert [model.objects.count() for model in (Article, Source, Picture, ImportRecord)] == [0, 0, 0, 0]
    assert Column.objects.count() == 1
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []
    store(page, data=b"", folder=tmp_path, column_path=["资讯中心", "协会动态"])
    assert Picture.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_was_in_the_library_before_outlives_a_failed_import(tmp_path):
    (tmp_path / "a.png").write_bytes(picture_bytes() + b"another wrapping")
    picture = Picture.objects.add(SimpleUploadedFile("a.png", picture_bytes()))
    page = read(make_page(body='<p>园区建成光伏。</p><p><img src="a.png"></p>'))
    with pytest.raises(NotStored):
        store(replace(page, title="长" * 101), data=b"", folder=tmp_path, column_path=["资讯中心"])
    assert Picture.objects.get() == picture
    assert picture.file.storage.exists(picture.file.name)


def test_a_page_of_an_old_encoding_reads_as_what_it_says(tmp_path):
    (tmp_path / "old.html").write_bytes(page_text("tables_2005.html").encode("gb18030"))
    run(tmp_path / "old.html")
    assert Article.objects.get().title == "云梦泽开发区标准厂房二期工程开工"
    assert "�" not in Article.objects.get().body
