"""Spam in what is sent in as a Word document: its words and its links are judged as typed ones are."""

import pytest

from news.contributions.intake import JUDGED_MAX
from news.models import Submission
from tests.feedback.forms import answered
from tests.news.contributions import WORDS, code_on, send
from tests.news.word_documents import docx, p, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_day")]
LINKS = [(f"rIdL{number}", f"https://example{number}.com/") for number in range(4)]


def linked(words):
    body = "".join(f'<w:p><w:hyperlink r:id="{key}">{run(words)}</w:hyperlink></w:p>' for key, _ in LINKS)
    return docx(body + p("优惠多多，加微信 abc12345 咨询。"), links=LINKS)


def test_words_and_links_of_a_document_are_asked_about_and_wait_apart(client):
    page = send(client, body="", document=linked("点这里"))
    assert (page.status_code, "还差一步" in page.text, "稿件.docx" in page.text) == (422, True, True)
    assert not Submission.objects.exists()
    again = answered(client, page)
    assert again.status_code == 200, again.text
    item = Submission.objects.get()
    assert (item.is_quarantined, item.files.count()) == (True, 1)
    assert "有 4 个链接（4）" in item.spam_reasons
    assert code_on(answered(client, page)) == code_on(again)


def test_the_same_document_from_many_places_is_noticed(client):
    for number in range(3):
        file = docx(p("园区建成分布式光伏，全年发电一亿度。"))
        assert (
            send(
                client, body="", title=WORDS["title"], author=f"张{number}", address=f"203.0.{number}.7", document=file
            ).status_code
            == 200
        )
    Submission.objects.update(network_key="")
    file = docx(p("园区建成分布式光伏，全年发电一亿度。"))
    page = send(client, body="", author="李四", address="198.51.100.7", document=file)
    assert "还差一步" in page.text


def test_an_honest_document_is_taken_at_once_and_a_long_one_is_judged_to_a_bound(client):
    long = "开发区建成园区。" * (JUDGED_MAX // 8)
    assert (
        send(client, body="", document=docx(p(long) + p("加微信 abc12345，www.a.com www.b.com www.c.com"))).status_code
        == 200
    )
    assert not Submission.objects.get().is_quarantined
