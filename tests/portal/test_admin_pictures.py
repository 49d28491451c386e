"""The library of pictures in the admin, and the editor's way into it."""

from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal import pictures
from portal.models import Picture
from tests.factories import client_of, make_article, make_picture, make_staff, make_user, picture_bytes

UPLOAD = "/admin/pictures/upload/"
BROWSE = "/admin/pictures/browse/"


@pytest.fixture
def boss(db):
    return client_of(make_user(is_staff=True, is_superuser=True, username="boss"))


def picture_file(name="图.png", **options):
    return SimpleUploadedFile(name, picture_bytes(**options), content_type="image/png")


# Pictures: the library ------------------------------------------------------------------------

ADD = "/admin/portal/picture/add/"


def test_a_picture_is_added_once_with_its_description(boss):
    assert boss.post(ADD, {"upload": picture_file(), "alt": "园区全景"}).status_code == 302
    picture = Picture.objects.get()
    assert (picture.alt, picture.title, picture.uploaded_by.username, picture.width) == ("园区全景", "图", "boss", 800)
    response = boss.post(ADD, {"upload": picture_file("又一张.png")}, follow=True)
    assert "图库里已有同样的图片" in response.content.decode()
    assert Picture.objects.get() == picture
    assert LogEntry.objects.count() == 1
    assert f'src="{picture.url_for(320)}"' in boss.get("/admin/portal/picture/").content.decode()


def test_who_uploads_a_picture_a_moment_later_has_added_nothing(boss, monkeypatch):
    write_smaller = pictures.write_smaller

    def other_first(*args):
        monkeypatch.setattr(pictures, "write_smaller", write_smaller)
        Picture.objects.add(picture_file("先到.png"), alt="园区全景")
        write_smaller(*args)

    monkeypatch.setattr(pictures, "write_smaller", other_first)
    response = boss.post(ADD, {"upload": picture_file("后到.png"), "alt": "厂房"}, follow=True)
    assert "图库里已有同样的图片" in response.text
    picture = Picture.objects.get()
    assert (picture.title, picture.alt, picture.uploaded_by) == ("先到", "园区全景", None)
    assert not LogEntry.objects.exists()


def test_a_cover_is_added_from_the_form_of_an_article(boss):
    response = boss.post(f"{ADD}?_popup=1", {"upload": picture_file(), "alt": "封面", "_popup": "1"})
    picture = Picture.objects.get()
    assert f"&quot;value&quot;: &quot;{picture.pk}&quot;" in response.content.decode()
    again = boss.post(f"{ADD}?_popup=1", {"upload": picture_file(), "alt": "封面", "_popup": "1"})
    assert f"&quot;value&quot;: &quot;{picture.pk}&quot;" in again.content.decode()


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_an_error_of_the_form(boss, settings, content):
    response = boss.post(ADD, {"upload": SimpleUploadedFile("a.png", content), "alt": "x"})
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["upload"]
    assert not Picture.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.*"))


def test_a_picture_in_use_is_not_deleted(boss):
    used, unused = make_picture(), make_picture()
    make_article(title="用图的文章", cover=used)
    address = f"/admin/portal/picture/{used.pk}/delete/"
    assert "用图的文章" in boss.get(address).content.decode()
    boss.post(address, {"post": "yes"})
    values = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"}
    boss.post("/admin/portal/picture/", values)
    assert Picture.objects.count() == 2
    boss.post(f"/admin/portal/picture/{unused.pk}/delete/", {"post": "yes"})
    assert list(Picture.objects.all()) == [used]


# Pictures: the editor's dialog ----------------------------------------------------------------


def test_the_editor_uploads_into_the_library(boss):
    answer = boss.post(UPLOAD, {"upload": picture_file(width=2000, height=1000)}).json()
    picture = Picture.objects.get()
    assert answer == {
        "uploaded": 1, "fileName": "图", "url": picture.url_for(1200), "width": 1200, "height": 600, "alt": "",
    }  # fmt: skip
    assert picture.uploaded_by.username == "boss"
    assert b"".join(boss.get(answer["url"]).streaming_content)[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.html", b"<script>", "不是可用的图片"),
        ("a.jpg", b"<html>", "不是可用的图片"),
        ("a.svg", b"<svg onload=alert(1)>", "不是可用的图片"),
        ("evil.html", picture_bytes(), "扩展名"),
        ("a.png", b"\xff" * 50_000_000, "图片太大"),
    ],
)
def test_the_editor_is_told_what_is_wrong(boss, name, content, message):
    response = boss.post(UPLOAD, {"upload": SimpleUploadedFile(name, content)})
    assert response.status_code == 200
    assert response.json()["uploaded"] == 0
    assert message in response.json()["error"]["message"]
    assert not Picture.objects.exists()


def test_the_editor_sent_nothing(boss):
    assert boss.post(UPLOAD).json() == {"uploaded": 0, "error": {"message": "没有收到图片，请重新选择。"}}
    assert boss.get(UPLOAD).status_code == 405


@pytest.mark.django_db
def test_uploading_and_browsing_need_their_rights(client, boss):
    browse = f"{BROWSE}?CKEditorFuncNum=1"
    assert client.post(UPLOAD, {"upload": picture_file()}).headers["Location"].startswith("/admin/login/")
    assert client.get(browse).headers["Location"].startswith("/admin/login/")
    nobody = client_of(make_staff("news.change_article"))
    assert nobody.post(UPLOAD, {"upload": picture_file()}).status_code == 403
    assert nobody.get(browse).status_code == 403
    assert not Picture.objects.exists()
    editor = client_of(make_staff("portal.add_picture", "portal.view_picture"))
    assert editor.post(UPLOAD, {"upload": picture_file()}).json()["uploaded"] == 1
    assert editor.get(browse).status_code == 200


@pytest.mark.django_db
def test_an_upload_without_the_token_is_refused():
    user = make_staff("portal.add_picture")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(UPLOAD, {"upload": picture_file()}).status_code == 403
    assert not Picture.objects.exists()


def test_browsing_the_library(boss):
    for number in range(26):
        make_picture(title=f"图{number}", alt="厂房" if number == 3 else "")
    page = boss.get(f"{BROWSE}?CKEditorFuncNum=7").content.decode()
    assert 'data-function="7"' in page
    assert page.count("data-url=") == 24
    assert boss.get(f"{BROWSE}?CKEditorFuncNum=7&page=2").content.decode().count("data-url=") == 2
    found = boss.get(f"{BROWSE}?CKEditorFuncNum=7&q=厂房").content.decode()
    assert found.count("data-url=") == 1
    assert boss.get(f"{BROWSE}?CKEditorFuncNum=7&page=9").status_code == 404


@pytest.mark.parametrize("number", ["", "1);alert(document.domain)//", "-1", "1.5", "9" * 3000, "%00", "<script>"])
def test_browsing_takes_a_number_only(boss, number):
    assert boss.get(f"{BROWSE}?CKEditorFuncNum={number}").status_code == 400


def test_names_in_the_library_are_text(boss):
    make_picture(title="<script>alert(1)</script>", alt='"><img src=x onerror=alert(1)>')
    for address in (f"{BROWSE}?CKEditorFuncNum=1", "/admin/portal/picture/"):
        page = boss.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_addresses_of_the_old_upload_do_not_exist(boss):
    assert reverse("admin:portal_picture_upload") == UPLOAD
    assert boss.get("/ckeditor/upload/").status_code == 404
    assert boss.get("/ckeditor/browse/").status_code == 404
