"""Settings. Everything that differs between machines comes from the environment.

`.env.example` lists every variable that is read here. What is not set is as safe as it can be.
"""

import os
import secrets
from functools import partial
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from portal.connections import pool_of

BASE_DIR = Path(__file__).resolve().parent.parent

# Before .env is read, which the server does not know: both go by the same number.
BLOCKING_THREADS = int(os.environ.get("GRANIAN_BLOCKING_THREADS") or 0)

env = environ.Env()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=not DEBUG)
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)


def kept_secret_key(path):
    """Return the key in `path`; make one, readable by its owner alone, if there is none yet."""
    try:
        with open(path, "x", opener=partial(os.open, mode=0o600)) as file:
            file.write(secrets.token_urlsafe(64))
    except FileExistsError:
        pass
    key = path.read_text().strip()
    if not key:
        raise ImproperlyConfigured(f"{path} is empty: remove it, or set SECRET_KEY.")
    return key


SECRET_KEY = env("SECRET_KEY", default="") or kept_secret_key(VAR_DIR / "secret-key")
# Keys that were in use before: what they signed still holds, and the audit log's seal too.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Addresses and networks whose X-Forwarded-* headers are believed; see portal/proxies.py.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "news",
    "associations",
    "feedback",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "ckeditor",
    "tree_queries",
]

MIDDLEWARE = [
    "portal.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.limits.RequestLimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.idle.IdleTimeoutMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.site",
            ],
        },
    }
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # templates of our own widgets stand with the others

# Databases -----------------------------------------------------------------------------------

# To open SQLite anew for each page costs more than to render it; see portal/connections.py for how connections end.
DATABASES = {"default": {"CONN_MAX_AGE": 60} | env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # A writer takes its lock at BEGIN and waits for it, instead of failing halfway.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;"
            "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    if BLOCKING_THREADS:
        DATABASES["default"]["CONN_MAX_AGE"] = 0  # into the pool
        DATABASES["default"].setdefault("OPTIONS", {}).update(connect_timeout=2, pool=pool_of(BLOCKING_THREADS))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

# Pages ---------------------------------------------------------------------------------------

# Memory that each process may fill with whole pages (bytes).
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_MB", default=64) * 1_000_000
# Functions that name the next moment at which time alone changes a page, and the counter of views.
PAGE_CACHE_MOMENTS = ["news.moments.next_moment", "portal.mourning.next_moment", "portal.models.privacy.next_moment"]
PAGE_CACHE_VIEWS = "news.counting.views"
# Seconds within which a visitor's views of one article count once. 0: every opening counts, as 点击量 says.
VIEWS_WINDOW = env.int("VIEWS_WINDOW", default=0)
# Behind a CDN that keeps article pages, the reader's browser tells of each view, because its pages never come here.
VIEWS_BY_BEACON = env.bool("VIEWS_BY_BEACON", default=False)
# Seconds for which a CDN may keep a page (0: there is none), and the request that empties it as the content changes.
CDN_MAX_AGE = env.int("CDN_MAX_AGE", default=0)
CDN_PURGE_URL = env("CDN_PURGE_URL", default="")
CDN_PURGE_METHOD = env("CDN_PURGE_METHOD", default="POST")
CDN_PURGE_HEADER = env("CDN_PURGE_HEADER", default="")
CDN_PURGE_BODY = env("CDN_PURGE_BODY", default="")

# Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.bundles.BundleFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    # Pictures: public, under /media/.
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Attachments: given out by views only, as downloads.
    "files": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "portal.static_storage.StaticStorage"},
}
WHITENOISE_MANIFEST_STRICT = True

# Limits (bytes) ------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
PUBLIC_BODY_MAX = 1_000_000
STAFF_BODY_MAX = 120_000_000
PUBLIC_UPLOADS = {
    "/feedback/new/": 16_000_000,
    "/contribute/": 71_000_000,
}  # pages, with those below, whose forms take files
MESSAGE_FILES_MAX = 3
MESSAGE_FILE_MAX = 5_000_000
MESSAGE_HELD_MAX = 500_000_000  # of all files whose form is not complete yet
CONTRIBUTION_FILES_MAX = 7
CONTRIBUTION_FILE_MAX = 10_000_000
CONTRIBUTION_HELD_MAX = 1_000_000_000
PICTURE_MAX = 20_000_000
PICTURE_MAX_PIXELS = 40_000_000
ATTACHMENT_MAX = 100_000_000
# (address, port) from which pictures are fetched although they are not on the open internet: for tests.
PICTURE_FETCH_ALSO = frozenset()

# People --------------------------------------------------------------------------------------

AUTH_USER_MODEL = "portal.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", **options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"OPTIONS": {"min_length": 10}}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
# 等保 2.0 asks for three kinds of characters; without it, length and a list of known passwords decide (ASVS 6.2.5).
if env.bool("DENGBAO", default=False):
    AUTH_PASSWORD_VALIDATORS.append({"NAME": "portal.passwords.ThreeKindsValidator"})
# Minutes without anything done after which staff are logged out. 0: never.
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Security ------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # the bundled CKEditor 4 is old: rich text is cleaned on the server, see portal/richtext
    "security.W002",  # X-Frame-Options is set by portal.headers, with frame-ancestors
    "security.W021",  # HSTS preload commits a whole domain for years: for its owner to decide
]

# Search engines: `manage.py push_addresses` ----------------------------------------------------

INDEXNOW_KEY = env("INDEXNOW_KEY", default="")
INDEXNOW_URL = env("INDEXNOW_URL", default="https://api.indexnow.org/indexnow")
BAIDU_PUSH_TOKEN = env("BAIDU_PUSH_TOKEN", default="")
BAIDU_PUSH_URL = env("BAIDU_PUSH_URL", default="http://data.zz.baidu.com/urls")

# Mail: `manage.py send_mail_outbox` sends what waits in the database ---------------------------

MAIL_IS_ON = bool(env("EMAIL_URL", default=""))
vars().update(env.email_url("EMAIL_URL", default="dummymail://") if MAIL_IS_ON else {})
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("MAIL_FROM", default="portal@localhost")

# Logs: to standard error, with ids and without people's data ----------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "psycopg": {"level": "WARNING"},  # its pool tells of every connection that is taken
        # A stranger's bad request is not our fault: no traceback, no mail.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}

# Leaving the site: who knows the websites of our registers (a host in, a truth value out) -----

OUTSIDE_REGISTERS = ["associations.registers.holds_host"]

# The editor ----------------------------------------------------------------------------------

CKEDITOR_CONFIGS = {
    "default": {
        "width": "100%",
        "height": 480,
        "toolbar": [
            ["Undo", "Redo", "PasteText", "PasteFromWord", "RemoveFormat"],
            ["Format", "Bold", "Italic", "Underline", "Strike", "Subscript", "Superscript"],
            ["FirstLineIndent", "JustifyLeft", "JustifyCenter", "JustifyRight"],
            ["NumberedList", "BulletedList", "Blockquote"],
            ["Link", "Unlink", "Image", "Table", "HorizontalRule", "SpecialChar"],
            ["Find", "Source", "Maximize"],
        ],
        "format_tags": "p;h2;h3;h4",
        # A div, not a frame: the editor then runs under the admin's policy without inline scripts.
        # The other one is ours: portal/static/portal/js/admin/editor-indent.js.
        "extraPlugins": "divarea,firstlineindent",
        "removePlugins": (
            "exportpdf,scayt,wsc,about,flash,smiley,iframe,forms,save,newpage,templates,language,"
            "bidi,print,preview,pagebreak,font,colorbutton,colordialog,stylescombo,elementspath"
        ),
        "disableNativeSpellChecker": False,
        "image_previewText": " ",
        "clipboard_handleImages": False,  # uploadimage does: a pasted picture goes into the library
        "entities": False,
        "linkShowTargetTab": False,
        "removeDialogTabs": "image:Link;image:Upload;image:advanced;link:upload;link:advanced;table:advanced",
        # A picture's size goes into its attributes: the page knows it before the picture has come.
        # A picture of another host is a link of a class of its own, until it is fetched.
        # Footnotes lead to and fro by ids.
        "extraAllowedContent": "img[width,height]; a[!href,id](remote-picture); li[id]; sup[id]",
        "disallowedContent": "script; style; iframe; *[on*]; img{width,height,margin*,border*,float}",
    }
}
