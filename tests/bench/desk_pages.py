"""The pages of the desk that `bench_admin` measures, as one editor asks for them."""

import cProfile
import os
import pstats
import statistics
import time

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Article, Column
from portal.desk import desk_of
from tests.bench.bulk import fill_views_and_tags, grow_to
from tests.factories import client_of, make_member
from tests.portal.test_admin import form_of
from tests.whole_site import make_site

RUNS = 30
LIST = "/admin/news/article/"
ROW = "{:<22}{:>10.1f}{:>10.1f}{:>12.1f}{:>12.1f}{:>10}"


def measure(articles):
    """Fill the site up to so many articles and print a line for each page."""
    if not Column.objects.exists():
        make_site()
    grow_to(articles)
    fill_views_and_tags()
    column = Column.objects.get(slug="notices")
    Column.objects.update(reviews=0)
    pages = pages_of(column, articles)
    print(f"{connection.vendor}, {Article.objects.count():,} articles")
    print(f"{'':<22}{'median ms':>10}{'p95 ms':>10}{'processor':>12}{'p95':>12}{'queries':>10}")
    for name, (prepare, act) in pages.items():
        print(ROW.format(name, *figures(prepare, act)), flush=True)
        if os.environ.get("PROFILE") == name:
            show_inside(prepare, act)


def pages_of(column, articles):
    """Return {name: (what is prepared before the clock runs, what is measured of it)}."""
    member = make_member("editor", username=f"editor{time.time_ns()}", name="编辑")
    editor = client_of(member)
    drafts = iter(Article.objects.filter(status="draft").order_by("-pk").values_list("pk", flat=True)[:200])
    live = column.articles.filter(status="published", expires_at=None).order_by("pk")[articles // 10].pk

    def got(address):
        assert editor.get(address).status_code == 200

    def sent(job):
        address, values = job
        assert editor.post(address, values).status_code == 302, address

    def changed_form(**buttons):
        """A draft that was saved before, opened and changed."""
        address = f"{LIST}{next(drafts)}/change/"
        for text in ("改", "改了又改"):
            values = form_of(editor.get(address)) | {"body": f"<p>{text}的正文。</p>" * 40, "published_at": ""}
            if text == "改":
                sent((address, values))
        return address, values | buttons

    def page(address):
        return lambda: address, got

    return {
        "list": page(LIST),
        "list of a column": page(f"{LIST}?column={column.pk}"),
        "search in the list": page(f"{LIST}?q=开发"),
        "form": page(f"{LIST}{live}/change/"),
        "save": (changed_form, sent),
        "publish": (lambda: changed_form(_submit="提交"), sent),
        "first page, cold": (lambda: (cache.clear(), member)[1], desk_of),
        "first page": (lambda: member, desk_of),
    }


def figures(prepare, act):
    """Return median and p95 of the clock, of the processor, in ms, and the queries, of `act` on what is prepared."""
    with CaptureQueriesContext(connection) as captured:
        job = prepare()
        before = len(captured)
        act(job)
        queries = len(captured) - before
    clock, processor = [], []
    for _ in range(RUNS):
        job = prepare()
        began, spent = time.perf_counter(), time.process_time()
        act(job)
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    return *middle_and_end(clock), *middle_and_end(processor), queries


def middle_and_end(times):
    return statistics.median(times), sorted(times)[round(0.95 * len(times)) - 1]


def show_inside(prepare, act):
    profile = cProfile.Profile()
    for _ in range(RUNS):
        job = prepare()
        profile.runcall(act, job)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
