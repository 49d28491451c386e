"""What pages share: read or rendered once, for pages that are made for the cache, until something changes that was read
for it.

Any other request (staff above all) reads and renders it fresh, once.
"""

from portal.pagecache.front import RENDERING
from portal.pagecache.reads import note, noted
from portal.pagecache.store import PageStore

PARTS_MAX = 5_000  # of some thousand bytes
FRAGMENTS_BYTES = 8_000_000

_parts = {}
_fragments = PageStore(FRAGMENTS_BYTES)


class Part:
    """A `value` made under `version`, for which `names` were read."""

    __slots__ = ("clock", "stamps", "value", "version")

    def __init__(self, value, names, version):
        self.value, self.version = value, version
        if version is not None:
            self.clock, self.stamps = version.clock, {name: version.stamp_of(name) for name in names}

    def holds(self, version):
        """Tell whether it is still what would be made now, under `version`."""
        if self.version is not version:
            if self.clock != version.clock:
                return False
            for name, stamp in self.stamps.items():
                if version.stamp_of(name) != stamp:
                    return False
            self.version = version
        return True


def shared(request, name, make, *, of=None):
    """Return what `make()` returned for `name`; make it where it is new, or where what was read for it has changed.

    `of` names all that it depends on, where that is less than its statements tell. What is kept is used by many threads
    at once: nobody may change it.
    """
    parts, version = parts_for(request)
    part = parts.get(name)
    if part is None or not part.holds(version):
        with noted() as names:
            value = make()
        part = keep(parts, name, Part(value, names if of is None else of, version))
    if version is not None:
        note(part.stamps)
    return part.value


def shared_each(request, kind, keys, make, *, of, also=()):
    """Return {key: value} for `keys`, each kept as a part of its own.

    `make(missing)` returns {key: value} for a set of keys, of those that there are; `of(key)` are the names (a tuple)
    of all that the value of a key depends on. Where one is missing, those of `also` that are missing are made with it.
    """
    parts, version = parts_for(request)
    found = held(parts, version, kind, keys)
    if len(found) < len(keys):
        missing = {*keys, *also} - found.keys() - held(parts, version, kind, also).keys()
        with noted():
            made = make(missing)
        for key, value in made.items():
            keep(parts, (kind, key), Part(value, of(key), version))
        found |= {key: made[key] for key in keys if key in made}
    if version is not None:
        for names in {of(key) for key in keys}:  # many have the same
            note(names)
    return found


def parts_for(request):
    """Return the parts that `request` shares with others, and the version that it renders; its own ones and None for a
    request that does not render for the cache.
    """
    version = request.META.get(RENDERING)
    return (request.__dict__.setdefault("own_parts", {}) if version is None else _parts), version


def held(parts, version, kind, keys):
    """Return {key: value} of those of `keys` that are still what would be made now."""
    found = {key: parts.get((kind, key)) for key in keys}
    return {key: part.value for key, part in found.items() if part is not None and part.holds(version)}


def keep(parts, name, part):
    if len(parts) >= PARTS_MAX:
        parts.clear()
    parts[name] = part
    return part


def kept_by_content(request, key, make):
    """Return what `make()` returned for `key`, which names all that it depends on: it holds under every version."""
    if RENDERING not in request.META:
        return make()
    found = _fragments.get(key)
    if found is None:
        found = make()
        _fragments.put(key, found)
    return found
