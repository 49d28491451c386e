from portal.proxies import TrustedProxies


def seen_behind(trusted, **environ):
    """What the application sees of a request, with these proxies trusted."""
    seen = {}
    environ = {"REMOTE_ADDR": "203.0.113.9", "wsgi.url_scheme": "http"} | environ
    TrustedProxies(lambda given, start: seen.update(given), trusted)(environ, None)
    return seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]


def test_a_strangers_forwarded_headers_change_nothing():
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.7", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen_behind([], **forged) == ("203.0.113.9", "http")
    assert seen_behind(["10.0.0.0/8"], **forged) == ("203.0.113.9", "http")


def test_a_trusted_proxy_names_the_reader_and_the_scheme():
    headers = {"HTTP_X_FORWARDED_FOR": "198.51.100.7", "HTTP_X_FORWARDED_PROTO": "https"}
    assert seen_behind(["203.0.113.0/24"], **headers) == ("198.51.100.7", "https")


def test_what_the_reader_put_before_the_proxys_own_entry_is_not_believed():
    chain = {"HTTP_X_FORWARDED_FOR": "127.0.0.1, 198.51.100.7, 203.0.113.8"}
    assert seen_behind(["203.0.113.0/24"], **chain)[0] == "198.51.100.7"


def test_a_broken_chain_leaves_the_proxys_address():
    for chain in ["", "unknown", "198.51.100.7, nonsense", "198.51.100.7:80"]:
        assert seen_behind(["203.0.113.9"], HTTP_X_FORWARDED_FOR=chain)[0] == "203.0.113.9"


def test_an_unknown_scheme_is_not_taken():
    assert seen_behind(["203.0.113.9"], HTTP_X_FORWARDED_PROTO="javascript")[1] == "http"
