"""Forms that are being filled in, kept on the server until they are saved."""

import re
import secrets
from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from news.models.desk import Autosave

SIZE_MAX = 1_000_000  # characters of all fields together
KEPT = timedelta(days=30)
PER_USER = 50
NEW_KEY = re.compile(r"new-[0-9a-f]{32}")
LEFT_OUT = ("csrfmiddlewaretoken", "autosave_key")


class TooLarge(Exception):
    pass


def new_key():
    return f"new-{secrets.token_hex(16)}"


def fields_of(post):
    """Return {name: values} of what a form sent, without buttons and tokens. Raises TooLarge."""
    data = {name: values for name, values in post.lists() if name not in LEFT_OUT and not name.startswith("_")}
    if sum(len(name) + sum(map(len, values)) for name, values in data.items()) > SIZE_MAX:
        raise TooLarge
    # PostgreSQL keeps no NUL, and no half of a surrogate pair.
    return {strip(name): [strip(value) for value in values] for name, values in data.items()}


def strip(text):
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def rows_of(data, prefix):
    """Return {key of a row: its fields} of the parts `prefix` in what a form sent; "" stands for rows that are new."""
    rows = {}
    for name in data:
        if found := re.fullmatch(rf"{re.escape(prefix)}-(\d+)-id", name):
            start = f"{prefix}-{found[1]}-"
            row = {
                key.removeprefix(start): values[-1] for key, values in data.items() if key.startswith(start) and values
            }
            rows[row.pop("id", "")] = row
    return rows


def keep(user, key, article, post):
    """Keep what the form `key` sent in place of what was kept of it before. Raises TooLarge."""
    now = timezone.now()
    values = {"article": article, "data": fields_of(post), "saved_at": now}
    row, is_new = Autosave.objects.update_or_create(user=user, key=key, defaults=values)
    if is_new:
        old = Autosave.objects.filter(user=user).order_by("-saved_at").values_list("pk", flat=True)[PER_USER:]
        Autosave.objects.filter(pk__in=list(old)).delete()
        Autosave.objects.filter(saved_at__lt=now - KEPT).delete()
    return row


def discard(user, *keys):
    Autosave.objects.filter(user=user, key__in=keys).delete()


def kept_for(user, key):
    return Autosave.objects.filter(user=user, key=key).first()


def kept_new(user):
    """The forms of new articles that `user` left unsaved, the latest first."""
    return Autosave.objects.filter(user=user, key__startswith="new-").order_by("-saved_at")[:5]


def keep_quietly(user, key, article, post):
    """Keep it where its size allows."""
    with suppress(TooLarge):
        keep(user, key, article, post)
