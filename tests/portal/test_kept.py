"""The libraries keep the same content once, also where two send it in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from news.models import LibraryFile
from portal import pictures
from portal.models import Picture
from tests.factories import picture_bytes


class Meeting(SimpleUploadedFile):
    """A file that is written only when another is about to be: both have looked, and found nothing, by then."""

    def __init__(self, name, content, barrier):
        super().__init__(name, content)
        self.barrier = barrier

    def chunks(self, chunk_size=None):
        self.barrier.wait(30)
        return super().chunks(chunk_size)


def kept_side_by_side(keep, *uploads):
    def keep_and_leave(upload):
        try:
            return keep(upload)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(uploads)) as pool:
        return list(pool.map(keep_and_leave, uploads))


def files_in(folder):
    return {path for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.django_db(transaction=True)
def test_a_file_sent_twice_in_the_same_moment_is_kept_once():
    folder = LibraryFile._meta.get_field("file").storage.location
    before, barrier = files_in(folder), Barrier(2)
    uploads = [Meeting(name, b"%PDF-1.4", barrier) for name in ("甲.pdf", "乙.pdf")]
    rows = kept_side_by_side(LibraryFile.objects.keep, *uploads)
    kept = LibraryFile.objects.get()
    assert [row.pk for row in rows] == [kept.pk, kept.pk]
    assert sorted(row.is_repeat for row in rows) == [False, True]
    assert files_in(folder) - before == {Path(kept.file.path)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("riding_along", [b"", b"another wrapping"])
def test_a_picture_sent_twice_in_the_same_moment_is_kept_once(riding_along, settings, monkeypatch):
    barrier, write_smaller, content = Barrier(2), pictures.write_smaller, picture_bytes(width=700)

    def meet(*args):
        barrier.wait(30)
        write_smaller(*args)

    monkeypatch.setattr(pictures, "write_smaller", meet)
    uploads = [SimpleUploadedFile("甲.png", content), SimpleUploadedFile("乙.png", content + riding_along)]
    rows = kept_side_by_side(Picture.objects.add, *uploads)
    kept = Picture.objects.get()
    assert [row.pk for row in rows] == [kept.pk, kept.pk]
    assert sorted(row.is_repeat for row in rows) == [False, True]
    assert len(files_in(settings.MEDIA_ROOT)) == 3  # itself, 320 and 640 pixels wide


@pytest.fixture
def before(transactional_db):
    """The tables before the content of a picture was unique. Afterwards they are as the code wants them."""
    call_command("migrate", "portal", "0019_search_windows", verbosity=0)
    yield MigrationExecutor(connection).loader.project_state(("portal", "0019_search_windows")).apps
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_of_pictures_that_were_kept_twice_the_first_is_found(before):
    old = before.get_model("portal", "Picture").objects
    contents = ["same", "same", "other", "", "", "same"]
    keys = [old.create(sha256=str(n), content_hash=content).pk for n, content in enumerate(contents)]
    call_command("migrate", "portal", "0021_picture_content_once", verbosity=0)
    found = dict(Picture.objects.values_list("pk", "content_hash"))
    assert [found[key] for key in keys] == ["same", "", "other", "", "", ""]
