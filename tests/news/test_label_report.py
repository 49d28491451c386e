"""The staff's page of missing labels."""

import pytest

from portal.models import SiteSettings
from tests.factories import client_of, make_article, make_column, make_source, make_staff, make_tag

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/news/article/labels/"


def test_it_names_what_is_missing_where_with_a_link_to_the_form(client):
    SiteSettings.objects.create(name="协会")
    column = make_column(name="缺标签的栏目", keywords="词")
    whole = make_column(name="齐全的栏目", description="说明", keywords="词", column_type="工作动态")
    bare = make_article(title="缺来源的文章", column=column, body="")
    full = make_article(
        title="齐全的文章",
        column=whole,
        source=make_source(),
        editor="甲",
        tags=[make_tag()],
        body='<p>字<img src="/media/x.png"></p>',
    )
    staff = make_staff("news.change_article", "news.view_column", "portal.view_sitesettings")
    page = client_of(staff).get(ADDRESS).text
    assert "缺 SiteDomain" in page
    assert f"/admin/news/column/{column.pk}/change/" in page
    assert f"/admin/news/column/{whole.pk}/change/" not in page
    assert "ColumnDescription、ColumnType" in page
    assert f"/admin/news/article/{bare.pk}/change/" in page
    assert "ContentSource、Author、Description、Image" in page
    assert f"/admin/news/article/{full.pk}/change/" not in page
    only = client_of(staff).get(ADDRESS + "?label=Keywords").text
    assert f"/admin/news/article/{bare.pk}/change/" not in only
    assert ADDRESS in client_of(staff).get("/admin/news/article/").text


def test_each_part_is_for_those_who_may_see_it(client):
    column, article = make_column(), make_article()
    page = client_of(make_staff("news.view_column")).get(ADDRESS).text
    assert f"/admin/news/column/{column.pk}/change/" in page
    assert f"/admin/news/article/{article.pk}/change/" not in page
    assert client_of(make_staff("feedback.view_message")).get(ADDRESS).status_code == 403
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize("query", ["?label=x", "?page=0", "?page=abc", "?page=9999999", "?label=Author&page=2"])
def test_odd_questions_are_answered(query):
    make_article()
    assert client_of(make_staff("news.view_article")).get(ADDRESS + query).status_code == 200


def test_it_takes_few_queries_however_many_articles(django_assert_max_num_queries):
    client = client_of(make_staff("news.view_article", "news.view_column"))
    column = make_column()
    for _ in range(120):
        make_article(column=column)
    with django_assert_max_num_queries(16):
        assert "共 2 页" in client.get(ADDRESS).text
