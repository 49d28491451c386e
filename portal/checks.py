"""System checks of wrong combinations of settings."""

from django.conf import settings
from django.core.checks import Tags, register
from django.core.checks import Warning as CheckWarning


@register(Tags.caches, deploy=True)
def a_cdn_that_keeps_pages_can_be_emptied(app_configs, **kwargs):
    if settings.CDN_MAX_AGE > 1 and not settings.CDN_PURGE_URL:
        return [
            CheckWarning(
                "The CDN keeps pages for longer than a second, and nobody tells it of changes.",
                hint="Set CDN_PURGE_URL, or CDN_MAX_AGE=1.",
                id="portal.W002",
            )
        ]
    return []


@register(Tags.security, deploy=True)
def one_cache_for_all_workers(app_configs, **kwargs):
    uses_server = settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3"
    local = settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")
    if uses_server and local:
        return [
            CheckWarning(
                "PostgreSQL is used, but the cache is local to each process.",
                hint="Set CACHE_URL=redis://… where more than one machine serves the site.",
                id="portal.W001",
            )
        ]
    return []
