"""How many connections to PostgreSQL the site holds under uneven load: `make bench-connections` (MINUTES=60, DATABASE_URL=).

Two workers of four threads, which retire after 30 idle seconds as in production. Bursts of pages that nothing keeps, of
another width each time, and pauses shorter and longer than that; in some of these somebody reads kept articles, in others
nobody does. DATABASE_URL names the server; the database `bench_connections` is made and dropped on it.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

from tests.bench.results import Results
from tests.bench.servers import FIREFOX, bench_environment, database_beside, manage, serving

MINUTES = float(os.environ.get("MINUTES", "60"))
SERVER = os.environ.get("DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
DATABASE = "bench_connections"
SITE = "portal-under-bench"  # the name under which the server's connections, and no others, are known to PostgreSQL
WORKERS, THREADS, RETIRE_AFTER = 2, 4, 30
WIDTHS = (1, 2, 4, 8, 16, 24)  # requests at once
PAUSES = (1, 2, 5, 12, 40, 75)  # seconds: threads retire in the last two
LAST_CALM = 90
# Publishes an article for each line that it reads.
STAFF = """
import django; django.setup()
import json
from feedback.models import Topic
from news.models import Article
from tests.bench.changing import publish
from tests.bench.site import WORDS, fill
from tests.factories import client_of, make_member
from tests.feedback.forms import old_stamp
fill(2_000)
print(json.dumps({
    "articles": list(Article.objects.published().values_list("pk", flat=True)[:500]),
    "topic": Topic.objects.create(name="压力测试").pk, "stamp": old_stamp(),
    "session": client_of(make_member("editor")).session.session_key, "words": WORDS,
}), flush=True)
while input():
    publish("notices")
"""


def main():
    results = Results("Connections")
    with (
        tempfile.TemporaryDirectory(prefix="portal-connections-") as folder,
        database_beside(SERVER, DATABASE) as (address, monitor),
    ):
        environment = bench_environment(Path(folder)) | {"DATABASE_URL": address, "TRUSTED_PROXIES": "127.0.0.1"}
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        with (
            publisher(environment) as (made, publish),
            serving(
                "portal.wsgi:application", environment | {"PGAPPNAME": SITE}, threads=THREADS, idle=RETIRE_AFTER
            ) as (site, _),
            sampled(monitor) as samples,
        ):
            answers, at_once = uneven_load(Visitors(site, made), publish)
            time.sleep(LAST_CALM)
    report(results, samples, answers, at_once)
    results.write()


@contextmanager
def publisher(environment):
    """Fill the site; yield what was made and a function that publishes an article, from a process of its own."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", STAFF], env=environment, text=True, **pipes) as process:

        def publish():
            process.stdin.write("publish\n")
            process.stdin.flush()

        made = json.loads(process.stdout.readline())
        try:
            yield made, publish
        finally:
            process.communicate("\n", timeout=30)


@contextmanager
def sampled(monitor):
    """Yield a list of (connections, of these at work), to which each second adds one."""
    samples, ended = [], threading.Event()

    def sample():
        with monitor.cursor() as cursor:
            while not ended.wait(1):
                cursor.execute(
                    "SELECT count(*), count(*) FILTER (WHERE state <> 'idle') FROM pg_stat_activity"
                    " WHERE datname = %s AND application_name = %s AND backend_type = 'client backend'",
                    [DATABASE, SITE],
                )
                samples.append(cursor.fetchone())

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield samples
    finally:
        ended.set()
        thread.join()


class Visitors:
    """Everybody who asks: `ask(kind)` returns (kind, status), with the status 0 where nothing answered."""

    KINDS = {"search": 5, "page past the cache": 5, "page": 5, "admin": 2, "form": 1}

    def __init__(self, site, made):
        self.site, self.made, self.choice = site, made, random.Random(1)

    def ask(self, kind):
        headers = {"User-Agent": FIREFOX, "X-Forwarded-For": f"10.1.{self.choice.randrange(250)}.7"}
        if kind in ("page past the cache", "admin"):
            headers["Cookie"] = f"session={self.made['session']}"
        request = urllib.request.Request(self.site + self.address(kind), self.body(kind), headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                answer.read()
                return kind, answer.status
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return kind, refusal.code
        except OSError:
            return kind, 0

    def address(self, kind):
        article, number = self.choice.choice(self.made["articles"]), self.choice.randrange(1, 7)
        if kind == "search":
            return f"/search/?q={quote(''.join(self.choice.sample(self.made['words'], 2)))}"
        if kind == "form":
            return "/feedback/new/"
        if kind == "admin":
            return self.choice.choice(("/admin/news/article/", f"/admin/news/article/{article}/change/"))
        return self.choice.choice((f"/news/{article}/", f"/news/notices/?page={number}"))

    def body(self, kind):
        if kind != "form":
            return None
        number = self.choice.randrange(10**8)
        form = {
            "topic": self.made["topic"], "title": "会费标准", "body": f"想了解入会的条件和会费标准（{number}）。", "name": "张",
            "phone": f"139{number:08}", "agrees": "on", "stamp": self.made["stamp"],
        }  # fmt: skip
        return urlencode(form).encode()


def uneven_load(visitors, publish):
    """Return the answers as {(kind, status): how many} and the widths that were asked at once, for MINUTES."""
    answers, widths, choice = Counter(), Counter(), random.Random(2)
    kinds, shares = list(Visitors.KINDS), list(Visitors.KINDS.values())
    ends = time.monotonic() + MINUTES * 60 - LAST_CALM
    with ThreadPoolExecutor(max(WIDTHS)) as pool:
        while time.monotonic() < ends:
            width = choice.choice(WIDTHS)
            widths[width] += 1
            if choice.random() < 0.5:
                publish()
            answers.update(burst(pool, visitors, width, choice.choices(kinds, shares, k=width * choice.randint(1, 3))))
            is_read = choice.random() < 0.5
            goes_on = min(time.monotonic() + choice.choice(PAUSES), ends)
            while time.monotonic() < goes_on:
                if is_read:
                    answers.update([visitors.ask("page")])
                time.sleep(max(0, min(2, goes_on - time.monotonic())))
    return answers, widths


def burst(pool, visitors, width, kinds):
    """Return the answers to `kinds`, `width` of them asked for at a time."""
    running = threading.Semaphore(width)

    def ask(kind):
        with running:
            return visitors.ask(kind)

    return list(pool.map(ask, kinds))


def report(results, samples, answers, widths):
    held = [connections for connections, _ in samples]
    results.say(
        f"{len(samples):,} samples in {MINUTES:.0f} minutes; {WORKERS} workers of {THREADS} threads, retired after "
        f"{RETIRE_AFTER} s; {sum(widths.values())} bursts of {min(widths)} to {max(widths)} requests at once."
    )
    results.table(
        "Connections of the server",
        ("", "connections"),
        [
            ("workers × threads", WORKERS * THREADS),
            ("the most in any second", max(held)),
            ("the most at work in any second", max(working for _, working in samples)),
            ("mean", statistics.mean(held)),
            (f"after a last calm of {LAST_CALM} s", held[-1]),
        ],
    )
    seconds = Counter(held)
    results.table("Seconds", ("connections", "seconds"), [(str(many), seconds[many]) for many in sorted(seconds)])
    rows = [
        (kind, sum(many for (of, _), many in answers.items() if of == kind),
         sum(many for (of, status), many in answers.items() if of == kind and status >= 500), answers[kind, 0])
        for kind in Visitors.KINDS
    ]  # fmt: skip
    results.table("Answers", ("what was asked for", "answers", "5xx", "no answer"), rows)
    others = {f"{kind} {status}": many for (kind, status), many in answers.items() if status not in (0, 200)}
    results.say(f"\nAnswers other than 200: {others or 'none'}.")


if __name__ == "__main__":
    main()
