"""Paths of pages that are asked for again and again: a list has a hundred."""

from functools import lru_cache

from django.urls import reverse
from django.utils.encoding import iri_to_uri

A_NUMBER = 2**62  # one that stands for any in a path


def path_to(name, *args):
    """Return the path of a page, as `reverse` does; the addresses of the site do not change while it runs."""
    *others, last = args
    if type(last) is int:
        before, after = around_number(name, *others)
        return f"{before}{last}{after}"
    return reversed_path(name, *args)


@lru_cache(maxsize=1_000)
def around_number(name, *others):
    """Return what stands before and after the number in the path of a page that is addressed by `others` and a number."""
    return reverse(name, args=[*others, A_NUMBER]).split(str(A_NUMBER))


@lru_cache(maxsize=5_000)
def reversed_path(name, *args):
    return reverse(name, args=args)


def full_address(request, path):
    """Return the full address of `path`; a full address stays as it is."""
    return root_of(request) + iri_to_uri(path) if path.startswith("/") else path


def root_of(request):
    """Return scheme and host of the site as it was asked for: "https://example.org"."""
    if not hasattr(request, "root_address"):
        request.root_address = f"{request.scheme}://{request.get_host()}"
    return request.root_address
