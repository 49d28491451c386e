"""Clean rich text that is read elsewhere: its links and pictures with their full addresses."""

import re

from portal.richtext.cleaning import CleanHtml

_INSIDE = re.compile(r' (href|src)="(/(?!/)|#)(?=[^<>]*>)')  # in a tag: text has its brackets escaped


def with_full_addresses(value, address):
    """Return `value` (CleanHtml) with links within the site and within the page made full; other text as it is.

    `address` is the full address of the page that `value` stands on.
    """
    if not isinstance(value, CleanHtml):
        return value
    root = "/".join(address.split("/", 3)[:3])

    def full(match):
        return f' {match[1]}="{address if match[2] == "#" else root}{match[2]}'

    return CleanHtml(_INSIDE.sub(full, str.__str__(value)))
