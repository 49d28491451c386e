"""The inbox: visitors' words stay as they came, and everything that staff do is a step with a history."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone
from openpyxl import load_workbook

from feedback import handling
from feedback.models import Message, MessageAttachment, MessageStep, Reply, ReplyTemplate, Topic
from portal.models import OutboxMail
from portal.models.audit import AuditEntry
from tests.factories import client_of, make_message, make_staff, make_user

LIST = "/admin/feedback/message/"
EVIL = "<script>alert(1)</script>"
WORK = ("feedback.view_message", "feedback.change_message")
Stage = Message.Stage


@pytest.fixture
def boss(db):
    return client_of(make_user(is_staff=True, is_superuser=True, name="李答复"))


def do(client, message, name, **values):
    data = {f"{name}-{key}": value for key, value in values.items()}
    return client.post(f"{LIST}{message.pk}/step/{name}/", data)


def at(message):
    message.refresh_from_db()
    return message.stage


@pytest.mark.django_db
def test_a_message_goes_its_way_and_two_people_stand_behind_the_answer(client):
    writer, reviewer = make_staff(*WORK, name="张拟稿"), make_staff(*WORK, "feedback.approve_reply", name="李审核")
    topic = Topic.objects.create(name="入会", department="会员部", days=5)
    message = make_message(topic=topic)
    first, second, due_on = client_of(writer), client_of(reviewer), message.due_on
    do(first, message, "accept")
    assert (at(message), message.due_on) == (Stage.ACCEPTED, due_on)
    do(first, message, "assign", department="会员部", person=writer.pk)
    assert (at(message), message.department, message.assigned_to) == (Stage.ASSIGNED, "会员部", writer)
    do(first, message, "draft", body="欢迎入会。", department="会员部")
    assert do(first, message, "approve", seen="欢迎入会。").status_code == 403
    assert not Reply.objects.exists()
    do(second, message, "approve", seen="欢迎入会。")
    reply = Reply.objects.get()
    assert (at(message), reply.body, reply.replied_by, reply.is_on_time) == (
        Stage.ANSWERED,
        "欢迎入会。",
        reviewer,
        True,
    )
    do(second, message, "close")
    assert at(message) == Stage.CLOSED
    assert message.closed_at is not None
    steps = [(step.by.name, step.action, step.from_stage, step.to_stage) for step in message.steps.all()]
    assert steps == [
        ("张拟稿", "accept", "new", "accepted"),
        ("张拟稿", "assign", "accepted", "assigned"),
        ("张拟稿", "draft", "assigned", "assigned"),
        ("李审核", "approve", "assigned", "answered"),
        ("李审核", "close", "answered", "closed"),
    ]


@pytest.mark.django_db
def test_nobody_approves_his_own_draft_nor_one_that_changed_under_his_eyes():
    both = make_staff(*WORK, "feedback.approve_reply")
    message = make_message(stage=Stage.ACCEPTED)
    do(client_of(both), message, "draft", body="初稿。")
    page = do(client_of(both), message, "approve", seen="初稿。")
    assert (page.status_code, "另一个人" in page.text) == (422, True)
    other = client_of(make_staff(*WORK, "feedback.approve_reply"))
    do(client_of(both), message, "draft", body="又改了。")
    assert "刚刚被改过" in do(other, message, "approve", seen="初稿。").text
    do(other, message, "send_back", remark="请写明电话。")
    assert "没有等待审核" in do(other, message, "approve", seen="又改了。").text
    assert not Reply.objects.exists()
    assert "请写明电话。" in client_of(both).get(f"{LIST}{message.pk}/change/").text


def test_a_step_that_does_not_fit_changes_nothing_and_loses_nothing(boss):
    message = make_message(stage=Stage.NEW)
    for name, values in [("close", {}), ("draft", {"body": "写了很久的答复"}), ("reopen", {})]:
        page = do(boss, message, name, **values)
        assert (page.status_code, "现在是“新收到”" in page.text) == (422, True), name
        assert at(message) == Stage.NEW
    assert "写了很久的答复" in do(boss, message, "draft", body="写了很久的答复").text
    assert do(boss, message, "reject", reason="").status_code == 422
    assert do(boss, message, "nonsense").status_code == 404
    assert boss.get(f"{LIST}{message.pk}/step/accept/").status_code == 405
    assert boss.post(f"{LIST}{message.pk}/change/", {"title": "改"}).status_code == 403
    assert not MessageStep.objects.exists()


def test_reject_spam_reopen_and_topic(boss):
    message, other = make_message(), make_message()
    do(boss, message, "reject", reason="不属于协会的职责。")
    assert (at(message), handling.rejection_reason(message)) == (Stage.REJECTED, "不属于协会的职责。")
    do(boss, message, "reopen")
    assert (at(message), message.closed_at, handling.rejection_reason(message)) == (Stage.ACCEPTED, None, "")
    do(boss, other, "spam")
    assert at(other) == Stage.SPAM
    do(boss, other, "reopen")
    assert at(other) == Stage.NEW
    topic = Topic.objects.create(name="建议")
    do(boss, other, "topic", topic=topic.pk)
    other.refresh_from_db()
    assert other.topic == topic


def test_a_duplicate_is_merged_into_the_first(boss):
    message, first, spam = make_message(), make_message(), make_message(stage=Stage.SPAM)
    for number, why in [("1234", "没有这个编号"), (message.number, "并入它自己"), (spam.number, "不能并入")]:
        assert why in do(boss, message, "merge", into=number).text
    do(boss, message, "merge", into=first.shown_number)
    assert (at(message), message.merged_into) == (Stage.MERGED, first)
    assert [step.action for step in first.steps.all()] == ["absorb"]


def test_the_history_is_append_only(boss):
    message = make_message()
    do(boss, message, "accept")
    step = message.steps.get()
    for change in (step.save, MessageStep.objects.all().delete, lambda: MessageStep.objects.update(note="x")):
        with pytest.raises(TypeError):
            change()


def test_a_template_begins_a_draft(boss):
    template = ReplyTemplate.objects.create(name="入会", body="{称呼}：关于“{标题}”，{unknown} {编号}")
    message = make_message(title="请问入会", stage=Stage.ACCEPTED)
    page = boss.get(f"{LIST}{message.pk}/change/?template={template.pk}").text
    assert f"王先生/女士：关于“请问入会”，{{unknown}} {message.shown_number}" in page
    assert boss.get(f"{LIST}{message.pk}/change/?template=x").status_code == 200


@pytest.mark.django_db
def test_contact_data_is_hidden_until_somebody_with_the_right_asks_and_that_is_written_down():
    message = make_message(phone="13800138000", email="wang@example.org")
    address = f"{LIST}{message.pk}/"
    looker, trusted = make_staff(*WORK), make_staff(*WORK, "feedback.reveal_contacts")
    for user in (looker, trusted):
        page = client_of(user).get(f"{address}change/").text
        assert not [word for word in ("王小明", "13800138000", "wang@") if word in page]
        assert (f'action="{address}reveal/"' in page) == (user == trusted)
        assert "13800138000" not in client_of(user).get(LIST).text
    assert client_of(looker).post(f"{address}reveal/").status_code == 403
    assert client_of(trusted).get(f"{address}reveal/").status_code == 405
    page = client_of(trusted).post(f"{address}reveal/")
    assert "13800138000" in page.text
    assert "no-store" in page["Cache-Control"]
    entry = AuditEntry.objects.get(action="reveal")
    assert (entry.user_id, entry.object_id) == (trusted.pk, str(message.pk))
    assert not [word for word in ("王小明", "13800138000", message.title) if word in str(vars(entry))]


def test_the_words_of_a_visitor_are_text(boss):
    message = make_message(title=EVIL[:50], body=EVIL + "\n第二行", name=EVIL[:30])
    for address in (
        LIST,
        f"{LIST}{message.pk}/change/",
        f"{LIST}{message.pk}/delete/",
        f"{LIST}{message.pk}/history/",
        "/admin/",
    ):
        assert EVIL not in boss.get(address).text, address
    assert EVIL not in boss.post(f"{LIST}{message.pk}/reveal/").text
    assert boss.get(f"{LIST}add/").status_code == 403


@pytest.mark.usefixtures("one_day")
def test_the_inbox_is_filtered_by_stage_clock_and_words(boss):
    today = timezone.localdate()
    late = make_message(stage=Stage.ACCEPTED, due_on=today - timedelta(days=1))
    soon = make_message(stage=Stage.ASSIGNED, due_on=today)
    new, hidden = make_message(title="等待"), make_message(is_quarantined=True)
    for query, found in [
        ("stage__exact=new", [new]),
        ("clock=red", [late]),
        ("clock=amber", [soon]),
        ("clock=nonsense", [new, soon, late]),
        ("q=等待", [new]),
        (f"q={late.number}", [late]),
        ("q=王小明", []),
    ]:
        assert list(boss.get(f"{LIST}?{query}").context["cl"].result_list) == found, query
    page = boss.get(LIST).text
    assert "已超期" in page
    assert hidden.shown_number not in page


def test_the_pages_ask_few_questions(boss, django_assert_max_num_queries):
    for number in range(30):
        make_message(reply="好。" if number % 2 else "", due_on=timezone.localdate())
    Message.objects.update(stage=Stage.ASSIGNED)
    with django_assert_max_num_queries(14):
        boss.get(LIST)
    with django_assert_max_num_queries(30):
        boss.get(f"{LIST}{Message.objects.first().pk}/change/")


@pytest.mark.django_db
def test_each_step_needs_its_right(client):
    message = make_message()
    assert do(client, message, "accept").headers["Location"].startswith("/admin/login/")
    assert do(client_of(make_staff("feedback.view_topic")), message, "accept").status_code == 403
    looker = client_of(make_staff("feedback.view_message", "feedback.approve_reply"))
    assert do(looker, message, "accept").status_code == 403
    page = looker.get(f"{LIST}{message.pk}/change/").text
    assert "/step/accept/" not in page
    for path in ("masks/", "publish/", "person/export/", "person/erase/", "unpublish/"):
        assert looker.post(f"{LIST}{message.pk}/{path}").status_code == 403, path
    assert looker.post(f"{LIST}export/").status_code == 403
    assert at(message) == Stage.NEW


def sheet_of(response):
    return [[cell or "" for cell in row] for row in load_workbook(BytesIO(b"".join(response))).active.values]


@pytest.mark.django_db
def test_the_export_holds_personal_data_only_for_those_who_may_and_is_logged():
    make_message(
        title="=1+1 打13800138000",
        body="我是王小明，住在北京市朝阳区建国路88号。",
        phone="13900139000",
        reply="好的，王小明。",
    )
    plain = client_of(make_staff(*WORK, "feedback.export_messages"))
    rows = sheet_of(plain.post(f"{LIST}export/"))
    for secret in ("13800138000", "13900139000", "王小明", "建国路88号"):
        assert secret not in str(rows), secret
    assert rows[1][2] == "=1+1 打***"
    refused = plain.post(f"{LIST}export/", {"export-personal": "on"})
    assert refused.status_code == 302
    trusted = client_of(make_staff(*WORK, "feedback.export_messages", "feedback.export_personal_data"))
    rows = sheet_of(trusted.post(f"{LIST}export/", {"export-personal": "on", "export-stage": "answered"}))
    assert rows[1][-3:] == ["王小明", "13900139000", ""]
    assert [entry.summary for entry in AuditEntry.objects.filter(action="export").order_by("number")] == [
        "导出 1 条留言，不含个人信息",
        "导出 1 条留言，含个人信息",
    ]


def test_an_attachment_is_given_to_staff_as_a_download(boss, client):
    item = MessageAttachment(message=make_message(), name="照片.jpg", size=3, digest="x")
    item.file.save("x.jpg", ContentFile(b"\xff\xd8\xff"), save=False)
    item.save()
    response = boss.get(f"{LIST}attachments/{item.pk}/")
    assert response["Content-Disposition"].startswith("attachment")
    response.close()
    assert client.get(f"{LIST}attachments/{item.pk}/").status_code == 302
    assert client_of(make_staff("feedback.view_topic")).get(f"{LIST}attachments/{item.pk}/").status_code == 403
    draft = MessageAttachment.objects.create(name="x", file="gone", size=1, digest="y", draft_key="k")
    assert boss.get(f"{LIST}attachments/{draft.pk}/").status_code == 404


def test_the_handler_is_told_by_mail_without_the_text(boss):
    handler = make_user(is_staff=True, email="handler@example.org")
    message = make_message(title="秘密标题", body="秘密内容")
    do(boss, message, "assign", department="会员部", person=handler.pk)
    mail = OutboxMail.objects.get()
    assert (mail.to, message.shown_number in mail.body) == ("handler@example.org", True)
    assert "秘密" not in mail.subject + mail.body


@pytest.mark.django_db(transaction=True)
def test_two_who_accept_at_the_same_time_make_one_step():
    from threading import Barrier, Thread

    message, barrier, outcomes = make_message(), Barrier(2), []
    user = make_user()

    def press():
        barrier.wait()
        try:
            handling.accept(message, by=user)
            outcomes.append("done")
        except handling.NotNow:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(outcomes), MessageStep.objects.count()) == (["done", "refused"], 1)
