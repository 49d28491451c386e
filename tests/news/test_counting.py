"""点击量: who counts, and that no view is lost or counted twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection, transaction
from django.db.models import Sum

from news import counting
from news.counting import ViewCounter
from news.models import Article, ViewDay, ViewHour
from portal.models import User
from portal.pagecache.front import PageCache
from portal.pagecache.version import current
from tests.factories import make_article
from tests.waiting import connections_of_others, eventually
from tests.wsgi_reader import Reader

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def article(transactional_db):
    current.expire()
    return make_article(view_count=204)


@pytest.fixture
def counter():
    return ViewCounter()


@pytest.fixture
def reader(counter):
    return Reader(PageCache(get_wsgi_application(), counter))


def shown(answer):
    return int(answer.text.split("data-view-count>")[1].split("<")[0])


def stored(article):
    return Article.objects.values_list("view_count", flat=True).get(pk=article.pk)


def test_a_reader_sees_his_own_view_on_a_rendered_and_on_a_kept_page(reader, counter, article):
    answers = [
        reader.get(article.get_absolute_url(), HTTP_ACCEPT_ENCODING=encoding)
        for encoding in ("", "gzip", "gzip, br", "")
    ]
    assert [answer.state for answer in answers] == ["miss", "hit", "hit", "hit"]
    assert [shown(answer) for answer in answers] == [205, 206, 207, 208]
    assert stored(article) == 204
    counter.flush()
    assert stored(article) == 208
    assert shown(reader.get(article.get_absolute_url())) == 209


def test_a_kept_page_shows_what_other_processes_counted_within_a_second(reader, counter, article, monkeypatch):
    clock = [time.monotonic()]
    monkeypatch.setattr("news.counting.time.monotonic", lambda: clock[0])
    address = article.get_absolute_url()
    assert shown(reader.get(address)) == 205
    counter.flush()
    other = ViewCounter()
    for _ in range(10):
        other.add(article.pk)
    other.flush()
    counter._read_shown()  # as its thread does every second
    assert shown(reader.get(address)) == 216
    clock[0] += 3_600  # nobody opened it here for an hour
    counter._read_shown()
    for _ in range(5):
        other.add(article.pk)
    other.flush()
    counter.flush()
    assert shown(reader.get(address)) == 222


@pytest.mark.parametrize(
    "request_of",
    [
        {"method": "HEAD"},
        {"HTTP_USER_AGENT": ""},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 AppleWebKit/537.36 (compatible; bingbot/2.0) Chrome/116"},
        {"HTTP_USER_AGENT": "Sogou web spider/4.0"},
        {"HTTP_USER_AGENT": "FreshRSS/1.24"},
        {"HTTP_USER_AGENT": "curl/8.0"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
    ],
    ids=str,
)
def test_what_is_no_reader_is_not_counted(reader, counter, article, request_of):
    reader.get(article.get_absolute_url(), **request_of)
    counter.flush()
    assert stored(article) == 204


def test_staff_and_pages_that_are_not_found_are_not_counted(reader, counter, article, client, settings):
    client.force_login(User.objects.create_user("editor", password="x", is_staff=True))
    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert shown(reader.get(article.get_absolute_url(), HTTP_COOKIE=cookie)) == 204
    assert reader.get("/news/999999/").status == 404
    counter.flush()
    counting.views.flush()
    assert stored(article) == 204


def test_a_window_counts_a_visitor_once(article):
    counter = ViewCounter(window=600)
    reader = Reader(PageCache(get_wsgi_application(), counter))
    for address in ("192.0.2.7", "192.0.2.7", "192.0.2.8"):
        reader.get(article.get_absolute_url(), REMOTE_ADDR=address)
    counter.flush()
    assert stored(article) == 206


def test_views_are_summed_by_hour_and_by_day_of_shanghai(counter, article, monkeypatch):
    late = datetime.fromisoformat("2026-11-23T23:59:00+08:00")
    for moment, views in ((late, 2), (late + timedelta(minutes=2), 3)):
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        for _ in range(views):
            counter.add(article.pk)
        counter.flush()
    assert sorted(ViewHour.objects.values_list("count", flat=True)) == [2, 3]
    assert [(str(row.day), row.count) for row in ViewDay.objects.order_by("day")] == [
        ("2026-11-23", 2),
        ("2026-11-24", 3),
    ]


def test_a_database_that_is_away_loses_nothing(counter, article, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("the connection was refused")

    with monkeypatch.context() as broken:
        broken.setattr(counting, "lock_free", away)
        counter.add(article.pk)
        counter.flush()
        counter.add(article.pk)
        counter.flush()
    assert counter.own(article.pk) == 2
    counter.flush()
    assert stored(article) == 206


@pytest.mark.parametrize("committed", [True, False])
def test_a_batch_whose_commit_was_not_confirmed_is_written_once(counter, article, monkeypatch, committed):
    real_atomic = transaction.atomic

    class Unconfirmed:
        """A transaction whose commit, or whose whole work, is lost from sight."""

        def __enter__(self):
            self.inner = real_atomic()
            self.inner.__enter__()

        def __exit__(self, *error):
            if not committed:
                transaction.set_rollback(True)
            self.inner.__exit__(*error)
            raise OperationalError("the connection broke at the commit")

    counter.add(article.pk)
    with monkeypatch.context() as broken:
        broken.setattr(counting, "transaction", SimpleNamespace(atomic=Unconfirmed))
        counter.flush()
    assert stored(article) == (205 if committed else 204)
    counter.add(article.pk)
    counter.flush()
    counter.flush()
    assert stored(article) == 206


def test_views_of_an_article_that_is_gone_are_let_go(counter, article):
    pk = article.pk
    counter.add(pk)
    article.delete()
    counter.flush()
    assert counter.own(pk) == 0


def test_an_editors_save_does_not_take_views_back(counter, article):
    editing = Article.objects.get(pk=article.pk)
    counter.add(article.pk)
    counter.flush()
    editing.title = "改过的标题"
    editing.save()
    assert stored(article) == 205


def test_threads_count_exactly(counter, article):
    def read():
        for _ in range(500):
            counter.add(article.pk)

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        counter.flush()
    for thread in threads:
        thread.join()
    counter.flush()
    assert stored(article) == 204 + 4_000


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer: nobody holds single rows")
def test_an_article_that_an_editor_holds_waits_and_is_not_lost(counter, article):
    held, release = threading.Event(), threading.Event()

    def edit():
        with transaction.atomic():
            Article.objects.select_for_update().get(pk=article.pk)
            held.set()
            release.wait(60)
        connection.close()

    editor = threading.Thread(target=edit)
    editor.start()
    assert held.wait(60)
    other = make_article()
    counter.add(article.pk)
    counter.add(other.pk)
    counter.flush()
    assert (stored(article), stored(other)) == (204, 1)
    release.set()
    editor.join()
    counter.flush()
    assert stored(article) == 205


PROCESS = """
import django, sys
django.setup()
from news.counting import ViewCounter
counter = ViewCounter()
first, views = int(sys.argv[1]), int(sys.argv[2])
for number in range(views):
    counter.add(first + number % 100)
    if number % 500 == 499:
        counter.flush()
        counted = number + 1
        print(counted, counted - sum(map(counter.own, range(first, first + 100))), flush=True)
counter.drain()
"""
VIEWS = 10_000


@pytest.fixture
def hundred():
    """The first key of a hundred articles."""
    return min(make_article().pk for _ in range(100))


@pytest.fixture
def eight(hundred, project, database_url):
    """Eight processes that count VIEWS views each of the hundred."""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": database_url}
    start = [sys.executable, "-c", PROCESS, str(hundred), str(VIEWS)]
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen(start, cwd=project, env=environment, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(8)
        ]


def ended(processes):
    for process in processes:
        process.stdout.read()
        assert process.wait(timeout=600) == 0


def sum_of_views():
    return Article.objects.aggregate(sum=Sum("view_count"))["sum"]


def test_eight_processes_count_every_view(eight):
    ended(eight)
    assert sum_of_views() == 8 * VIEWS
    assert set(Article.objects.values_list("view_count", flat=True)) == {8 * VIEWS // 100}


def test_a_killed_process_loses_only_what_it_had_not_written(eight):
    killed, *others = eight
    counted = 0
    while counted < VIEWS / 2:
        counted, confirmed = map(int, killed.stdout.readline().split())
    killed.send_signal(signal.SIGKILL)
    for line in killed.stdout:
        counted, confirmed = map(int, line.split())
    ended(others)
    if connection.vendor == "postgresql":
        wait_until_alone()
    assert 7 * VIEWS + confirmed <= sum_of_views() <= 8 * VIEWS


def wait_until_alone():
    """Wait until PostgreSQL has seen that the other processes are gone."""
    eventually(lambda: connections_of_others() == 0)
