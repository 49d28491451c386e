"""Workbooks: what they hold is data, who takes them has the right, and the log knows."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from portal import spreadsheets
from portal.models import AuditEntry
from portal.spreadsheets import Sheet, write_workbook
from tests.factories import client_of, make_article, make_association, make_staff, make_zone


def written(*sheets):
    file = BytesIO()
    write_workbook(file, sheets)
    return load_workbook(file)


def test_what_looks_like_a_formula_stays_text():
    nasty = ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(A1)", "\tx", "平常", "a\x00\x0bb", "字" * 40_000]
    book = written(
        Sheet(
            "名/称:[很长的标题]" * 4,
            ("=标题", "时间", "数"),
            [(text, datetime(2026, 1, 1, 4, tzinfo=UTC), 10**17) for text in nasty],
        )
    )
    page = book.worksheets[0]
    cells = [row[0] for row in page.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == ["=标题", *nasty[:6], "ab", "字" * 32_767]
    assert cells[1].quotePrefix
    assert page["B2"].value == datetime(2026, 1, 1, 12)  # noqa: DTZ001  (local time, as people read it)
    assert page["C2"].value == str(10**17)


@pytest.mark.django_db
def test_lists_are_exported_by_who_may_under_their_filters(monkeypatch):
    make_article(title="=甲")
    make_article(title="乙", status="draft")
    make_association()
    make_zone()
    views = (
        "news.view_article",
        "associations.view_association",
        "associations.view_zone",
        "portal.view_user",
        "portal.view_auditentry",
    )
    chief = client_of(make_staff(*views, "portal.export_lists", roles=["editor"]))
    editor = client_of(make_staff(*views))
    names = ("news_article", "associations_association", "associations_zone", "portal_user", "portal_auditentry")
    for number, name in enumerate(names, 1):
        address = reverse(f"admin:{name}_export")
        assert editor.get(address).status_code == 403
        assert "导出 Excel" not in editor.get(reverse(f"admin:{name}_changelist")).text
        assert address in chief.get(reverse(f"admin:{name}_changelist")).text
        answer = chief.get(address)
        page = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
        assert page.max_row > 1, name
        assert AuditEntry.objects.filter(action="export").count() == number
    answer = chief.get(reverse("admin:news_article_export") + "?status__exact=draft")
    page = load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert [cell.value for cell in page["B"]] == ["标题", "乙"]
    assert chief.get(reverse("admin:news_article_export") + "?nonsense=1", follow=True).status_code == 200
    monkeypatch.setattr(spreadsheets, "ROWS_MAX", 1)
    assert "一次最多导出" in chief.get(reverse("admin:news_article_export"), follow=True).text


@pytest.mark.django_db
def test_the_audit_log_is_exported_and_only_read(tmp_path, capsys):
    article = make_article(title="=标题", status="draft")
    rights = ("news.delete_article", "news.view_article", "portal.view_auditentry")
    client = client_of(make_staff(*rights, roles=["editor"]))
    client.post(reverse("admin:news_article_delete", args=[article.pk]), {"post": "yes"})
    listing = client.get(reverse("admin:portal_auditentry_changelist"))
    assert "=标题" in listing.text
    entry = AuditEntry.objects.filter(action="delete").first()
    for name in ("change", "delete"):
        answer = client.get(reverse(f"admin:portal_auditentry_{name}", args=[entry.pk]))
        assert answer.status_code == {"change": 200, "delete": 403}[name]
    path = tmp_path / "log.csv"
    call_command("export_audit", output=str(path))
    assert "'=标题" in path.read_text(encoding="utf-8-sig")
    assert AuditEntry.objects.first().action == "export"
    call_command("export_audit", since=None, until=None)
    assert entry.hash in capsys.readouterr().out


@pytest.mark.django_db
def test_the_superuser_cannot_remove_entries_either():
    from portal.models import User

    client = client_of(User.objects.create_superuser("chief", password="x"))
    list(client.get(reverse("admin:portal_auditentry_export")).streaming_content)
    entry = AuditEntry.objects.get()
    assert client.post(reverse("admin:portal_auditentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse("admin:portal_auditentry_add")).status_code == 403
    client.post(
        reverse("admin:portal_auditentry_changelist"),
        {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"},
    )
    assert AuditEntry.objects.count() == 1
