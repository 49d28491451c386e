"""Mail from the database: written with what it tells about, sent after the commit, never twice.

SMTP cannot say whether a mail was taken when the connection breaks in its last step. Such a mail, and one whose
sender died while sending, is UNSURE: it is left for a person instead of being sent again. A failure that is certain
(nobody answered, the server refused) is tried again, later and later.
"""

import hashlib
import logging
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.models.outbox import OutboxMail

logger = logging.getLogger(__name__)

State = OutboxMail.State
LEASE = timedelta(minutes=10)  # after which a sender is taken for dead; a mail takes EMAIL_TIMEOUT seconds at most
TRIES_MAX = 12  # the last after about two days
AGE_MAX = timedelta(days=4)  # older news is not sent any more, as when mail was switched on late
WAIT_MAX = timedelta(hours=6)
NOT_TAKEN = (
    smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPHeloError,
    smtplib.SMTPNotSupportedError, smtplib.SMTPAuthenticationError,
)  # fmt: skip


def enqueue(to, subject, body, *, key, not_before=None):
    """Write a mail to be sent after the commit of the current transaction, and not before the time `not_before`.

    `key` (150 characters at most) names the occasion: a second mail with the same key is not written. An empty `to`
    writes nothing.
    """
    if to:
        due = max(timezone.now(), not_before or timezone.now())
        mail = OutboxMail(
            to=to, subject=" ".join(subject.split())[:150], body=body, key=key, created_at=due, next_try_at=due
        )
        OutboxMail.objects.bulk_create([mail], ignore_conflicts=True)


def forget(beginning):
    """Drop the mails whose key begins with `beginning` and that are not on their way; what was sent keeps its key."""
    unsent = OutboxMail.objects.filter(key__startswith=beginning).exclude(state__in=[State.SENDING, State.SENT])
    return unsent.delete()[0]


def send_due(*, limit=100):
    """Send what is due; return {State: how many}. Any number of processes may do this at once."""
    set_aside()
    due = OutboxMail.objects.filter(state=State.WAITING, next_try_at__lte=timezone.now())
    results = dict.fromkeys(State, 0)
    for key in list(due.order_by("next_try_at").values_list("pk", flat=True)[:limit]):
        if claimed(key):
            results[send(OutboxMail.objects.get(pk=key))] += 1
    return results


def set_aside():
    """Leave to a person what a dead sender had begun, and what has waited too long."""
    now = timezone.now()
    begun = OutboxMail.objects.filter(state=State.SENDING, claimed_at__lte=now - LEASE)
    begun.update(state=State.UNSURE, error="发送中断")
    old = OutboxMail.objects.filter(state=State.WAITING, next_try_at__lte=now, created_at__lte=now - AGE_MAX)
    old.update(state=State.FAILED, error="等待太久，已放弃")


def claimed(key):
    """Take the mail for this process: committed before the server hears of it."""
    with transaction.atomic(durable=True):
        return OutboxMail.objects.filter(pk=key, state=State.WAITING).update(
            state=State.SENDING, claimed_at=timezone.now(), attempts=F("attempts") + 1
        )


def send(mail):
    """Send a claimed mail; return its new State."""
    connection = get_connection(timeout=settings.EMAIL_TIMEOUT)
    try:
        connection.open()
    except Exception as error:
        return put_back(mail, error)
    try:
        message_of(mail, connection).send()
    except NOT_TAKEN as error:
        return put_back(mail, error, is_final=is_permanent(error))
    except Exception as error:
        return settle(mail, State.UNSURE, error=type(error).__name__)
    finally:
        close(connection)
    return settle(mail, State.SENT, to="", body="", error="", sent_at=timezone.now())


def message_of(mail, connection):
    """Build the mail. Its id comes from the key, so that a server that sees it twice can tell."""
    name = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
    headers = {"Message-ID": f"<{name}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(mail.subject, mail.body, to=[mail.to], connection=connection, headers=headers)


def is_permanent(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return False


def put_back(mail, error, *, is_final=False):
    """Try again after a pause that doubles: 1, 2, 4 … minutes, six hours at most."""
    name = type(error).__name__  # never its text, which may hold the address
    if is_final or mail.attempts >= TRIES_MAX:
        return settle(mail, State.FAILED, error=name)
    pause = min(timedelta(minutes=2 ** (mail.attempts - 1)), WAIT_MAX)
    return settle(mail, State.WAITING, error=name, next_try_at=timezone.now() + pause)


def settle(mail, state, **values):
    """Record the outcome, also where the mail was meanwhile taken for abandoned; not where a person sent it again."""
    own = OutboxMail.objects.filter(pk=mail.pk, attempts=mail.attempts, state__in=[State.SENDING, State.UNSURE])
    own.update(state=state, **values)
    logger.info("mail %s: %s %s", mail.pk, state, values.get("error", ""))
    return state


def close(connection):
    try:
        connection.close()
    except Exception as error:  # the mail's fate is decided
        logger.info("mail connection: %s", type(error).__name__)
