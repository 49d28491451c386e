"""The search page, as a reader asks it."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from news.models import Article
from portal.models import SearchEntry, SearchRebuild, SearchTerm, Synonym
from tests.factories import (
    client_of,
    make_article,
    make_association,
    make_attachment,
    make_column,
    make_message,
    make_source,
    make_staff,
    make_zone,
)

pytestmark = pytest.mark.django_db


def titles(client, **query):
    page = client.get("/search/", query)
    assert page.status_code == 200, page.text
    found = page.text.partition("标题相近的内容")[0]
    rows = re.findall(r'<a class="row-title"[^>]*>(.*?)</a>', found)
    return [re.sub("</?mark>", "", row) for row in rows]


def test_search_finds_every_field_and_kind(client):
    article = make_article(
        title="题目甲", subtitle="副题乙", summary="摘要丙", author="作者丁", source=make_source(name="来源戊"),
        body="<p>正文<strong>己</strong>庚</p>",
    )  # fmt: skip
    make_attachment(article, name="附件辛")
    for word in ("题目甲", "副题乙", "摘要丙", "作者丁", "来源戊", "正文己庚", "附件辛"):
        assert titles(client, q=word) == ["题目甲"], word
    make_association(name="协会壬", introduction="<p>介绍</p>")
    make_zone(name="开发区癸")
    make_message(title="留言子", reply="答复丑", may_publish=True, is_public=True)
    assert [titles(client, q=word) for word in ("壬", "癸", "答复丑")] == [["协会壬"], ["开发区癸"], ["留言子"]]


def test_search_shows_changes_at_once(client):
    article = make_article(title="旧的名字", source=make_source(name="旧来源"))
    attachment = make_attachment(article, name="旧附件")
    article.title = "新的名字"
    article.save()
    article.source.name = "新来源"
    article.source.save()
    attachment.delete()
    for gone in ("旧的名字", "旧来源", "旧附件"):
        assert titles(client, q=gone) == [], gone
    for found in ("新的名字", "新来源"):
        assert titles(client, q=found) == ["新的名字"], found
    Article.objects.filter(pk=article.pk).update(title="批量改名")
    assert titles(client, q="批量改名") == ["批量改名"]
    article.delete()
    assert not SearchEntry.objects.exists()


def test_search_follows_the_actions_of_the_admin(client):
    article = make_article(title="要撤下的", status="draft", column=make_column(reviews=0))
    staff = client_of(make_staff("news.change_article", "news.view_article", "news.delete_article", roles=["editor"]))
    for action, expected in (("submit", ["要撤下的"]), ("withdraw", []), ("submit", ["要撤下的"]), ("withdraw", [])):
        chosen = {"action": action, "_selected_action": [article.pk], "apply": "1", "reason": "有误"}
        staff.post("/admin/news/article/", chosen)
        assert titles(client, q="要撤下的") == expected, action
    staff.post("/admin/news/article/", {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})
    assert titles(client, q="要撤下的") == []


def test_only_what_is_public_now_is_found(client):
    hour = timedelta(hours=1)
    now = timezone.now()
    make_article(title="隐藏草稿", status="draft")
    make_article(title="隐藏撤下", status="withdrawn")
    make_article(title="隐藏未到", published_at=now + hour)
    make_article(title="隐藏过期", published_at=now - 2 * hour, expires_at=now - hour)
    make_article(title="隐藏栏目", column=make_column(is_active=False))
    make_association(name="隐藏协会", is_active=False)
    make_zone(name="隐藏开发区", is_active=False)
    make_message(title="隐藏留言", reply="答", may_publish=False, is_public=False)
    shown = make_article(title="隐藏不住", expires_at=now + hour, column=make_column(is_active=True))
    page = client.get("/search/", {"q": "隐藏"})
    assert titles(client, q="隐藏") == ["隐藏不住"]
    assert "找到 1 条结果" in page.text
    shown.column.is_active = False
    shown.column.save()
    assert titles(client, q="隐藏") == []


def test_relevance_puts_titles_before_summaries_before_bodies_and_newer_before_older(client):
    day = timedelta(days=1)
    now = timezone.now()
    make_article(title="正文里有", body="<p>昆山</p>", published_at=now - day)
    make_article(title="摘要里有", summary="昆山", published_at=now - 2 * day)
    make_article(title="旧的昆山", published_at=now - 4 * day)
    make_article(title="新的昆山", published_at=now - 3 * day)
    assert titles(client, q="昆山") == ["新的昆山", "旧的昆山", "摘要里有", "正文里有"]
    assert titles(client, q="昆山", sort="time") == ["正文里有", "摘要里有", "新的昆山", "旧的昆山"]


def test_a_whole_phrase_stands_before_scattered_words(client):
    make_article(title="招商在先，后有昆山")
    make_article(title="昆山 招商大会", published_at=timezone.now() - timedelta(days=9))
    assert titles(client, q="昆山 招商") == ["昆山 招商大会", "招商在先，后有昆山"]


def test_filters_narrow_and_columns_are_counted(client):
    above = make_column(name="上级", slug="above")
    below = make_column(name="下级", slug="below", parent=above)
    source = make_source(name="某报")
    old = timezone.now() - timedelta(days=400)
    make_article(title="昆山一", column=above)
    make_article(title="昆山二", column=below, source=source, published_at=old)
    make_zone(name="昆山三")
    assert set(titles(client, q="昆山", column="above")) == {"昆山一", "昆山二"}
    assert titles(client, q="昆山", column="below") == ["昆山二"]
    assert titles(client, q="昆山", source="某报") == ["昆山二"]
    assert titles(client, q="昆山", kind="zone") == ["昆山三"]
    day = timezone.localtime(old).date()
    assert titles(client, q="昆山", **{"from": day, "to": day}) == ["昆山二"]
    assert titles(client, q="昆山", **{"from": day + timedelta(days=1)}) == ["昆山一"]
    page = client.get("/search/", {"q": "昆山"}).text
    assert "上级（2）" in page
    assert "下级（1）" in page


def test_columns_are_offered_in_the_order_of_the_tree(client, db):
    first, second = make_column(name="甲"), make_column(name="乙")
    make_column(name="乙下", parent=second)
    make_column(name="甲下", parent=first)
    offered = re.search(r'name="column".*?</select>', client.get("/search/").text, re.DOTALL)[0]
    assert re.findall(r"<option[^>]*>(.*?)</option>", offered) == ["全部栏目", "甲", "甲下", "乙", "乙下"]


@pytest.mark.parametrize(
    "query",
    [
        {"column": "nowhere"}, {"kind": "x"}, {"source": "没有的来源"}, {"from": "2026-13-01"}, {"to": "x"}, {"sort": "x"},
        {"from": "2026-02-01", "to": "2026-01-01"}, {"to": "9999-12-31"}, {"q": "字" * 201},
    ],
)  # fmt: skip
def test_a_bad_filter_is_a_clear_page(client, query):
    page = client.get("/search/", {"q": "昆山"} | query)
    assert page.status_code == 400
    assert "搜索条件有误" in page.text


@pytest.mark.parametrize(
    "q",
    ["字" * 200, "-", '"', '"""', "%_'\"*", "😀", "* AND OR NOT NEAR(", "\\", "a:b", "{x} ^y", "-昆山", "\u200b", " ", "𠮷", "&|!()<->:*", "'; DROP TABLE x; --", "\ue041\ue042", "()"],
)  # fmt: skip
def test_an_odd_query_answers(client, q):
    make_article()
    for sort in ("", "time"):
        assert client.get("/search/", {"q": q, "sort": sort}).status_code == 200


def test_an_exclusion_alone_says_why(client):
    assert "还要写上想找的词" in client.get("/search/", {"q": "-昆山"}).text


def test_bytes_that_are_no_text_answer(client):
    assert client.get("/search/?q=%ff%fe%ed%a0%80").status_code == 200
    assert client.get("/search/?q=%00").status_code == 400


def test_texts_are_escaped_and_hits_marked(client):
    make_article(title="<b>昆山</b>", body="<p>&lt;script&gt;昆山</p>")
    page = client.get("/search/", {"q": "昆山"}).text
    assert "&lt;b&gt;<mark>昆山</mark>&lt;/b&gt;" in page
    assert "&lt;script&gt;<mark>昆山</mark>" in page
    page = client.get("/search/", {"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


def test_pages_go_on_and_end(client):
    column = make_column()
    for _ in range(45):
        make_article(column=column)
    seen = [title for page in (1, 2, 3) for title in titles(client, q="绿色", page=page)]
    assert len(seen) == len(set(seen)) == 45
    assert client.get("/search/", {"q": "绿色", "page": 4}).status_code == 404
    assert client.get("/search/", {"q": "绿色", "page": "x"}).status_code == 404


def test_synonyms_are_offered_in_both_directions(client):
    page = client.get("/search/", {"q": "昆山经开区"}).text
    assert "您是不是要找" in page
    assert "昆山经济技术开发区</a>" in page
    assert "昆山经开区</a>" in client.get("/search/", {"q": "昆山经济技术开发区"}).text
    Synonym.objects.all().delete()
    assert "您是不是要找" not in client.get("/search/", {"q": "昆山经开区"}).text


def test_nothing_found_offers_the_closest_titles(client):
    make_article(title="昆山高新区产业园")
    make_article(title="别的文章")
    page = client.get("/search/", {"q": "昆山高薪区产业园"}).text
    assert "没有找到" in page
    assert "昆山高新区产业园</a>" in page.partition("标题相近的内容")[2]
    assert "别的文章" not in page.partition("标题相近的内容")[2].partition("</ol>")[0]


def test_hot_searches_hold_terms_and_no_person(client):
    make_article(title="昆山高新区", body="<p>电话 13800138000，邮箱 x@example.org</p>")
    for _ in range(3):
        for q in ("昆山", "13800138000", "x@example.org", "找不到的词", "昆山 -别的"):
            client.get("/search/", {"q": q})
    assert list(SearchTerm.objects.values_list("term", "count")) == [("昆山", 3)]
    assert {field.name for field in SearchTerm._meta.fields} == {"id", "term", "day", "count"}
    assert "本周热搜" in (page := client.get("/search/").text)
    assert ">昆山</a>" in page
    assert "本周热搜" in client.get("/search/", {"q": "找不到的词"}).text
    SearchTerm.objects.update(day=timezone.localdate() - timedelta(days=7))
    assert "本周热搜" not in client.get("/search/").text


def test_a_rebuild_repairs_the_index_and_goes_on_where_it_stopped(client, capsys):
    kept, lost = make_article(title="留下的"), make_article(title="丢了的")
    ghost = SearchEntry.objects.get(object_id=kept.pk)
    ghost.pk, ghost.object_id, ghost.place = None, 10**9, ghost.place - 1
    ghost.save()
    SearchEntry.objects.filter(object_id=lost.pk).delete()
    SearchRebuild.objects.create(kind="article", last_pk=kept.pk)
    call_command("rebuild_search")
    assert "文章：2/2" in capsys.readouterr().out
    assert not SearchRebuild.objects.exists()
    assert titles(client, q="丢了的") == ["丢了的"]
    assert set(SearchEntry.objects.values_list("object_id", flat=True)) == {kept.pk, lost.pk}
    call_command("rebuild_search", restart=True)
    assert titles(client, q="留下的") == ["留下的"]


def test_search_takes_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    column = make_column()
    for _ in range(25):
        make_article(column=column, source=make_source())
    with django_assert_max_num_queries(22):
        client.get("/search/", {"q": "绿色"})


def test_conditions_are_folded_until_one_is_set_or_wrong(client, db):
    make_article(title="昆山开发区")
    folded = '<details class="filters-more">'
    assert folded in client.get("/search/", {"q": "昆山"}).text
    for given in ({"kind": "article"}, {"sort": "time"}, {"from": "x"}):
        assert folded not in client.get("/search/", {"q": "昆山"} | given).text
