"""Sources, the magazine and submissions, as staff keep them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import JournalIssue, SourceAlias, Submission
from tests.factories import client_of, make_journal_issue, make_source, make_staff, make_user


@pytest.fixture
def boss(db):
    return client_of(make_user(is_staff=True, is_superuser=True))


SUGGEST = "/admin/news/source/suggestions/"


def test_sources_are_suggested_by_name_and_alias(boss):
    make_source(name="某省开发区协会")
    first = make_source(name="开发区报")
    SourceAlias.objects.create(source=first, name="KFQ 报")
    assert [s["name"] for s in boss.get(SUGGEST, {"q": "开发区"}).json()["sources"]] == ["开发区报", "某省开发区协会"]
    assert boss.get(SUGGEST, {"q": "kfq"}).json() == {"sources": [{"name": "开发区报", "alias": "KFQ 报"}]}
    for number in range(30):
        make_source(name=f"来源{number}")
    assert len(boss.get(SUGGEST, {"q": "来源"}).json()["sources"]) == 10
    for bad in ("", "字" * 101, "%"):
        assert boss.get(SUGGEST, {"q": bad}).json() == {"sources": []}
    assert boss.get(f"{SUGGEST}?q=%00").status_code == 400


@pytest.mark.django_db
def test_suggestions_need_the_right(client):
    make_source(name="开发区报")
    assert client.get(SUGGEST, {"q": "开"}).headers["Location"].startswith("/admin/login/")
    assert client_of(make_staff("news.change_article")).get(SUGGEST, {"q": "开"}).status_code == 403
    assert client_of(make_staff("news.view_source")).get(SUGGEST, {"q": "开"}).json()["sources"]


def test_one_name_means_one_source(boss):
    SourceAlias.objects.create(source=make_source(), name="峡山区")
    values = {"name": "峡山区", "aliases-TOTAL_FORMS": 0, "aliases-INITIAL_FORMS": 0}
    assert "已经是另一个来源的别名" in boss.post("/admin/news/source/add/", values).content.decode()


# The magazine and submissions -----------------------------------------------------------------


def test_an_issue_with_contents_and_pdf(boss):
    values = {
        "year": 2026, "number": 3, "status": "published", "published_at": "2026-11-01T00:00",
        "pdf": SimpleUploadedFile("x.pdf", b"<html>"), "entries-TOTAL_FORMS": 1, "entries-INITIAL_FORMS": 0,
        "entries-0-title": "论亩均效益", "entries-0-page": 4, "entries-0-position": 0,
    }  # fmt: skip
    add = "/admin/news/journalissue/add/"
    assert "不是 pdf 格式" in boss.post(add, values).content.decode()
    assert boss.post(add, values | {"pdf": SimpleUploadedFile("x.pdf", b"%PDF-1.4")}).status_code == 302
    issue = JournalIssue.objects.get()
    assert issue.entries.get().title == "论亩均效益"
    address = f"/admin/news/journalissue/{issue.pk}/pdf/"
    assert f'href="{address}"' in boss.get(f"/admin/news/journalissue/{issue.pk}/change/").content.decode()
    assert b"".join(boss.get(address).streaming_content) == b"%PDF-1.4"
    assert client_of(make_staff("news.view_article")).get(address).status_code == 403
    assert boss.get(f"/admin/news/journalissue/{make_journal_issue(number=9).pk}/pdf/").status_code == 404
    again = boss.post(add, values | {"pdf": SimpleUploadedFile("x.pdf", b"%PDF-1.4")})
    assert "这一期已经有了" in again.content.decode()


def test_a_submission_stays_as_it_came(boss):
    evil = "<script>alert(1)</script>"
    item = Submission.objects.create(title="投稿", body=evil, source="某区", author="某人", phone="010-1")
    address = f"/admin/news/submission/{item.pk}/change/"
    page = boss.get(address).content.decode()
    assert evil not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    boss.post(address, {"stage": "adopted", "body": "改过", "title": "改过", "phone": "改过"})
    item.refresh_from_db()
    assert (item.stage, item.body, item.title, item.phone) == ("new", evil, "投稿", "010-1")
    assert boss.get("/admin/news/submission/add/").status_code == 403
