import pytest
from django.urls import reverse

from portal.addresses import path_to


@pytest.mark.parametrize(
    ("name", "argument"), [("news:article", 7), ("news:article", 2**62), ("news:tag", 1), ("news:column", "some-slug")]
)
def test_a_path_is_what_reverse_gives(name, argument):
    assert path_to(name, argument) == reverse(name, args=[argument])
