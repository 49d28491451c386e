import pytest
from django.core.exceptions import ValidationError

from news.models import Column
from news.navigation import ColumnTree
from tests.factories import make_column, make_zone

pytestmark = pytest.mark.django_db


def test_a_column_never_comes_to_lie_below_itself():
    root = make_column()
    child = make_column(parent=root)
    grandchild = make_column(parent=child)
    for parent in (root, child, grandchild):
        root.parent = parent
        with pytest.raises(ValidationError):
            root.save()
    assert Column.objects.get(pk=root.pk).parent is None


@pytest.mark.parametrize("slug", ["123", "feed", "attachments", "Notices", "通知", "a--b", "-a", "a_b"])
def test_a_slug_that_would_break_an_address_is_refused(slug):
    with pytest.raises(ValidationError) as refused:
        Column(name="栏目", slug=slug).full_clean()
    assert "slug" in refused.value.message_dict


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "ftp://example.org", "zones"]
)
def test_a_link_column_takes_a_path_or_a_web_address_only(url):
    column = Column(name="链接", slug="link", kind=Column.Kind.LINK, url=url)
    with pytest.raises(ValidationError) as refused:
        column.full_clean()
    assert "url" in refused.value.message_dict
    for good in ("/zones/", "https://example.org/a?b=c"):
        Column(name="链接", slug="link", kind=Column.Kind.LINK, url=good).full_clean()


def test_the_tree_knows_paths_and_what_lies_below(django_assert_num_queries):
    root = make_column(name="资讯中心")
    child = make_column(name="省级开发区动态", parent=root)
    other = make_column(name="协会服务")
    hidden = make_column(parent=other, is_active=False)
    with django_assert_num_queries(1):
        tree = ColumnTree.load()
        assert [column.name for column in tree.roots] == ["资讯中心", "协会服务"]
        assert tree.path(child) == [root, child]
        assert sorted(tree.keys_below(root)) == sorted([root.pk, child.pk])
        assert tree.called(hidden.slug) is None


def test_what_lies_below_an_entry_of_the_navigation_is_found_in_it(client):
    register = make_column(name="开发区名录", parent=make_column(name="中国开发区"), kind="link", url="/zones/")
    zone = make_zone()
    tree = ColumnTree.load()
    for address in ("/zones/", f"/zones/{zone.code}/", "/zones/a/b/"):
        assert tree.root_around(address) == register.parent
    for address in ("/", "/journal/", "/zonesandmore/", "/feedback/zones/"):
        assert tree.root_around(address) is None
    page = client.get(f"/zones/{zone.code}/").content.decode()
    assert page.count("site-nav-link is-here") == 1
    assert 'href="/zones/" aria-current' not in page
