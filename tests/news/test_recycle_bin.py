"""Deleted articles: gone from the site at once, back when somebody wants them, and gone for good by 管理员 only."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, transaction
from django.utils import timezone

from news import recycling, review
from news.models import Article, ArticleVersion, LibraryFile, ReviewRun
from portal.models import AuditEntry
from portal.publishing import Status
from tests.factories import client_of, make_article, make_attachment, make_column, make_member, make_staff, make_user
from tests.news.desk import change_page, make_draft, make_editor, told

BIN = "/admin/news/article/bin/"
LIST = "/admin/news/article/"


@pytest.fixture
def boss(db):
    return make_user(is_staff=True, is_superuser=True, name="管理员甲")


def test_a_deleted_article_is_gone_everywhere_at_once(boss, client):
    article = make_article(title="罕见词语峡山", is_headline=True)
    attachment = make_attachment(article)
    surfaces = [
        "/", "/news/", article.column.get_absolute_url(), "/news/feed/", "/search/?q=峡山", "/sitemap-articles-1.xml",
        "/news/hot/?window=week",
    ]  # fmt: skip
    shown = [address for address in surfaces if article.get_absolute_url() in client.get(address).text]
    assert len(shown) >= 4, shown
    with pytest.raises(recycling.Refused):
        recycling.delete([article.pk], by=make_editor())
    recycling.delete([article.pk], by=boss)
    for address in surfaces:
        assert article.get_absolute_url() not in client.get(address).text, address
    assert client.get(article.get_absolute_url()).status_code == 404
    assert client.get(attachment.get_absolute_url()).status_code == 404
    desk = client_of(boss)
    assert "罕见词语峡山" not in desk.get(LIST).text
    assert desk.get(change_page(article)).status_code == 302
    assert "罕见词语峡山" in desk.get(BIN).text


def test_the_database_holds_that_nothing_deleted_is_published(db):
    article = make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(deleted_at=timezone.now())


def test_deleting_asks_and_moves_to_the_bin(boss):
    article, client = make_draft(by=boss), client_of(boss)
    page = client.get(f"{LIST}{article.pk}/delete/").text
    assert "移到回收站" in page
    client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"})
    now = Article.objects.get()
    assert (now.deleted_by, now.status) == (boss, Status.DRAFT)
    assert AuditEntry.objects.order_by("number").last().summary == "移到回收站"
    assert now.deleted_at > timezone.now() - timedelta(minutes=1)


def test_each_step_leaves_one_entry_in_the_audit_log_and_a_line_in_the_history(boss):
    alone, several, client = make_draft(by=boss), make_draft(by=boss), client_of(boss)
    client.post(f"{LIST}{alone.pk}/delete/", {"post": "yes"})
    client.post(LIST, {"action": "delete_selected", "_selected_action": several.pk, "post": "yes"})
    client.post(f"{BIN}restore/", {"article": alone.pk})
    client.post(f"{BIN}erase/", {"article": several.pk, "confirmed": "1"})
    entries = AuditEntry.objects.filter(object_type="news.article").order_by("number")
    kept = [(entry.action, entry.object_id, entry.summary) for entry in entries]
    assert kept == [
        ("delete", str(alone.pk), "移到回收站"),
        ("delete", str(several.pk), "移到回收站"),
        ("restore", str(alone.pk), "从回收站恢复"),
        ("delete", str(several.pk), "彻底删除"),
    ]
    assert LogEntry.objects.count() == 4


def test_deleting_several(boss):
    articles = [make_draft(by=boss) for _ in range(3)]
    values = {"action": "delete_selected", "_selected_action": [a.pk for a in articles[:2]]}
    assert "移到回收站" in client_of(boss).post(LIST, values).text
    client_of(boss).post(LIST, values | {"post": "yes"})
    assert list(Article.objects.kept()) == [articles[2]]


def test_what_is_reviewed_is_not_deleted(boss):
    article = make_draft(by=boss)
    ReviewRun.objects.create(
        article=article, version=article.latest_version, kind="publish", required=1, level=1, started_by=boss
    )
    with pytest.raises(recycling.Refused, match="先收回"):
        recycling.delete([article.pk], by=boss)
    client = client_of(boss)
    client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"})
    client.post(LIST, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"})
    assert Article.objects.kept().count() == 1


def test_what_is_in_the_bin_is_not_submitted(boss):
    article = make_draft(by=boss)
    recycling.delete([article.pk], by=boss)
    with pytest.raises(review.Refused):
        review.submit(article, by=boss, address="", reason="", note="")


def test_the_managers_role_is_enough_to_delete_what_is_on_line_and_for_good(db):
    client, article = client_of(make_member("manager")), make_article()
    client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"})
    assert list(Article.objects.in_bin()) == [article]
    client.post(f"{BIN}erase/", {"article": article.pk, "confirmed": "yes"})
    assert not Article.objects.exists()


def test_what_is_in_the_bin_is_nobodys_task(boss):
    article, editor = make_draft(by=boss), make_editor()
    kept, recalled = make_draft(by=editor), make_draft(by=editor)
    for draft in (kept, recalled):
        run = review.submit(draft, by=editor)
        review.send_back(draft, by=boss, version=run.version, opinion="请补充。")
    recycling.delete([article.pk, recalled.pk], by=boss)
    counts = {}
    for user in (boss, editor):
        counts[user] = {task.text: task.count for task in client_of(user).get("/admin/").context["desk"]["tasks"]}
    assert "我的草稿" not in counts[boss]
    assert (counts[editor]["我的草稿"], counts[editor]["退回给我的稿件"]) == (1, 1)


def test_what_was_online_comes_back_withdrawn_and_a_draft_as_a_draft(boss, client):
    online, draft = make_article(title="在线的"), make_draft(by=boss, title="草稿的")
    recycling.delete([online.pk, draft.pk], by=boss)
    response = client_of(boss).post(f"{BIN}restore/", {"article": [online.pk, draft.pk]}, follow=True)
    assert "已恢复 2 篇" in told(response)[0]
    statuses = dict(Article.objects.kept().values_list("title", "status"))
    assert statuses == {"在线的": Status.WITHDRAWN, "草稿的": Status.DRAFT}
    assert client.get(online.get_absolute_url()).status_code == 404


def test_deleting_for_good_asks_again_and_removes_the_files_after_the_commit(boss, django_capture_on_commit_callbacks):
    article = make_draft(by=boss, versions=[{"title": "二"}])
    file, shared = (
        make_attachment(article).library_file.file,
        make_attachment(article, content=b"%PDF-1.5").library_file,
    )
    make_attachment(make_draft(by=boss), content=b"%PDF-1.5")
    recycling.delete([article.pk], by=boss)
    client = client_of(boss)
    assert "不能撤销" in client.post(f"{BIN}erase/", {"article": article.pk}).text
    assert Article.objects.in_bin().count() == 1
    with django_capture_on_commit_callbacks() as callbacks:
        client.post(f"{BIN}erase/", {"article": article.pk, "confirmed": "1"})
    assert not Article.objects.in_bin().exists()
    assert not ArticleVersion.objects.filter(article=article.pk).exists()
    assert list(LibraryFile.objects.all()) == [shared]  # another article names it
    assert file.storage.exists(file.name)
    for callback in callbacks:
        callback()
    assert not file.storage.exists(file.name)
    assert shared.file.storage.exists(shared.file.name)


def test_what_is_not_in_the_bin_is_not_deleted_for_good(boss):
    article = make_draft(by=boss)
    client_of(boss).post(f"{BIN}erase/", {"article": article.pk, "confirmed": "1"})
    assert Article.objects.count() == 1


@pytest.mark.parametrize("wrong", ["x", "99999999999999999999999", "1²", ""])
def test_a_key_that_is_none_restores_nothing(boss, wrong):
    response = client_of(boss).post(f"{BIN}restore/", {"article": wrong}, follow=True)
    assert "没有选中" in told(response)[0]


def test_the_bin_is_for_who_may_delete_and_see(boss, client):
    editor = make_editor()
    article = make_draft(by=editor)
    recycling.delete([article.pk], by=editor)
    other, looker = make_editor(make_column()), make_editor(rights=("view", "change"))
    for address in ("", "restore/", "erase/"):
        assert client.post(BIN + address).status_code == 302
        assert client_of(make_staff()).post(BIN + address).status_code in (403, 405)
    assert client_of(looker).get(BIN).status_code == 403
    assert client_of(looker).post(f"{BIN}restore/", {"article": article.pk}).status_code == 403
    assert article.title not in client_of(other).get(BIN).text
    client_of(other).post(f"{BIN}restore/", {"article": article.pk})
    assert Article.objects.in_bin().count() == 1
    assert client_of(editor).post(f"{BIN}erase/", {"article": article.pk, "confirmed": "1"}).status_code == 403
    client_of(editor).post(f"{BIN}restore/", {"article": article.pk})
    assert Article.objects.kept().count() == 1
