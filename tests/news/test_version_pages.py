"""Versions of an article as staff see them: the list, one, two beside each other, and going back."""

import pytest

from news.models import Article, ReviewRun
from tests.factories import client_of, make_column, make_picture, make_source, make_staff, make_user
from tests.news.desk import make_draft, make_editor, page_of, told


@pytest.fixture
def editor(db):
    return make_editor(name="张编辑")


@pytest.fixture
def article(editor):
    return make_draft(
        by=editor, title="园区动态", body="<p>坚持绿色低碳发展。</p>",
        versions=[{"title": "园区新动态"}, {"body": "<p>坚持绿色发展。</p>", "author": "<b>甲</b>"}],
    )  # fmt: skip


def test_the_list_names_who_when_and_what_is_the_newest(editor, article):
    page = client_of(editor).get(page_of(article, "versions")).text
    for number in (1, 2, 3):
        assert f"第 {number} 版" in page
    assert page.count("张编辑</td>") == 3
    assert page.count("最新") == 1
    assert page.count('name="left"') == page.count('name="right"') == 3


def test_any_two_versions_are_compared_field_by_field(editor, article):
    client = client_of(editor)
    page = client.get(page_of(article, "versions", "compare"), {"left": 3, "right": 1}).text
    assert "【删去】</span>新<" not in page  # the older stands at the left, however they were chosen
    assert '<ins><span class="visually-hidden">【加上】</span>新<' in page
    assert '<del><span class="visually-hidden">【删去】</span>低碳<' in page
    assert "&lt;b&gt;甲&lt;/b&gt;" in page
    assert 'aria-label="摘要"' not in page
    assert "没有不同" in client.get(page_of(article, "versions", "compare"), {"left": 2, "right": 2}).text


@pytest.mark.parametrize("query", [{}, {"left": "x", "right": 1}, {"left": 1, "right": 10**30}, {"left": 1}])
def test_a_comparison_of_what_is_no_version_is_refused(editor, article, query):
    assert client_of(editor).get(page_of(article, "versions", "compare"), query).status_code == 400


def test_versions_that_do_not_exist_are_not_found(editor, article):
    client = client_of(editor)
    assert client.get(page_of(article, "versions", "compare"), {"left": 1, "right": 9}).status_code == 404
    assert client.get(page_of(article, "versions", 9)).status_code == 404
    assert client.get("/admin/news/article/99999999999999999999/versions/").status_code == 404


def test_every_field_is_compared(editor):
    source, picture, column = make_source(name="某管委会"), make_picture(title="园区全景"), make_column(name="通知")
    change = {
        "source_id": source.pk, "cover_id": picture.pk, "column_id": column.pk, "tags": ["绿色"], "summary": "摘要二",
        "published_at": "2026-11-20T01:05:00+00:00", "attachments": [{"id": 1, "name": "附件一", "position": 0}],
    }  # fmt: skip
    article = make_draft(by=editor, versions=[change])
    page = client_of(editor).get(page_of(article, "versions", "compare"), {"left": 1, "right": 2}).text
    for shown in ("某管委会", picture.url_for(320), "通知", "绿色", "摘要二", "2026-11-20 09:05", "附件一"):
        assert shown in page, shown


def test_one_version_is_shown(editor, article):
    page = client_of(editor).get(page_of(article, "versions", 1)).text
    assert "坚持绿色低碳发展。" in page
    assert "恢复到这一版" in page


def test_going_back_makes_a_new_version(editor, article):
    client = client_of(editor)
    assert client.post(page_of(article, "versions", 1, "restore")).status_code == 302
    now = Article.objects.get()
    assert (now.title, now.body) == ("园区动态", "<p>坚持绿色低碳发展。</p>")
    assert (now.latest_version.number, now.latest_version.reason) == (4, "恢复到第 1 版")
    assert list(now.versions.values_list("number", flat=True)) == [4, 3, 2, 1]
    response = client.post(page_of(article, "versions", 4, "restore"), follow=True)
    assert told(response)[-1] == "第 4 版和现在的内容一样，不用恢复。"


def test_nobody_goes_back_while_it_is_reviewed(editor, article):
    ReviewRun.objects.create(
        article=article, version=article.latest_version, kind="publish", required=1, level=1, started_by=editor
    )
    page = client_of(editor).get(page_of(article, "versions")).text
    assert "最新、审核中" in page
    response = client_of(editor).post(page_of(article, "versions", 1, "restore"), follow=True)
    assert "正在审核" in told(response)[-1]
    assert Article.objects.get().latest_version.number == 3


def test_going_back_never_moves_into_a_column_of_others(db):
    own, foreign = make_column(), make_column()
    editor = make_editor(own)
    article = make_draft(by=None, column=foreign, versions=[{"column_id": own.pk}])
    client_of(editor).post(page_of(article, "versions", 1, "restore"))
    assert Article.objects.get().column == own


def addresses(article):
    return [
        page_of(article, "versions"),
        f"{page_of(article, 'versions', 'compare')}?left=1&right=2",
        page_of(article, "versions", 1),
    ]


def test_versions_are_for_who_may_see_the_article(client, article):
    without = client_of(make_staff())
    other = client_of(make_editor(make_column()))
    reader = client_of(make_user())
    for address in addresses(article):
        assert client.get(address).headers["Location"].startswith("/admin/login/")
        assert reader.get(address).status_code == 302
        assert without.get(address).status_code in (403, 404)
        assert other.get(address).status_code == 404
    restore = page_of(article, "versions", 1, "restore")
    assert client.post(restore).status_code == 302
    assert without.post(restore).status_code in (403, 404)
    assert other.post(restore).status_code == 404
    looker = client_of(make_editor(article.column, rights=("view",)))
    assert looker.get(addresses(article)[0]).status_code == 200
    assert looker.post(restore).status_code == 403
    assert client_of(article.created_by).get(restore).status_code == 405
    assert Article.objects.get().latest_version.number == 3
