"""The registers, as staff keep them."""

import pytest

from associations.models import Association, Link, LinkGroup, Zone
from tests.factories import client_of, make_association, make_link, make_picture, make_staff, make_user, make_zone


@pytest.fixture
def boss(db):
    return client_of(make_user(is_staff=True, is_superuser=True))


def errors_of(response):
    return {name: list(errors) for name, errors in response.context["adminform"].form.errors.items()}


def test_a_member_is_entered_and_seen(boss, client):
    values = {
        "name": "山东省开发区协会", "region": "山东", "member_class": "理事单位", "position": 0, "is_active": "on",
        "introduction": "<p>简介<script>x</script></p>", "website": "example.org", "joined_on": "2020-05-01",
        "logo": make_picture().pk,
    }  # fmt: skip
    assert boss.post("/admin/associations/association/add/", values).status_code == 302
    member = Association.objects.get()
    assert (member.introduction, member.website) == ("<p>简介</p>", "https://example.org")
    assert client.get(member.get_absolute_url()).status_code == 200
    page = boss.get(f"/admin/associations/association/{member.pk}/change/").content.decode()
    assert "viewsitelink" in page
    assert 'type="date" name="joined_on" value="2020-05-01"' in page


def test_the_registers_are_filtered_and_searched(boss):
    make_association(name="甲会", region="山东")
    make_association(name="乙会", region="浙江")
    make_zone(name="丙区", level="provincial", type="industrial")
    make_zone(name="丁区")
    for address, found in [
        ("association/?region=浙江", "乙会"),
        ("association/?q=甲", "甲会"),
        ("zone/?level__exact=provincial&type__exact=industrial", "丙区"),
        ("zone/?q=丁", "丁区"),
    ]:
        result = boss.get(f"/admin/associations/{address}").context["cl"].result_list
        assert [row.name for row in result] == [found], address


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", "371001"),
        ("approved", "2026-13"),
        ("hectares", "-1"),
        ("hectares", "NaN"),
        ("website", "javascript:alert(1)"),
        ("province", "火星"),
    ],
)
def test_a_zone_is_checked(boss, name, value):
    values = {
        "code": "G371001",
        "name": "某区",
        "level": "national",
        "type": "etdz",
        "province": "山东",
        "is_active": "on",
    }
    response = boss.post("/admin/associations/zone/add/", values | {name: value})
    assert list(errors_of(response)) == [name]
    assert boss.post("/admin/associations/zone/add/", values).status_code == 302
    assert Zone.objects.get().code == "G371001"


def test_links_are_kept_in_their_group(boss):
    link = make_link(group=LinkGroup.objects.create(name="政府部门"))
    address = f"/admin/associations/linkgroup/{link.group_id}/change/"
    values = {
        "name": "政府部门", "content": "links", "position": 0, "links-TOTAL_FORMS": 2, "links-INITIAL_FORMS": 1,
        "links-0-id": link.pk, "links-0-group": link.group_id, "links-0-name": "改名", "links-0-url": link.url,
        "links-0-position": 1, "links-0-is_active": "on",
        "links-1-group": link.group_id, "links-1-name": "新", "links-1-url": link.url, "links-1-position": 2,
    }  # fmt: skip
    assert "links-1-url" in boss.post(address, values).content.decode()  # the same address twice
    assert boss.post(address, values | {"links-1-url": "https://example.org/new"}).status_code == 302
    assert list(Link.objects.order_by("pk").values_list("name", flat=True)) == ["改名", "新"]


@pytest.mark.django_db
def test_the_links_of_a_group_follow_the_right_to_the_group():
    link = make_link()
    address = f"/admin/associations/linkgroup/{link.group_id}/change/"
    looker = client_of(make_staff("associations.view_linkgroup"))
    page = looker.get(address).content.decode()
    assert link.name in page
    assert 'name="links-0-name"' not in page
    changes = {"name": "x", "content": "links", "position": 0, "links-TOTAL_FORMS": 1, "links-INITIAL_FORMS": 1}
    changes |= {"links-0-id": link.pk, "links-0-group": link.group_id, "links-0-DELETE": "on"}
    assert looker.post(address, changes).status_code == 403
    editor = client_of(make_staff("associations.change_linkgroup", "associations.view_linkgroup"))
    assert 'name="links-0-name"' in editor.get(address).content.decode()
    assert editor.post(address, changes).status_code == 302
    assert not Link.objects.exists()
    assert client_of(make_staff("associations.view_zone")).get(address).status_code == 403
