"""The end of the days allowed stands in a message from its arrival, and everything that shows it agrees."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from feedback import digest, handling, report
from feedback.clock import add_working_days
from feedback.models import Message, Reply, Topic
from tests.factories import client_of, make_message, make_staff, make_user
from tests.feedback.forms import code_on, look, send

pytestmark = pytest.mark.django_db

LIST = "/admin/feedback/message/"
WORK = ("feedback.view_message", "feedback.change_message")
Stage = Message.Stage


@pytest.mark.usefixtures("one_day")
def test_a_message_that_nobody_accepts_turns_amber_and_red(client):
    """The inbox, its filters, the first page, the digest, the receipt and the report say the same of it."""
    code = code_on(send(client, Topic.objects.create(name="入会", days=5)))
    message, boss = Message.objects.get(), client_of(make_staff(*WORK))
    today = timezone.localdate(message.clock_from)
    assert (message.stage, message.due_on) == (Stage.NEW, add_working_days(today, 5))
    assert f"{message.due_on:%Y年%-m月%-d日}" in look(client, message.number, code).text
    for days, clock, light in [(0, "amber", "快到期"), (1, "red", "已超期")]:
        due_on = today - timedelta(days=days)
        Message.objects.update(due_on=due_on)
        assert [row.pk for row in boss.get(f"{LIST}?clock={clock}").context["cl"].result_list] == [message.pk]
        assert light in boss.get(f"{LIST}{message.pk}/change/").text
        assert f"{light}：\n  {message.shown_number}  期限 {due_on}" in digest.text_of(today)
    assert "超过期限的留言" in boss.get("/admin/").text
    begin, end = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    assert report.sheets(make_staff(*WORK), begin, end)[0].rows[0][-1] == 1
    handling.accept(message, by=make_user())
    message.refresh_from_db()
    assert message.due_on == due_on
    handling.write_draft(message, by=make_user(), body="欢迎入会。")
    handling.approve(message, by=make_user(), seen="欢迎入会。")
    assert not Reply.objects.get().is_on_time


def test_a_message_in_quarantine_takes_no_step_before_its_release():
    message = make_message(is_quarantined=True)
    assert "请先放行" in client_of(make_staff(*WORK)).post(f"{LIST}{message.pk}/step/accept/").text
    assert (Message.objects.get().stage, Message.objects.get().due_on) == (Stage.NEW, None)
    handling.release(message, by=make_user())
    message.refresh_from_db()
    assert message.due_on == add_working_days(timezone.localdate(message.clock_from), message.topic.days)


def test_messages_of_before_get_their_deadline_from_their_arrival():
    came, today, topic = (
        timezone.now() - timedelta(days=40),
        timezone.localdate(),
        Topic.objects.create(name="入会", days=5),
    )
    old, held = make_message(topic=topic, created_at=came), make_message(is_quarantined=True)
    accepted = make_message(due_on=today)
    Message.objects.filter(pk=old.pk).update(due_on=None)
    import_module("feedback.migrations.0008_due_on_from_arrival").start_clocks(apps, None)
    ends = [Message.objects.get(pk=message.pk).due_on for message in (old, held, accepted)]
    assert ends == [add_working_days(timezone.localdate(came), 5), None, today]
