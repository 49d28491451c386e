"""Spam waits apart, people get through: scores, the question, the quarantine, and limits that no header evades."""

import hashlib
from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from feedback import handling
from feedback.clock import add_working_days
from feedback.models import Message, MessageAttachment, Quarantined, Topic
from feedback.notices import notices
from portal.models import AuditEntry, OutboxMail, SpamWord
from portal.proxies import TrustedProxies
from portal.spam import challenge, words
from portal.spam.judgement import Sent, judge
from portal.spam.senders import ADDRESS_BITS, span
from portal.spam.starting_words import rows
from tests.factories import client_of, make_message, make_staff, make_user
from tests.feedback.forms import FILLED, answered, code_on, hidden_of, make_topic, old_stamp, pdf, send
from tests.feedback.labelled import honest, spam
from tests.wsgi_reader import Reader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]
ADVERT = {"title": "专业代开发票", "body": "代开发票，税点低，加微信 fp88866 咨询。"}
LIST = "/admin/feedback/quarantined/"


@pytest.fixture(autouse=True)
def starting_words():
    SpamWord.objects.bulk_create([SpamWord(word=word, weight=weight) for word, weight in rows()], ignore_conflicts=True)
    words.forget()
    cache.clear()
    yield
    words.forget()


def test_every_honest_message_arrives_and_hardly_one_waits_in_quarantine(client):
    topic, asked = make_topic(), 0
    for number, (title, body) in enumerate(honest()):
        address = f"198.51.{number % 250}.{number % 199 + 1}"
        values = {"title": title, "body": body, "name": f"张{number}", "phone": f"010-{number:08d}"}
        response = send(client, topic, address=address, **values)
        if response.status_code == 422:
            asked += 1
            response = answered(client, response, address=address)
        assert response.status_code == 200, (title, body)
        assert "留言已收到" in response.text
    total, held = Message.objects.count(), Quarantined.objects.count()
    assert total == len(honest()) >= 200
    assert held <= total * 0.01, list(Quarantined.objects.values_list("title", "spam_reasons"))
    assert asked <= total * 0.05


def test_spam_is_asked_or_waits_apart_and_none_is_published(client):
    topic = make_topic()
    for number, (title, body) in enumerate(spam()):
        address = f"192.0.{number % 250}.{number % 199 + 1}"
        response = send(client, topic, address=address, title=title[:50], body=body, phone=str(number))
        assert response.status_code == 422, (title, body)
        assert Message.objects.count() == number  # nothing is kept of a program that does not answer
        assert answered(client, response, address=address).status_code == 200
    assert Message.objects.count() >= 200
    assert Quarantined.objects.count() >= 0.95 * len(spam())
    assert not Message.objects.published().exists()
    assert "代开发票" not in client.get("/feedback/").text


def test_the_question_keeps_words_and_files_and_needs_no_script(client):
    topic = make_topic()
    response = send(client, topic, files=[pdf("证明.pdf")], **ADVERT)
    assert response.status_code == 422
    for text in (ADVERT["title"], ADVERT["body"], FILLED["name"], "证明.pdf"):
        assert text in response.text
    wrong = answered(client, response, answer="99")
    assert wrong.status_code == 422
    assert "答案不对" in wrong.text
    right = answered(client, wrong)
    again = answered(client, wrong)
    assert code_on(right) == code_on(again)
    message = Quarantined.objects.get()
    assert (message.body, message.clock_from, message.is_public) == (ADVERT["body"], None, False)
    assert "用词：代开发票（3）" in message.spam_reasons
    assert [row.name for row in message.attachments.all()] == ["证明.pdf"]


def test_going_back_to_change_the_words_loses_nothing(client):
    response = send(client, make_topic(), files=[pdf("证明.pdf")], **ADVERT)
    page = client.post("/feedback/new/", hidden_of(response.text) | {"change": "1"})
    assert page.status_code == 200
    for text in (ADVERT["title"], ADVERT["body"], FILLED["name"], "证明.pdf"):
        assert text in page.text
    assert MessageAttachment.objects.count() == 1


def test_a_proof_of_work_stands_for_the_answer_and_for_this_form_only(client):
    topic = make_topic()
    fields = hidden_of(send(client, topic, **ADVERT).text)
    signature = fields["token"].rpartition(":")[2]
    proof = next(str(n) for n in count() if hashlib.sha256(f"{signature}{n}".encode()).digest()[:2] == b"\0\0")
    other = fields | {"proof": proof, "body": ADVERT["body"] + "另一条"}
    assert client.post("/feedback/new/", other, REMOTE_ADDR="203.0.113.7").status_code == 422
    elsewhere = client.post("/feedback/new/", fields | {"proof": proof}, REMOTE_ADDR="198.51.100.1")
    assert elsewhere.status_code == 422
    assert client.post("/feedback/new/", fields | {"proof": proof}, REMOTE_ADDR="203.0.113.7").status_code == 200


@pytest.mark.parametrize(
    ("token", "proof", "answer"),
    [("x", "1", "1"), ("", "", ""), ("a:b:c", "9" * 12, "\x00"), ("W10:1:x", "-1", "二十")],
)
def test_a_made_up_challenge_opens_nothing(client, token, proof, answer):
    response = send(client, make_topic(), token=token, proof=proof, answer=answer, **ADVERT)
    assert response.status_code == 422
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("typed", "number"),
    [("8", 8), ("８", 8), (" 八。", 8), ("十二", 12), ("两", 2), ("", None), ("八十", None), ("\x00", None)],
)
def test_an_answer_may_be_written_in_any_digits(typed, number):
    assert challenge.number_of(typed) == number


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, False), ({"stamp": "made:up"}, True), ({"stamp": ""}, True), ({"stamp": old_stamp(1)}, False), ({"homepage": "http://x"}, True),
        ({"stamp": old_stamp(90 * 24 * 3600)}, False), ({"body": "see http://a.com http://b.com http://c.com"}, True),
    ],
)  # fmt: skip
def test_only_a_suspicious_form_is_asked(client, changes, asked):
    response = send(client, make_topic(), **changes)
    assert ("还差一步" in response.text) is asked
    assert Message.objects.exists() is not asked


def test_many_from_one_address_are_asked_and_a_header_changes_nothing():
    topic = make_topic()
    answers = [send(Client(), topic, title=f"第 {n} 件事", body=f"问第 {n} 件事") for n in range(7)]
    assert [response.status_code for response in answers] == [200] * 5 + [422] * 2
    headers = {"X-Forwarded-For": "8.8.8.8"}
    assert send(Client(), topic, title="再一件", body="再一件", headers=headers).status_code == 422
    assert send(Client(), topic, title="再一件", body="再一件", address="198.51.100.1").status_code == 200


def test_a_proxys_word_counts_only_where_it_is_trusted():
    seen = []
    application = lambda environ, start: seen.append(environ["REMOTE_ADDR"]) or start("200 OK", []) or [b""]  # noqa: E731
    for trusted in ([], ["10.0.0.0/8"]):
        Reader(TrustedProxies(application, trusted), REMOTE_ADDR="10.0.0.1").get(
            "/", HTTP_X_FORWARDED_FOR="203.0.113.9"
        )
    assert seen == ["10.0.0.1", "203.0.113.9"]


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("203.0.113.7", "203.0.113.7/32"), ("2001:db8:1:2:3::9", "2001:db8:1:2::/64"), ("::ffff:203.0.113.7", "203.0.113.7/32"),
        ("fe80::1%eth0", "fe80::/64"), ("", ""), ("unknown", ""),
    ],
)  # fmt: skip
def test_an_address_is_a_household(address, whole):
    assert span(address, ADDRESS_BITS) == whole


@pytest.mark.parametrize("written", ["代 开 发 票", "代\u200b开发票", "代.开.发.票", "代-开-发-票"])
def test_words_are_found_however_they_are_spaced(written):
    assert [word for word, _ in words.found(written)] == ["代开发票"]


def test_a_word_of_staff_counts_and_one_taken_out_does_not():
    sent = Sent(("", "我们卖量子水杯"), old_stamp())
    assert judge(sent).score == 0
    row = SpamWord.objects.create(word="量子水杯", weight=5)
    words.forget()
    assert judge(sent).quarantines
    SpamWord.objects.filter(pk=row.pk).update(is_active=False)
    words.forget()
    assert judge(sent).score == 0


def test_staff_see_the_reasons_and_a_click_releases_and_starts_the_clock(client):
    answered(client, send(client, make_topic(), **ADVERT))
    message = Message.objects.get()
    may = ("feedback.view_quarantined", "feedback.view_message")
    person = make_staff(*may, "feedback.change_quarantined")
    looker, keeper = client_of(make_staff(*may)), client_of(person)
    assert "用词：代开发票" in keeper.get(LIST).text
    assert ADVERT["title"] not in keeper.get("/admin/feedback/message/").text
    address = f"{LIST}{message.pk}/change/"
    assert "放行" not in looker.get(address).text
    assert looker.post(address, {"_release": "1"}).status_code == 403
    assert client_of(make_staff("feedback.change_topic")).get(address).status_code == 403
    assert "放行" in keeper.get(address).text
    assert keeper.post(address, {"nonsense": "1"}).status_code == 403
    for _ in range(2):  # a second click finds it done
        assert keeper.post(address, {"_release": "1"}).status_code in (302, 404)
    message.refresh_from_db()
    assert (message.is_quarantined, message.stage) == (False, "new")
    assert message.clock_from is not None
    assert [(step.action, step.by) for step in message.steps.all()] == [("receive", person)]
    assert [(row.action, row.object_id) for row in AuditEntry.objects.all()] == [("restore", str(message.pk))]
    assert ADVERT["title"] in keeper.get("/admin/feedback/message/").text


def test_what_is_released_is_told_and_has_its_days_from_then():
    topic = Topic.objects.create(name="入会", days=5)
    message = make_message(topic=topic, email="wang@example.org", is_quarantined=True)
    Message.objects.update(created_at=timezone.now() - timedelta(days=40))
    notices.ask_to_confirm(message)
    assert not OutboxMail.objects.exists()
    handling.release(message, by=make_user())
    mail = OutboxMail.objects.get()
    assert (mail.to, "/feedback/notices/confirm/" in mail.body) == ("wang@example.org", True)
    handling.accept(message, by=make_user())
    message.refresh_from_db()
    assert message.due_on == add_working_days(timezone.localdate(message.clock_from), 5)
    with pytest.raises(handling.NotNow):
        handling.release(message, by=make_user())
    with pytest.raises(handling.NotNow):
        handling.confirm_spam(message, by=make_user())


def test_contacts_in_quarantine_are_hidden_until_somebody_with_the_right_asks_and_that_is_written_down():
    message = make_message(phone="13800138000", email="wang@example.org", is_quarantined=True)
    address = f"{LIST}{message.pk}/change/"
    may = ("feedback.view_quarantined", "feedback.change_quarantined")
    looker, trusted = make_staff(*may), make_staff(*may, "feedback.reveal_contacts")
    for user in (looker, trusted):
        page = client_of(user).get(address).text
        assert not [word for word in ("王小明", "13800138000", "wang@") if word in page]
        assert f'<a href="{LIST}">疑似垃圾信息</a> › {message.shown_number}' in page  # the way back
        assert (f'action="{address}"' in page and 'name="_reveal"' in page) == (user == trusted)
    assert client_of(looker).post(address, {"_reveal": "1"}).status_code == 403
    assert "13800138000" not in client_of(trusted).get(f"{address}?_reveal=1").text
    assert not AuditEntry.objects.exists()
    page = client_of(trusted).post(address, {"_reveal": "1"})
    assert "13800138000" in page.text
    assert "no-store" in page["Cache-Control"]
    entry = AuditEntry.objects.get(action="reveal")
    assert (entry.user_id, entry.object_id) == (trusted.pk, str(message.pk))
    assert [step.action for step in message.steps.all()] == ["reveal"]
    message.refresh_from_db()
    assert message.is_quarantined
    assert client_of(trusted).get(f"{LIST}0/change/").status_code == 404


def test_what_is_confirmed_as_spam_can_still_be_released(client):
    answered(client, send(client, make_topic(), **ADVERT))
    keeper = client_of(make_staff("feedback.view_quarantined", "feedback.change_quarantined"))
    pk = Message.objects.get().pk
    keeper.post(LIST, {"action": "confirm", "_selected_action": [pk]})
    assert Message.objects.get().stage == "spam"
    keeper.post(LIST, {"action": "release", "_selected_action": [pk]})
    assert (Message.objects.get().stage, Message.objects.get().is_quarantined) == ("new", False)
