"""Whole anonymous pages, kept in front of Django and never stale.

`front` is the WSGI wrapper that answers, `version` knows what is current, `triggers` make every committed change to
public content change the version, `store` keeps pages within a bound of bytes, `variants` holds a page's encodings and
puts the current view count into each. `shared` keeps parts of pages, each until something changes that was read for it,
which `reads` takes from its statements.
"""
