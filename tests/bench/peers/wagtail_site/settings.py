"""Wagtail as its project template sets it up, with the whole-page cache of wagtail-cache where WAGTAIL_CACHE is set."""

import os
import sys
from pathlib import Path

FOLDER = Path(os.environ["PEER_DIR"])
CACHED = os.environ.get("WAGTAIL_CACHE") == "1"
SECRET_KEY = "for-the-bench-only" * 4
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "tests.bench.peers.wagtail_site", "tests.bench.peers.registers",
    "wagtail.contrib.redirects", "wagtail.users", "wagtail.images", "wagtail.documents", "wagtail.search", "wagtail.admin",
    "wagtail", "modelcluster", "taggit", "wagtailcache",
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
    "django.contrib.messages", "django.contrib.staticfiles",
]  # fmt: skip
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
if CACHED:
    MIDDLEWARE = [
        "wagtailcache.cache.UpdateCacheMiddleware", *MIDDLEWARE, "wagtailcache.cache.FetchFromCacheMiddleware"
    ]  # fmt: skip
WAGTAIL_CACHE = CACHED
ROOT_URLCONF = "tests.bench.peers.wagtail_site.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parents[1] / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "wagtail.sqlite3"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": FOLDER / "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE, TIME_ZONE, USE_TZ = "zh-hans", "Asia/Shanghai", True
STATIC_URL, MEDIA_URL, MEDIA_ROOT = "/static/", "/media/", FOLDER / "media"
WAGTAIL_SITE_NAME = "peer"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}}
sys.path.insert(0, str(FOLDER))
MIGRATION_MODULES = {
    "wagtail_site": "wagtail_site_migrations",
    "registers": "registers_migrations",
}  # written by fill.py
