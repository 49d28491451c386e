"""Who is asking, and over what scheme, when proxies stand in between."""

from ipaddress import ip_address, ip_network

from django.conf import settings


class TrustedProxies:
    """WSGI wrapper: believe X-Forwarded-For and X-Forwarded-Proto from `TRUSTED_PROXIES` alone.

    Behind a trusted proxy REMOTE_ADDR becomes the last address of the chain that no trusted proxy holds, and the
    scheme the one the proxy names. From anybody else both headers are dropped, so nothing later can be misled.
    """

    def __init__(self, application, trusted=None):
        self.application = application
        self.networks = [
            ip_network(item, strict=False) for item in (settings.TRUSTED_PROXIES if trusted is None else trusted)
        ]

    def __call__(self, environ, start_response):
        forwarded = environ.pop("HTTP_X_FORWARDED_FOR", "")
        scheme = environ.pop("HTTP_X_FORWARDED_PROTO", "")
        if self.networks and self.trusts(environ.get("REMOTE_ADDR", "")):
            for address in reversed([part.strip() for part in forwarded.split(",")]):
                if not valid_address(address):
                    break
                environ["REMOTE_ADDR"] = address
                if not self.trusts(address):
                    break
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return self.application(environ, start_response)

    def trusts(self, address):
        return valid_address(address) and any(ip_address(address) in network for network in self.networks)


def valid_address(text):
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def address_of(request):
    """Return the visitor's address; empty where the server named none. Trusted proxies are seen through already."""
    address = request.META.get("REMOTE_ADDR", "")
    return address if valid_address(address) else ""
