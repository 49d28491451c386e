"""What a hand in the database does shows, entries that may go go, and parallel writers make one chain."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.audit import record, triggers
from portal.audit.chain import entry_hash
from portal.audit.verification import first_problem
from portal.models import AuditEntry, AuditHead


@pytest.fixture
def entries(db):
    return [record("login", summary=f"第{number}条") for number in range(1, 7)]


def by_hand(sql, params=()):
    """Run SQL as somebody would who has taken the guard off."""
    with connection.cursor() as cursor:
        for table_trigger in triggers.DROP_SQLITE if connection.vendor == "sqlite" else []:
            cursor.execute(table_trigger)
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER IF EXISTS portal_auditentry_guard ON portal_auditentry")
        cursor.execute(sql, params)


def test_an_untouched_chain_holds(entries, capsys):
    assert first_problem() is None
    call_command("verify_audit")
    assert entries[-1].hash in capsys.readouterr().out


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE portal_auditentry SET summary = '别的' WHERE number = 3", 3),
        ("UPDATE portal_auditentry SET user_name = '别人' WHERE number = 6", 6),
        ("UPDATE portal_auditentry SET at = '2026-01-01T00:00:00Z' WHERE number = 2", 2),
        ("DELETE FROM portal_auditentry WHERE number = 1", 1),
        ("DELETE FROM portal_auditentry WHERE number = 4", 4),
        ("DELETE FROM portal_auditentry WHERE number >= 5", 5),
        ("DELETE FROM portal_auditentry", 1),
        ("UPDATE portal_audithead SET count = 5", 6),
        ("UPDATE portal_audithead SET seal = ''", 6),
        ("DELETE FROM portal_audithead", 1),
    ],
)
def test_the_first_entry_touched_by_hand_is_named(entries, sql, number):
    by_hand(sql)
    assert first_problem().number == number
    with pytest.raises(CommandError, match=f"第 {number} 条"):
        call_command("verify_audit")


def test_entries_that_changed_places_are_found(entries):
    for old, new in ((2, 99), (4, 2), (99, 4)):
        by_hand("UPDATE portal_auditentry SET number = %s WHERE number = %s", [new, old])
    assert first_problem().number == 2


def test_an_entry_put_between_others_is_found(entries):
    for number in range(6, 3, -1):
        by_hand("UPDATE portal_auditentry SET number = %s WHERE number = %s", [number + 1, number])
    forged = AuditEntry(number=4, at=timezone.now(), action="login", previous_hash=entries[2].hash)
    forged.hash = entry_hash(forged, forged.previous_hash)
    forged.save()
    assert first_problem().number == 5  # the forged one fits; the next no longer follows it


def test_a_chain_rewritten_to_its_end_has_no_seal(entries):
    """Who writes everything anew, the head included, lacks the key."""
    last = entries[-1]
    last.summary = "改写"
    last.hash = entry_hash(last, last.previous_hash)
    by_hand("UPDATE portal_auditentry SET summary = '改写', hash = %s WHERE number = 6", [last.hash])
    by_hand("UPDATE portal_audithead SET last_hash = %s", [last.hash])
    assert "封印" in first_problem().text
    record("login")  # the next entry does not heal it
    assert (first_problem().number, AuditEntry.objects.get(number=7).action) == (7, "seal_broken")
    assert first_problem(since=8) is None


def test_a_cut_end_does_not_heal_with_the_next_entry(entries):
    by_hand("DELETE FROM portal_auditentry WHERE number >= 5")
    by_hand("UPDATE portal_audithead SET count = 4, last_hash = %s", [entries[3].hash])
    record("login")
    assert first_problem().number == 5


def test_a_key_is_changed_with_the_old_one_as_fallback(entries, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]
    assert first_problem() is None
    record("login")
    settings.SECRET_KEY_FALLBACKS = []
    assert first_problem() is None


@pytest.mark.parametrize(
    "sql",
    ["UPDATE portal_auditentry SET summary = 'x'", "DELETE FROM portal_auditentry WHERE number = 6"],
)
def test_the_database_refuses_too(entries, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_old_entries_go_and_the_rest_is_verified(entries, capsys):
    old = timezone.now() - timedelta(days=300)
    by_hand("DELETE FROM portal_auditentry")
    AuditHead.objects.all().delete()
    triggers.install()
    for days in (300, 200, 190, 10, 0):
        entry = record("login", at=old + timedelta(days=300 - days))
    call_command("prune_audit", keep_days=195)
    assert "清理了 2 条" in capsys.readouterr().out
    assert list(AuditEntry.objects.values_list("number", flat=True)) == [6, 5, 4, 3]
    assert AuditEntry.objects.get(number=6).action == "prune"
    assert first_problem() is None
    with pytest.raises(CommandError, match="183"):
        call_command("prune_audit", keep_days=182)
    by_hand("UPDATE portal_auditentry SET summary = 'x' WHERE number = %s", [entry.number])
    with pytest.raises(CommandError, match="第 5 条"):
        call_command("prune_audit", keep_days=183)


WRITER = """
import django
django.setup()
from django.db import transaction
from portal.audit import record
for _ in range(15):
    with transaction.atomic():
        record("change")
"""


@pytest.mark.django_db(transaction=True)
def test_parallel_writers_make_one_chain(project, database_url):
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    writers = [subprocess.Popen([sys.executable, "-c", WRITER], cwd=project, env=environment) for _ in range(4)]
    assert [writer.wait(120) for writer in writers] == [0] * 4
    assert AuditHead.objects.get().count == AuditEntry.objects.count() == 60
    assert first_problem() is None
