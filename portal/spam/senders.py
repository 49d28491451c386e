"""Who sends, as far as limits need it: keyed hashes of the address and of its network, other ones every day.

REMOTE_ADDR is what `portal.proxies` found: a header that a visitor makes up changes nothing.
"""

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.utils import timezone
from django.utils.crypto import salted_hmac

ADDRESS_BITS = {4: 32, 6: 64}  # a household has a whole /64 of IPv6
NETWORK_BITS = {4: 24, 6: 48}


@dataclass(frozen=True)
class Sender:
    address: str
    network: str


def sender_of(request):
    day = f"{timezone.localdate():%Y-%m-%d}"
    text = request.META.get("REMOTE_ADDR", "")
    return Sender(hashed(f"{day} {span(text, ADDRESS_BITS)}"), hashed(f"{day} {span(text, NETWORK_BITS)}"))


def span(text, bits):
    """Return the network of `bits[version]` bits that the address `text` is in; "" where it is no address."""
    return _network(text, bits[4], bits[6])


@lru_cache(maxsize=2_000)  # a flood comes from few addresses
def _network(text, bits_of_4, bits_of_6):
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ip_network(f"{address}/{bits_of_4 if address.version == 4 else bits_of_6}", strict=False))


def hashed(text):
    return salted_hmac("portal.spam.senders", text, algorithm="sha256").hexdigest()[:32]
