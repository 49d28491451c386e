"""What a contributor is told by mail: only at a confirmed address, stage by stage, never with the text."""

from datetime import timedelta

import pytest
from django.utils import timezone

from news import review
from news.contributions import steps
from news.contributions.notices import article_changed, notices
from news.models import Article, Submission, SubmissionNotices
from portal import outbox
from portal.models import OutboxMail
from portal.sender_notices import CONFIRM
from tests.factories import client_of, make_article, make_column, make_member, make_source, make_user
from tests.news.contributions import WORDS, act, code_on, look, send, step

pytestmark = pytest.mark.django_db
EMAIL = "zhang@example.org"


@pytest.fixture
def confirmed(client):
    """(submission, code) of a contributor who has confirmed the address."""
    code = code_on(send(client, email=EMAIL))
    link = link_in(OutboxMail.objects.get())
    assert client.get(link).status_code == 200
    assert not SubmissionNotices.objects.exists()  # a mail program that opens links confirms nothing
    page = client.post(link)
    assert ("已确认" in page.text, "no-store" in page["Cache-Control"], page.cookies) == (True, True, {})
    return Submission.objects.get(), code


def link_in(mail):
    return next(line for line in mail.body.splitlines() if "/contribute/notices/" in line)


def told():
    return [mail.body for mail in OutboxMail.objects.exclude(key__endswith="confirm").order_by("pk")]


def test_each_step_is_told_to_a_confirmed_address_without_the_text(client, confirmed):
    item, code = confirmed
    editor = make_member("editor")
    steps.read(item, by=editor)
    steps.send_back(item, by=editor, remarks="请补充秘密数据")
    act(client, look(client, item.number, code), "rewrite", **WORDS, email=EMAIL)
    column, source = make_column(reviews=1), make_source()
    step(client_of(editor), item, "adopt", column=column.pk, source=source.name, submits="on")
    article = Article.objects.get()
    review.approve(article, by=make_member("first"), version=article.latest_version)
    said = told()
    words = ("已收到", "需要修改", "修改稿已收到", "已采用", "已经发表")
    assert [word for word, body in zip(words, said, strict=True) if word in body] == list(words)
    assert article.get_absolute_url() in said[-1]
    assert not [body for body in said[:-1] if article.get_absolute_url() in body]
    for mail in OutboxMail.objects.all():
        assert mail.to == EMAIL
        assert item.shown_number in mail.body
        for secret in (WORDS["title"], "分布式光伏", "秘密", WORDS["author"], WORDS["phone"], code):
            assert secret not in mail.subject + mail.body, secret
    client.post(link_in(OutboxMail.objects.latest("pk")))
    assert SubmissionNotices.objects.get().stopped_at


def test_a_declined_one_is_told_and_after_unsubscribing_nothing(client, confirmed):
    item, _ = confirmed
    notices.stop(item)
    steps.read(item, by=make_user())
    assert told() == []
    notices.confirm(item)
    steps.decline(item, by=make_user(), remarks="与开发区无关")
    assert ["没有采用" in body for body in told()] == [True]


def test_nobody_is_written_to_who_did_not_confirm_or_gave_no_address(client):
    send(client, email=EMAIL)
    send(client, title="另一篇")
    for item in Submission.objects.all():
        steps.read(item, by=make_user())
    assert told() == []
    assert OutboxMail.objects.get().to == EMAIL
    item = Submission.objects.get(email=EMAIL)
    good = notices.token(item, CONFIRM)
    for token in ("x", good[:-1], notices.token(item, "stop")):
        assert client.post(f"/contribute/notices/confirm/{token}/").status_code == 410


def test_one_in_quarantine_is_asked_when_it_is_released():
    item = Submission.objects.create(title="可疑", source="某", author="某", email=EMAIL, is_quarantined=True)
    notices.ask_to_confirm(item)
    assert not OutboxMail.objects.exists()
    steps.release(item, by=make_user())
    assert OutboxMail.objects.get().to == EMAIL


def test_another_address_is_asked_anew(client, confirmed):
    item, code = confirmed
    steps.send_back(item, by=make_user(), remarks="请改")
    OutboxMail.objects.all().delete()
    act(client, look(client, item.number, code), "rewrite", **WORDS, email="li@example.org")
    assert [(mail.to, "confirm" in mail.key) for mail in OutboxMail.objects.all()] == [("li@example.org", True)]
    assert not SubmissionNotices.objects.exists()


@pytest.mark.usefixtures("confirmed")
def test_an_article_of_a_later_time_is_told_then_and_not_once_it_is_withdrawn():
    later = timezone.now() + timedelta(days=9)
    article = make_article(kind="submission", published_at=later)
    Submission.objects.update(article=article, stage="adopted")
    article_changed(article)
    mail = OutboxMail.objects.get(key__endswith="published")
    outbox.send_due()
    assert OutboxMail.objects.get(pk=mail.pk).state == "waiting"
    assert mail.next_try_at == mail.created_at == later
    article.status = "withdrawn"
    article_changed(article)
    assert not OutboxMail.objects.filter(key__endswith="published").exists()
