"""Only what staff have seen masked becomes public, and the originals are on no page, feed, search result, export or log."""

import json
import logging
import re

import pytest
from django.core.management import call_command

from feedback import publishing, rights
from feedback.handling import NotNow, approve
from feedback.models import MaskProposal, Message, Publication, ReplyDraft
from portal.models import SearchEntry
from portal.models.audit import AuditEntry
from tests.factories import client_of, make_message, make_staff, make_user
from tests.whole_site import make_site

pytestmark = pytest.mark.django_db
SECRETS = (
    "13800138000", "010-65801234", "11010519491231002X", "鲁A12345", "wang.xm@example.org", "wxm_8899", "87654321",
    "建国路88号", "王小明", "李四光",
)  # fmt: skip
BODY = (
    "我叫王小明，身份证11010519491231002X，电话13800138000，住北京市朝阳区建国路88号3号楼501室，车牌鲁A12345。\n"
    "微信：wxm_8899，QQ：87654321，邮箱wang.xm@example.org。证人李四光。"
)


@pytest.fixture
def message():
    return make_message(
        title="王小明问13800138000能否入会", body=BODY, reply="王小明您好，请打010-65801234找李四光。", may_publish=True,
        phone="13800138000", email="wang.xm@example.org",
    )  # fmt: skip


@pytest.fixture
def publisher():
    return client_of(make_staff("feedback.view_message", "feedback.change_message", "feedback.publish_message"))


def checked(client, message, *, words="李四光", without=()):
    """Press "save the masks" with all proposed places but `without`; return the digest."""
    address = f"/admin/feedback/message/{message.pk}/masks/"
    page = client.get(address).text
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)[1]
    kept = [name for name in re.findall(r'name="kept" value="([a-z]+-\d+)" checked', page) if name not in without]
    response = client.post(address, {"digest": digest, "kept": kept, "words": words})
    assert response.status_code == 302, response.text
    return digest


def publish(client, message, digest):
    return client.post(f"/admin/feedback/message/{message.pk}/publish/", {"digest": digest}, follow=True).text


def test_the_originals_are_on_no_surface(client, message, publisher, caplog):
    addresses = make_site()
    caplog.set_level(logging.DEBUG)
    publish(publisher, message, checked(publisher, message))
    item = Publication.objects.get(pk=message.pk)
    assert (item.title, item.name) == ("***问***能否入会", "王**")
    surfaces = [*addresses.values(), item.get_absolute_url(), "/news/feed/", "/sitemap.xml", "/sitemap-messages-1.xml"]
    surfaces += [f"/search/?q={secret}&kind=message" for secret in SECRETS]
    for address in surfaces:
        text = client.get(address).text
        if address.startswith("/search/"):
            text = text.replace("<mark>", "").replace("</mark>", "")
            assert item.get_absolute_url() not in text, address
            continue
        assert not [secret for secret in SECRETS if secret in text], address
    assert "能否入会" in client.get("/feedback/").text
    assert item.get_absolute_url() in client.get("/sitemap-messages-1.xml").text
    stored = json.dumps(
        [*SearchEntry.objects.values_list("content", flat=True), *(str(vars(e)) for e in AuditEntry.objects.all())],
        ensure_ascii=False,
    )
    assert not [secret for secret in SECRETS if secret.lower() in stored]
    # DEBUG lines of the database hold the SQL; a site logs INFO and above.
    logged = "\n".join(record.getMessage() for record in caplog.records if record.levelno >= logging.INFO)
    assert not [secret for secret in SECRETS if secret in logged]


def test_a_published_message_is_found_by_its_public_words(client, message, publisher):
    publish(publisher, message, checked(publisher, message))
    assert message.get_absolute_url() in client.get("/search/?q=能否入会&kind=message").text
    call_command("rebuild_search", verbosity=0)
    assert message.get_absolute_url() not in client.get("/search/?q=王小明&kind=message").text


def test_nothing_is_published_unseen(message, publisher):
    digest = publishing.digest_of(publishing.texts_of(message))
    assert "还没有核对" in publish(publisher, message, digest)
    checked(publisher, message)
    message.reply.body = "改了答复，打13900139000。"
    message.reply.save()
    assert "还没有核对" in publish(publisher, message, digest)
    assert not Publication.objects.exists()
    assert checked(publisher, message, words="") != digest


def test_staff_take_a_false_mask_away_and_add_one(client, message, publisher):
    page = publisher.post(
        f"/admin/feedback/message/{message.pk}/masks/",
        {"digest": publishing.masks_of(message).digest, "words": "没有这句"},
    )
    assert (page.status_code, "找不到这些文字：没有这句" in page.text) == (422, True)
    digest = checked(publisher, message, words="能否\n李四光", without=("reply-1",))
    publish(publisher, message, digest)
    item = Publication.objects.get()
    assert "010-65801234" in item.reply
    assert item.title == "***问******入会"
    again = MaskProposal.objects.get(message=message)
    assert {"staff", "mobile"} <= {span[0] for spans in again.spans.values() for span in spans}


@pytest.mark.parametrize(
    ("change", "why"),
    [({"may_publish": False}, "没有同意公开"), ({"stage": "assigned"}, "答复之后才能公开")],
)
def test_it_needs_consent_and_an_answer(message, change, why):
    proposal = publishing.masks_of(message)
    proposal.save()
    Message.objects.filter(pk=message.pk).update(**change)
    with pytest.raises(NotNow, match=why):
        publishing.publish(message, by=make_user(), digest=proposal.digest)


@pytest.mark.parametrize(
    "change", [{"may_publish": False, "is_public": False}, {"is_public": False}, {"stage": "withdrawn"}]
)
def test_what_is_taken_back_is_gone_everywhere(client, message, publisher, change):
    publish(publisher, message, checked(publisher, message))
    Message.objects.filter(pk=message.pk).update(**change)
    for address in ("/feedback/", "/search/?q=能否入会&kind=message"):
        assert message.get_absolute_url() not in client.get(address).text
    assert client.get(message.get_absolute_url()).status_code == 404


def test_unpublishing_and_its_record(client, message, publisher):
    publish(publisher, message, checked(publisher, message))
    publisher.post(f"/admin/feedback/message/{message.pk}/unpublish/")
    assert client.get(message.get_absolute_url()).status_code == 404
    assert [step.action for step in message.steps.all()] == ["publish", "unpublish"]
    assert [entry.action for entry in AuditEntry.objects.order_by("number")][-2:] == ["publish", "withdraw"]


def test_a_new_answer_does_not_change_what_is_public(client, message, publisher):
    publish(publisher, message, checked(publisher, message))
    Message.objects.filter(pk=message.pk).update(stage="accepted")
    ReplyDraft.objects.create(message=message, body="新答复，打13911112222。", written_by=make_user())
    approve(message, by=make_user(), seen="新答复，打13911112222。")
    assert "13911112222" not in client.get(message.get_absolute_url()).text
    assert "文字改过了" in publisher.get(f"/admin/feedback/message/{message.pk}/change/").text


def test_the_list_has_topics_pages_and_markup_stays_text(client, message, publisher):
    other = make_message(
        title="<b>粗</b>", body="<script>alert(1)</script>", reply="好", may_publish=True, is_public=True
    )
    for number in range(12):
        make_message(title=f"第{number}条", reply="好", may_publish=True, is_public=True)
    assert client.get("/feedback/?page=2").status_code == 200
    assert client.get(f"/feedback/?topic={other.topic_id}").status_code == 200
    for query in ("topic=999", "topic=abc", "page=0", "page=99"):
        assert client.get(f"/feedback/?{query}").status_code == 404, query
    page = client.get(other.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "QAPage" in page
    assert client.get("/feedback/999999999999/").status_code == 404


def test_erasing_a_person_takes_the_answer_from_the_site(client, message, publisher):
    publish(publisher, message, checked(publisher, message))
    rights.erase_person(message)
    assert client.get(message.get_absolute_url()).status_code == 404
    stored = "".join(str(row) for model in (Message, Publication, MaskProposal) for row in model.objects.values_list())
    assert not [secret for secret in SECRETS if secret in stored]
