"""Contacts end with their time, and a person's data is given out or erased on request; the statistics stay."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from feedback import figures, handling, publishing, rights
from feedback.models import InternalNote, Message, MessageAttachment, SenderNotices, Supplement
from feedback.notices import notices
from portal import outbox
from portal.models import OutboxMail, SiteSettings
from portal.models.audit import AuditEntry
from portal.sender_notices import CONFIRM, STOP
from tests.factories import client_of, make_message, make_staff, make_user

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 3, 5, 12, tzinfo=UTC)


def test_contacts_are_erased_after_their_time_and_only_then(monkeypatch):
    monkeypatch.setattr(rights, "BATCH", 2)
    SiteSettings.objects.create(contact_days=365)
    old = [make_message(stage="closed", closed_at=LONG_AGO, email="a@example.org") for _ in range(5)]
    answered = make_message(reply="好。")
    answered.reply.replied_at = LONG_AGO
    answered.reply.save()
    withdrawn = make_message(stage="withdrawn", created_at=LONG_AGO)
    quarantined = make_message(is_quarantined=True, created_at=LONG_AGO)
    kept = [
        make_message(stage="closed", closed_at=timezone.now() - timedelta(days=300)),
        make_message(created_at=LONG_AGO),
    ]
    notices.ask_to_confirm(old[0])
    call_command("erase_contacts", verbosity=0)
    for message in (*old, answered, withdrawn, quarantined):
        message.refresh_from_db()
        assert (message.name, message.phone, message.email, bool(message.contacts_erased_at)) == ("", "", "", True)
        assert message.title
    for message in kept:
        message.refresh_from_db()
        assert (message.name, message.phone) == ("王小明", "010-00000000")
    assert not OutboxMail.objects.exists()
    assert rights.erase_contacts() == 0
    assert [entry.summary for entry in AuditEntry.objects.all()] == ["到期删除 8 条留言的联系方式（365 天）"]


@pytest.fixture
def person(django_capture_on_commit_callbacks):
    message = make_message(
        title="秘密标题",
        body="秘密内容",
        email="wang@example.org",
        reply="秘密答复",
        rating=5,
        rating_comment="秘密评价",
    )
    Supplement.objects.create(message=message, body="秘密补充", digest="d")
    InternalNote.objects.create(message=message, body="秘密备注")
    item = MessageAttachment(message=message, name="秘密.jpg", size=1, digest="d")
    item.file.save("x.jpg", ContentFile(b"x"), save=False)
    item.save()
    handling.add_note(message, by=None, body="秘密")
    return message


def test_a_person_gets_all_that_is_kept(person):
    data = rights.export_person(person)
    text = json.dumps(data, ensure_ascii=False)
    for value in (
        "王小明",
        "010-00000000",
        "wang@example.org",
        "秘密标题",
        "秘密内容",
        "秘密补充",
        "秘密.jpg",
        "秘密答复",
        "秘密评价",
    ):
        assert value in text, value
    assert "秘密备注" not in text
    assert AuditEntry.objects.get().action == "export"


def test_a_person_is_erased_and_the_figures_stay(person, django_capture_on_commit_callbacks):
    month = figures.first_day(timezone.localdate(person.created_at))
    figures.refresh(month)
    file = person.attachments.get().file
    outbox.enqueue("wang@example.org", "x", "秘密", key=f"feedback-{person.pk}-step-1")
    with django_capture_on_commit_callbacks(execute=True):
        rights.erase_person(person)
        rights.erase_person(person)
    person.refresh_from_db()
    stored = str(Message.objects.values().get()) + str(list(person.steps.values())) + str(person.reply.body)
    for value in ("秘密", "王小明", "010-00000000", "wang@"):
        assert value not in stored, value
    assert (person.attachments.count(), person.supplements.count(), person.notes.count()) == (0, 0, 0)
    assert not file.storage.exists(file.name)
    assert not OutboxMail.objects.exists()
    assert (person.stage, person.rating, person.code_hash) == ("answered", 5, "")
    assert figures.refresh(month) == 0


TRACES = (
    "秘密", "王小明", "13800138000", "wang@example.org", "sender-key", "network-key", "text-key", "submission-key",
)  # fmt: skip


def kept_of(values):
    """Which of `values` stand in any column of the tables of messages, of the audit log, of mail and of the search."""
    text, begins = [], ("feedback_", "portal_audit", "portal_outbox", "django_admin_log", "portal_search")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(begins) and not table.startswith("portal_searchentry_"):  # terms, without texts
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                text.append(str(cursor.fetchall()))
    return [value for value in values if value in " ".join(text)]


@pytest.fixture
def whole_way():
    """An answered, published and rated message that has everything that a message can have, and mail on its way."""
    writer, reviewer = make_user(), make_user()
    message = make_message(
        title="秘密标题，王小明", body="秘密内容，打 13800138000", name="王小明", phone="13800138000",
        email="wang@example.org", may_publish=True, passage="王小明", sender_key="sender-key",
        network_key="network-key", text_key="text-key", submission_key="submission-key", code_hash="code-hash",
    )  # fmt: skip
    notices.ask_to_confirm(message)
    notices.confirm(message)
    for step, values in (
        (handling.accept, {}), (handling.assign, {"department": "会员部"}),
        (handling.write_draft, {"body": "王小明：请打 010-00000000。"}), (handling.send_back, {"remark": "王小明，秘密"}),
        (handling.write_draft, {"body": "王小明：请打 010-00000000。"}),
    ):  # fmt: skip
        step(message, by=writer, **values)
    handling.approve(message, by=reviewer, seen="王小明：请打 010-00000000。")
    handling.add_note(message, by=writer, body="秘密备注，13800138000")
    handling.reveal(message, by=writer)
    message = Message.objects.get()
    proposal = publishing.masks_of(message)
    proposal.save()
    publishing.publish(message, by=reviewer, digest=proposal.digest)
    handling.reopen(message, by=writer)
    handling.write_draft(message, by=writer, body="王小明，秘密的第二稿")
    Message.objects.update(stage="closed", closed_at=LONG_AGO, rating=5, rating_comment="秘密评价")
    Supplement.objects.create(message=message, body="秘密补充", digest="d")
    item = MessageAttachment(message=message, name="秘密.jpg", size=1, digest="d")
    item.file.save("x.jpg", ContentFile(b"x"), save=False)
    item.save()
    return Message.objects.get()


def test_an_erased_person_is_in_no_column_of_any_table(whole_way, django_capture_on_commit_callbacks):
    month = figures.first_day(timezone.localdate(whole_way.created_at))
    figures.refresh(month)
    file = whole_way.attachments.get().file
    assert kept_of(TRACES) == list(TRACES)
    with django_capture_on_commit_callbacks(execute=True):
        rights.erase_person(whole_way)
        assert file.storage.exists(file.name)  # until it is committed
    assert kept_of((*TRACES, "code-hash")) == []
    assert not file.storage.exists(file.name)
    assert figures.refresh(month) == 0
    assert Message.objects.get().rating == 5


def test_after_their_time_contacts_are_in_no_column_of_any_table(client, whole_way, django_capture_on_commit_callbacks):
    month = figures.first_day(timezone.localdate(whole_way.created_at))
    figures.refresh(month)
    item = whole_way.attachments.get()
    forgotten = MessageAttachment(name="秘密草稿.jpg", size=1, digest="d", draft_key="k", created_at=LONG_AGO)
    forgotten.file.save("y.jpg", ContentFile(b"y"), save=False)
    forgotten.save()
    public = client.get(whole_way.get_absolute_url()).text
    with django_capture_on_commit_callbacks(execute=True):
        assert rights.erase_contacts() == 1
    assert kept_of(set(TRACES) - {"秘密"}) == []
    message = Message.objects.get()
    assert (message.title, message.body, message.reply.body) == (
        "秘密标题，***", "秘密内容，打 ***", "***：请打 010-00000000。",
    )  # fmt: skip
    assert kept_of(["秘密评价", "秘密补充", "秘密.jpg", "秘密草稿", "秘密的第二稿"]) == []
    assert not [row for row in (item, forgotten) if row.file.storage.exists(row.file.name)]
    assert client.get(message.get_absolute_url()).text == public
    assert message.publication.digest == publishing.digest_of(publishing.texts_of(message))
    assert (message.rating, message.notes.get().body, figures.refresh(month)) == (5, "秘密备注，***", 0)


def test_an_open_message_that_is_erased_ends():
    message = make_message()
    assert rights.erase_person(message).stage == "withdrawn"


def test_staff_need_the_right_and_the_number(person):
    address = f"/admin/feedback/message/{person.pk}/person/"
    worker = client_of(make_staff("feedback.view_message", "feedback.erase_person"))
    response = worker.post(f"{address}export/")
    assert json.loads(response.content)["姓名"] == "王小明"
    worker.post(f"{address}erase/", {"number": "1"})
    assert Message.objects.get().name == "王小明"
    worker.post(f"{address}erase/", {"number": person.shown_number})
    assert Message.objects.get().name == ""
    assert worker.post(f"{address}nonsense/").status_code == 404
    assert {entry.action for entry in AuditEntry.objects.all()} == {"export", "erase"}


def link_in(mail):
    return next(line for line in mail.body.splitlines() if "/feedback/notices/" in line)


def test_news_go_only_to_a_confirmed_address_and_never_hold_the_text(client):
    message = make_message(email="wang@example.org", title="秘密标题", body="秘密内容")
    handling.accept(message, by=make_user())
    assert not OutboxMail.objects.exists()
    notices.ask_to_confirm(message)
    notices.ask_to_confirm(message)
    link = link_in(OutboxMail.objects.get())
    assert client.get(link).status_code == 200
    assert not SenderNotices.objects.exists()  # a mail program that opens links confirms nothing
    page = client.post(link)
    assert (page.status_code, "已确认" in page.text, "no-store" in page["Cache-Control"], page.cookies) == (
        200,
        True,
        True,
        {},
    )
    handling.assign(message, by=make_user(), department="会员部")
    mail = OutboxMail.objects.exclude(key__endswith="confirm").get()
    assert (mail.to, message.shown_number in mail.body) == ("wang@example.org", True)
    for row in OutboxMail.objects.all():
        assert "秘密" not in row.subject + row.body
        assert "王小明" not in row.body
    stop = link_in(mail)
    client.get(stop)
    assert SenderNotices.objects.get().stopped_at is None
    client.post(stop)
    handling.reject(message, by=make_user(), reason="x")
    assert OutboxMail.objects.count() == 2


def test_a_link_that_is_false_old_or_of_another_address_does_nothing(client):
    message = make_message(email="wang@example.org")
    good = notices.token(message, CONFIRM)
    for token in ("x", good[:-1], notices.token(message, STOP)):
        assert client.post(f"/feedback/notices/confirm/{token}/").status_code == 410
    Message.objects.update(email="li@example.org")
    assert client.post(f"/feedback/notices/confirm/{good}/").status_code == 410
    assert not SenderNotices.objects.exists()


def test_the_digest_goes_once_a_day_to_its_readers_and_holds_numbers_only():
    from feedback import digest

    reader = make_staff("feedback.receive_digest", email="head@example.org")
    make_staff("feedback.view_message", email="other@example.org")
    today = timezone.localdate()
    late = make_message(stage="assigned", due_on=today - timedelta(days=1), title="秘密标题")
    assert (digest.write(today), digest.write(today)) == (1, 1)
    mail = OutboxMail.objects.get()
    assert (mail.to, late.shown_number in mail.body, "秘密" in mail.body) == (reader.email, True, False)
