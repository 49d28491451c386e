"""The site's settings, as tests run them: plain HTTP, a directory that is thrown away, quick password hashes."""

import atexit
import os
import shutil
import tempfile

VAR_DIR = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
os.environ |= {"VAR_DIR": VAR_DIR, "HTTPS": "off", "DEBUG": "off", "SECRET_KEY": "for-tests-only" * 4}
os.environ.setdefault("DATABASE_URL", f"sqlite:///{VAR_DIR}/db.sqlite3")

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STORAGES  # noqa: E402

if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # A file, so that every thread of the live server has a connection of its own, as in production. In memory they would
    # share one, and requests side by side would end each other's transactions.
    DATABASES["default"]["TEST"] = {"NAME": f"{VAR_DIR}/test.sqlite3"}
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
