"""The library of files: each content once, picked again for other articles, and seen by whom it concerns."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news.models import Article, Attachment, LibraryFile
from news.versions import content_of, record
from tests.factories import client_of, make_article, make_attachment, make_column, make_member, make_user
from tests.news.desk import change_page, form_values, make_draft, told
from tests.portal.test_files import REFUSED

FILES = "/admin/news/libraryfile/"
PDF = b"%PDF-1.4 report"


@pytest.fixture
def boss(db):
    return make_user(is_staff=True, is_superuser=True)


def upload(name="年度报告.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def send(client, article, *rows, initial=0, **changes):
    """Save the form of `article` with the attachments `rows` (dictionaries of their fields)."""
    parts = {f"attachments-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    parts |= {"attachments-TOTAL_FORMS": len(rows), "attachments-INITIAL_FORMS": initial}
    values = form_values(client, article) | {f"attachments-{n}-position": n for n in range(len(rows))}
    return client.post(change_page(article), values | parts | changes, follow=True)


def offered(client, q=""):
    """What the form of an article offers from the library while typing."""
    field = "app_label=news&model_name=attachment&field_name=library_file"
    return [row["text"] for row in client.get(f"/admin/autocomplete/?{field}&term={q}").json()["results"]]


def bytes_of(client, address):
    return b"".join(client.get(address).streaming_content)


def test_an_attachment_goes_into_the_library_and_is_given_out_to_staff(boss):
    client, article = client_of(boss), make_draft(by=boss)
    assert "不能上传" in send(client, article, {"upload": upload("a.html", b"<script>")}).text
    assert "请上传文件，或者从文件库里选一个" in send(client, article, {"name": "只有名称"}).text
    assert not LibraryFile.objects.exists()
    send(client, article, {"upload": upload()})
    attachment = Attachment.objects.get()
    file = attachment.library_file
    assert (attachment.name, str(file), file.size, file.uploaded_by) == ("年度报告", "年度报告.pdf", len(PDF), boss)
    page, address = client.get(change_page(article)).text, f"/admin/news/article/attachments/{attachment.pk}/"
    assert f'<a href="{address}">年度报告</a>' in page
    assert bytes_of(client, address) == bytes_of(client, f"{FILES}{file.pk}/file/") == PDF
    assert client_of(make_member("editor", columns=[make_column()])).get(address).status_code == 403
    file.file.storage.delete(file.file.name)
    assert client.get(address).status_code == client.get(f"{FILES}{file.pk}/file/").status_code == 404
    assert client.get(change_page(article)).status_code == 200


def test_the_same_file_is_kept_once_and_may_be_picked_again(boss):
    client, articles = client_of(boss), [make_draft(by=boss) for _ in range(3)]
    send(client, articles[0], {"upload": upload()})
    send(client, articles[1], {"upload": upload("另一个名字.pdf")})
    file = LibraryFile.objects.get()
    assert offered(client, "年度") == ["年度报告.pdf"]
    assert offered(client, "季度") == []
    send(client, articles[2], {"library_file": file.pk})
    assert [row.name for row in Attachment.objects.order_by("pk")] == ["年度报告", "另一个名字", "年度报告"]
    assert {row.library_file for row in Attachment.objects.all()} == {file}
    send(client, articles[2], {"upload": upload("年度报告.txt")})
    assert [str(row) for row in LibraryFile.objects.all()] == ["年度报告.txt", "年度报告.pdf"]


def test_another_file_in_its_place_leaves_the_one_of_older_versions(boss):
    client, article = client_of(boss), make_draft(by=boss)
    send(client, article, {"upload": upload()})
    old = Attachment.objects.get()
    row = {"id": old.pk, "name": old.name, "library_file": 999, "upload": upload("b.pdf", b"%PDF-2")}
    send(client, article, row, initial=1)
    new = Attachment.objects.exclude(pk=old.pk).get()
    assert [bytes_of(client, f"/admin/news/article/attachments/{row.pk}/") for row in (old, new)] == [PDF, b"%PDF-2"]
    versions = article.versions.order_by("number").values_list("content__attachments", flat=True)
    assert [[place["id"] for place in places] for places in versions][-2:] == [[old.pk], [new.pk]]
    old.refresh_from_db()
    assert not old.is_live
    compared = client.get(f"/admin/news/article/{article.pk}/versions/compare/?left=2&right=3").text
    assert [text in compared for text in ("PDF，15\xa0字节", "PDF，6\xa0字节")] == [True, True]


def test_a_file_that_any_version_names_is_not_deleted(boss):
    client, article = client_of(boss), make_draft(by=boss, title="用着它的文章")
    send(client, article, {"upload": upload()})
    record(article, content_of(Article.objects.get()) | {"attachments": []}, by=boss)
    file = LibraryFile.objects.get()
    assert "用着它的文章" in client.get(f"{FILES}{file.pk}/change/").text
    answer = client.post(f"{FILES}{file.pk}/delete/", {"post": "yes"})
    assert "用着它的文章" in answer.text
    client.post(FILES, {"action": "delete_selected", "_selected_action": [file.pk], "post": "yes"})
    assert LibraryFile.objects.get() == file


def test_a_file_that_nothing_names_goes_with_its_content(boss, django_capture_on_commit_callbacks):
    client = client_of(boss)
    client.post(f"{FILES}add/", {"upload": upload(), "title": "用不着的"})
    file = LibraryFile.objects.get(title="用不着的")
    assert "没有文章用它" in client.get(f"{FILES}{file.pk}/change/").text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{FILES}{file.pk}/delete/", {"post": "yes"})
    assert not LibraryFile.objects.exists()
    assert not file.file.storage.exists(file.file.name)


def test_uploads_to_the_library_are_judged_and_repeats_are_told(boss, settings):
    client = client_of(boss)
    for name, content, message in REFUSED.values():
        assert message in client.post(f"{FILES}add/", {"upload": upload(name, content)}).text, name
    assert "这个字段是必填项" in client.post(f"{FILES}add/", {}).text
    settings.ATTACHMENT_MAX = 10
    assert "文件太大" in client.post(f"{FILES}add/", {"upload": upload()}).text
    settings.ATTACHMENT_MAX = 1_000
    assert not LibraryFile.objects.exists()
    client.post(f"{FILES}add/", {"upload": upload()})
    again = client.post(f"{FILES}add/", {"upload": upload("又一次.pdf")}, follow=True)
    assert "文件库里已有同样的文件" in " ".join(told(again))
    assert LibraryFile.objects.get().title == "年度报告"
    page = client.get(FILES, {"q": "年度", "extension__exact": "pdf"})
    assert page.context["cl"].result_count == 1
    assert client.get(FILES, {"q": "季度"}).context["cl"].result_count == 0


def test_a_file_of_a_strangers_draft_is_neither_seen_nor_picked(boss, client):
    here, there = make_column(), make_column()
    editor = make_member("editor", columns=[here])
    public = make_attachment(make_article(column=there), content=b"%PDF-public").library_file
    secret = make_attachment(make_draft(by=boss, column=there), content=b"%PDF-secret").library_file
    LibraryFile.objects.filter(pk=public.pk).update(title="公开的")
    LibraryFile.objects.filter(pk=secret.pk).update(title="内部的")
    own = LibraryFile.objects.keep(upload("自己的.pdf"), uploaded_by=editor)
    desk, article = client_of(editor), make_draft(by=editor, column=here)
    assert offered(desk) == ["自己的.pdf", "公开的.pdf"]
    assert [row.pk for row in desk.get(FILES).context["cl"].result_list] == [own.pk, public.pk]
    for address in (f"{FILES}{secret.pk}/change/", f"{FILES}{secret.pk}/file/"):
        assert desk.get(address).status_code in (302, 404)
    answer = send(desk, article, {"library_file": secret.pk})
    assert "内部的" not in answer.text
    assert re.search("选择一个有效的选项|不是有效的", answer.text)
    assert not Attachment.objects.filter(article=article).exists()
    send(desk, article, {"library_file": public.pk}, {"library_file": own.pk})
    assert Attachment.objects.filter(article=article).count() == 2
    assert client.get(f"{FILES}{public.pk}/file/").status_code == 302  # readers have the article's link only


def test_what_is_not_live_stays_out_of_reach(boss, client):
    article = make_article(column=make_column(reviews=1))
    file = make_attachment(article).library_file
    old = article.attachments.get()
    assert bytes_of(client, old.get_absolute_url()) == b"%PDF-1.4"
    send(client_of(boss), article, {"id": old.pk, "name": "旧", "DELETE": "on"}, {"library_file": file.pk}, initial=1)
    new = Attachment.objects.exclude(pk=old.pk).get()
    assert client.get(new.get_absolute_url()).status_code == 404
    assert bytes_of(client, old.get_absolute_url()) == b"%PDF-1.4"
