"""What many pages share: read or rendered once per version of the content, for pages that are made for the cache.

Any other request (staff above all) reads and renders everything fresh.
"""

from threading import Lock

from portal.pagecache.front import RENDERING

FRAGMENTS_MAX = 10_000  # of some hundred bytes

_lock = Lock()
_fragments = {}
_kept = {}
_version = None


def shared(request, name, make):
    """Return what `make()` returned for `name` under the version that `request` renders; make it where it is new.

    What is kept is used by many threads at once: nobody may change it.
    """
    version = request.META.get(RENDERING)
    if version is None:
        return make()
    kept = kept_under(version)
    if name not in kept:
        kept[name] = make()
    return kept[name]


def kept_under(version):
    """Return what is kept under `version`; what was kept under another is forgotten."""
    global _kept, _version
    with _lock:
        if version is not _version:
            _kept, _version = {}, version
        return _kept


def kept_by_content(request, key, make):
    """Return what `make()` returned for `key`, which names all that it depends on: it holds under every version."""
    if RENDERING not in request.META:
        return make()
    found = _fragments.get(key)
    if found is None:
        if len(_fragments) >= FRAGMENTS_MAX:
            _fragments.clear()
        found = _fragments[key] = make()
    return found
