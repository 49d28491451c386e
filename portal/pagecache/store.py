import sys
from collections import OrderedDict
from threading import Lock


class PageStore:
    """Pages, or parts of some, by key; the least recently used are given up first, within a bound of bytes."""

    def __init__(self, max_bytes):
        self.max_bytes = max_bytes
        self.size = 0
        self._pages = OrderedDict()
        self._lock = Lock()

    def get(self, key):
        page = self._pages.get(key)
        if page is not None:
            try:  # noqa: SIM105  suppress costs as much as the rest of a hit's look-up
                self._pages.move_to_end(key)
            except KeyError:  # given up by another thread in between; the page itself is still good
                pass
        return page

    def put(self, key, page):
        size = sys.getsizeof(page)
        with self._lock:
            self._drop(key)
            if size > self.max_bytes // 4:
                return
            while self._pages and self.size + size > self.max_bytes:
                _, least = self._pages.popitem(last=False)  # in one step: `get` moves pages meanwhile, without the lock
                self.size -= sys.getsizeof(least)
            self._pages[key] = page
            self.size += size

    def clear(self):
        with self._lock:
            self._pages.clear()
            self.size = 0

    def __len__(self):
        return len(self._pages)

    def _drop(self, key):
        page = self._pages.pop(key, None)
        if page is not None:
            self.size -= sys.getsizeof(page)
