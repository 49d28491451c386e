"""The server as `make demo` starts it, behind nginx as deploy/ configures it, on PostgreSQL or SQLite."""

import json
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from news.models import Article
from tests.bench.servers import FIREFOX, bench_environment, fetch, free_port, manage, serving
from tests.waiting import connections_of_others, eventually
from tests.wsgi_reader import unstamped

pytestmark = pytest.mark.xdist_group("server")


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The static files as they are served, collected once."""
    folder = tmp_path_factory.mktemp("collected")
    manage(bench_environment(folder), "collectstatic", "--noinput", "--verbosity", "0")
    return folder / "static"


@pytest.fixture
def environment(database_url, tmp_path, project, collected):
    """The environment of a site with one imported article in the test's database."""
    environment = bench_environment(tmp_path) | {"DATABASE_URL": database_url}
    (tmp_path / "static").symlink_to(collected)
    manage(environment, "import_page", str(project / "tests/news/saved_pages/plain_text.txt"))
    return environment


def test_a_second_demo_on_a_port_in_use_says_so_instead_of_sharing_it(tmp_path, project):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as granian does
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = ["make", "-C", project, "demo", f"PORT={port}", f"VAR_DIR={tmp_path}"]
        ended = subprocess.run(command, env=bench_environment(tmp_path), capture_output=True, text=True, timeout=120)
    assert ended.returncode != 0
    assert f"端口 {port} 用不了" in ended.stderr
    assert not (tmp_path / "db.sqlite3").exists()


def article_address(site):
    return re.search(r"/news/\d+/", fetch(site + "/news/").decode())[0]


def stored_count():
    return Article.objects.values_list("view_count", flat=True).get()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no connections to run out of.")
def test_connections_stay_within_workers_times_threads_while_views_are_written_and_a_calm_gives_them_back(environment):
    with serving("portal.wsgi:application", environment, threads=2, idle=5) as (site, _):
        addresses = [site + "/readyz", site + article_address(site)] * 15
        before, opened, held = stored_count(), 0, []
        with ThreadPoolExecutor(30) as readers:
            while stored_count() < before + 300:  # written once a second
                burst = [readers.submit(fetch, address, agent=FIREFOX) for address in addresses]
                opened += 15
                while not all(asked.done() for asked in burst):
                    held.append(connections_of_others())
                assert all(asked.result() for asked in burst)
        assert 2 < max(held) <= 4
        eventually(lambda: connections_of_others() <= 2)
    assert stored_count() == before + opened
    assert connections_of_others() == 0


@contextmanager
def away(database_url):
    """Within, the test's database ends and refuses every connection but the test's own."""
    elsewhere = urlsplit(database_url)._replace(path="/postgres", query="").geturl()
    name = connection.settings_dict["NAME"]
    with psycopg.connect(elsewhere, autocommit=True) as server, connection.cursor() as cursor:
        server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        try:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            yield
        finally:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def status_of(address):
    """Return the status of an answer and the seconds that it took."""
    began = time.monotonic()
    try:
        fetch(address)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, time.monotonic() - began
    return 200, time.monotonic() - began


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite is a file beside the site.")
def test_while_the_database_is_away_kept_pages_come_at_once_and_views_wait(environment, database_url):
    with serving("portal.wsgi:application", environment, threads=2) as (site, _):
        page = site + article_address(site)
        assert everywhere([site], article_address(site), "")
        before = stored_count()
        with away(database_url):
            for _ in range(12):  # both workers find out, and wait for it once
                assert status_of(site + "/readyz")[0] == 503
            began = time.monotonic()
            for _ in range(40):
                fetch(page, agent=FIREFOX)
            assert time.monotonic() - began < 10
            status, seconds = status_of(site + "/readyz")
            assert (status, seconds < 1) == (503, True)
        assert stored_count() == before
        back = time.monotonic()
        eventually(lambda: status_of(site + "/readyz")[0] == 200)
        assert time.monotonic() - back < 5
        eventually(lambda: stored_count() == before + 40)


def test_the_server_outlives_its_threads(environment):
    """A connection to SQLite that was closed while its thread ended killed the worker, and with it the server."""
    with serving("portal.wsgi:application", environment, threads=3, idle=5) as (site, process):
        for _ in range(2):
            with ThreadPoolExecutor(30) as readers:
                list(readers.map(fetch, [site + "/readyz"] * 120))
            time.sleep(7)
            assert process.poll() is None
        assert fetch(site + "/readyz")


def test_two_processes_count_exactly_and_both_show_a_change(environment):
    with serving("portal.wsgi:application", environment) as (site, _):
        page = site + article_address(site)
        before = stored_count()
        with ThreadPoolExecutor(8) as readers:
            list(readers.map(lambda number: fetch(page, agent=FIREFOX), range(400)))
        eventually(lambda: stored_count() >= before + 400)
        manage(
            environment, "shell", "-c", "from news.models import Article; Article.objects.update(title='改过的标题')"
        )
        eventually(lambda: everywhere([site], article_address(site), "改过的标题"))
    assert stored_count() == before + 400  # what the processes held is written: nothing was counted twice


@pytest.fixture
def redis(tmp_path):
    """A Redis of the test's own: (address, process), so that it may be stopped."""
    binary = shutil.which("redis-server")
    if binary is None:
        pytest.fail("redis-server is missing: run .ci/services.")
    port = free_port()
    command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen([*command, "--dir", str(tmp_path)], stdout=subprocess.DEVNULL) as process:
        yield f"redis://127.0.0.1:{port}/0", process
        process.kill()


def parts_of(site):
    return json.loads(fetch(site + "/readyz"))


def everywhere(sites, address, text):
    """Tell whether every process behind `sites` shows `text`: each site has two, and is asked often enough."""
    return all(text in fetch(site + address).decode() for site in sites for _ in range(12))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite serves one machine.")
def test_two_machines_are_one_site_and_go_on_without_redis(environment, redis):
    address, process = redis
    environment |= {"CACHE_URL": address}
    with (
        serving("portal.wsgi:application", environment) as (one, _),
        serving("portal.wsgi:application", environment) as (two, _),
    ):
        sites, page = (one, two), article_address(one)
        before = stored_count()
        rename = "from news.models import Article; Article.objects.update(title='{}')"
        assert everywhere(sites, page, "")
        for title, redis_is_there in (("有了共享缓存", True), ("没有共享缓存", False)):
            if not redis_is_there:
                process.kill()
                process.wait()
            assert [parts_of(site)["cache"] for site in sites] == [redis_is_there] * 2
            manage(environment, "shell", "-c", rename.format(title))
            eventually(partial(everywhere, sites, page, title))
            with ThreadPoolExecutor(8) as readers:
                list(readers.map(lambda number: fetch(sites[number % 2] + page, agent=FIREFOX), range(200)))
        eventually(lambda: stored_count() >= before + 400)
    assert stored_count() == before + 400


def test_what_a_process_held_is_written_as_it_stops(environment):
    with serving("portal.wsgi:application", environment) as (site, _):
        page = site + article_address(site)
        before = stored_count()
        for _ in range(10):
            fetch(page, agent=FIREFOX)
    assert stored_count() == before + 10


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost that nobody but the tests trusts: (certificate, key)."""
    binary = shutil.which("openssl")
    if binary is None:
        pytest.fail("openssl is missing: run `make test`.")
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "fullchain.pem", folder / "key.pem"
    subprocess.run(
        [
            binary, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-out", made[0], "-keyout", made[1],
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return made


class Front:
    """nginx as a browser meets it: over TLS, with a certificate that is checked."""

    def __init__(self, certificate, port, plain_port):
        self.address, self.port = f"https://localhost:{port}", port
        self.plain_address = f"http://localhost:{plain_port}"
        self.trust = ssl.create_default_context(cafile=certificate)

    def get(self, address, *, method="GET", **headers):
        return answer(self.address + address, context=self.trust, method=method, **headers)


def answer(address, *, context=None, method="GET", **headers):
    """Return (body, headers) of an answer of the site localhost; raises HTTPError where it is not a success."""
    request = urllib.request.Request(
        address, headers={"User-Agent": "a bot", "Host": "localhost"} | headers, method=method
    )
    with urllib.request.urlopen(request, timeout=20, context=context) as response:
        return response.read(), response.headers


@pytest.fixture
def nginx(environment, project, tmp_path, certificate):
    """Start nginx with the configuration of deploy/ before a server; return the function that does."""
    binary = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin")
    if binary is None:
        pytest.fail("nginx is missing: run `make test`.")
    started = []

    def start(upstream):
        port, plain_port = free_port(), free_port()
        here = {
            "127.0.0.1:8000": upstream.removeprefix("http://"),
            "listen 80;": f"listen 127.0.0.1:{plain_port};",
            "listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
            "/etc/ssl/portal/fullchain.pem": str(certificate[0]),
            "/etc/ssl/portal/key.pem": str(certificate[1]),
            "/srv/portal/deploy": str(tmp_path),
            "/srv/portal/var": str(tmp_path),
            "/var/cache/nginx": str(tmp_path),
        }
        for name in ("nginx.conf", "nginx-portal.conf"):
            text = (project / "deploy" / name).read_text()
            for place, replaced in here.items():
                text = text.replace(place, replaced)
            (tmp_path / name).write_text(text)
        shell = "daemon off; pid {0}/nginx.pid; error_log {0}/nginx.log; user root; events {{}} http {{ access_log off; types {{ text/css css; }} include {0}/nginx.conf; }}"
        (tmp_path / "main.conf").write_text(shell.format(tmp_path))
        process = subprocess.Popen([binary, "-c", str(tmp_path / "main.conf"), "-e", str(tmp_path / "nginx.log")])
        started.append(process)
        front = Front(certificate[0], port, plain_port)
        eventually(lambda: front.get("/healthz"), but=[OSError])
        return front

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=20)


def test_nginx_gives_the_same_pages_counts_right_and_serves_on_while_the_application_restarts(environment, nginx):
    environment |= {"TRUSTED_PROXIES": "127.0.0.1", "HTTPS": "on"}
    with serving("portal.wsgi:application", environment) as (site, _):
        front = nginx(site)
        over_tls = {"X-Forwarded-Proto": "https"}
        page = re.search(r"/news/\d+/", front.get("/news/")[0].decode())[0]
        for address in ("/news/", "/zones/", "/feedback/new/", page):
            # Each worker renders a form at its own time.
            assert unstamped(front.get(address)[0]) == unstamped(answer(site + address, **over_tls)[0])
        body, headers = front.get("/news/")
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert "Set-Cookie" not in headers
        assert 'href="https://localhost/news/"' in body.decode()  # the canonical address
        style = re.search(r"/static/[^\"]+\.css", body.decode())[0]
        styles, headers = front.get(style, **{"Accept-Encoding": "gzip"})
        assert styles[:2] == b"\x1f\x8b"
        assert "immutable" in headers["Cache-Control"]
        before = stored_count()
        for _ in range(5):
            front.get(page, **{"User-Agent": FIREFOX})
        eventually(lambda: stored_count() == before + 5)
    assert front.get("/news/")[0] == body  # the application is gone


def test_behind_nginx_a_beacon_counts_each_opening_once(environment, nginx):
    environment |= {"TRUSTED_PROXIES": "127.0.0.1", "HTTPS": "on", "VIEWS_BY_BEACON": "on"}
    with serving("portal.wsgi:application", environment) as (site, _):
        front = nginx(site)
        page = re.search(r"/news/\d+/", front.get("/news/")[0].decode())[0]
        before = stored_count()
        for _ in range(5):
            body, _ = front.get(page, **{"User-Agent": FIREFOX})
            beacon = re.search(r'data-view-beacon="([^"]+)"', body.decode())[1]
            told, _ = front.get(beacon, method="POST", **{"User-Agent": FIREFOX, "Origin": "https://localhost"})
        assert json.loads(told)["count"] > before
        eventually(lambda: stored_count() == before + 5)


def test_nginx_speaks_http_2_and_sends_everybody_to_tls(environment, nginx):
    with serving("portal.wsgi:application", environment | {"TRUSTED_PROXIES": "127.0.0.1"}) as (site, _):
        front = nginx(site)
        front.trust.set_alpn_protocols(["h2"])
        with (
            socket.create_connection(("127.0.0.1", front.port)) as plain,
            front.trust.wrap_socket(plain, server_hostname="localhost") as encrypted,
        ):
            assert encrypted.selected_alpn_protocol() == "h2"
            assert encrypted.version() in ("TLSv1.2", "TLSv1.3")
        opener = urllib.request.build_opener(NoRedirect)
        asked = urllib.request.Request(front.plain_address + "/news/?page=2", headers={"Host": "localhost"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            opener.open(asked)
        with refused.value as redirect:
            assert (redirect.code, redirect.headers["Location"]) == (301, "https://localhost/news/?page=2")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None
