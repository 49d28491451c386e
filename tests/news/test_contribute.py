"""投稿 from the form to the published article, and back to the contributor, by the receipt."""

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from news import review
from news.models import Article, RightsStatement, Submission, SubmissionFile, SubmissionStep
from portal.models import AuditEntry, Picture, PrivacyNotice
from portal.spam.stamp import stamp
from tests.factories import client_of, make_column, make_member, make_source, make_staff, make_user
from tests.feedback.forms import answered
from tests.news.contributions import WORDS, act, code_on, look, picture, send, step
from tests.news.word_documents import docx, p, png
from tests.news.word_documents import picture as word_picture

pytestmark = pytest.mark.django_db


def test_from_the_form_to_the_published_address(client):
    page = send(client, pictures=[picture("园区.png")])
    item, code = Submission.objects.get(), code_on(page)
    assert (page.status_code, item.stage, item.files.count(), page.cookies) == (200, "new", 1, {})
    assert "未读" in look(client, item.number, code).text
    editor, reviewer, column = make_member("editor"), make_member("first"), make_column(reviews=1)
    editor_client = client_of(editor)
    assert "已标为已读" in step(editor_client, item, "read").text
    assert "已读" in look(client, item.number, code).text
    make_source(name="某省开发区协会")
    step(editor_client, item, "adopt", column=column.pk, source="某省开发区协会", submits="on")
    article = Article.objects.get()
    assert (article.kind, article.source.name, article.author) == ("submission", WORDS["source"], "张三")
    assert "<p>园区建成分布式光伏。</p><p>全年发电一亿度 &lt;b&gt;。</p>" in article.body
    kept = Picture.objects.get()
    assert kept.file.url in article.body
    assert (kept.title, kept.uploaded_by) == ("园区", editor)
    version = article.latest_version
    assert (version.number, version.content["author"], version.created_by) == (1, "张三", editor)
    page = look(client, item.number, code).text
    assert "采用，正在编辑审核" in page
    assert article.get_absolute_url() not in page
    assert (
        f"/admin/news/article/{article.pk}/change/"
        in editor_client.get(f"/admin/news/submission/{item.pk}/change/").text
    )
    assert (
        f"/admin/news/submission/{item.pk}/change/"
        in editor_client.get(f"/admin/news/article/{article.pk}/change/").text
    )
    review.approve(article, by=reviewer, version=version)
    assert f'href="{article.get_absolute_url()}"' in look(client, item.number, code).text
    assert client.get(article.get_absolute_url()).status_code == 200
    assert list(SubmissionStep.objects.values_list("act", flat=True)) == ["send", "read", "adopt"]
    assert AuditEntry.objects.filter(action="submission").count() == 3
    assert not AuditEntry.objects.filter(object_name__contains=WORDS["title"], action="submission").exists()


def test_pressed_twice_it_is_adopted_once(client):
    send(client, pictures=[picture()])
    item, column, source = Submission.objects.get(), make_column(reviews=1), make_source()
    editor = client_of(make_member("editor"))
    for _ in range(2):
        answer = step(editor, item, "adopt", column=column.pk, source=source.name)
        assert answer.redirect_chain[-1][0] == f"/admin/news/article/{Article.objects.get().pk}/change/"
    assert (Article.objects.count(), Picture.objects.count()) == (1, 1)
    assert SubmissionStep.objects.filter(act="adopt").count() == 1
    assert "已经处理过" in step(editor, item, "decline", remarks="不要").text
    assert Submission.objects.get().stage == "adopted"


def test_without_reviews_an_adopted_one_is_not_published_by_itself(client):
    send(client)
    column, source = make_column(reviews=0), make_source()
    page = step(
        client_of(make_member("editor")), Submission.objects.get(), "adopt", column=column.pk, source=source.name, submits="on"
    )  # fmt: skip
    assert "不需要审核" in page.text
    assert not Article.objects.published().exists()


def test_an_unknown_source_is_made_only_when_told(client):
    send(client)
    item, column, editor = Submission.objects.get(), make_column(reviews=1), client_of(make_member("editor"))
    page = step(editor, item, "adopt", column=column.pk, source="某省开发区协会")
    assert "没有叫“某省开发区协会”的来源" in page.text
    assert not Article.objects.exists()
    step(editor, item, "adopt", **{"column": column.pk, "source": "某省开发区协会", "source-make": "某省开发区协会"})
    assert Article.objects.get().source.name == "某省开发区协会"


def test_sent_back_and_sent_again(client):
    code = code_on(send(client, pictures=[picture("一.png"), picture("二.png", color=(1, 2, 3))]))
    item, editor = Submission.objects.get(), client_of(make_member("editor"))
    assert "要写明意见" in step(editor, item, "send_back", remarks=" ").text
    step(editor, item, "send_back", remarks="请补充数据来源")
    page = look(client, item.number, code)
    assert "请补充数据来源" in page.text
    first = item.files.first()
    short = act(client, page, "rewrite", **WORDS | {"body": "", "title": "新的标题"}, drop=first.pk)
    assert short.status_code == 422
    assert "请写正文" in short.text
    assert "新的标题" in short.text
    assert item.files.count() == 2
    done = act(
        client, page, "rewrite", **WORDS | {"title": "新的标题"}, drop=first.pk, pictures=[picture("三.png", width=99)]
    )
    assert "修改后的稿件已经提交" in done.text
    item.refresh_from_db()
    assert (item.stage, item.title, Submission.objects.count()) == ("new", "新的标题", 1)
    assert [row.name for row in item.files.all()] == ["二.png", "三.png"]
    again = act(client, page, "rewrite", **WORDS | {"title": "又一个标题", "body": "没有丢的话"})
    assert again.status_code == 422
    assert "没有丢的话" in again.text
    assert Submission.objects.get().title == "新的标题"
    assert list(item.steps.values_list("act", flat=True)) == ["send", "send_back", "resend"]


def test_declined_with_a_reason_and_withdrawn(client):
    code = code_on(send(client))
    item, editor = Submission.objects.get(), client_of(make_member("editor"))
    before = look(client, item.number, code)
    step(editor, item, "decline", remarks="与开发区无关")
    assert "不采用：与开发区无关" in look(client, item.number, code).text
    assert act(client, before, "withdraw").status_code == 422
    code = code_on(send(client, title="另一篇"))
    item = Submission.objects.get(title="另一篇")
    act(client, look(client, item.number, code), "withdraw")
    item.refresh_from_db()
    assert item.stage == "withdrawn"
    assert "已经处理过" in step(editor, item, "read").text


@pytest.mark.usefixtures("one_day")
def test_a_double_post_is_one_submission_with_one_receipt(client):
    pages = [send(client, pictures=[picture()]) for _ in range(2)]
    assert len({code_on(page) for page in pages}) == 1
    assert (Submission.objects.count(), SubmissionFile.objects.count(), SubmissionStep.objects.count()) == (1, 1, 1)
    assert code_on(send(client, title="另一篇")) != code_on(pages[0])


def test_a_word_document_is_the_text_and_brings_its_pictures(client):
    file = docx(p("开发区建成园区。") + word_picture(1), pictures=[png(1)])
    page = send(client, body="", document=file)
    assert page.status_code == 200, page.text
    item = Submission.objects.get()
    assert (item.body, item.text) == ("", "开发区建成园区。")
    column, source = make_column(reviews=1), make_source()
    step(client_of(make_member("editor")), item, "adopt", column=column.pk, source=source.name)
    article = Article.objects.get()
    assert "开发区建成园区。" in article.body
    assert Picture.objects.get().file.url in article.body


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (ContentFile(b"PK\x03\x04 broken", name="a.docx"), "损坏"),
        (ContentFile(b"MZ program", name="a.docx"), "不是 Word 文档"),
        (ContentFile(b"%PDF-1.7", name="a.pdf"), "不是 Word 文档"),
        (docx(p("x"), extra=[("word/vbaProject.bin", b"x")]), "宏"),
        (docx(p("x"), extra=[("../../evil", b"x")]), "路径不安全"),
        (
            docx("", extra=[("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aaa">]><w:document>&a;</w:document>')]),
            "外部内容",
        ),
        (docx(p("x"), extra=[("word/big.xml", "0" * 4_000_001)]), "太大"),
        (docx("<w:p><w:r></w:p>"), "读不出来"),
        (docx(""), "请写正文"),
    ],
)
def test_a_hostile_or_broken_document_is_refused_and_nothing_is_lost(client, file, words):
    page = send(client, body="", document=file)
    assert page.status_code == 422
    assert words in page.text
    assert WORDS["title"] in page.text
    assert not Submission.objects.exists()


@pytest.mark.usefixtures("one_day")
def test_markup_of_a_document_is_cleaned(client):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    answered(client, send(client, body="", document=docx(p(evil))))  # markup in a text is asked about
    item, column, source = Submission.objects.get(), make_column(reviews=1), make_source()
    editor = client_of(make_member("editor"))
    assert "<script>alert" not in editor.get(f"/admin/news/submission/{item.pk}/change/").text
    step(editor, item, "adopt", column=column.pk, source=source.name)
    assert "<script" not in Article.objects.get().body
    assert "<img" not in Article.objects.get().body


def test_what_is_needed_is_asked_and_files_wait_for_the_next_try(client):
    page = send(client, body="", pictures=[picture("园区.png")], phone="", owns=None, agrees=None)
    assert page.status_code == 422
    for words in ("请写正文", "电话和邮箱至少填一项", "请阅读版权声明", "请阅读告知书", "园区.png"):
        assert words in page.text
    draft = SubmissionFile.objects.get()
    token = page.text.split('name="draft" value="')[1].split('"')[0]
    assert send(client, draft=token).status_code == 200
    draft.refresh_from_db()
    assert draft.submission == Submission.objects.get()
    both = send(client, title="另一篇", document=docx(p("文档")))
    assert "只要一样" in both.text
    wrong = send(client, title="另一篇", pictures=[ContentFile(b"<svg>", name="a.svg")])
    assert "只能上传 JPG" in wrong.text
    many = send(client, title="另一篇", pictures=[picture(f"{n}.png", width=50 + n) for n in range(8)])
    assert "最多 7 个" in many.text


def test_pictures_are_kept_without_what_rides_along(client):
    sent = picture("a.png")
    sent.file.seek(0, 2)
    sent.file.write(b"<script>hidden</script>")
    sent.size = sent.file.tell()
    sent.file.seek(0)
    send(client, pictures=[sent])
    with SubmissionFile.objects.get().file.open("rb") as file:
        assert b"hidden" not in file.read()


def test_the_versions_of_what_was_agreed_to_are_recorded(client):
    send(client)
    first = Submission.objects.get()
    assert (first.rights.version, first.notice.version) == (1, 1)
    assert first.consented_at
    RightsStatement.objects.create(text="新的声明原话")
    PrivacyNotice.objects.create(
        **dict.fromkeys(("handler", "purpose", "kinds", "retention", "rights", "contact"), "新")
    )
    page = client.get("/contribute/").text
    assert "新的声明原话" in page
    assert "（第 2 版）" in page
    send(client, title="另一篇")
    second = Submission.objects.get(title="另一篇")
    assert (second.rights.version, second.notice.version) == (2, 2)


def test_suspicious_ones_are_asked_and_advertising_waits_apart(client):
    asked = send(client, stamp="")
    assert asked.status_code == 422
    assert "还差一步" in asked.text
    assert WORDS["body"].split("\n")[0] in asked.text
    assert not Submission.objects.exists()
    assert send(client, homepage="x", stamp=stamp()).status_code == 422
    assert send(client, address="2001:db8::1", body="代开发票，六合彩，网络赌场。加微信 abc12345").status_code == 422


def test_what_waits_apart_comes_out_with_a_click(client):
    item = Submission.objects.create(title="可疑", body="x", source="某", author="某", is_quarantined=True)
    editor = client_of(make_member("editor"))
    assert "可疑</a>" not in editor.get("/admin/news/submission/").text
    assert "可疑</a>" in editor.get("/admin/news/submission/?suspect=yes").text
    assert "请先放行" in step(editor, item, "read").text
    step(editor, item, "release")
    assert "可疑</a>" in editor.get("/admin/news/submission/").text


def test_the_history_is_append_only(client):
    send(client)
    with pytest.raises(TypeError):
        SubmissionStep.objects.update(remarks="x")
    with pytest.raises(TypeError):
        SubmissionStep.objects.get().save()
    with pytest.raises(DatabaseError), transaction.atomic():
        SubmissionStep.objects.create(submission=Submission.objects.get(), act="decline")


def test_a_foreign_page_and_a_wrong_code_open_nothing(client):
    code = code_on(send(client))
    item = Submission.objects.get()
    assert send(client, title="另一篇", headers={"Origin": "https://evil.example"}).status_code == 403
    wrong = look(client, item.number, "0000-0000-0000")
    assert (wrong.status_code, WORDS["title"] in wrong.text) == (422, False)
    page = look(client, item.number, code)
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies
    assert client.post("/contribute/receipt/", {"token": "x", "act": "withdraw", "body": "我的话"}).status_code == 422


@pytest.mark.parametrize("what", ["read", "release", "send_back", "decline", "adopt", "nonsense"])
def test_steps_are_for_staff_with_the_right_and_a_role(client, what):
    send(client)
    item, column, source = Submission.objects.get(), make_column(), make_source()
    address = f"/admin/news/submission/{item.pk}/step/{what}/"
    values = {"remarks": "不", "column": column.pk, "source": source.name}
    assert client.post(address, values).status_code == 302  # to the log-in page
    for person in (make_staff(), make_staff("news.view_submission"), make_staff("news.change_submission")):
        assert client_of(person).post(address, values).status_code in (403, 404)
    assert client_of(make_user(unit="某协会")).post(address, values).status_code == 302
    assert client_of(make_member("editor")).get(address).status_code == 405
    item.refresh_from_db()
    assert (item.stage, item.steps.count(), Article.objects.count()) == ("new", 1, 0)


def test_an_editor_of_another_column_adopts_into_his_own_only(client):
    send(client)
    item, mine, other, source = Submission.objects.get(), make_column(reviews=1), make_column(reviews=1), make_source()
    editor = client_of(make_member("editor", columns=[mine]))
    step(editor, item, "adopt", column=other.pk, source=source.name)
    assert not Article.objects.exists()
    step(editor, item, "adopt", column=mine.pk, source=source.name)
    assert Article.objects.get().column == mine


def test_files_are_for_those_who_see_the_submission(client):
    send(client, pictures=[picture()])
    row = SubmissionFile.objects.get()
    address = f"/admin/news/submission/files/{row.pk}/"
    assert client.get(address).status_code == 302
    assert client_of(make_staff()).get(address).status_code == 403
    assert client_of(make_staff("news.view_submission")).get(address).status_code == 404
    shown = client_of(make_member("editor")).get(address)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")
    assert "sandbox" in shown["Content-Security-Policy"]
    assert client.get(f"/media/{row.file.name}").status_code == 404


def test_a_dead_database_gives_the_words_back(client, monkeypatch):
    def fails(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(Submission, "save", fails)
    page = send(client)
    assert page.status_code == 503
    assert WORDS["body"].split("\n")[0] in page.text
    assert 'action="/contribute/"' in page.text


def test_a_statement_of_rights_is_added_to_and_never_changed():
    boss = client_of(make_member("manager"))
    add = "/admin/news/rightsstatement/add/"
    assert "本稿件为本人" in boss.get(add).text
    RightsStatement.objects.recorded()
    boss.post(add, {"text": "新的声明"})
    statement = RightsStatement.objects.latest("pk")
    assert (statement.version, statement.text) == (2, "新的声明")
    address = f"/admin/news/rightsstatement/{statement.pk}"
    assert boss.get(f"{address}/change/").status_code == 200
    assert boss.post(f"{address}/change/", {"text": "改了"}).status_code == 403
    assert boss.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert client_of(make_member("editor")).get(add).status_code == 403
