import sys
import threading

from portal.pagecache.store import PageStore

BOUND = 2_000


def test_the_least_recently_used_are_given_up_first():
    store = PageStore(BOUND)
    page = b"x" * (BOUND // 4 - sys.getsizeof(b""))
    for key in "abcd":
        store.put(key, page)
    assert store.get("a") is page

    store.put("e", page)

    assert [key for key in "abcde" if store.get(key)] == ["a", "c", "d", "e"]
    assert store.size == BOUND


def test_pages_may_be_asked_for_while_others_are_given_up():
    store, keeping = PageStore(BOUND), threading.Event()

    def ask():
        while keeping.is_set():
            for key in range(100):
                store.get(key)

    readers = [threading.Thread(target=ask) for _ in range(3)]
    interval = sys.getswitchinterval()
    keeping.set()
    try:
        sys.setswitchinterval(1e-6)
        for reader in readers:
            reader.start()
        for number in range(20_000):
            store.put(number % 100, b"page")
    finally:
        sys.setswitchinterval(interval)
        keeping.clear()
        for reader in readers:
            reader.join()

    assert store.size == sum(sys.getsizeof(store.get(key)) for key in range(100) if store.get(key)) <= BOUND
