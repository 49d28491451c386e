"""Related articles and neighbours."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import make_article, make_column, make_tag, make_zone

pytestmark = pytest.mark.django_db


def related(client, article):
    return [item.title for item in client.get(article.get_absolute_url()).context["related"]]


@pytest.fixture
def column():
    return make_column()


def test_shared_tags_come_before_title_terms(client, column):
    tag, other = make_tag(name="昆山经开区"), make_tag(name="对外开放")
    article = make_article(title="昆山经开区签约集成电路项目", column=column, tags=[tag, other])
    make_article(title="苏州集成电路项目开工", column=column)
    make_article(title="两个标签都有", tags=[tag, other])
    make_article(title="一个标签", tags=[tag])
    make_article(title="图说昆山经开区三十年", column=column)
    make_article(title="毫无关系的消息", column=column)
    found = related(client, article)
    assert found[0] == "两个标签都有"
    assert set(found[1:3]) == {"一个标签", "图说昆山经开区三十年"}
    assert found[3:] == ["苏州集成电路项目开工"]


def test_articles_about_one_zone_come_together_by_any_of_its_names(client, column):
    make_zone(name="昆山经济技术开发区")
    article = make_article(title="昆山经济技术开发区签约新项目", column=column)
    elsewhere = make_column()
    make_article(title="昆山经济技术开发区的三十年", column=elsewhere)
    make_article(title="昆山经开区获评先进", column=elsewhere)
    make_article(title="苏州高新区获评先进", column=column)
    assert set(related(client, article)) == {"昆山经济技术开发区的三十年", "昆山经开区获评先进"}


def test_what_is_hidden_is_not_related(client, column):
    tag = make_tag()
    article = make_article(title="昆山经开区签约集成电路项目", column=column, tags=[tag])
    make_article(title="昆山经开区集成电路项目草稿", column=column, tags=[tag], status="draft")
    make_article(
        title="昆山经开区集成电路项目未到时", column=column, tags=[tag], published_at=timezone.now() + timedelta(days=1)
    )
    make_article(title="昆山经开区集成电路项目停用", column=make_column(is_active=False), tags=[tag])
    assert related(client, article) == []
    assert "相关文章" not in client.get(article.get_absolute_url()).text


def test_at_most_five_and_in_a_bounded_number_of_queries(client, column, django_assert_max_num_queries):
    tags = [make_tag() for _ in range(15)]
    article = make_article(column=column, tags=tags)
    for _ in range(60):
        make_article(column=column, tags=tags)
    with django_assert_max_num_queries(12):
        assert len(related(client, article)) == 5


@pytest.mark.parametrize("title", ["a", "！？", "2026", "𠀀𠀁", "开"])
def test_a_title_without_terms_has_a_page(client, column, title):
    make_article(column=column)
    assert related(client, make_article(title=title, column=column)) == []


def neighbours(client, article):
    context = client.get(article.get_absolute_url()).context
    return context["newer"], context["older"]


def test_neighbours_at_the_same_minute_are_a_chain_without_gaps(client, column):
    moment = timezone.now() - timedelta(days=1)
    chain = [make_article(column=column, published_at=moment) for _ in range(4)]
    chain[2].pinned_until = timezone.now() + timedelta(days=1)  # pinned: it keeps its place in time
    chain[2].save()
    make_article(published_at=moment)  # another column
    make_article(column=column, published_at=moment, status="withdrawn")
    make_article(column=column, published_at=moment, expires_at=timezone.now() - timedelta(minutes=1))
    make_article(column=column, published_at=timezone.now() + timedelta(hours=1))
    for position, article in enumerate(chain):
        newer, older = neighbours(client, article)
        assert (newer and newer.pk) == (chain[position + 1].pk if position < 3 else None)
        assert (older and older.pk) == (chain[position - 1].pk if position else None)
