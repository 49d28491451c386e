"""Addresses that staff type: a page of this site (`/zones/`) or a full http(s) address; nothing that runs."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

_full = URLValidator(schemes=["http", "https"], message="请填写完整的网址，以 http:// 或 https:// 开头。")
_inside = re.compile(r"/(?![/\\])[^\s\\<>\"']*")


def validate_link(value):
    """Raises ValidationError for anything but a path of this site or a full http(s) address."""
    if value.startswith("/"):
        if not _inside.fullmatch(value):
            raise ValidationError("站内地址以一个“/”开头，例如 /zones/。")
    else:
        _full(value)
