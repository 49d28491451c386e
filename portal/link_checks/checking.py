"""A round of checks: gather the links, ask, keep what was found."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from portal.link_checks.outside import problem_of
from portal.models import LinkCheck, SiteSettings

THREADS = 8
URL_MAX = LinkCheck._meta.get_field("url").max_length


def check_links(*, limit, outside=True):
    """Look at up to `limit` addresses, those not looked at for longest first. Returns (looked at, broken)."""
    places = gathered()
    known = dict(LinkCheck.objects.values_list("url", "checked_at"))
    forget([url for url in known if url not in places])
    urls = sorted(places, key=lambda url: (url in known, known.get(url, timezone.now()), url))[:limit]
    internal = [url for url in urls if is_internal(url)]
    others = [url for url in urls if not is_internal(url)] if outside else []
    problems = {url: problem_inside(url) for url in internal}
    with ThreadPoolExecutor(THREADS) as pool:
        problems |= dict(zip(others, pool.map(problem_of, others), strict=True))
    keep(problems, places)
    return len(problems), sum(map(bool, problems.values()))


def forget(urls):
    """Remove what the site no longer links to."""
    for start in range(0, len(urls), 500):
        LinkCheck.objects.filter(url__in=urls[start : start + 500]).delete()


def gathered():
    """Return {url: the first object that links to it}."""
    places = {}
    for config in apps.get_app_configs():
        if name := getattr(config, "checked_links", ""):
            for url, place in import_string(name)():
                if len(url) <= URL_MAX and url.startswith(("/", "http://", "https://")):
                    places.setdefault(url.partition("#")[0], place)
    return places


def is_internal(url):
    return not url.startswith("//") and (url.startswith("/") or urlsplit(url).hostname in _own_hosts())


def _own_hosts():
    return {*settings.ALLOWED_HOSTS, SiteSettings.current().domain}


def problem_inside(url):
    """Ask the site itself, within this process, as a visitor."""
    parts = urlsplit(url)
    host = next((name for name in settings.ALLOWED_HOSTS if name.strip("*.")), "localhost").lstrip(".")
    client = Client(raise_request_exception=False, headers={"host": host})
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    answer = client.get(path, secure=True, follow=True)
    if answer.streaming:  # a file is not read; the client has closed everything else
        answer.close()
    return "" if answer.status_code < 400 else f"站内没有这个页面（{answer.status_code}）"


def keep(problems, places):
    now = timezone.now()
    failing = dict(LinkCheck.objects.broken().values_list("url", "failing_since"))
    rows = [
        LinkCheck(
            url=url, is_internal=is_internal(url), problem=problem, checked_at=now,
            failing_since=failing.get(url, now) if problem else None,
            place_type=places[url]._meta.label_lower, place_id=str(places[url].pk), place_name=str(places[url])[:200],
        )
        for url, problem in problems.items()
    ]  # fmt: skip
    LinkCheck.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["url"], batch_size=500,
        update_fields=["is_internal", "problem", "checked_at", "failing_since", "place_type", "place_id", "place_name"],
    )  # fmt: skip
