"""What people and phones send as pictures: each is a good picture or a clear refusal, and nothing stays half-saved."""

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.utils import timezone
from PIL import Image

from news.models import Autosave
from portal import pictures
from portal.models import Picture, SiteSettings
from portal.picture_uses import uses
from tests.factories import client_of, make_article, make_picture, make_user, picture_bytes
from tests.news.desk import make_draft, make_editor

NOISE = Image.effect_noise((400, 300), 80).convert("RGB")


def upload(name, content):
    return SimpleUploadedFile(name, content)


def encoded(image, kind, **options):
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def empty_png(width, height):
    """A PNG of one colour and one bit a pixel: few bytes, many pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + (width + 7) // 8)) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def animation(kind, frames=5, size=(60, 40), **options):
    images = [NOISE.resize(size).rotate(number * 20) for number in range(frames)]
    return encoded(images[0], kind, save_all=True, append_images=images[1:], duration=80, **options)


def photograph(**options):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x8825] = {1: "N", 2: (39.0, 54.0, 0.0), 3: "E", 4: (116.0, 23.0, 0.0)}
    return encoded(NOISE, "JPEG", exif=exif.tobytes(), comment=b"<script>alert(1)</script>", **options)


def decoded(checked):
    return Image.open(BytesIO(checked.data))


# Refused --------------------------------------------------------------------------------------

REFUSED = {
    "HTML as .jpg": ("a.jpg", b"<html><script>alert(1)</script>", "不是可用的图片"),
    "HTML as .png": ("a.png", b"<!doctype html><p>", "不是可用的图片"),
    "SVG with script": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "不是可用的图片"),
    "SVG as .png": ("a.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "不是可用的图片"),
    "GIF named evil.html": ("evil.html", animation("GIF") + b"<script>alert(1)</script>", "扩展名"),
    "JPEG named .png": ("a.png", photograph(), "扩展名改成 .jpg"),
    "no extension": ("a", photograph(), "扩展名"),
    "bomb of 400 megapixels": ("a.png", empty_png(20_000, 20_000), "像素太多"),
    "picture of 41 megapixels": ("a.png", empty_png(8_200, 5_000), "像素太多"),
    "300 frames": ("a.gif", animation("GIF", frames=300, size=(8, 8)), "帧数太多"),
    "50 MB": ("a.jpg", b"\xff" * 50_000_000, "图片太大"),
    "empty": ("a.png", b"", "不是可用的图片"),
    "cut JPEG": ("a.jpg", photograph()[:9_000], "已损坏"),
    "cut PNG": ("a.png", encoded(NOISE, "PNG")[:9_000], "已损坏"),
    "cut GIF": ("a.gif", animation("GIF")[:1_500], "已损坏"),
    "TIFF": ("a.tif", encoded(NOISE, "TIFF"), "不是可用的图片"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_is_refused_with_a_reason(case):
    name, content, message = REFUSED[case]
    with pytest.raises(ValidationError, match=message):
        pictures.check(upload(name, content))


def test_an_animation_is_counted_in_pixels_of_all_its_frames(settings):
    settings.PICTURE_MAX_PIXELS = 4 * 60 * 40
    with pytest.raises(ValidationError, match="像素太多"):
        pictures.check(upload("a.gif", animation("GIF", frames=5)))
    assert pictures.check(upload("a.gif", animation("GIF", frames=4)))


def test_broken_bytes_never_raise_anything_but_a_refusal():
    for name, content in {"a.jpg": photograph(), "a.gif": animation("GIF"), "a.png": encoded(NOISE, "PNG")}.items():
        for position in range(10, min(len(content), 2_000), 37):
            broken = bytearray(content)
            broken[position] ^= 0xFF
            with suppress(ValidationError):
                pictures.check(upload(name, bytes(broken)))


# Accepted -------------------------------------------------------------------------------------


def test_a_photograph_stands_upright_and_tells_nothing_but_its_picture():
    checked = pictures.check(upload("现场.JPG", photograph()))
    image = decoded(checked)
    assert (checked.width, checked.height) == image.size == (300, 400)
    assert not image.getexif()
    assert b"script" not in checked.data
    assert checked.title == "现场"


@pytest.mark.parametrize(
    ("name", "content", "mode"),
    [
        ("a.jpg", encoded(NOISE.convert("CMYK"), "JPEG"), "RGB"),
        ("a.jfif", encoded(NOISE, "JPEG"), "RGB"),
        (
            "a.png",
            encoded(Image.linear_gradient("L").convert("I").point(lambda v: v * 257).convert("I;16"), "PNG"),
            "L",
        ),
        ("a.png", encoded(NOISE.quantize(16), "PNG", transparency=bytes([0, 128, *[255] * 14])), "P"),
        ("a.png", encoded(NOISE.convert("1"), "PNG"), "1"),
        ("a.jpg", encoded(NOISE, "MPO", save_all=True, append_images=[NOISE.resize((90, 60))]), "RGB"),
        ("a.jpg", encoded(NOISE, "JPEG", exif=b"Exif\0\0rubbish"), "RGB"),
    ],
    ids=["CMYK", "jfif", "16 bits", "palette with transparency", "1 bit", "MPO of a phone", "broken EXIF"],
)
def test_unusual_pictures_are_kept(name, content, mode):
    checked = pictures.check(upload(name, content))
    image = decoded(checked)
    assert image.mode == mode
    assert image.format in ("JPEG", "PNG")
    assert getattr(image, "n_frames", 1) == 1
    image.convert("RGBA").resize((10, 10))


def test_sixteen_bits_of_grey_do_not_turn_white():
    grey = Image.linear_gradient("L").convert("I").point(lambda v: v * 257).convert("I;16")
    low, high = decoded(pictures.check(upload("a.png", encoded(grey, "PNG")))).getextrema()
    assert (low, high) == (0, 255)
    assert decoded(pictures.check(upload("a.png", encoded(grey, "PNG")))).getpixel((0, 128)) in range(120, 136)


@pytest.mark.parametrize(("kind", "name"), [("GIF", "a.gif"), ("WEBP", "a.webp"), ("PNG", "a.png")])
def test_animations_still_move_and_lose_what_rides_along(kind, name):
    options = {"comment": b"<script>", "loop": 0} if kind == "GIF" else {}
    checked = pictures.check(upload(name, animation(kind, **options) + b"<script>alert(1)</script>"))
    assert decoded(checked).n_frames == 5
    assert b"script" not in checked.data


@pytest.mark.django_db
def test_a_very_long_picture_has_the_smaller_versions_that_webp_allows():
    picture = Picture.objects.add(upload("长图.jpg", encoded(Image.new("RGB", (1300, 30_000)), "JPEG")))
    assert picture.smaller_widths == [320, 640]
    assert all(Path(path).exists() for path in files_of(picture))
    assert picture.url_for(1200) == picture.file.url


# Kept -----------------------------------------------------------------------------------------


def files_of(picture):
    storage = picture.file.storage
    names = [pictures.smaller_name(picture.file.name, width) for width in picture.smaller_widths]
    return [storage.path(name) for name in [picture.file.name, *names]]


def all_files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_names_are_ours_and_the_same_picture_is_kept_once(settings):
    content = picture_bytes(width=700)
    first = Picture.objects.add(upload("../../etc/图.png", content), title="甲")
    again = Picture.objects.add(upload("b.png", content), title="乙")
    assert first == again
    assert again.title == "甲"
    assert {path.name.split("-")[0].split(".")[0] for path in all_files(settings)} == {Path(first.file.name).stem}
    assert len(all_files(settings)) == 3  # itself, 320 and 640 pixels wide


@pytest.mark.django_db
def test_no_file_stays_where_the_row_fails(settings, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Picture, "save", fail)
    with pytest.raises(DatabaseError):
        Picture.objects.add(upload("a.png", picture_bytes(width=700)))
    assert all_files(settings) == []


@pytest.mark.django_db
def test_no_file_stays_where_a_smaller_version_fails(settings, monkeypatch):
    def fail(storage, name, data):
        raise OSError("no space left")

    monkeypatch.setattr(pictures, "write_smaller", fail)
    with pytest.raises(OSError, match="no space"):
        Picture.objects.add(upload("a.png", picture_bytes(width=700)))
    assert all_files(settings) == []
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_two_uploads_of_one_picture_in_the_same_moment_are_one(settings, monkeypatch):
    """The second finds out by the constraint: between its look and its row the first has come."""
    content = picture_bytes(width=700)
    checked = pictures.check(upload("a.png", content))
    take = Picture.take

    def other_first(picture, checked):
        monkeypatch.setattr(Picture, "take", take)
        Picture.objects.add(upload("b.png", content))
        take(picture, checked)

    monkeypatch.setattr(Picture, "take", other_first)
    assert Picture.objects.keep(checked) == Picture.objects.get()
    assert len(all_files(settings)) == 3


@pytest.mark.django_db(transaction=True)
def test_files_go_when_the_deletion_is_committed(settings):
    picture = make_picture()
    assert all_files(settings)
    picture.delete()
    assert all_files(settings) == []


@pytest.mark.django_db
def test_uses_are_found_in_fields_and_in_texts():
    cover, body, small, unused = (make_picture() for _ in range(4))
    one = make_article(cover=cover)
    two = make_article(body=f'<p><img src="{body.file.url}" alt=""></p>')
    three = make_article(body=f'<p><img src="{small.url_for(320)}" alt=""></p>')
    site = SiteSettings.objects.create(logo=cover)
    assert set(uses([cover])) == {one, site}
    assert set(uses([body, small])) == {two, three}
    assert uses([unused]) == []


@pytest.mark.django_db
def test_versions_and_unsaved_forms_use_their_pictures():
    old_cover, old_body, typed, unused = (make_picture() for _ in range(4))
    body = f'<p><img src="{old_body.url_for(320)}" alt=""></p>'
    article = make_draft(
        cover=old_cover, body=body, versions=[{"title": "还有"}, {"cover_id": None, "body": "<p>没有</p>"}]
    )
    assert article.cover is None
    assert [(str(user), user.article) for user in uses([old_cover])] == [("第 2 版", article)]
    assert [str(user) for user in uses([old_body])] == ["第 2 版"]
    writer = make_editor()
    data = {"cover": [str(typed.pk)], "body": [f'<p><img src="{typed.file.url}"></p>']}
    kept = Autosave.objects.create(
        user=writer, key=str(article.pk), article=article, data=data, saved_at=timezone.now()
    )
    assert uses([typed]) == [kept]
    assert uses([unused]) == []
    boss = client_of(make_user(is_staff=True, is_superuser=True))
    page = boss.post(f"/admin/portal/picture/{old_body.pk}/delete/", {"post": "yes"})
    assert Picture.objects.filter(pk=old_body.pk).exists()
    assert f"《{article}》第 2 版" in page.text
    boss.post(f"/admin/portal/picture/{unused.pk}/delete/", {"post": "yes"})
    assert not Picture.objects.filter(pk=unused.pk).exists()
