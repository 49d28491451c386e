"""The migration that brings the files of attachments into the library, there and back."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from portal.files import files_storage
from tests.factories import make_article, make_user

BEFORE = "0016_drafts_of_a_person"


def model_at(migration, name):
    return MigrationExecutor(connection).loader.project_state(("news", migration)).apps.get_model("news", name)


@pytest.fixture
def before(transactional_db):
    """An article in tables as they were before the library. Afterwards they are as the code wants them."""
    article = make_article(created_by=make_user())
    call_command("migrate", "news", BEFORE, verbosity=0)
    yield article
    call_command("migrate", verbosity=0)


def stored(name, content):
    return files_storage().save(f"attachments/{name}", ContentFile(content))


@pytest.mark.django_db(transaction=True)
def test_files_come_into_the_library_once_each_and_go_back(before):
    names = [stored(f"{n}.pdf", content) for n, content in enumerate((b"%PDF-1", b"%PDF-2", b"%PDF-1"))]
    lost = "attachments/lost.doc"
    old = model_at(BEFORE, "Attachment").objects
    for n, name in enumerate([*names, lost]):
        old.create(article_id=before.pk, file=name, name=f"附件{n}", size=6, position=n, is_live=n != 1)
    call_command("migrate", "news", "0019_attachments_from_library", verbosity=0)
    rows = model_at("0019_attachments_from_library", "Attachment").objects.order_by("position")
    found = [(row.name, row.library_file.file.name, row.library_file.size, row.is_live) for row in rows]
    kept = [names[0], names[1], names[0], lost]
    assert found == [(f"附件{n}", name, 6, n != 1) for n, name in enumerate(kept)]
    assert [row.library_file.title for row in rows] == ["附件0", "附件1", "附件0", "附件3"]
    assert {row.library_file.uploaded_by_id for row in rows} == {before.created_by_id}
    assert [len(row.library_file.sha256) for row in rows] == [64, 64, 64, 0]
    assert [files_storage().exists(name) for name in names] == [True, True, False]
    call_command("migrate", "news", BEFORE, verbosity=0)
    rows = model_at(BEFORE, "Attachment").objects.order_by("position")
    assert [(row.file.name, row.size) for row in rows] == [(name, 6) for name in kept]
