import pytest

from tests.whole_site import make_site


@pytest.fixture
def whole_site(db):
    """A small site with every kind of page; the addresses of its pages by name."""
    return make_site()
