"""django CMS as its guide sets it up, the articles being an application hooked to a page."""

import os
from pathlib import Path

FOLDER = Path(os.environ["PEER_DIR"])
SECRET_KEY = "for-the-bench-only" * 4
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.admin", "django.contrib.sites", "django.contrib.staticfiles",
    "cms", "menus", "sekizai", "treebeard", "tests.bench.peers.cms_site", "tests.bench.peers.registers",
]  # fmt: skip
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.user.CurrentUserMiddleware",
    "cms.middleware.page.CurrentPageMiddleware",
    "cms.middleware.toolbar.ToolbarMiddleware",
    "cms.middleware.language.LanguageCookieMiddleware",
]
ROOT_URLCONF = "tests.bench.peers.cms_site.urls"
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
                "sekizai.context_processors.sekizai",
                "cms.context_processors.cms_settings",
            ]
        },
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "cms.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE, TIME_ZONE, USE_TZ, SITE_ID = "zh-hans", "Asia/Shanghai", True, 1
LANGUAGES = [("zh-hans", "中文")]
CMS_CONFIRM_VERSION4 = True
CMS_TEMPLATES = [("page.html", "page")]
CMS_PERMISSION = False
STATIC_URL, MEDIA_URL = "/static/", "/media/"
X_FRAME_OPTIONS = "SAMEORIGIN"
MIGRATION_MODULES = {"cms_site": None, "registers": None}
