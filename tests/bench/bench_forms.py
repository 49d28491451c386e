"""A flood of forms beside readers, and guesses at receipts, on loopback: `make bench-forms` (SECONDS=, RATE=, GUESSES=).

Readers' speed is compared with that under the same flood against a bare function, so that what the sender itself costs
on the same processors counts on both sides.
"""

import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.bench.servers import bench_environment, manage, serving, wrk

SECONDS = int(os.environ.get("SECONDS", "60"))
RATE = int(os.environ.get("RATE", "200"))
GUESSES = int(os.environ.get("GUESSES", "1000000"))
HTTP_GUESSES = min(GUESSES, 10_000)
SPAM_SHARE = 0.95
SENDERS = 16
PREPARE = """
import django; django.setup()
from feedback.models import Topic
from tests.bench.site import fill
from tests.feedback.forms import old_stamp
from tests.feedback.labelled import honest
import json
addresses = fill(2000)
print(json.dumps([Topic.objects.create(name="压力测试").pk, old_stamp(), addresses["home"]]))
"""
COUNTS = """
import django; django.setup()
from feedback.models import Message
import json
sent = Message.objects.filter(topic__name="压力测试")
print(json.dumps([sent.count(), sent.filter(is_quarantined=True).count(), sent.published().count()]))
"""
FUNCTION_LEVEL = """
import django; django.setup()
import random, sys, time
from datetime import date
from django.test import RequestFactory
from portal import receipts, tries
number, code = receipts.new_number(date(2026, 11, 23)), receipts.code_for("bench")
kept, count = receipts.hash_of(number, code), int(sys.argv[1])
letters = random.Random(1)
began = time.perf_counter()
opened = sum(receipts.fits(kept, number, "".join(letters.choices(receipts.ALPHABET, k=12))) for _ in range(count))
print(f"{count:,} guesses at the code of one number: {opened} opened, {time.perf_counter() - began:.0f} s")
request, count = RequestFactory().post("/", REMOTE_ADDR="198.51.100.1"), min(count, 20_000)
allowed = sum(tries.claim(tries.keys_of(number, request)) for _ in range(count))
print(f"{count:,} tries from one address: {allowed} were looked at (the limit is {tries.PER_ADDRESS} in 15 minutes)")
"""


def python(environment, code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def bodies(topic, stamp):
    """Endless forms as (body, is honest); 95 of a hundred are spam, every honest one is another message."""
    from tests.feedback.labelled import honest, spam

    choice, number = random.Random(1), 0
    honest, spam = honest(), spam()
    while True:
        number += 1
        is_honest = number % 100 >= 100 * SPAM_SHARE
        title, body = choice.choice(honest if is_honest else spam)
        form = {
            "topic": topic,
            "title": title[:40],
            "body": f"{body} {number}",
            "name": f"张{number}",
            "phone": f"{number:011d}",
        }
        yield urlencode(form | {"agrees": "on", "stamp": stamp if is_honest else ""}).encode(), is_honest


def flood(site, forms, seconds):
    """Post RATE forms a second to `site`; return {status: count} and the honest forms sent."""
    statuses, honest, connections = {}, [], {}

    def post(job):
        number, (body, is_honest) = job
        time.sleep(max(0.0, began + number / RATE - time.monotonic()))
        address = f"10.{number % 200}.{number // 200 % 250}.{number % 250}" if is_honest else f"172.16.{number % 9}.7"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address}
        answer = posted(connections, number % SENDERS, site, body, headers)
        return answer.status, is_honest

    began = time.monotonic()
    with ThreadPoolExecutor(SENDERS) as pool:
        for status, is_honest in pool.map(post, zip(range(RATE * seconds), forms, strict=False)):
            statuses[status] = statuses.get(status, 0) + 1
            if is_honest:
                honest.append(status)
    return statuses, honest, time.monotonic() - began


def posted(connections, key, site, body, headers):
    """Post once, over a kept connection where one is open; a server may have closed it."""
    for connection in (connections.pop(key, None), http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)):
        with suppress(AttributeError, OSError, http.client.HTTPException):
            connection.request("POST", "/feedback/new/", body, headers)
            answer = connection.getresponse()
            answer.read()
            connections[key] = connection
            return answer
    raise ConnectionError


def beside(site, readers_page, forms):
    """Return readers' requests a second while the flood runs, with its outcome."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(flood, site, forms, SECONDS)
        rate, _, p50, p99 = wrk(readers_page, seconds=max(2, SECONDS - 2))
        return (rate, p50, p99), running.result()


def main():
    with tempfile.TemporaryDirectory(prefix="portal-forms-") as folder:
        environment = bench_environment(Path(folder)) | {"TRUSTED_PROXIES": "127.0.0.1"}
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
        topic, stamp, home = json.loads(python(environment, PREPARE).splitlines()[-1])
        with serving("portal.wsgi:application", environment) as (site, _):
            readers(environment, site, home, topic, stamp)
            guesses_over_http(site)
        print(python(environment, FUNCTION_LEVEL, GUESSES), end="")


def readers(environment, site, home, topic, stamp):
    body = Path(environment["VAR_DIR"]) / "body.html"
    body.write_bytes(b"x" * 6_000)
    with serving("tests.bench.bare:function", environment | {"BENCH_BODY": str(body)}) as (bare, _):
        alone, _ = beside(bare, site + home, bodies(topic, stamp))
    under, (statuses, honest, took) = beside(site, site + home, bodies(topic, stamp))
    print(f"{sum(statuses.values())} forms in {took:.0f} s, {SPAM_SHARE:.0%} spam: answers {statuses}")
    print(f"honest: {len(honest)} sent, {honest.count(200)} taken in at once, {honest.count(422)} asked first")
    total, held, published = json.loads(python(environment, COUNTS).splitlines()[-1])
    print(f"kept: {total}; in quarantine {held}; published {published}")
    print(f"readers beside a flood on a bare function: {alone[0]:.0f}/s, p99 {alone[2]:.1f} ms")
    print(f"readers beside the flood on the forms: {under[0]:.0f}/s, p99 {under[2]:.1f} ms: {under[0] / alone[0]:.0%}")


def guesses_over_http(site):
    from tests.feedback.labelled import receipt_guesses

    statuses = {}
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    for number, (receipt, code) in zip(range(HTTP_GUESSES), receipt_guesses(), strict=False):
        address = f"192.0.{number % 200}.{number // 200 % 50}"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": address}
        connection.request("POST", "/feedback/receipt/", urlencode({"number": receipt, "code": code}), headers)
        answer = connection.getresponse()
        answer.read()
        statuses[answer.status] = statuses.get(answer.status, 0) + 1
    print(f"{HTTP_GUESSES:,} guesses over HTTP at 100 numbers from {min(HTTP_GUESSES, 10_000):,} addresses: {statuses}")


if __name__ == "__main__":
    main()
