import shutil
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.utils import timezone

from news import counting
from news.rankings import most_read_before
from portal.audit import triggers as audit_triggers

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(autouse=True)
def own_files_and_cache(settings, tmp_path):
    """Every test has files and a cache of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = settings.STORAGES | {
        "files": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        }
    }
    cache.clear()
    most_read_before.cache_clear()


@pytest.fixture(autouse=True)
def one_connection():
    """A request to the WSGI application itself keeps the test's connection, as the test client's requests do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def flushable_audit(request, _django_db_helper):
    """A test with transactions of its own ends with empty tables: the audit log's too, which its guard would refuse."""
    yield
    if {"transactional_db", "live_server"} & set(request.fixturenames) or _is_transactional(request):
        audit_triggers.lift_for_flush()


def _is_transactional(request):
    marker = request.node.get_closest_marker("django_db")
    return marker is not None and marker.kwargs.get("transaction", False)


@pytest.fixture(autouse=True)
def no_thread_of_views(monkeypatch):
    """Views are written when a test says so; none are left over from another test."""
    monkeypatch.setattr(counting.ViewCounter, "_start", lambda self: None)
    monkeypatch.setattr(counting.views, "_pending", {})


@pytest.fixture
def one_day(monkeypatch):
    """No midnight comes while the test runs: at the end of the day the clock stops. Numbers, days allowed and the keys of
    senders go by the day.
    """
    clock = timezone.now
    tomorrow = timezone.localdate() + timedelta(days=1)
    end = timezone.make_aware(datetime.combine(tomorrow, time.min)) - timedelta(microseconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: min(clock(), end))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.fail("Chromium is missing: the browser tests cannot run.")
    return {"executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": {"width": 1440, "height": 900}}


@pytest.fixture
def database_url(transactional_db):
    """The address of the test's database, for processes of their own."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    place = f"{given['USER']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"
    return f"postgres://{place}?application_name=portal-under-test"


@pytest.fixture(scope="session")
def project():
    """The root of the checkout."""
    return Path(__file__).resolve().parent.parent
