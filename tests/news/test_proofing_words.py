"""The list of words out to Excel and back."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from news.models import ProofWord
from portal.audit.verification import first_problem
from portal.models import AuditEntry
from tests.factories import client_of, make_member

pytestmark = pytest.mark.django_db
IMPORT = "/admin/news/proofword/import/"
TITLES = ["词", "改为", "种类", "级别", "说明", "不算错的词", "启用"]


@pytest.fixture
def boss():
    ProofWord.objects.all().delete()
    ProofWord.objects.create(word="布署", suggestion="部署", note="旧的说明")
    ProofWord.objects.create(word="绿色低炭", suggestion="绿色低碳", is_active=False)
    return client_of(make_member("manager"))


def sheet(*rows, titles=TITLES):
    book = Workbook()
    for row in (titles, *rows):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("词表.xlsx", content.getvalue())


def compared(client, *rows, **options):
    return client.post(IMPORT, {"file": sheet(*rows, **options)})


def words():
    return list(ProofWord.objects.values_list("word", "suggestion", "kind", "level", "note", "exceptions", "is_active"))


def test_what_is_taken_out_comes_back_without_a_change(boss):
    ProofWord.objects.create(word="=公式", suggestion="-减", exceptions="用=公式算", level="block", kind="sensitive")
    before = words()
    answer = boss.get("/admin/news/proofword/export/")
    content = b"".join(answer.streaming_content)
    assert [cell.value for cell in next(load_workbook(io.BytesIO(content)).active.iter_rows())] == TITLES
    page = boss.post(IMPORT, {"file": SimpleUploadedFile("a.xlsx", content)})
    assert "没有要改的" in page.text
    assert words() == before


def test_an_import_is_shown_first_and_then_done_once(boss):
    rows = (["布署", "部署", "错别字", "阻止提交", "", "", "是"], ["按装", "安装", "错别字", "", "", "按装机", ""], [])
    page = compared(boss, *rows)
    for text in ("新增 1 个词，修改 1 个", "级别：提醒 → 阻止提交", "说明：旧的说明 → （空）", "按装"):
        assert text in page.text
    assert ProofWord.objects.count() == 2
    carried = page.context["carried"]
    assert "已导入：新增 1 个词，修改 1 个。" in boss.post(IMPORT, {"rows": carried}, follow=True).text
    assert [(row[0], row[3], row[6]) for row in words()] == [
        ("布署", "block", True), ("按装", "warn", True), ("绿色低炭", "warn", False),
    ]  # fmt: skip
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.summary) == ("import", "校对词表导入：新增 1 个，修改 1 个")
    assert entry.changes["“布署”说明"] == ["旧的说明", ""]
    assert entry.changes["新增"] == "按装"
    assert first_problem() is None
    assert "再看一遍" in boss.post(IMPORT, {"rows": carried}).text  # the list is another by now
    assert AuditEntry.objects.latest("number") == entry


def test_columns_that_a_sheet_lacks_stay(boss):
    page = compared(boss, ["绿色低炭", "低碳"], titles=["词", "改为"])
    boss.post(IMPORT, {"rows": page.context["carried"]})
    kept = ProofWord.objects.get(word="绿色低炭")
    assert (kept.suggestion, kept.is_active) == ("低碳", False)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["低"], "第 3 行</td><td>至少两个字"),
        (["低炭", "低炭"], "要与词本身不同"),
        (["低炭", "", "错词"], "“种类”只能填：错别字、敏感或不规范用语。"),
        (["低炭", "", "", "", "", "低碳"], "里没有“低炭”"),
        (["长" * 51], "“词”"),
        (["布署"], "“布署”和第 2 行重复。"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken(boss, row, message):
    before = words()
    page = compared(boss, ["布署", "新的"], row)
    assert message in page.text
    assert "1 行有错误，没有导入任何内容" in page.text
    assert not page.context["carried"]
    assert words() == before


def test_other_files_get_a_clear_line(boss):
    for file, message in (
        (SimpleUploadedFile("a.csv", b"x"), "请上传 Excel 的 .xlsx 文件"),
        (SimpleUploadedFile("a.xlsx", b"not a sheet"), "不是 Excel 表格"),
        (SimpleUploadedFile("a.xlsx", sheet(["甲乙"]).read()[:-60]), "损坏"),
        (sheet(["甲乙"], titles=["词", "备注"]), "不认识的列：备注"),
        (sheet(["甲乙"], titles=["改为"]), "其中必须有“词”"),
    ):
        assert message in boss.post(IMPORT, {"file": file}).text
    assert "没有导入" in boss.post(IMPORT, {"rows": "forged"}, follow=True).text


def test_only_managers_import(boss):
    editor = client_of(make_member("editor"))
    assert editor.get(IMPORT).status_code == 403
    assert editor.post(IMPORT, {"rows": "x"}).status_code == 403
    assert "导入 Excel" in boss.get("/admin/news/proofword/").text
