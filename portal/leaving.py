"""Leaving the site: which outside addresses open at once, and which through the notice at /leave/.

The address of the notice is signed, so that the page never becomes anybody's redirect. The signature holds no time:
pages that carry it can be cached for as long as they are right.
"""

import re
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.module_loading import import_string

ADDRESS_MAX = 2_000
GOVERNMENT = "gov.cn"
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))+|\[[0-9a-f:.]+\]")
# What no address that people can check holds: controls, blanks, marks that turn the direction of writing, brackets.
_REFUSED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2066-\u2069\ufeff\\<>\"'`{}|^]")


class BadAddress(ValueError):
    """An address that no link of ours leads to."""


def host_of(url):
    """Return the host of a full http(s) address as it is sent over the wire: lower case, punycode.

    Raises BadAddress for every other scheme, an address with a user name, and what browsers read in two ways.
    """
    if len(url) > ADDRESS_MAX or _REFUSED.search(url):
        raise BadAddress
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
        if ":" in host:
            host = f"[{host}]"
        parts.port  # noqa: B018  raises where it is no number
    except (ValueError, UnicodeError):
        raise BadAddress from None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise BadAddress
    return host


def readable(host):
    """Return `host` with its Chinese (or other) letters, itself where it has none."""
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _holds(domain, host):
    return host == domain or host.endswith("." + domain)


def is_ours(host, site):
    """Tell whether `host` opens without a notice: our own, the government's, or on the list of the settings."""
    own = [name.lstrip(".") for name in (*settings.ALLOWED_HOSTS, site.domain.lower()) if name not in ("*", "")]
    return host in own or _holds(GOVERNMENT, host) or any(_holds(domain, host) for domain in site.outside_hosts)


def is_registered(host):
    """Tell whether one of the site's registers (of links, members, zones) holds a website on `host`."""
    return any(import_string(path)(host) for path in settings.OUTSIDE_REGISTERS)


def way_out(url, site):
    """Return the address that a link to `url` shall have: itself where it may open at once, else that of the notice."""
    with suppress(BadAddress):  # the notice refuses it, in words
        if is_ours(host_of(url), site):
            return url
    return f"{reverse('leave')}?{urlencode({'to': url, 's': _signer().signature(url)})}"


def signed_address(query):
    """Return the address that the notice's `query` (a QueryDict) carries.

    Raises BadAddress where the signature is not ours, or no link of ours could lead there.
    """
    url, signature = query.get("to", ""), query.get("s", "")
    try:
        _signer().unsign(f"{url}:{signature}")
    except BadSignature:
        raise BadAddress from None
    host_of(url)
    return url


def _signer():
    return Signer(salt="portal.leaving")


def listed_hosts(text):
    """Return the hosts of a list that staff type, one a line, as they are sent over the wire; what is none is left out."""
    hosts = []
    for line in text.split():
        with suppress(BadAddress):
            hosts.append(host_of(f"http://{line.lower()}/"))
    return hosts


def validate_hosts(text):
    """Raises ValidationError for a line that is no host name."""
    for line in filter(None, map(str.strip, text.splitlines())):
        if re.search(r"[\s/:?#]", line) or not listed_hosts(line):
            raise ValidationError(
                "“%(line)s”不是域名。每行只写一个域名，例如 example.org，不写 http:// 和路径。", params={"line": line}
            )
