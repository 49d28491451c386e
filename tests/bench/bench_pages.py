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
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.peers.sites import CACHED, serving_peers
from tests.bench.results import Results
from tests.bench.servers import (
    bench_environment,
    fetch,
    manage,
    memory,
    output,
    processor_spent,
    processor_time,
    serving,
    settled,
    wrk,
)

ROUNDS = 3
ARTICLES = int(os.environ.get("ARTICLES", "10000"))
PEERS_DIR = os.environ.get("PEERS_DIR", "/var/tmp/portal-peers")
HOT = ("article", "column", "home")
MANY, MANY_COUNT = "500 articles, the n-th an n-th as often", 500
PUBLISHED = 10
IN_A_ROW = 40  # renderings of a page, of ours as of the others: what runs again at once runs faster
COLD = """
import json, sys, time, statistics
from django.core.signals import request_started
from portal.wsgi import application
from django.db import connection, reset_queries
from tests.bench.changing import publish
from portal.pagecache import shared
from tests.wsgi_reader import Reader
request_started.disconnect(reset_queries)
pages, others, IN_A_ROW = json.loads(sys.argv[1])
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

def medians(prepare, rounds=2, in_a_row=IN_A_ROW):
    # The pages take turns, because the machine is faster in one second than in the next.
    spent = {name: [] for name in pages}
    for _ in range(rounds):
        for name, address in pages.items():
            spent[name] += [rendered(address or others.pop(), prepare)[0] for _ in range(in_a_row)]
    return {name: statistics.median(times) for name, times in spent.items()}

def queries(prepare):
    connection.force_debug_cursor = True
    found = {name: rendered(address, prepare)[1] if address else "–" for name, address in pages.items()}
    connection.force_debug_cursor = False
    return found

def forget():
    # Everything that was kept: a process that has just begun, with its templates loaded.
    cache.store.clear()
    shared._parts.clear()
    shared._fragments.clear()

pages["article never shown"] = None
medians(publish, rounds=1)
columns = medians(publish), medians(cache.store.clear), queries(publish), medians(forget, rounds=1), queries(forget)
found = {name: [column[name] for column in columns] for name in pages}
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
        peers = {}
        if os.environ.get("PEERS"):
            peers = stack.enter_context(serving_peers(PEERS_DIR, environment, ARTICLES, addresses))
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
    wanted = (
        {name: addresses[name] for name in HOT},
        [address for address in most_read(environment) if address != addresses["article"]],
        IN_A_ROW,
    )
    found = json.loads(output(environment, "import django; django.setup()\n" + COLD, json.dumps(wanted)))
    results.table(
        "Cold pages, processor milliseconds",
        ("page", "after a publication", "next", "queries after a publication", "nothing kept", "queries, nothing kept"),
        [(name, *values) for name, values in found.items()],
    )
    rows = []
    for name, (pages, process) in peers.items():
        for page, address in pages.items() if name != CACHED else ():
            spent = processor_time(process, lambda address=address: fetch(address), times=IN_A_ROW)
            rows.append((f"{name}: {page}", spent, spent / found[page][0], fetch(address).count(b"<a ")))
    if rows:
        head = ("page", "milliseconds", "times ours after a publication", "links in it")
        results.table("Peers, processor milliseconds of a page", head, rows)


def hot_pages(results, environment, addresses, peers, folder):
    with serving("portal.wsgi:application", environment) as (site, process):
        paths = folder / "paths"
        paths.write_text("".join(f"{address}\n" for address in most_read(environment)))
        wrk(site, seconds=20, paths=paths)  # until each worker has rendered most of them
        before = stored_count(environment)
        targets = {name: (site + addresses[name], process) for name in HOT} | {MANY: (site, process)}
        with serving_bare(environment, folder, fetch(site + addresses["article"])) as bare:
            targets |= bare
            for name, (pages, of_peer) in peers.items():
                targets |= {f"{name}: {page}": (address, of_peer) for page, address in pages.items()}
            runs = {name: [] for name in targets}
            for _ in range(ROUNDS):
                for name, (address, of_target) in targets.items():
                    began = processor_spent(of_target)
                    run = wrk(address, paths=paths if name == MANY else None)
                    runs[name].append((*run, (settled(of_target) - began) / run[1] * 1000))
        report(results, runs)
        counted = stored_count(environment) - before
        seen = sum(run[1] for name in ("article", MANY) for run in runs[name])
        # wrk closes its connections with requests on their way: those are counted, and not answered to wrk.
        results.say(
            f"\nViews: wrk saw {seen:,} answers, the site counted {counted:,} ({counted - seen:+}; up to {2 * 32 * ROUNDS} "
            "were on their way)."
        )
        seconds = publishing(environment, site)
        results.say(f"From publishing to the page of every worker: {max(seconds):.2f} s at most of {len(seconds)}.")
        results.say(f"Memory of a worker: {memory(process.pid):.0f} MB, {MANY_COUNT} kept articles among it.")


@contextmanager
def serving_bare(environment, folder, page):
    """Serve the bytes of `page` by a function and by a view of Django without more; yield {name: (address, process)}."""
    body = folder / "body.html"
    body.write_bytes(page)
    own = environment | {"BENCH_BODY": str(body)}
    with (
        serving("tests.bench.bare:function", own) as (function, of_function),
        serving("tests.bench.bare:application", own | {"BENCH_DJANGO": "1"}, ready="/") as (view, of_view),
    ):
        yield {"bare function": (function + "/", of_function), "bare Django view": (view + "/", of_view)}


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


def most_read(environment):
    """Return the addresses of the articles that are read most, the first one first."""
    most = f"Article.objects.published().order_by('-view_count').values_list('pk', flat=True)[:{MANY_COUNT}]"
    return [f"/news/{pk}/" for pk in json.loads(asked(environment, f"list({most})"))]


def stored_count(environment):
    """Return the views of all articles, once what was counted so far is written."""
    time.sleep(2.5)
    return int(asked(environment, "Article.objects.aggregate(views=Sum('view_count'))['views']"))


def asked(environment, expression):
    code = f"from django.db.models import Sum; from news.models import Article; print({expression})"
    return output(environment, f"import django; django.setup(); {code}")


def report(results, runs):
    middle = {
        name: [statistics.median(values) for values in zip(*measured, strict=True)] for name, measured in runs.items()
    }
    base, cached = middle["bare function"], {name: middle.get(f"{CACHED}: {name}") for name in HOT}
    results.table(
        "Hot pages",
        ("page", "requests a second", "of the bare function", "p50 ms", "p99 ms", "processor µs of the server"),
        [(name, round(rate), rate / base[0], p50, p99, spent) for name, (rate, _, p50, p99, spent) in middle.items()],
    )
    rows = [(name, middle[name][0] / other[0], other[4] / middle[name][4]) for name, other in cached.items() if other]
    if rows:
        results.table(f"Hot pages to those of {CACHED}", ("page", "times its requests", "of its processor time"), rows)
    results.draw({name: values[0] for name, values in middle.items()})


if __name__ == "__main__":
    main()
