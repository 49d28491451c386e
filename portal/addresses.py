"""Paths of pages that are asked for again and again: a list has a hundred."""

from functools import lru_cache

from django.urls import reverse
from django.utils.encoding import iri_to_uri


@lru_cache(maxsize=20_000)
def path_to(name, *args):
    """Return the path of a page, as `reverse` does; the addresses of the site do not change while it runs."""
    return reverse(name, args=args)


def full_address(request, path):
    """Return the full address of `path`; a full address stays as it is."""
    if not path.startswith("/"):
        return path
    if not hasattr(request, "root_address"):
        request.root_address = f"{request.scheme}://{request.get_host()}"
    return request.root_address + iri_to_uri(path)
