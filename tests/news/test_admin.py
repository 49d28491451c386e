"""Columns, articles, sources, the magazine and submissions, as staff work on them."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article, Source, SourceAlias
from portal.publishing import Status
from tests.factories import (
    client_of,
    make_article,
    make_attachment,
    make_column,
    make_picture,
    make_source,
    make_staff,
    make_user,
)

LIST = "/admin/news/article/"
ADD = "/admin/news/article/add/"
COLUMNS = "/admin/news/column/"


@pytest.fixture
def boss(db):
    return client_of(make_user(is_staff=True, is_superuser=True, name="张编辑"))


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def article_form(column=None, **overrides):
    """What the form of a new article sends."""
    values = {
        "title": "园区动态",
        "column": (column or make_column(reviews=0)).pk,
        "body": "<p>正文。</p>",
        "published_at": "2026-11-20T09:05",
        "attachments-TOTAL_FORMS": 0,
        "attachments-INITIAL_FORMS": 0,
    }
    return values | overrides


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["adminform"].form.errors.items()}


# The form of an article -----------------------------------------------------------------------


def test_an_article_is_written_and_read(boss, client):
    column = make_column(name="动态", reviews=0)
    source = make_source(name="山东潍坊峡山生态经济开发区")
    values = article_form(column, source=" 山东潍坊峡山生态经济开发区 ", _submit="提交", body="<p onclick=x>正文。</p>")
    assert boss.post(ADD, values).status_code == 302
    article = Article.objects.get()
    assert (article.source, article.created_by.name, article.body) == (source, "张编辑", "<p>正文。</p>")
    assert timezone.localtime(article.published_at).strftime("%Y-%m-%d %H:%M:%S") == "2026-11-20 09:05:00"
    page = boss.get(f"{LIST}{article.pk}/change/").content.decode()
    assert 'value="2026-11-20T09:05"' in page
    assert 'value="山东潍坊峡山生态经济开发区"' in page
    assert f'href="{article.get_absolute_url()}" class="viewsitelink"' in page
    assert client.get(article.get_absolute_url()).status_code == 200


def test_a_draft_has_no_link_to_the_site(boss):
    article = make_article(status=Status.DRAFT)
    assert "viewsitelink" not in boss.get(f"{LIST}{article.pk}/change/").content.decode()


def test_saving_without_a_change_changes_nothing(boss):
    moment = timezone.now().replace(second=42) - timedelta(days=1)
    article = make_article(published_at=moment, source=make_source())
    form = boss.get(f"{LIST}{article.pk}/change/").context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    values["published_at"] = timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
    values = {name: value for name, value in values.items() if value not in (None, False)}
    values |= {"attachments-TOTAL_FORMS": 0, "attachments-INITIAL_FORMS": 0}
    boss.post(f"{LIST}{article.pk}/change/", values)
    assert LogEntry.objects.get().get_change_message() == "没有字段被修改。"
    assert not article.versions.filter(number__gt=1).exists()


def test_an_alias_is_its_source(boss):
    source = make_source()
    SourceAlias.objects.create(source=source, name="峡山区")
    boss.post(ADD, article_form(source="峡山区"))
    assert Article.objects.get().source == source
    assert Source.objects.count() == 1


def test_an_unknown_source_is_offered_and_made_when_ticked(boss):
    values = article_form(source="新园区<b>")
    response = boss.post(ADD, values)
    assert "没有叫“新园区<b>”的来源" in errors_of(response)["source"][0]
    page = response.content.decode()
    assert '<input type="checkbox" name="source-make" value="新园区&lt;b&gt;"> 新建来源“新园区&lt;b&gt;”' in page
    assert not Source.objects.exists()
    # The name was changed after the tick: asked again.
    assert "source" in errors_of(boss.post(ADD, values | {"source": "别的", "source-make": "新园区<b>"}))
    assert boss.post(ADD, values | {"source-make": "新园区<b>"}).status_code == 302
    assert Article.objects.get().source == Source.objects.get(name="新园区<b>")
    assert LogEntry.objects.count() == 2


def test_a_form_with_other_errors_makes_no_source(boss):
    boss.post(ADD, article_form(source="新园区", title="", **{"source-make": "新园区"}))
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_making_a_source_needs_the_right():
    editor = client_of(make_staff("news.add_article", "news.view_article", "news.view_source", roles=["editor"]))
    response = editor.post(ADD, article_form(source="新园区", **{"source-make": "新园区"}))
    assert "没有新建来源的权限" in errors_of(response)["source"][0]
    assert "source-make" not in response.content.decode()
    assert not Source.objects.exists()


@pytest.mark.parametrize("name", ["\x00", "字" * 101])
def test_a_source_that_cannot_be_is_an_error_of_the_form(boss, name):
    assert "source" in errors_of(boss.post(ADD, article_form(source=name, **{"source-make": name})))


def test_a_headline_needs_a_cover(boss):
    values = article_form(is_headline="on")
    assert errors_of(boss.post(ADD, values)) == {"cover": ["头条要有封面图：请选一张，或取消“头条”。"]}
    picture = make_picture()
    assert boss.post(ADD, values | {"cover": picture.pk}).status_code == 302
    page = boss.get(f"{LIST}{Article.objects.get().pk}/change/").content.decode()
    assert f'data-thumbnail="{picture.url_for(320)}"' in page


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"expires_at": "2026-11-19T09:00"}, None),
        ({"published_at": "昨天"}, "published_at"),
        ({"published_at": "0001-01-01T00:00"}, "published_at"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"column": "999999"}, "column"),
        ({"title": "a\x00b"}, "title"),
        ({"expires_at": "2026-11-21T09:00", "published_at": ""}, "expires_at"),
    ],
)
def test_mistakes_are_errors_of_the_form(boss, changes, name):
    response = boss.post(ADD, article_form() | changes)
    assert response.status_code == 200
    assert list(errors_of(response)) == [name or "__all__"]
    assert not Article.objects.exists()


def test_the_view_count_is_nobodys_to_write(boss):
    article = make_article(view_count=204)
    boss.post(f"{LIST}{article.pk}/change/", article_form(article.column, view_count=9999))
    article.refresh_from_db()
    assert (article.latest_version.content["title"], article.view_count) == ("园区动态", 204)


def test_columns_are_chosen_from_the_tree(boss):
    top = make_column(name="甲")
    columns = {"甲": top, "甲一": make_column(name="甲一", parent=top), "甲二": make_column(name="甲二", parent=top)}
    columns["乙"] = make_column(name="乙")
    make_column(name="单页", kind="page")
    form = boss.get(ADD).context["adminform"].form
    assert [label for value, label in form.fields["column"].choices if value] == ["甲", "　甲一", "　甲二", "乙"]
    for name, found in (("甲", 2), ("乙", 0)):
        make_article(column=columns["甲一"])
        page = boss.get(f"{LIST}?column={columns[name].pk}")
        assert page.context["cl"].result_count == found or name == "甲"


# Lists and actions ----------------------------------------------------------------------------


def test_the_list_asks_the_same_few_questions_however_long_it_is(boss):
    column, source = make_column(), make_source()
    Article.objects.bulk_create(
        Article(title=f"第{n}篇", column=column, source=source, status="published", body="<p>正文</p>")
        for n in range(60)
    )
    few = queries_of(boss, LIST)
    Article.objects.bulk_create(Article(title=f"又{n}", column=column, status="draft") for n in range(1_000))
    assert queries_of(boss, LIST) == few <= 12
    assert queries_of(boss, f"{LIST}?q=篇&column={column.pk}&status__exact=published") <= 12


def test_forms_ask_few_questions(boss):
    article = make_article(cover=make_picture(), source=make_source())
    for number in range(5):
        make_column(name=f"栏目{number}")
        make_attachment(article, name=f"附件{number}")
    assert queries_of(boss, f"{LIST}{article.pk}/change/") <= 18
    assert queries_of(boss, COLUMNS) <= 8


def test_names_of_users_text_are_escaped_everywhere(boss):
    evil = "<img src=x onerror=alert(1)>"
    article = make_article(title=evil, column=make_column(name="<b>x</b>"), author=evil)
    for address in (LIST, f"{LIST}{article.pk}/change/", f"{LIST}{article.pk}/delete/", f"{LIST}{article.pk}/history/"):
        assert "<img src=x" not in boss.get(address).content.decode(), address
    page = boss.post(
        f"{LIST}{article.pk}/change/", article_form(article.column, title=evil), follow=True
    ).content.decode()
    assert "<img src=x" not in page


def test_the_list_is_narrowed_to_a_year_or_a_month_and_a_wrong_one_narrows_nothing(boss):
    moments = [timezone.localtime().replace(year=2024, month=month, day=3) for month in (2, 3)]
    for number, moment in enumerate(moments):
        make_article(title=f"旧文第{number}篇", published_at=moment)
    make_article(title="新文")
    assert 'href="?period=2024">2024年' in boss.get(LIST).text
    of_year, of_month = boss.get(LIST + "?period=2024").text, boss.get(LIST + "?period=2024-03").text
    assert [title in of_year for title in ("旧文第0篇", "旧文第1篇", "新文")] == [True, True, False]
    assert [title in of_month for title in ("旧文第0篇", "旧文第1篇", "新文")] == [False, True, False]
    for wrong in ("2024-13", "x", "0", "99999", "2024-0100"):
        assert "新文" in boss.get(LIST, {"period": wrong}).text


def test_counting_and_searching_are_bounded_and_the_search_says_so(boss, monkeypatch):
    for number in range(6):
        make_article(title=f"第{number}篇", published_at=timezone.now() - timedelta(days=number))
    monkeypatch.setattr("portal.admin.desk.DeskPaginator.COUNTED_MAX", 4)
    monkeypatch.setattr("portal.admin.desk.DeskAdmin.searched_max", 3)
    assert "4 文章" in boss.get(LIST).text
    page = boss.get(LIST + "?q=篇").text
    assert [f"第{number}篇" in page for number in range(6)] == [True] * 3 + [False] * 3
    assert "只在最前面的 3 条里查找" in page
