"""Hot pages against the bare server, cold pages by processor time, counting and publishing under load: `make bench`.

One interleaved run: ratios hold on a busy machine, single figures do not. ARTICLES= sets the size of the site, PEERS=1
measures other systems beside it, REPORT= keeps the tables.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.peers import serving_peers
from tests.bench.results import Results
from tests.bench.servers import bench_environment, fetch, manage, memory, output, processor_time, serving, wrk

ROUNDS = 3
ARTICLES = int(os.environ.get("ARTICLES", "10000"))
PEERS_DIR = os.environ.get("PEERS_DIR", "/var/tmp/portal-peers")
HOT = ("article", "column", "home")
PUBLISHED = 10
COLD = """
import json, sys, time, statistics
from django.core.signals import request_started
from portal.wsgi import application
from django.db import connection, reset_queries
from tests.bench.changing import publish
from portal.pagecache import shared
from tests.wsgi_reader import Reader
request_started.disconnect(reset_queries)
cache = application.application
reader = Reader(application, HTTP_HOST="127.0.0.1")

def rendered(address, prepare):
    prepare()
    connection.queries_log.clear()
    began = time.process_time()
    answer = reader.get(address)
    spent = (time.process_time() - began) * 1000
    assert (answer.status, answer.state) == (200, "miss"), (address, answer)
    return spent, len(connection.queries_log)

def median(address, prepare):
    rendered(address, prepare)
    return statistics.median(rendered(address, prepare)[0] for _ in range(50))

def forget():
    # Everything that was kept: a process that has just begun, with its templates loaded.
    cache.store.clear()
    shared._parts.clear()
    shared._fragments.clear()

found = {}
for name, address in json.loads(sys.argv[1]).items():
    found[name] = [median(address, prepare) for prepare in (publish, cache.store.clear, forget)]
    connection.force_debug_cursor = True
    found[name] += [rendered(address, publish)[1], rendered(address, forget)[1]]
    connection.force_debug_cursor = False
print(json.dumps(found))
"""
PUBLISH = """
import django; django.setup()
import time
from django.utils import timezone
from news.models import Article, Column
column = Column.objects.get(slug="notices")
for number in range({count}):
    input()
    Article.objects.create(title=f"刚刚发布{{number}}", body="<p>文</p>", column=column, status="published", published_at=timezone.now())
    print(number, flush=True)
"""


def main():
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing: install Debian's package wrk.")
    results = Results("Pages")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as folder, ExitStack() as stack:
        environment = bench_environment(Path(folder))
        began = time.monotonic()
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        addresses = filled(environment)
        results.say(f"A site of {ARTICLES:,} articles, made in {time.monotonic() - began:.0f} s.")
        peers = stack.enter_context(serving_peers(PEERS_DIR)) if os.environ.get("PEERS") else {}
        cold_pages(results, environment, addresses, peers)
        hot_pages(results, environment, addresses, peers, Path(folder))
    results.write()


def filled(environment):
    code = f"import json; from tests.bench.site import fill; print(json.dumps(fill({ARTICLES})))"
    return json.loads(output(environment, f"import django; django.setup(); {code}"))


def cold_pages(results, environment, addresses, peers):
    """What a page costs that is rendered anew: as the first after a publication in its column, while nothing has changed,
    and where nothing is kept at all.
    """
    wanted = {name: addresses[name] for name in HOT}
    found = json.loads(output(environment, "import django; django.setup()\n" + COLD, json.dumps(wanted)))
    results.table(
        "Cold pages, processor milliseconds",
        ("page", "after a publication", "next", "nothing kept", "queries after a publication", "queries, nothing kept"),
        [(name, *values) for name, values in found.items()],
    )
    rows = []
    for name, (pages, process) in peers.items():
        for page, address in pages.items():
            spent = processor_time(process, lambda address=address: fetch(address), times=40)
            rows.append((f"{name}: {page}", spent, spent / found[page][0] if page in found else ""))
    if rows:
        results.table("Peers, processor milliseconds of a page", ("page", "milliseconds", "times ours"), rows)


def hot_pages(results, environment, addresses, peers, folder):
    with serving("portal.wsgi:application", environment) as (site, process):
        body = folder / "body.html"
        body.write_bytes(fetch(site + addresses["article"]))
        bare = environment | {"BENCH_BODY": str(body)}
        with (
            serving("tests.bench.bare:function", bare) as (function, _),
            serving("tests.bench.bare:application", bare | {"BENCH_DJANGO": "1"}, ready="/") as (view, _),
        ):
            targets = {name: site + addresses[name] for name in HOT}
            targets |= {"bare function": function + "/", "bare Django view": view + "/"}
            for name, (pages, _) in peers.items():
                targets |= {f"{name}: {page}": address for page, address in pages.items()}
            runs = {name: [] for name in targets}
            before = stored_count(environment, addresses["article"])
            for _ in range(ROUNDS):
                for name, address in targets.items():
                    runs[name].append(wrk(address))
        report(results, runs)
        time.sleep(2.5)
        counted = stored_count(environment, addresses["article"]) - before
        asked = sum(total for _, total, _, _ in runs["article"])
        # wrk closes its connections with requests on their way: those are counted, and not answered to wrk.
        results.say(
            f"\nViews: wrk saw {asked:,} answers, the site counted {counted:,} ({counted - asked:+}; up to {32 * ROUNDS} "
            "were on their way)."
        )
        seconds = publishing(environment, site)
        results.say(f"From publishing to the page of every worker: {max(seconds):.2f} s at most of {len(seconds)}.")
        results.say(f"Memory of a worker: {memory(process.pid):.0f} MB.")


def publishing(environment, site):
    """Return the seconds from each commit until ten answers in a row, of whichever worker, show the new article."""
    code, seconds = PUBLISH.format(count=PUBLISHED), []
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as publisher:
        for _ in range(PUBLISHED):
            fetch(site + "/news/notices/")
            publisher.stdin.write("\n")
            publisher.stdin.flush()
            title = f"刚刚发布{publisher.stdout.readline().strip()}<"
            began = last_without = time.monotonic()
            in_a_row = 0
            while in_a_row < 10:
                if title in fetch(site + "/news/notices/").decode():
                    in_a_row += 1
                else:
                    in_a_row, last_without = 0, time.monotonic()
            seconds.append(last_without - began)
    return seconds


def stored_count(environment, address):
    code = f"from news.models import Article; print(Article.objects.get(pk={address.split('/')[2]}).view_count)"
    return int(output(environment, f"import django; django.setup(); {code}"))


def report(results, runs):
    base = statistics.median(run[0] for run in runs["bare function"])
    rows = []
    for name, measured in runs.items():
        rate = statistics.median(run[0] for run in measured)
        p50, p99 = (statistics.median(run[place] for run in measured) for place in (2, 3))
        rows.append((name, round(rate), rate / base, p50, p99))
    results.table("Hot pages", ("page", "requests a second", "of the bare function", "p50 ms", "p99 ms"), rows)
    results.draw({name: rate for name, rate, *_ in rows})


if __name__ == "__main__":
    main()
