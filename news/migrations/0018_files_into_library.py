"""The files of attachments come into the library, each content once; the files of repeats go after the commit."""

import hashlib
from functools import partial
from pathlib import PurePath

from django.db import migrations, transaction

from portal.files import files_storage


def into_library(apps, schema_editor):
    attachments = apps.get_model("news", "Attachment").objects.using(schema_editor.connection.alias)
    kept = {}  # (digest, extension) → LibraryFile; lost files by their name: they are no repeats of each other
    for row in attachments.select_related("article").defer("article__body").order_by("pk").iterator():
        extension = PurePath(row.file.name).suffix[1:].lower()
        digest = digest_of(row.file.name)
        key = (digest or row.file.name, extension)
        if key not in kept:
            kept[key] = library_file(apps, schema_editor, row, digest, extension)
        elif kept[key].file.name != row.file.name:
            transaction.on_commit(
                partial(files_storage().delete, row.file.name), using=schema_editor.connection.alias, robust=True
            )
        attachments.filter(pk=row.pk).update(library_file=kept[key])


def library_file(apps, schema_editor, row, digest, extension):
    return (
        apps.get_model("news", "LibraryFile")
        .objects.using(schema_editor.connection.alias)
        .create(
            title=row.name or "附件",
            file=row.file.name,
            extension=extension[:5],
            size=row.size,
            sha256=digest,
            uploaded_by_id=row.article.created_by_id,
        )
    )


def digest_of(name):
    """Return the sha256 of a file in storage; empty where it is lost."""
    try:
        with files_storage().open(name, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def out_of_library(apps, schema_editor):
    alias = schema_editor.connection.alias
    attachments = apps.get_model("news", "Attachment").objects.using(alias)
    for row in attachments.select_related("library_file").iterator():
        file = row.library_file
        attachments.filter(pk=row.pk).update(file=file.file.name, size=file.size, library_file=None)
    apps.get_model("news", "LibraryFile").objects.using(alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("news", "0017_library_files")]
    operations = [migrations.RunPython(into_library, out_of_library)]
