import os

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import open_form
from tests.factories import make_column, make_user
from tests.whole_site import make_site

# Playwright's own loop runs in this thread; Django would take it for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

expect.set_options(timeout=30_000)  # as long as Playwright waits for an action: machines that build are busy


@pytest.fixture
def browser_context_args(browser_context_args, live_server):
    """Addresses are paths on the live server."""
    return browser_context_args | {"base_url": live_server.url}


@pytest.fixture
def whole_site(transactional_db, live_server):
    """A small site with every kind of page, on a live server; the full address of each page by name."""
    return {name: live_server.url + address for name, address in make_site().items()}


@pytest.fixture
def quiet_page(page, live_server):
    """A page of the browser that fails the test on an error in the console or a request to another host."""
    complaints = []

    def on_request(request):
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            complaints.append(f"request to {request.url}")

    def on_message(message):
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.on("request", on_request)
    page.on("console", on_message)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert complaints == []


@pytest.fixture
def zhang(transactional_db):
    """Somebody who may do everything."""
    return make_user(username="zhang", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(quiet_page, zhang):
    """The form of a new article, opened by a member of staff."""
    make_column(name="园区动态", reviews=0)
    open_form(quiet_page, zhang.username, "/admin/news/article/add/")
    return quiet_page
