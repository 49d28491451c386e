"""Paths of pages that are asked for again and again: a list has a hundred."""

from functools import lru_cache

from django.urls import reverse


@lru_cache(maxsize=20_000)
def path_to(name, *args):
    """Return the path of a page, as `reverse` does; the addresses of the site do not change while it runs."""
    return reverse(name, args=args)
