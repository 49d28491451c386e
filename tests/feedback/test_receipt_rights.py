"""What the sender does with the receipt when it is no plain case: takes home, erases, reads of a merger or a rejection."""

import json

import pytest

from feedback import handling
from feedback.models import Message, Reply, Supplement
from feedback.publishing import publish_with_proposal
from portal import receipts
from portal.models import AuditEntry
from tests.factories import make_message, make_user
from tests.feedback.forms import FILLED, act, look

pytestmark = pytest.mark.django_db


def test_the_sender_takes_home_what_is_kept(client, given):
    message, code = given
    page = look(client, message.number, code)
    act(client, page, "supplement", body="补充一点。")
    response = act(client, page, "export")
    assert response["Content-Disposition"] == f'attachment; filename="{message.number}.json"'
    assert "no-store" in response["Cache-Control"]
    data = json.loads(response.content)
    assert (data["姓名"], data["电话"], data["内容"]) == (FILLED["name"], FILLED["phone"], FILLED["body"])
    assert (data["补充"], data["附件"]) == (["补充一点。"], ["证明.pdf"])
    assert code not in response.text
    assert receipts.read_code(code) not in response.text
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.user_id, entry.object_id) == ("export", None, str(message.pk))
    assert FILLED["name"] not in str(vars(entry))


def test_the_sender_erases_what_is_kept_and_the_receipt_ends_with_it(client, given, django_capture_on_commit_callbacks):
    message, code = given
    file = message.attachments.get().file
    page = look(client, message.number, code)
    unsure = act(client, page, "erase")
    assert (unsure.status_code, "请先勾选" in unsure.text) == (422, True)
    assert Message.objects.get().name == FILLED["name"]
    with django_capture_on_commit_callbacks(execute=True):
        done = act(client, page, "erase", sure="on")
    assert "已删除" in done.text
    for words in (FILLED["title"], FILLED["body"], FILLED["name"], FILLED["phone"], "证明.pdf", "提交补充"):
        assert words not in done.text, words
    assert not file.storage.exists(file.name)
    erased = Message.objects.get()
    assert (erased.name, erased.phone, erased.stage) == ("", "", "withdrawn")
    assert look(client, message.number, code).status_code == 422
    for what in ("supplement", "rate", "export", "withdraw", "erase"):
        late = act(client, page, what, body="又写", rating="5", sure="on")
        assert (late.status_code, "已经删除" in late.text) == (410, True), what
    assert not Supplement.objects.exists()
    assert [entry.action for entry in AuditEntry.objects.all()] == ["erase"]


def test_the_sender_of_a_merged_message_reads_the_answer_to_the_other(client, given):
    message, code = given
    first = make_message(stage="accepted", name="李雷", title="别人的标题")
    handling.merge(message, by=make_user(), into=first)
    page = look(client, message.number, code)
    for words in ("已并入另一条", "与内容相同的另一条留言一起办理"):
        assert words in page.text
    handling.write_draft(first, by=make_user(), body="欢迎各位入会。")
    assert "欢迎各位入会。" not in look(client, message.number, code).text
    handling.approve(first, by=make_user(), seen="欢迎各位入会。")
    page = look(client, message.number, code)
    assert "欢迎各位入会。" in page.text
    for words in ("李雷", "别人的标题", first.shown_number, "提交补充", "撤回这条留言"):
        assert words not in page.text, words
    assert act(client, page, "supplement", body="再补充").status_code == 422
    assert "不能撤回" in act(client, page, "withdraw").text
    assert Message.objects.get(pk=message.pk).stage == "merged"


def test_the_sender_of_a_rejected_message_reads_why(client, given):
    message, code = given
    handling.reject(message, by=make_user(), reason="不属于协会的职责，请拨打 12345。")
    page = look(client, message.number, code)
    for words in ("不予受理", "不属于协会的职责，请拨打 12345。"):
        assert words in page.text
    assert "提交补充" not in page.text
    assert act(client, page, "rate", rating="1").status_code == 422
    assert act(client, page, "supplement", body="再补充").status_code == 422
    handling.reopen(message, by=make_user())
    assert "不属于协会的职责" not in look(client, message.number, code).text


def test_a_published_message_cannot_be_withdrawn_but_is_erased_from_the_site_too(client, given):
    message, code = given
    Reply.objects.create(message=message, body="欢迎入会。", department="会员部")
    Message.objects.update(stage="answered", is_public=True)
    publish_with_proposal(Message.objects.get())
    page = look(client, message.number, code)
    assert "撤回这条留言" not in page.text
    assert "不能撤回" in act(client, page, "withdraw").text
    assert client.get(message.get_absolute_url()).status_code == 200
    act(client, page, "erase", sure="on")
    assert client.get(message.get_absolute_url()).status_code == 404
    assert (Message.objects.get().stage, Reply.objects.count()) == ("answered", 1)
