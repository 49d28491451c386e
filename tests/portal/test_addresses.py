import pytest
from django.urls import reverse

from portal.addresses import path_to


@pytest.mark.parametrize(
    "page",
    [("news:article", 7), ("news:article", 2**62), ("news:column", "some-slug"), ("sitemap_page", "articles", 3)],
)
def test_a_path_is_what_reverse_gives(page):
    name, *args = page
    assert path_to(name, *args) == reverse(name, args=args)
