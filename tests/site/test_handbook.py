"""The handbook of the desk: its pages open for staff only, and what it names exists."""

import re

import pytest
from django.test import Client

from portal import handbook
from tests.factories import client_of, make_staff, make_user
from tests.whole_site import make_site

PAGES = sorted(path.stem for path in handbook.FOLDER.glob("*.md"))
PICTURES = sorted(path.stem for path in handbook.PICTURES.glob("*"))
BYTES_MAX = 150_000


def text_of(name):
    return (handbook.FOLDER / f"{name}.md").read_text(encoding="utf-8")


def address_of(name):
    return "/admin/handbook/" if name == handbook.INDEX else f"/admin/handbook/{name}.md"


def test_the_contents_name_every_page_once():
    assert sorted([handbook.INDEX, *(name for name, _ in handbook.contents())]) == PAGES
    assert dict(handbook.contents()) == {name: handbook.page(name).title for name in PAGES if name != handbook.INDEX}


@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_for_staff_and_for_nobody_else(db, name):
    response = client_of(make_staff()).get(address_of(name))
    assert response.status_code == 200
    page = response.content.decode()
    assert f"<h1>{handbook.page(name).title}</h1>" in page
    assert page.count("<img ") == text_of(name).count("![")
    for client in (Client(), client_of(make_user())):
        refused = client.get(address_of(name))
        assert refused.status_code == 302
        assert refused.url.startswith("/admin/login/")


def test_pictures_are_for_staff_too_and_small(db):
    staff = client_of(make_staff())
    for name in PICTURES:
        address = f"/admin/handbook/pictures/{name}.webp"
        response = staff.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert len(b"".join(response)) <= BYTES_MAX, name
        assert Client().get(address).status_code == 302


def test_every_picture_that_is_named_exists_and_every_other_is_gone():
    named = {name for page in PAGES for name in re.findall(r"!\[[^]]+\]\(pictures/([a-z-]+)\.webp\)", text_of(page))}
    assert named == set(PICTURES)


def test_every_page_that_is_linked_exists():
    for page in PAGES:
        for target in re.findall(r"\]\(([^)]+)\)", text_of(page)):
            if not target.startswith(("/", "pictures/")):
                assert target.removesuffix(".md") in PAGES, (page, target)


def test_every_address_of_the_admin_that_is_named_opens(db):
    make_site()
    client = client_of(make_user(is_staff=True, is_superuser=True))
    addresses = {found for page in PAGES for found in re.findall(r"\]\((/[^)]*)\)", text_of(page))}
    assert len(addresses) > 10
    for address in sorted(addresses):
        response = client.get(address, follow=True)
        assert response.status_code == 200, address
        if response.streaming:
            b"".join(response)


def test_what_is_not_there_is_a_clear_page(db):
    staff = client_of(make_staff())
    for address in ("/admin/handbook/nothing.md", "/admin/handbook/pictures/nothing.webp", "/admin/handbook/../x.md"):
        assert staff.get(address).status_code == 404
    assert staff.post("/admin/handbook/").status_code == 405


def test_the_admin_leads_to_it(db):
    page = client_of(make_staff()).get("/admin/").content.decode()
    assert '<a href="/admin/handbook/">使用手册</a>' in page


def test_people_read_full_width_punctuation():
    """Between Han characters, as proofing asks of every article."""
    for page in PAGES:
        found = re.search(r"[\u4e00-\u9fff][,:;?!()][\u4e00-\u9fff\u201c]?", text_of(page))
        assert found is None, (page, found)
