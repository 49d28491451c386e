"""Contacts of contributors end with their time; a person's data is given out or erased by the receipt."""

import json
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from news.contributions import figures, rights, steps
from news.contributions.notices import notices
from news.models import Submission, SubmissionFile, SubmissionStep
from portal.models import AuditEntry, OutboxMail
from tests.factories import client_of, make_article, make_member, make_staff, make_user
from tests.news.contributions import WORDS, act, code_on, look, picture, send

pytestmark = pytest.mark.django_db
EMAIL = "zhang@example.org"
SECRETS = (WORDS["title"], "分布式光伏", WORDS["author"], WORDS["phone"], EMAIL, "园区.png", "13800138000")
LONG_AGO = datetime(2024, 3, 5, 12, tzinfo=UTC)


@pytest.fixture
def given(client):
    """(submission, code) of a submission with a picture, news by mail, and a remark that names somebody."""
    code = code_on(send(client, email=EMAIL, pictures=[picture("园区.png")]))
    item = Submission.objects.get()
    notices.confirm(item)
    steps.send_back(item, by=make_user(), remarks="张三，请打 13800138000")
    return item, code


def kept(values):
    """Which of `values` stand in any column of the tables of submissions, of the audit log and of mail."""
    text, begins = [], ("news_submission", "portal_audit", "portal_outbox", "django_admin_log")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(begins):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                text.append(str(cursor.fetchall()))
    return [value for value in values if value in " ".join(text)]


def age(**stages):
    Submission.objects.update(created_at=LONG_AGO, **stages)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_submissionstep SET at = %s", [LONG_AGO])


def test_the_contributor_takes_home_what_is_kept(client, given):
    item, code = given
    answer = act(client, look(client, item.number, code), "export")
    assert answer["Content-Disposition"] == f'attachment; filename="{item.number}.json"'
    assert "no-store" in answer["Cache-Control"]
    data = json.loads(answer.content)
    assert (data["作者"], data["电话"], data["邮箱"], data["文件"]) == ("张三", WORDS["phone"], EMAIL, ["园区.png"])
    assert code not in answer.text
    entry = AuditEntry.objects.get(action="export")
    assert (entry.object_id, kept([WORDS["phone"]])) == (str(item.pk), [WORDS["phone"]])
    assert "张三" not in str(vars(entry))


def test_the_contributor_erases_what_is_kept_and_the_receipt_ends_with_it(
    client, given, django_capture_on_commit_callbacks
):
    item, code = given
    file, page = SubmissionFile.objects.get().file, look(client, item.number, code)
    assert kept(SECRETS) == list(SECRETS)
    unsure = act(client, page, "erase")
    assert (unsure.status_code, "请先勾选" in unsure.text, Submission.objects.get().phone) == (
        422,
        True,
        WORDS["phone"],
    )
    with django_capture_on_commit_callbacks(execute=True):
        done = act(client, page, "erase", sure="on")
    assert "已删除" in done.text
    assert not [secret for secret in SECRETS if secret in done.text]
    assert kept((*SECRETS, item.code_hash)) == []
    assert not file.storage.exists(file.name)
    assert not OutboxMail.objects.exists()
    row = Submission.objects.get()
    assert (row.stage, row.source, row.number) == ("withdrawn", WORDS["source"], item.number)
    assert look(client, item.number, code).status_code == 422
    for what in ("export", "withdraw", "rewrite", "erase"):
        late = act(client, page, what, sure="on")
        assert (late.status_code, "已经删除" in late.text) == (410, True), what


def test_contacts_end_after_their_time_and_only_then(client, given, django_capture_on_commit_callbacks):
    item, code = given
    call_command("erase_contacts", verbosity=0)
    assert Submission.objects.get().phone
    send(client, title="新的一篇", email="new@example.org")
    Submission.objects.filter(pk=item.pk).update(created_at=LONG_AGO)
    call_command("erase_contacts", verbosity=0)
    assert Submission.objects.get(pk=item.pk).phone  # the last step was today
    age()
    lines = figures.by_unit(LONG_AGO.year)
    assert [line.received for line in lines] == [2]
    with django_capture_on_commit_callbacks(execute=True):
        call_command("erase_contacts", verbosity=0)
    row = Submission.objects.get(pk=item.pk)
    assert (row.phone, row.email, row.author, row.text, row.files.count()) == ("", "", "", "", 0)
    assert row.contacts_erased_at
    assert kept(["13800138000", EMAIL]) == []
    assert figures.by_unit(LONG_AGO.year) == lines
    assert Submission.objects.get(title="新的一篇").phone == WORDS["phone"]  # nobody has decided on it
    assert rights.erase_contacts() == 0
    assert look(client, item.number, code).status_code == 200
    assert [entry.summary for entry in AuditEntry.objects.filter(action="erase")] == [
        "到期删除 1 篇投稿的联系方式（365 天）"
    ]


def test_of_what_was_adopted_the_author_stays_and_the_article(client, given):
    article = make_article()
    age(stage="adopted", article=article)
    assert rights.erase_contacts() == 1
    row = Submission.objects.get()
    assert (row.author, row.phone, row.article) == ("张三", "", article)
    assert client.get(article.get_absolute_url()).status_code == 200


def test_staff_erase_with_the_right_and_the_number(given):
    item, _ = given
    base = f"/admin/news/submission/{item.pk}/person/"
    assert client_of(make_member("editor")).post(f"{base}export/").status_code == 403
    assert (
        client_of(make_staff("news.view_submission", "news.change_submission")).post(f"{base}erase/").status_code == 403
    )
    boss = client_of(make_member("manager"))
    assert boss.post(f"{base}export/").json()["作者"] == "张三"
    assert "请输入这篇稿件的编号" in boss.post(f"{base}erase/", {"number": "1"}, follow=True).text
    assert Submission.objects.get().phone
    boss.post(f"{base}erase/", {"number": item.shown_number})
    assert Submission.objects.get().phone == ""
    assert SubmissionStep.objects.latest("pk").act == "erase"
    assert boss.post(f"{base}nonsense/").status_code == 404
    assert {entry.action for entry in AuditEntry.objects.exclude(action="submission")} == {"export", "erase"}
