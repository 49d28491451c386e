"""The websites of the registers: link groups, member associations, development zones."""

from django.db.models import Q

from associations.models import Association, Link, Zone
from portal.leaving import BadAddress, host_of, readable


def holds_host(host):
    """Tell whether a register shows a website on `host` (lower case, punycode). At most three queries."""
    websites = [
        (Link.objects.filter(is_active=True), "url"),
        (Association.objects.visible(), "website"),
        (Zone.objects.visible(), "website"),
    ]
    for rows, field in websites:
        holding = Q(**{f"{field}__icontains": host}) | Q(**{f"{field}__icontains": readable(host)})
        if host in map(_host, rows.filter(holding).values_list(field, flat=True)):
            return True
    return False


def _host(url):
    try:
        return host_of(url)
    except BadAddress:
        return None
