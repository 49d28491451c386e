"""One form makes one message; its files and its words survive whatever fails."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from feedback.models import Message, MessageAttachment
from portal.models import PrivacyNotice
from portal.models.privacy import next_moment
from tests.factories import client_of, make_article, make_staff, picture_bytes
from tests.feedback.forms import FILLED, code_on, make_topic, pdf, send
from tests.portal.test_files import docx

pytestmark = pytest.mark.django_db


def test_the_receipt_is_shown_and_only_its_hash_is_kept(client):
    response = send(client, make_topic())
    message, code = Message.objects.get(), code_on(response)
    assert message.shown_number in response.text
    assert "no-store" in response["Cache-Control"]
    kept = repr(Message.objects.values().get())
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert "203.0.113.7" not in kept
    assert (message.department, message.clock_from) == ("会员部", message.created_at)


def test_the_consent_and_the_version_of_the_notice_are_recorded(client):
    topic = make_topic()
    assert send(client, topic, agrees=None).status_code == 422
    send(client, topic)
    first = Message.objects.get()
    assert (first.notice.version, first.consented_at) == (1, first.created_at)
    PrivacyNotice.objects.create(
        **dict.fromkeys(("handler", "purpose", "kinds", "retention", "rights", "contact"), "新")
    )
    send(client, topic, title="另一条")
    assert Message.objects.latest("pk").notice.version == 2
    assert "第 2 版" in client.get("/privacy/").text
    assert "以前的第 1 版" in client.get("/privacy/").text


def test_a_notice_counts_from_its_time_and_is_never_changed(client):
    names = ("handler", "purpose", "kinds", "retention", "rights", "contact")
    tomorrow = timezone.now() + timedelta(days=1)
    notice = PrivacyNotice.objects.create(**dict.fromkeys(names, "明天的说法"), effective_from=tomorrow)
    assert "明天的说法" not in client.get("/privacy/").text
    assert next_moment(timezone.now()) == tomorrow
    assert next_moment(tomorrow) is None
    editor = client_of(
        make_staff("portal.view_privacynotice", "portal.add_privacynotice", "portal.change_privacynotice")
    )
    change = f"/admin/portal/privacynotice/{notice.pk}/change/"
    assert editor.post(change, dict.fromkeys(names, "改")).status_code == 403
    added = dict.fromkeys(names, "新的说法") | {
        "effective_from_0": "2026-01-01",
        "effective_from_1": "00:00",
        "effective_from": "2026-01-01T00:00",
    }
    assert editor.post("/admin/portal/privacynotice/add/", added).status_code == 302
    assert "新的说法" in client.get("/feedback/new/").text


@pytest.mark.parametrize(
    ("asks", "given", "status", "kept"),
    [
        ("phone", {"phone": ""}, 422, None),
        ("phone", {"email": "a@example.org"}, 200, ("010-00000000", "")),
        ("email", {"phone": "1"}, 422, None),
        ("email", {"email": "a@example.org"}, 200, ("", "a@example.org")),
        ("none", {"email": "a@example.org", "name": ""}, 200, ("", "")),
        ("either", {"phone": ""}, 422, None),
    ],
)
def test_the_topic_decides_which_contact_is_asked_and_kept(client, asks, given, status, kept):
    assert send(client, make_topic(asks=asks), **given).status_code == status
    assert kept is None or Message.objects.values_list("phone", "email").get() == kept


@pytest.mark.usefixtures("one_day")
def test_a_form_sent_again_is_the_same_message_with_the_same_receipt(client):
    topic = make_topic()
    codes = {code_on(send(client, topic)) for _ in range(3)}
    assert (len(codes), Message.objects.count()) == (1, 1)
    assert code_on(send(client, topic, body="另一件事，想问会费。")) not in codes
    Message.objects.update(created_at=timezone.now() - timedelta(hours=3))
    assert code_on(send(client, topic)) not in codes
    assert Message.objects.count() == 3


def test_another_persons_same_words_are_another_message(client):
    topic = make_topic()
    first = code_on(send(client, topic))
    assert code_on(send(client, topic, address="198.51.100.9")) != first
    assert code_on(send(client, topic, phone="010-11111111")) != first
    assert Message.objects.count() == 3


def test_files_are_kept_privately_and_given_to_staff_with_the_right_alone(client, settings):
    response = send(client, make_topic(), files=[pdf("证明.pdf"), SimpleUploadedFile("b.docx", docx())])
    assert response.status_code == 200
    row = MessageAttachment.objects.get(name="证明.pdf")
    assert row.message == Message.objects.get()
    address = f"/admin/feedback/message/attachments/{row.pk}/"
    assert client.get(address).status_code == 302
    assert client_of(make_staff("feedback.view_topic")).get(address).status_code == 403
    given = client_of(make_staff("feedback.view_message")).get(address)
    assert b"".join(given.streaming_content) == b"%PDF-1.7 text"
    assert given["Content-Disposition"].startswith("attachment;")
    assert given["Content-Type"] == "application/octet-stream"
    suspicious = f"/admin/feedback/quarantined/attachments/{row.pk}/"
    keeper = client_of(make_staff("feedback.view_quarantined"))
    assert keeper.get(suspicious).status_code == 404
    Message.objects.update(is_quarantined=True)
    assert b"".join(keeper.get(suspicious).streaming_content) == b"%PDF-1.7 text"
    assert client_of(make_staff("feedback.view_message")).get(suspicious).status_code == 403


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ", "只能上传"), ("a.html", b"<p>", "只能上传"), ("a.pdf", b"<html>", "不是 pdf"), ("a.png", b"\x89PNG\r\n\x1a\n..", "图片"),
        ("a.jpg", picture_bytes(kind="PNG"), "不"), ("a.docx", b"PK\x03\x04", "已损坏"), ("a.pdf", b"%PDF-" + b"x" * 5_000_001, "文件太大"),
        ("a.svg", b"<svg onload=alert(1)>", "只能上传"), ("a.zip", b"PK\x03\x04", "只能上传"), ("a.pdf", b"", "不是 pdf"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_and_the_words_and_good_files_stay(client, name, content, words):
    response = send(client, make_topic(), files=[pdf("好.pdf"), SimpleUploadedFile(name, content)])
    assert response.status_code == 422
    assert words in response.text
    assert FILLED["body"] in response.text
    assert Message.objects.count() == 0
    assert [row.name for row in MessageAttachment.objects.all()] == ["好.pdf"]


def test_what_is_wrong_with_a_file_is_said_above_the_form_and_at_the_field_and_nowhere_else(client):
    response = send(client, make_topic(), files=[pdf("a.pdf", b"<html>")])
    assert response.text.count("“a.pdf”：文件的内容不是 pdf 格式") == 2


def test_files_of_a_failed_form_need_not_be_chosen_again(client):
    topic = make_topic()
    failed = send(client, topic, title="", files=[pdf("好.pdf"), pdf("不要.pdf", b"%PDF-2")])
    draft = re.search(r'name="draft" value="([0-9a-f]{32})"', failed.text)[1]
    assert "好.pdf" in failed.text
    unwanted = MessageAttachment.objects.get(name="不要.pdf")
    first = send(client, topic, draft=draft, drop=[unwanted.pk])
    again = send(client, topic, draft=draft)
    assert code_on(first) == code_on(again)
    assert [row.name for row in Message.objects.get().attachments.all()] == ["好.pdf"]
    assert not unwanted.file.storage.exists(unwanted.file.name)


def test_a_strangers_draft_gives_nothing_and_too_many_files_are_refused(client):
    topic = make_topic()
    send(client, topic, title="", files=[pdf()])
    send(client, topic, draft="0" * 32)
    assert not Message.objects.get().attachments.exists()
    many = send(client, topic, title="多", files=[pdf(f"{n}.pdf", b"%%PDF-%d" % n) for n in range(4)])
    assert many.status_code == 422
    assert "最多上传 3 个文件" in many.text


def test_forgotten_files_go_after_a_day(client):
    topic = make_topic()
    send(client, topic, title="", files=[pdf()])
    MessageAttachment.objects.update(created_at=timezone.now() - timedelta(hours=25))
    send(client, topic, title="", files=[pdf("b.pdf")])
    assert [row.name for row in MessageAttachment.objects.all()] == ["b.pdf"]


def test_a_correction_carries_the_article_and_the_passage(client):
    topic = make_topic(name="纠错", asks="none", is_correction=True)
    article = make_article(title="有错的文章")
    link = re.search(rf'href="(/feedback/new/\?article={article.pk})"', client.get(article.get_absolute_url()).text)[1]
    page = client.get(link)
    assert "有错的文章" in page.text
    assert f'value="{topic.pk}" selected data-asks="none"' in page.text
    key = parse_qs(urlsplit(link).query)["article"][0]
    send(client, topic, article=key, passage="园区建成分布式光伏。", name="", phone="", may_publish=None)
    message = Message.objects.get()
    assert (message.page_address, message.passage) == (article.get_absolute_url(), "园区建成分布式光伏。")


@pytest.mark.parametrize(
    "query", ["article=0", "article=x", "article=" + "9" * 30, "topic=x", "topic=" + "9" * 30, "article=-1&topic="]
)
def test_a_bad_address_of_a_correction_is_the_plain_form(client, query):
    make_article(status="draft")
    response = client.get(f"/feedback/new/?{query}")
    assert response.status_code == 200
    assert "报告文章" not in response.text


def test_a_dead_database_gives_the_visitors_words_back(client, caplog):
    topic = make_topic()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE feedback_message RENAME TO feedback_gone")
    response = send(client, topic)
    assert response.status_code == 503
    for words in (FILLED["title"], FILLED["body"], FILLED["name"], FILLED["phone"]):
        assert words in response.text
        assert words not in caplog.text
    assert f'name="topic" value="{topic.pk}"' in response.text


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's disk cannot be filled from here.")
def test_a_full_database_disk_gives_the_visitors_words_back(client):
    topic = make_topic()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            answers = [
                send(client, topic, title=f"第{n}条", body="字" * 1900, address=f"203.0.{n}.1") for n in range(60)
            ]
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert {response.status_code for response in answers} <= {200, 422, 503}
    full = [response for response in answers if response.status_code == 503]
    assert full
    assert all("字" * 1900 in response.text for response in full)


def test_a_full_disk_for_files_gives_the_visitors_words_back(client, monkeypatch, tmp_path):
    (tmp_path / "full").write_bytes(b"")  # a file where the folder should be: nothing can be written
    storage = MessageAttachment._meta.get_field("file").storage
    monkeypatch.setitem(vars(storage), "location", str(tmp_path / "full"))
    response = send(client, make_topic(), files=[pdf()])
    assert response.status_code == 503
    assert FILLED["body"] in response.text
    assert not Message.objects.exists()
    assert not MessageAttachment.objects.exists()


def test_a_disk_too_full_to_spool_a_file_still_reads_the_words(client, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "nowhere")
    response = send(client, make_topic(), title="", files=[pdf(content=b"%PDF-" + b"x" * 3_000_000)])
    assert response.status_code in (422, 503)
    assert FILLED["body"] in response.text


def test_the_form_page_can_be_cached(client):
    response = client.get("/feedback/new/")
    assert not response.cookies
    assert "no-store" not in response.get("Cache-Control", "")
    assert 'name="stamp" value="' in response.text
