"""The library keeps what was sent, privately; tells of repeats; and reminds of missing descriptions."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from portal.models import AuditEntry, Picture
from tests.factories import client_of, make_picture, make_staff

pytestmark = pytest.mark.django_db


def photograph(place=b"39.9N"):
    """A JPEG whose EXIF tells a place."""
    image, buffer = Image.new("RGB", (800, 450), (11, 61, 145)), BytesIO()
    exif = image.getexif()
    exif[0x010E] = place.decode()
    image.save(buffer, "JPEG", exif=exif)
    return buffer.getvalue()


def test_the_original_is_kept_as_it_was_sent_and_given_to_who_may(settings, django_capture_on_commit_callbacks):
    sent = photograph()
    picture = Picture.objects.add(SimpleUploadedFile("会场.jpg", sent))
    with picture.file as public, picture.original as original:
        assert b"39.9N" not in public.read()
        assert original.read() == sent
    address = reverse("admin:portal_picture_original", args=[picture.pk])
    answer = client_of(make_staff("portal.view_picture", "portal.download_original")).get(address)
    assert b"".join(answer.streaming_content) == sent
    assert "attachment" in answer["Content-Disposition"]
    assert AuditEntry.objects.get().summary == "下载原图"
    assert client_of(make_staff("portal.view_picture")).get(address).status_code == 403
    storage, name = picture.original.storage, picture.original.name
    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()
    assert not storage.exists(name)


def test_the_same_picture_in_another_wrapping_is_the_one_kept():
    client = client_of(make_staff("portal.add_picture"))
    answers = [
        client.post(
            reverse("admin:portal_picture_upload"), {"upload": SimpleUploadedFile(f"{place}.jpg", photograph(place))}
        ).json()
        for place in (b"39.9N", b"31.2N")
    ]
    assert answers[0]["url"] == answers[1]["url"]
    assert "notice" not in answers[0]
    assert "已有这张图片" in answers[1]["notice"]
    assert Picture.objects.count() == 1


def test_pictures_without_a_description_stand_out():
    bare, told = make_picture(alt="", title="无名"), make_picture(alt="园区全景", title="有名")
    client = client_of(make_staff("portal.view_picture"))
    listing = client.get(reverse("admin:portal_picture_changelist"), {"bare": "yes"}).text
    assert str(bare) in listing
    assert "有名" not in listing
    library = client.get(reverse("admin:portal_picture_browse"), {"CKEditorFuncNum": "1"}).text
    assert library.count('class="bare-picture"') == 1
    library = client.get(reverse("admin:portal_picture_browse"), {"CKEditorFuncNum": "1", "bare": "on"}).text
    assert "有名" not in library
    assert told.alt not in library
