"""Mail is written with what it tells about, sent after the commit, and never twice."""

import smtplib
import socket
import socketserver
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from portal import outbox
from portal.models import AuditEntry, OutboxMail
from tests.factories import client_of, make_staff

pytestmark = pytest.mark.django_db
State = OutboxMail.State


class Broken(EmailBackend):
    """A mail server that fails as the test says: at the door (`opening`) or while it takes a mail (`sending`)."""

    opening = sending = None

    def open(self):
        if self.opening:
            raise self.opening

    def send_messages(self, messages):
        if self.sending:
            raise self.sending
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    monkeypatch.setattr(Broken, "opening", None)
    monkeypatch.setattr(Broken, "sending", None)
    return Broken


def later(**pause):
    """Make all that waits due, as if time had gone by."""
    OutboxMail.objects.filter(state=State.WAITING).update(
        next_try_at=timezone.now() - timedelta(**pause or {"hours": 1})
    )


def write(key="k", to="wang@example.org"):
    outbox.enqueue(to, "有新的办理结果", "请用回执号查询。", key=key)


def test_a_mail_is_sent_once_and_its_text_and_address_are_not_kept(server):
    write()
    write()
    assert outbox.send_due()[State.SENT] == 1
    assert sum(outbox.send_due().values()) == 0
    write()
    outbox.send_due()
    assert [message.to for message in mail.outbox] == [["wang@example.org"]]
    row = OutboxMail.objects.get()
    assert (row.state, row.to, row.body) == (State.SENT, "", "")


def test_what_is_rolled_back_tells_nobody(server):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    outbox.send_due()
    assert (mail.outbox, OutboxMail.objects.count()) == ([], 0)


def test_a_dead_server_delays_and_loses_nothing(server):
    server.opening = ConnectionRefusedError()
    write()
    pauses = []
    for _ in range(5):
        outbox.send_due()
        row = OutboxMail.objects.get()
        assert (row.state, row.error) == (State.WAITING, "ConnectionRefusedError")
        pauses.append(round((row.next_try_at - timezone.now()).total_seconds() / 60))
        assert sum(outbox.send_due().values()) == 0
        later()
    assert pauses == [1, 2, 4, 8, 16]
    server.opening = None
    assert outbox.send_due()[State.SENT] == 1


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (smtplib.SMTPDataError(451, b"later"), State.WAITING),
        (smtplib.SMTPRecipientsRefused({"wang@example.org": (450, b"greylisted")}), State.WAITING),
        (smtplib.SMTPRecipientsRefused({"wang@example.org": (550, b"no such user")}), State.FAILED),
        (smtplib.SMTPServerDisconnected(), State.UNSURE),
        (TimeoutError(), State.UNSURE),
    ],
)
def test_what_may_have_been_taken_is_not_sent_again(server, error, state):
    server.sending = error
    write()
    outbox.send_due()
    row = OutboxMail.objects.get()
    assert row.state == state
    assert "wang" not in row.error
    server.sending = None
    later()
    outbox.send_due()
    assert len(mail.outbox) == (1 if state == State.WAITING else 0)


def test_a_sender_that_dies_while_sending_leaves_the_mail_to_a_person(server):
    class Died(BaseException):
        pass

    server.sending = Died()
    write()
    with pytest.raises(Died):
        outbox.send_due()
    server.sending = None
    assert sum(outbox.send_due().values()) == 0
    OutboxMail.objects.update(claimed_at=timezone.now() - timedelta(hours=1))
    assert sum(outbox.send_due().values()) == 0
    assert (OutboxMail.objects.get().state, mail.outbox) == (State.UNSURE, [])


def test_after_many_failures_and_after_days_it_gives_up_visibly(server):
    server.opening = socket.gaierror()
    write()
    for _ in range(outbox.TRIES_MAX):
        outbox.send_due()
        later()
    assert OutboxMail.objects.get().state == State.FAILED
    server.opening = None
    write(key="old")
    OutboxMail.objects.filter(key="old").update(created_at=timezone.now() - timedelta(days=9))
    outbox.send_due()
    assert (OutboxMail.objects.get(key="old").state, mail.outbox) == (State.FAILED, [])


def test_a_line_break_in_a_subject_makes_no_header(server):
    outbox.enqueue("wang@example.org", "有结果\r\nBcc: all@example.org", "。", key="k")
    outbox.send_due()
    assert mail.outbox[0].message()["Bcc"] is None


def test_a_person_is_forgotten(server):
    write()
    write(key="other", to="li@example.org")
    assert outbox.forget("k") == 1
    outbox.send_due()
    assert [message.to for message in mail.outbox] == [["li@example.org"]]


def test_without_a_mail_server_nothing_is_tried(server, settings, capsys):
    write()
    settings.MAIL_IS_ON = False
    call_command("send_mail_outbox")
    assert OutboxMail.objects.get().attempts == 0
    settings.MAIL_IS_ON = True
    call_command("send_mail_outbox")
    assert OutboxMail.objects.get().state == State.SENT
    assert "wang" not in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_eight_senders_at_once_send_each_mail_once(server):
    for number in range(20):
        write(key=f"k{number}", to=f"user{number}@example.org")

    def work():
        try:
            outbox.send_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(message.to[0] for message in mail.outbox) == sorted(
        f"user{number}@example.org" for number in range(20)
    )


class Smtp(socketserver.StreamRequestHandler):
    """Just enough of SMTP; it takes the mail and, if told to, hangs up instead of saying so."""

    def handle(self):
        self.wfile.write(b"220 x\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.taken.append(b"".join(lines))
                if self.server.hangs_up:
                    return
            self.wfile.write(b"250 ok\r\n" if word != b"QUIT" else b"221 bye\r\n")


@pytest.mark.parametrize("hangs_up", [False, True])
def test_a_real_server_gets_it_once_even_if_it_hangs_up_after_taking_it(settings, hangs_up):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp) as smtp:
        smtp.taken, smtp.hangs_up, smtp.daemon_threads = [], hangs_up, True
        threading.Thread(target=smtp.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = smtp.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        write()
        for _ in range(3):
            outbox.send_due()
            later()
        smtp.shutdown()
    assert len(smtp.taken) == 1
    assert OutboxMail.objects.get().state == (State.UNSURE if hangs_up else State.SENT)


def test_a_person_decides_what_becomes_of_an_unsure_mail(server):
    for number, state in enumerate((State.UNSURE, State.FAILED, State.SENDING)):
        write(key=f"k{number}")
        OutboxMail.objects.filter(key=f"k{number}").update(state=state, attempts=3)
    OutboxMail.objects.create(key="sent", state=State.SENT)
    client = client_of(make_staff("portal.view_outboxmail", "portal.change_outboxmail"))
    address = "/admin/portal/outboxmail/"
    page = client.get(address).text
    assert "wang@example.org" not in page
    keys = list(OutboxMail.objects.values_list("pk", flat=True))
    client.post(address, {"action": "send_again", "_selected_action": keys})
    again = OutboxMail.objects.filter(key__in=["k0", "k1"])
    assert {int(entry.object_id) for entry in AuditEntry.objects.filter(summary="再发一次")} == {
        row.pk for row in again
    }
    outbox.send_due()
    states = dict(OutboxMail.objects.values_list("key", "state"))
    assert states == {"k0": State.SENT, "k1": State.SENT, "k2": State.SENDING, "sent": State.SENT}
    assert len(mail.outbox) == 2
    assert client.post(f"{address}{keys[0]}/delete/").status_code == 403
