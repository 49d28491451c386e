"""The tree of columns, as staff move it."""

from threading import Thread

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from news.admin.moving import DIRECTIONS, move
from news.models import Column
from tests.factories import client_of, make_column, make_staff, make_user

COLUMNS = "/admin/news/column/"


@pytest.fixture
def boss(db):
    return client_of(make_user(is_staff=True, is_superuser=True))


def tree():
    """The tree as (depth, name) from top to bottom."""
    return [(column.tree_depth, column.name) for column in Column.objects.with_tree_fields()]


def make_tree():
    a = make_column(name="甲")
    make_column(name="甲一", parent=a)
    make_column(name="甲二", parent=a)
    make_column(name="乙")
    return {column.name: column for column in Column.objects.all()}


def press(client, column, direction):
    return client.post(f"{COLUMNS}{column.pk}/move/{direction}/", follow=True)


def test_columns_are_moved_by_arrows(boss):
    columns = make_tree()
    assert tree() == [(0, "甲"), (1, "甲一"), (1, "甲二"), (0, "乙")]
    assert "“甲二”已上移" in press(boss, columns["甲二"], "up").content.decode()
    assert tree() == [(0, "甲"), (1, "甲二"), (1, "甲一"), (0, "乙")]
    press(boss, columns["甲"], "down")
    assert tree() == [(0, "乙"), (0, "甲"), (1, "甲二"), (1, "甲一")]
    press(boss, columns["甲"], "in")
    assert tree() == [(0, "乙"), (1, "甲"), (2, "甲二"), (2, "甲一")]
    press(boss, columns["甲一"], "out")
    assert tree() == [(0, "乙"), (1, "甲"), (2, "甲二"), (1, "甲一")]
    assert LogEntry.objects.filter(object_id=columns["甲"].pk).count() == 2


@pytest.mark.parametrize(
    ("name", "direction"), [("甲", "up"), ("甲", "in"), ("甲", "out"), ("乙", "down"), ("甲一", "in")]
)
def test_there_is_an_end_in_every_direction(boss, name, direction):
    columns = make_tree()
    before = tree()
    assert "不能再往那边移" in press(boss, columns[name], direction).content.decode()
    assert tree() == before


def test_a_column_moved_below_a_hidden_one_is_hidden(boss):
    hidden = make_column(name="停用", is_active=False)
    column = make_column(name="公开")
    press(boss, column, "in")
    column.refresh_from_db()
    assert (column.parent, column.is_public) == (hidden, False)
    press(boss, column, "out")
    column.refresh_from_db()
    assert column.is_public


def test_the_form_refuses_a_circle(boss):
    columns = make_tree()
    address = f"{COLUMNS}{columns['甲'].pk}/change/"
    form = boss.get(address).context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields}
    response = boss.post(address, values | {"parent": columns["甲一"].pk, "in_navigation": "on", "is_active": "on"})
    assert response.context["adminform"].form.errors == {"parent": ["上级栏目不能是它自己或它的下级栏目。"]}


def test_a_column_that_changes_its_parent_stands_last_there(boss):
    columns = make_tree()
    address = f"{COLUMNS}{columns['乙'].pk}/change/"
    form = boss.get(address).context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields}
    assert boss.post(address, values | {"parent": columns["甲"].pk, "is_active": "on"}).status_code == 302
    assert tree() == [(0, "甲"), (1, "甲一"), (1, "甲二"), (1, "乙")]


def test_the_arrows_are_buttons_that_work_without_a_script(boss):
    column = make_column(name="动态<b>")
    page = boss.get(COLUMNS).content.decode()
    assert f'formaction="{COLUMNS}{column.pk}/move/up/" aria-label="上移“动态&lt;b&gt;”"' in page
    assert "<b>" not in page.split("<main")[1]
    assert boss.post(f"{COLUMNS}{column.pk}/move/sideways/").status_code == 404
    assert "已经不在" in boss.post(f"{COLUMNS}999999/move/up/", follow=True).content.decode()


@pytest.mark.django_db
def test_moving_needs_the_right_to_change_a_post_and_the_token(client):
    columns = make_tree()
    address = f"{COLUMNS}{columns['甲二'].pk}/move/up/"
    before = tree()
    assert client.post(address).headers["Location"].startswith("/admin/login/")
    looker = client_of(make_staff("news.view_column"))
    assert looker.post(address).status_code == 403
    assert "formaction" not in looker.get(COLUMNS).content.decode()
    editor = make_staff("news.change_column", "news.view_column")
    assert client_of(editor).get(address).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(address).status_code == 403
    assert tree() == before
    client_of(editor).post(address)
    assert tree() != before


class MovesKeepTheTree(TestCase):
    @given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(sorted(DIRECTIONS))), max_size=25))
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test_any_moves_keep_every_column_in_one_tree(self, moves):
        columns = [make_column() for _ in range(7)]
        for index, direction in moves:
            move(pk=columns[index].pk, direction=direction)
        reached = {column.pk for column in Column.objects.with_tree_fields()}
        assert {column.pk for column in columns} <= reached


@pytest.mark.django_db(transaction=True)
def test_moves_at_the_same_time_leave_a_tree():
    columns = [make_column() for _ in range(4)]

    def worker(column):
        try:
            for direction in ("in", "up", "out", "down", "in"):
                move(pk=column.pk, direction=direction)
        finally:
            connection.close()

    threads = [Thread(target=worker, args=[column]) for column in columns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = list(Column.objects.with_tree_fields())
    assert len(rows) == 4
    places = [(row.parent_id, row.position) for row in rows]
    assert len(set(places)) == len(places)
