"""Logging in: tries are counted before the password is looked at, so that tries side by side count too.

Ours rather than django-axes: one statement a key, right on both databases; the address is the one that portal/proxies.py
lets through; and failures go into the audit log that there is anyway.
"""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.audit import record
from portal.models import AuditEntry, LoginTries
from portal.proxies import address_of

Action = AuditEntry.Action


@dataclass(frozen=True)
class Limit:
    tries: int
    span: timedelta


PERSON = Limit(5, timedelta(minutes=15))  # one name from one address
ADDRESS = Limit(50, timedelta(hours=1))  # an office of many people may share one address


def guarded_login(request, attempt, *, locked_page="admin/locked.html"):
    """Return `attempt()`, the answer of the log-in view to a POST, or the page that says to wait. Both are recorded."""
    name, address = _name(request), address_of(request)
    if wait := count(name, address):
        return _locked(request, wait, locked_page)
    response = attempt()
    if response.status_code == 302:
        forget(name, address)
        record(Action.LOGIN, user=request.user, address=address)
    else:
        _record_without_login(Action.LOGIN_FAILED, name, address)
    return response


def count(name, address):
    """Count a try; return how long to wait (timedelta) where there were too many, None where it may be tried."""
    now = timezone.now()
    waits = []
    with transaction.atomic():
        for key, limit in _limits(name, address):
            tries, since = _count(key, now, limit)
            if tries > limit.tries:
                waits.append((since + limit.span - now, tries == limit.tries + 1))
        if any(is_first for wait, is_first in waits):
            _record_without_login(Action.LOCKED_OUT, name, address)
    return max((wait for wait, is_first in waits), default=None)


def forget(name, address):
    """A log-in that succeeded counts nowhere; what is long past goes."""
    (person, _), (of_address, _) = _limits(name, address)
    LoginTries.objects.filter(pk=person).delete()
    LoginTries.objects.filter(pk=of_address, count__gt=0).update(count=F("count") - 1)
    LoginTries.objects.filter(since__lt=timezone.now() - ADDRESS.span).delete()


def _limits(name, address):
    return [(_digest(f"person\0{name}\0{address}"), PERSON), (_digest(f"address\0{address}"), ADDRESS)]


def _count(key, now, limit):
    begins = LoginTries._meta.get_field("since").get_db_prep_value(now - limit.span, connection)
    present = LoginTries._meta.get_field("since").get_db_prep_value(now, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO portal_logintries AS kept (key, count, since) VALUES (%s, 1, %s) ON CONFLICT (key) DO UPDATE SET "
            "count = CASE WHEN kept.since <= %s THEN 1 ELSE kept.count + 1 END, "
            "since = CASE WHEN kept.since <= %s THEN excluded.since ELSE kept.since END",
            [key, present, begins, begins],
        )
    return LoginTries.objects.values_list("count", "since").get(pk=key)


def _name(request):
    given = request.POST.get("username", "")[:150].replace("\x00", "").encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFKC", given).strip().casefold()


def _record_without_login(action, name, address):
    """Names that nobody has are kept as a digest: people type their passwords into the wrong field."""
    user = get_user_model().objects.filter(username__iexact=name).first()
    record(action, user=user, address=address, summary="" if user else f"没有这个账号，摘要 {_digest(name)[:8]}")


def _digest(text):
    return salted_hmac("portal.logins", text, algorithm="sha256").hexdigest()


def _locked(request, wait, page):
    minutes = int(wait.total_seconds() // 60) + 1
    own = admin.site.each_context(request) if page.startswith("admin/") else {}
    response = render(request, page, own | {"minutes": minutes, "title": "请稍后再登录"}, status=429)
    response["Retry-After"] = str(int(wait.total_seconds()) + 1)
    return response
