"""标签: named once, made by who may, shown where an article that carries them is public."""

import pytest

from news.models import Article, Tag
from tests.factories import client_of, make_article, make_column, make_staff, make_tag

pytestmark = pytest.mark.django_db
RIGHTS = ("news.add_article", "news.change_article", "news.view_column")


def posted(**overrides):
    values = {
        "title": "园区绿色发展",
        "column": make_column().pk,
        "body": "<p>正文。</p>",
        "published_at": "2026-11-01T09:00",
        "attachments-TOTAL_FORMS": 0,
        "attachments-INITIAL_FORMS": 0,
    }
    return values | overrides


def test_one_name_is_one_tag_whatever_blanks_were_typed():
    tag = make_tag(name="  绿色   低碳 ")
    assert tag.name == "绿色 低碳"
    client = client_of(make_staff("news.add_tag", "news.view_tag"))
    response = client.post("/admin/news/tag/add/", {"name": " 绿色  低碳"})
    assert response.status_code == 200
    assert Tag.objects.count() == 1


def test_new_words_become_tags_with_the_right_to_make_them():
    make_tag(name="绿色低碳")
    client = client_of(make_staff(*RIGHTS, "news.add_tag", roles=["editor"]))
    response = client.post("/admin/news/article/add/", posted(tag_names=["绿色低碳", " 开放创新 ", "2026"]))
    assert response.status_code == 302, response.context["errors"]
    article = Article.objects.get()
    assert {tag.name for tag in article.tags.all()} == {"绿色低碳", "开放创新", "2026"}
    page = client.get(f"/admin/news/article/{article.pk}/change/").text
    assert '<option value="开放创新" selected>' in page
    assert 'data-tags="true"' in page
    changed = posted(tag_names=["2026"], column=article.column_id)
    client.post(f"/admin/news/article/{article.pk}/change/", changed)
    assert [tag.name for tag in article.tags.all()] == ["2026"]


def test_without_that_right_only_known_tags_are_taken():
    make_tag(name="绿色低碳")
    client = client_of(make_staff(*RIGHTS, roles=["editor"]))
    response = client.post("/admin/news/article/add/", posted(tag_names=["绿色低碳", "新词"]))
    assert response.status_code == 200
    assert "没有这些标签：新词" in response.text
    assert 'data-tags="true"' not in response.text
    assert not Article.objects.exists()
    assert client.post("/admin/news/article/add/", posted(tag_names=["绿色低碳"])).status_code == 302
    assert Tag.objects.count() == 1


@pytest.mark.parametrize("names", [["字" * 31], ["坏\x00词"], [f"词{n}" for n in range(21)]])
def test_names_that_are_none_are_refused(names):
    client = client_of(make_staff(*RIGHTS, "news.add_tag", roles=["editor"]))
    response = client.post("/admin/news/article/add/", posted(tag_names=names))
    assert response.status_code in (200, 400)
    assert not Tag.objects.exists()


def test_suggestions_are_for_who_writes_articles(client):
    make_tag(name="园区绿色发展")
    make_tag(name="绿色低碳")
    address = "/admin/news/tag/suggestions/?term=绿色"
    found = client_of(make_staff("news.add_article")).get(address).json()["results"]
    assert [row["text"] for row in found] == ["绿色低碳", "园区绿色发展"]
    assert client_of(make_staff("news.view_column")).get(address).status_code == 403
    assert client.get(address).status_code == 302
    assert client_of(make_staff("news.add_article")).get(f"{address}{'长' * 40}").json()["results"] == []


def test_who_may_only_look_sees_the_tags():
    article = make_article(tags=[make_tag(name="绿色低碳")])
    page = client_of(make_staff("news.view_article", roles=["first"])).get(f"/admin/news/article/{article.pk}/change/")
    assert page.status_code == 200
    assert "绿色低碳" in page.text


def test_a_tag_page_lists_its_published_articles(client):
    tag = make_tag(name="绿色<低碳>")
    for number in range(21):
        make_article(title=f"第{number}条消息", tags=[tag, make_tag()])
    make_article(title="别的消息")
    make_article(title="草稿消息", status="draft", tags=[tag])
    first, second = (client.get(tag.get_absolute_url() + query).text for query in ("", "?page=2"))
    assert first.count("条消息</a>") + second.count("条消息</a>") == 21
    assert "草稿消息" not in first + second
    assert "绿色&lt;低碳&gt;" in first
    assert tag.get_absolute_url() in client.get("/news/tags/").text
    assert client.get(tag.get_absolute_url() + "?page=3").status_code == 404


def test_a_tag_without_a_published_article_has_no_page(client):
    tag = make_tag(name="没人用的标签")
    make_article(tags=[tag], status="draft")
    make_article(tags=[tag], column=make_column(is_active=False))
    assert client.get(tag.get_absolute_url()).status_code == 404
    assert tag.name not in client.get("/news/tags/").text
    assert client.get("/news/tags/99999999999999999999/").status_code == 404


def test_an_article_shows_its_tags_and_has_them_as_keywords(client):
    column = make_column(keywords="栏目的词")
    tagged = make_article(column=column, tags=[make_tag(name="甲标签"), make_tag(name="乙标签")])
    page = client.get(tagged.get_absolute_url()).text
    assert (
        '<meta name="Keywords" content="乙标签,甲标签">' in page
        or '<meta name="Keywords" content="甲标签,乙标签">' in page
    )
    assert page.count('rel="tag"') == 2
    plain = client.get(make_article(column=column).get_absolute_url()).text
    assert '<meta name="Keywords" content="栏目的词">' in plain


def test_a_tag_on_very_many_articles_lists_the_latest_and_says_so(client, monkeypatch):
    monkeypatch.setattr("news.views.tags.LISTED_MAX", 3)
    tag = make_tag()
    articles = [make_article(tags=[tag]) for _ in range(4)]
    page = client.get(tag.get_absolute_url()).text
    assert "最近的 3 篇" in page
    assert f'"row-title" href="{articles[0].get_absolute_url()}"' not in page
    assert f'"row-title" href="{articles[3].get_absolute_url()}"' in page
    articles[0].delete()
    assert "最近的" not in client.get(tag.get_absolute_url()).text
