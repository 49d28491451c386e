"""Proofing at the desk: the check behind the editor, what is told after saving, and letting a finding pass."""

import pytest

from news.models import Article, ProofOverrule, ProofWord, ReviewRun
from news.proofing import blocking
from news.versions import content_of
from portal.models import AuditEntry
from portal.publishing import Status
from tests.factories import client_of, make_article, make_column, make_member, make_source, make_staff, make_user

pytestmark = pytest.mark.django_db
CHECK = "/admin/news/article/proof/"
LEAK = "<p>联系人手机 13812345678。</p>"


@pytest.fixture
def editor():
    return make_member("editor")


def form_of(article, **overrides):
    values = {
        "title": article.title, "column": article.column_id, "kind": article.kind, "body": article.body,
        "source": "", "published_at": "2026-01-02T03:04",
        "attachments-TOTAL_FORMS": 0, "attachments-INITIAL_FORMS": 0, "_continue": "1",
    }  # fmt: skip
    return values | overrides


def test_the_check_tells_places_as_the_browser_counts_them(editor):
    ProofWord.objects.update_or_create(word="布署", defaults={"suggestion": "部署"})
    body = "<p>𠮷林 省</p>\n<p>已 布署。</p>"
    answer = client_of(editor).post(CHECK, {"title": "", "body": body, "source": ""}).json()
    wrong = next(finding for finding in answer["findings"] if finding["kind"] == "错别字")
    assert (wrong["start"], wrong["end"]) == (5, 7)  # two units for 𠮷, none for blanks
    assert wrong["suggestion"] == "部署"
    assert not Article.objects.exists()


def test_the_check_is_for_staff_who_write_and_by_post_only(editor, client, settings):
    assert client.post(CHECK, {"body": "x"}).status_code == 302
    assert client_of(make_user()).post(CHECK, {"body": "x"}).status_code == 302
    assert client_of(make_staff("news.view_article")).post(CHECK, {"body": "x"}).status_code == 403
    assert client_of(editor).get(CHECK).status_code == 405
    too_long = client_of(editor).post(CHECK, {"body": "字" * 500_001})
    assert too_long.status_code == 413
    assert "太长" in too_long.json()["error"]
    strict = client_of(editor)
    strict.handler.enforce_csrf_checks = True
    assert strict.post(CHECK, {"body": "x"}).status_code == 403


def test_the_form_lists_what_was_found_without_scripts(editor):
    article = make_article(body=LEAK, source=make_source(), status=Status.DRAFT)
    client = client_of(editor)
    address = f"/admin/news/article/{article.pk}/change/"
    page = client.get(address).content.decode()
    assert "疑似手机号码" in page
    assert "阻止提交" in page
    saved = client.post(address, form_of(article, body=LEAK), follow=True).content.decode()
    assert "其中 1 处会阻止提交" in saved


def test_what_blocks_stops_the_submission_until_a_reviewer_lets_it_pass(editor):
    article = make_article(body=LEAK, source=make_source(), status=Status.DRAFT, column=make_column(reviews=1))
    client, address = client_of(editor), f"/admin/news/article/{article.pk}/change/"
    form = form_of(article, body=LEAK + "<p>补充。</p>", _submit="1")
    refused = client.post(address, form, follow=True).content.decode()
    assert "已保存，但没有提交：校对有 1 处会阻止提交（个人信息）" in refused
    assert not ReviewRun.objects.exists()
    records = f"/admin/news/article/{article.pk}/proofing/"
    key = blocking(content_of(article), article)[0].key
    assert "13812345678" not in key
    assert client.post(records, {"finding": key, "reason": "公开的值班电话"}).status_code == 403
    reviewer = make_member("first")
    assert client_of(reviewer).post(records, {"finding": key, "reason": "  "}).status_code == 200
    assert not ProofOverrule.objects.exists()
    client_of(reviewer).post(records, {"finding": key, "reason": "公开的值班电话"})
    kept = ProofOverrule.objects.get()
    assert (kept.reason, kept.by) == ("公开的值班电话", reviewer)
    assert "公开的值班电话" in client_of(reviewer).get(records).content.decode()
    assert AuditEntry.objects.filter(object_id=str(article.pk), summary__contains="校对放行").exists()
    client.post(address, form)
    assert ReviewRun.objects.get().is_reviewing
    # Another article with the same number is judged for itself.
    assert len(blocking(content_of(article), make_article())) == 1


def test_nobody_lets_his_own_text_pass():
    both = make_member("editor", "first")
    article = make_article(body=LEAK, status=Status.DRAFT)
    client = client_of(both)
    client.post(f"/admin/news/article/{article.pk}/change/", form_of(article, body=LEAK + "<p>我写的。</p>"))
    key = blocking(content_of(article), article)[0].key
    records = f"/admin/news/article/{article.pk}/proofing/"
    assert client.post(records, {"finding": key, "reason": "理由充分"}).status_code == 403
    outside = make_member("first", columns=[make_column()])
    assert client_of(outside).post(records, {"finding": key, "reason": "理由充分"}).status_code in (403, 404)
    assert not ProofOverrule.objects.exists()


def test_an_unknown_article_or_finding_is_no_error(editor):
    article = make_article(body=LEAK)
    reviewer = client_of(make_member("first"))
    assert reviewer.get("/admin/news/article/999999/proofing/").status_code == 404
    gone = reviewer.post(
        f"/admin/news/article/{article.pk}/proofing/", {"finding": "date:x", "reason": "理由"}, follow=True
    )
    assert "已经改动" in gone.content.decode()


def test_the_list_of_words_is_kept_by_staff():
    client = client_of(make_staff(*(f"news.{right}_proofword" for right in ("view", "add", "change", "delete"))))
    values = {
        "word": " 绿色低炭 ",
        "suggestion": "绿色低碳",
        "kind": "wrong",
        "level": "warn",
        "exceptions": "",
        "is_active": "on",
    }
    client.post("/admin/news/proofword/add/", values)
    assert ProofWord.objects.get(word="绿色低炭").suggestion == "绿色低碳"
    for wrong, message in [
        ({"word": "低"}, "至少两个字"),
        ({"word": "低炭", "exceptions": "低碳"}, "里没有"),
        ({"word": "低炭", "suggestion": "低炭"}, "要与词本身不同"),
    ]:
        assert message in client.post("/admin/news/proofword/add/", values | wrong).content.decode()


def test_a_reprint_names_its_original(editor):
    source = make_source(may_reprint="no")
    article = make_article(status=Status.DRAFT)
    client, address = client_of(editor), f"/admin/news/article/{article.pk}/change/"
    answer = client.post(address, form_of(article, kind="reprint"))
    assert answer.content.decode().count("转载的文章要填写。") == 4
    whole = {"kind": "reprint", "source": source.name, "source_url": "https://example.org/1", "original_title": "原来的标题", "original_author": "李四"}  # fmt: skip
    saved = client.post(address, form_of(article, **whole), follow=True).content.decode()
    assert "不允许转载" in saved
    article.refresh_from_db()
    assert (article.kind, article.original_title) == ("reprint", "原来的标题")


def test_readers_see_that_an_article_is_a_reprint(client):
    source = make_source(name="某某日报", may_reprint="yes")
    article = make_article(
        kind="reprint",
        source=source,
        source_url="https://example.org/1",
        original_title="原来的标题",
        original_author="李四",
    )
    page = client.get(article.get_absolute_url()).content.decode()
    assert '<span class="reprint-mark">转载</span>' in page
    assert "《原来的标题》</a>，原作者：李四" in page
    assert '"isBasedOn":{"@type":"Article","headline":"原来的标题","url":"https://example.org/1"' in page
    assert '<meta name="Author" content="李四">' in page
    assert "转载" not in client.get(make_article().get_absolute_url()).content.decode()


def test_an_incomplete_reprint_is_refused_by_the_database():
    from django.db import IntegrityError, transaction

    article = make_article(column=make_column())
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(kind="reprint")
