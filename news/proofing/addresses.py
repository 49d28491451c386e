"""Does an address of this site lead to something? Asked of the address table, then of what the address names."""

import re
from urllib.parse import unquote

from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve

from news.models import Article, Attachment, Column, Tag

_PREFIXES = ("/static/", "/admin/")
_ROWS = {
    "news:article": (Article, "pk"),
    "news:attachment": (Attachment, "pk"),
    "news:tag": (Tag, "pk"),
    "news:column": (Column, "slug"),
}


def leads_somewhere(address):
    path = unquote(re.split("[?#]", address, maxsplit=1)[0])
    if path.startswith(_PREFIXES):
        return path.startswith("/static/")  # readers have no business in the admin
    if "\x00" in path:
        return False
    try:
        match = resolve(path)
    except (Resolver404, ValueError):
        return False
    if match.view_name in _ROWS:
        model, name = _ROWS[match.view_name]
        value = match.kwargs[name]
        if name == "pk" and value >= 2**63:
            return False
        rows = model.objects.published() if model is Article else model.objects.all()  # readers open no draft
        return rows.filter(**{name: value}).exists()
    if match.view_name == "picture_file":
        return default_storage.exists(path.removeprefix("/media/"))
    return True
