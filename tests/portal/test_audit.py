"""The audit log: what it holds, that it only grows, and that a hand in the database shows."""

from contextlib import suppress

import pytest

from portal.audit import gathered, record, record_many
from portal.audit.verification import first_problem
from portal.models import AppendOnly, AuditEntry, AuditHead
from tests.factories import make_article, make_message, make_user

pytestmark = pytest.mark.django_db


def test_entries_are_numbered_and_chained():
    user = make_user(name="张三", username="zhang")
    article = make_article(title="一篇文章")
    first = record(
        "publish", obj=article, user=user, address="10.0.0.1", changes={"标题": ["旧", "新"]}, summary="终审"
    )
    second, third = record_many("delete", [article, make_message(title="不要记下")])
    assert (first.number, first.object_type, first.object_id) == (1, "news.article", str(article.pk))
    assert (first.user_name, first.address, first.object_name) == ("张三（zhang）", "10.0.0.1", "一篇文章")
    assert second.previous_hash == first.hash
    assert third.previous_hash == second.hash
    head = AuditHead.objects.get()
    assert (head.count, head.last_hash) == (3, third.hash)


def test_entries_that_are_gathered_are_written_at_the_end_or_not_at_all(django_assert_max_num_queries):
    record("login")
    with django_assert_max_num_queries(3), gathered():
        record("submit")
        record_many("delete", [None, None])
    assert [entry.action for entry in AuditEntry.objects.order_by("number")] == ["login", "submit", "delete", "delete"]
    with suppress(ZeroDivisionError), gathered():
        record("submit")
        raise ZeroDivisionError
    record("logout")
    assert AuditEntry.objects.latest("number").number == 5
    assert first_problem() is None


def test_what_no_database_keeps_is_made_plain():
    entry = record("change", changes={"字\x00段": [1.5, "\ud800", None, {"a": {2**60}}]}, summary="长" * 400)
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert kept.changes == {"字段": ["1.5", "?", None, {"a": [str(2**60)]}]}
    assert len(kept.summary) == 300


def test_nothing_in_the_application_changes_or_removes_an_entry():
    entry = record("login")
    for attempt in (
        entry.save,
        entry.delete,
        lambda: AuditEntry.objects.update(summary="x"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.bulk_update([entry], ["summary"]),
    ):
        with pytest.raises(AppendOnly):
            attempt()
    assert AuditEntry.objects.get() == entry
