"""Fetches a picture of another site, when an editor asks for it; never anything of this machine or its network.

The name is resolved once. Every address that it has must be public, and the connection goes to the address that was
checked, so a name that changes its address meanwhile gains nothing. Each redirect is a new address to check.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from pathlib import PurePath
from urllib.parse import quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

SECONDS = 15  # for everything together
REDIRECTS = 3
PORTS = {"http": 80, "https": 443}
_BEGINNINGS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"GIF8": ".gif", b"RIFF": ".webp"}
# Networks in which an address stands for another: what it stands for is checked as well.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
NOT_FETCHED = "没有取到图片：对方网站没有回答，或者不允许下载。请在浏览器里另存后上传。"


def fetch_picture(url):
    """Return the picture at `url` as a file for `portal.pictures.check`. Raises ValidationError, with a line for people."""
    deadline = time.monotonic() + SECONDS
    try:
        for _ in range(REDIRECTS + 1):
            answer = _get(url, deadline)
            if isinstance(answer, bytes):
                return _named(answer, url)
            url = urljoin(url, answer)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ValidationError(NOT_FETCHED, code="fetch") from error
    raise ValidationError("没有取到图片：地址转来转去。", code="redirects")


def _named(data, url):
    extension = next((end for start, end in _BEGINNINGS.items() if data.startswith(start)), ".bin")
    name = PurePath(unquote(urlsplit(url).path)).stem[:80] or "图片"
    return ContentFile(data, name=f"{name}{extension}")


def _get(url, deadline):
    """Return the bytes at `url`, or the address (str) to which it redirects."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        raise ValidationError("不是可以取图的网址。", code="address")
    port = parts.port or PORTS[parts.scheme]
    sock = _connected(parts, checked_address(parts.hostname, port), port, deadline)
    # Whoever sends a byte a second is cut off too, wherever he is in his answer.
    end = threading.Timer(_left(deadline), _cut, [sock])
    end.start()
    connection = http.client.HTTPConnection(parts.hostname, port if port not in PORTS.values() else None)
    connection.sock = sock
    try:
        _ask(connection, parts)
        answer = _read(connection.getresponse())
        _left(deadline)
        return answer
    finally:
        end.cancel()
        connection.close()
        sock.close()


def _ask(connection, parts):
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.putrequest("GET", quote(path, safe="/%?=&;:@+$,!~*'()-._"), skip_accept_encoding=True)
    for name, value in {"Accept": "image/*", "User-Agent": "Mozilla/5.0", "Accept-Encoding": "identity"}.items():
        connection.putheader(name, value)
    connection.putheader("Connection", "close")
    connection.endheaders()


def _read(response):
    with response:
        if response.status in (301, 302, 303, 307, 308):
            return response.getheader("Location") or ""
        if response.status != 200:
            raise ValidationError(NOT_FETCHED, code="status")
        data = response.read(settings.PICTURE_MAX + 1)
    if len(data) > settings.PICTURE_MAX:
        raise ValidationError(f"图片太大，最多 {settings.PICTURE_MAX // 1_000_000} MB。", code="too_large")
    return data


def _connected(parts, address, port, deadline):
    """Return a socket connected to `address`; the certificate is still that of the name."""
    sock = socket.create_connection((address, port), timeout=min(5, _left(deadline)))
    if parts.scheme == "https":
        try:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=parts.hostname)
        except BaseException:
            sock.close()
            raise
    return sock


def _cut(sock):
    with contextlib.suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)


def _left(deadline):
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def checked_address(host, port):
    """Return one address of `host`. Raises ValidationError unless all of them are public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ValidationError("没有取到图片：找不到这个网站。", code="name") from error
    addresses = [entry[4][0] for entry in found]
    is_allowed = all((address, port) in settings.PICTURE_FETCH_ALSO for address in addresses)
    is_usual = port in PORTS.values() and all(is_public(address) for address in addresses)
    if not addresses or not (is_allowed or is_usual):
        raise ValidationError("这个地址在内部网络里，不能取图。", code="private")
    return addresses[0]


def is_public(text):
    """Tell whether an address is one of the open internet, whatever it is written in or wrapped into."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if address.version == 6:
        teredo = address.teredo or ()
        inner = [address.ipv4_mapped, address.sixtofour, *teredo]
        if address in _NAT64 or int(address) < 2**32:
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(each is not None and not is_public(str(each)) for each in inner):
            return False
        if address.ipv4_mapped is not None:
            return True
    never = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    return address.is_global and not (never or address.is_reserved or address.is_unspecified)
