"""Files that come with a public form, kept while the form is not yet complete."""

import hashlib
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.db.models import Sum
from django.forms import ClearableFileInput, FileField
from django.utils import timezone

HELD_FOR = timedelta(hours=24)
FILES_LOST = "portal.files_lost"  # in META: a file did not fit on the disk


class TextFirstUploadHandler(TemporaryFileUploadHandler):
    """Spools large files to disk; where the disk is full the file is left out and the form's text is still read."""

    def new_file(self, *args, **kwargs):
        with self._or_skip():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        with self._or_skip():
            return super().receive_data_chunk(raw_data, start)

    @contextmanager
    def _or_skip(self):
        try:
            yield
        except OSError:
            self.request.META[FILES_LOST] = True
            raise SkipFile from None


def read_text_first(request):
    request.upload_handlers = [MemoryFileUploadHandler(request), TextFirstUploadHandler(request)]


def lost_remarks(request):
    return ["附件太大或没有收到，请重新选择。"] if FILES_LOST in request.META else []


def unsaid(remarks, form):
    """Return the remarks that no error of the form's fields has said already."""
    said = {error for errors in form.errors.values() for error in errors}
    return [remark for remark in remarks if remark not in said]


def shown_name(file):
    return PurePath((file.name or "").replace("\\", "/")).name[-100:] or "附件"


def digest_of(file):
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


def as_it_is(file):
    return file


class FilesInput(ClearableFileInput):
    allow_multiple_selected = True


class FilesField(FileField):
    """Several files at once; `check_file` judges each, and names it in its error."""

    widget = FilesInput

    def __init__(self, *, check_file, **kwargs):
        super().__init__(**kwargs)
        self.check_file = check_file

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        errors = []
        for file in files:
            try:
                self.check_file(file)
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return files


@dataclass(frozen=True)
class Holding:
    """The files of one kind of form, rows of `model` that belong to its `owner` field once the form is complete.

    `check_file` raises ValidationError with the file's name; `stored` returns what is kept of a file that was checked.
    `files_max` and `held_max` name settings: files of one form, bytes of all that wait.
    """

    model: type
    owner: str
    purpose: str
    check_file: object
    files_max: str
    held_max: str
    stored: object = as_it_is

    def draft_key(self, draft):
        return hashlib.sha256(f"{self.purpose}.draft:{draft}".encode()).hexdigest() if draft else ""

    def of_draft(self, draft, *, waiting=False):
        """The files that the form with the secret `draft` has brought; with `waiting` those that nothing has yet."""
        rows = self.model.objects.filter(draft_key=self.draft_key(draft)) if draft else self.model.objects.none()
        return rows.filter(**{self.owner: None}) if waiting else rows

    def waiting_count(self, draft):
        return self.of_draft(draft, waiting=True).count() if draft else 0

    def digests(self, draft, uploads):
        kept = self.of_draft(draft).values_list("digest", flat=True) if draft else ()
        return [*map(digest_of, uploads), *kept]

    def drop(self, draft, keys):
        """Remove the files that the visitor has taken out of the form."""
        keys = [key for key in keys if key.isdecimal() and len(key) < 19]
        remove(self.of_draft(draft, waiting=True).filter(pk__in=keys) if draft and keys else ())

    def hold(self, files, draft):
        """Keep good `files` until their form is complete; return (draft, remarks on what was not kept)."""
        self.forget_old()
        remarks, draft = [], draft or secrets.token_hex(16)
        held = self.model.objects.filter(**{self.owner: None}).aggregate(total=Sum("size"))["total"] or 0
        room = getattr(settings, self.files_max) - self.of_draft(draft, waiting=True).count()
        for file in files:
            try:
                self.check_file(file)
                if room <= 0 or held + file.size > getattr(settings, self.held_max):
                    raise ValidationError(f"“{shown_name(file)}”没有保存，请重新选择。")
                self.keep(file, draft_key=self.draft_key(draft))
                room, held = room - 1, held + file.size
            except ValidationError as error:
                remarks.extend(error.messages)
            except OSError:
                remarks.append(f"“{shown_name(file)}”没有保存，请重新选择。")
        return draft, remarks

    def keep(self, file, **where):
        """Store `file`; `where` is its owner or its draft_key."""
        stored = self.stored(file)
        row = self.model(name=shown_name(file), size=stored.size, digest=digest_of(file), **where)
        row.file.save(stored.name, stored, save=False)
        try:
            row.save()
        except Exception:
            row.file.delete(save=False)
            raise
        return row

    def hand_over(self, draft, uploads, owner):
        """Give the files of the form to `owner`, which was just saved; return the rows that were stored now."""
        self.of_draft(draft).filter(**{self.owner: None}).update(**{self.owner: owner})
        stored = []
        try:
            for file in uploads:
                stored.append(self.keep(file, **{self.owner: owner}))
        except BaseException:
            remove_files(stored)
            raise
        return stored

    def forget_old(self, limit=20):
        """Remove files whose form was never completed."""
        old = {self.owner: None, "created_at__lt": timezone.now() - HELD_FOR}
        remove(self.model.objects.filter(**old)[:limit])


def remove(rows):
    for row in rows:
        row.file.delete(save=False)
        row.delete()


def remove_files(rows):
    """Remove what was stored for rows that a rolled back transaction takes along."""
    for row in rows:
        row.file.delete(save=False)
