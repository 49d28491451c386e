"""Grey mode: between its two moments, on the pages that it is for, and staff cannot set half of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.models import SiteSettings
from portal.mourning import is_grey, next_moment
from tests.factories import client_of, make_user

HOUR = timedelta(hours=1)


def mourn(begins, ends, scope="site"):
    now = timezone.now()
    return SiteSettings.objects.create(mourning_from=now + begins, mourning_until=now + ends, mourning_scope=scope)


@pytest.mark.parametrize(
    ("begins", "ends", "scope", "grey"),
    [
        (-HOUR, HOUR, "site", ["/", "/news/", "/nowhere/"]),
        (-HOUR, HOUR, "home", ["/"]),
        (HOUR, 2 * HOUR, "site", []),
        (-2 * HOUR, -HOUR, "site", []),
    ],
)
def test_pages_are_grey_between_the_two_moments(client, db, begins, ends, scope, grey):
    mourn(begins, ends, scope)
    for address in ("/", "/news/", "/nowhere/"):
        assert ("data-grey" in client.get(address).text) == (address in grey)


def test_the_first_moment_belongs_to_it_and_the_last_does_not(db):
    site = mourn(-HOUR, HOUR)
    assert is_grey(site, "/", at=site.mourning_from)
    assert not is_grey(site, "/", at=site.mourning_until)


def test_the_next_moment_is_the_beginning_then_the_end_then_none(db):
    now = timezone.now()
    assert next_moment(now) is None
    site = mourn(HOUR, 2 * HOUR)
    assert next_moment(now) == site.mourning_from
    assert next_moment(site.mourning_from) == site.mourning_until
    assert next_moment(site.mourning_until) is None


def test_half_of_it_or_an_end_before_the_beginning_is_refused(db):
    now = timezone.now()
    for values in (
        {"mourning_from": now},
        {"mourning_until": now},
        {"mourning_from": now, "mourning_until": now - HOUR},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SiteSettings.objects.create(**values)


def test_staff_see_why_half_of_it_was_refused(db):
    client = client_of(make_user(is_staff=True, is_superuser=True))
    data = {"name": "协会", "main_color": "#0b3d91", "mourning_scope": "site"}
    data |= {"contact_days": 365}
    half = data | {"mourning_from": "2026-12-13T00:00"}
    address = "/admin/portal/sitesettings/1/change/"
    assert "灰色模式的开始和结束要一起填写" in client.post(address, half).text
    whole = half | {"mourning_until": "2026-12-14T00:00"}
    assert client.post(address, whole).status_code == 302
    assert SiteSettings.objects.get().mourning_until
