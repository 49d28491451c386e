"""One question to another site: does this address answer? Never to a private address, whatever names or redirects say."""

import http.client
import socket
import ssl
from ipaddress import ip_address
from urllib.parse import urljoin, urlsplit

from portal.leaving import BadAddress, host_of

TIMEOUT = 8  # seconds, for connecting and for each piece of the answer
REDIRECTS = 4
AGENT = "Mozilla/5.0 (compatible; link check)"
REFUSES_ROBOTS = (401, 403, 405, 406, 429, 501, 503)  # alive, but not for us


class PrivateAddress(OSError):
    """The name leads into a private network."""


def problem_of(url):
    """Return why `url` does not open, in Chinese; empty where it opens."""
    try:
        for _ in range(REDIRECTS + 1):
            status, location = _ask(url)
            if status not in (301, 302, 303, 307, 308) or not location:
                return "" if status < 400 or status in REFUSES_ROBOTS else f"回答 {status}"
            url = urljoin(url, location)
    except BadAddress:
        return "不是可用的网址"
    except PrivateAddress:
        return "指向内部网络"
    except TimeoutError:
        return "超时没有回答"
    except ssl.SSLError:
        return "安全证书有问题"
    except (OSError, http.client.HTTPException, UnicodeError):
        return "连接不上"
    return "重定向次数太多"


def _ask(url):
    host = host_of(url)
    parts = urlsplit(url)
    is_https = parts.scheme == "https"
    port = parts.port or (443 if is_https else 80)
    if port not in (80, 443, 8080, 8443):
        raise BadAddress
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = http.client.HTTPConnection(host.strip("[]"), port, timeout=TIMEOUT)
    try:
        connection.sock = _connected(host.strip("[]"), port, is_https)
        connection.request("GET", _quoted(path), headers={"User-Agent": AGENT, "Accept": "*/*", "Connection": "close"})
        answer = connection.getresponse()  # the body is not read
        return answer.status, answer.getheader("Location")
    finally:
        connection.close()


def _connected(host, port, is_https):
    """Return a socket to a public address of `host`: the very address that was judged is the one that is used."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [info[4][0] for info in found]
    if not addresses or not all(is_public(address) for address in addresses):
        raise PrivateAddress
    plain = socket.create_connection((addresses[0], port), timeout=TIMEOUT)
    if not is_https:
        return plain
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except BaseException:
        plain.close()
        raise


def is_public(address):
    found = ip_address(address.partition("%")[0])
    found = getattr(found, "ipv4_mapped", None) or found
    return found.is_global and not found.is_multicast


def _quoted(path):
    return "".join(char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in path)
