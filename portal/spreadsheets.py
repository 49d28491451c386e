"""Workbooks for Excel (.xlsx), written row by row, and CSV: what a person typed is text there, never a formula.

And read again, row by row, after the same checks as every upload.
"""

import csv
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.files import OFFICE, check_archive

ROWS_MAX = 100_000  # of a sheet: Excel takes ten times as many, people do not
READ_ROWS_MAX, READ_COLUMNS_MAX, READ_SIZE_MAX, READ_PART_MAX = 20_000, 50, 10_000_000, 30_000_000
TEXT_MAX = 32_767  # characters of a cell; a limit of the format
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TITLE_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class TooManyRows(Exception):
    """More than ROWS_MAX rows: to be narrowed by a filter."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: `header` are the titles of the columns, `rows` any iterable of as many values, read once.

    `widths` are those of the columns, in characters; 14 where there are none.
    """

    title: str
    header: tuple
    rows: object
    widths: tuple = ()


def workbook_response(name, sheets):
    """Return the download `name`.xlsx with `sheets`. Raises TooManyRows before anything is sent."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    try:
        write_workbook(file, sheets)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def write_workbook(file, sheets):
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(TITLE_FORBIDDEN.sub(" ", sheet.title)[:31])
        page.freeze_panes = "A2"
        for index in range(len(sheet.header)):
            width = sheet.widths[index] if index < len(sheet.widths) else 14
            page.column_dimensions[get_column_letter(index + 1)].width = width
        try:
            _write_rows(page, sheet)
        finally:
            page.close()  # its writer stays open otherwise
    book.save(file)


def _write_rows(page, sheet):
    page.append([_heading(page, text) for text in sheet.header])
    for number, row in enumerate(sheet.rows, 1):
        if number > ROWS_MAX:
            raise TooManyRows
        page.append([_cell(page, value) for value in row])


def _heading(page, text):
    cell = _text_cell(page, text)
    cell.font = Font(bold=True)
    return cell


def _cell(page, value):
    value = plain(value)
    return _text_cell(page, value) if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def _text_cell(page, text):
    cell = WriteOnlyCell(page, plain(text))
    cell.data_type = "s"
    cell.quotePrefix = True  # it stays text when somebody edits it
    return cell


def plain(value):
    """Return `value` as a cell holds it: local time without a zone, long numbers and everything unknown as text."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or (isinstance(value, (int, float)) and abs(value) < 10**15) or hasattr(value, "isoformat"):
        return value
    return CONTROL.sub("", str(value))[:TEXT_MAX]


def read_rows(file):
    """Return the rows of the first sheet of an uploaded .xlsx as lists of texts, those that are empty too.

    Raises ValidationError, with a message for people, for what is no such file, is broken or too large.
    """
    if PurePath(file.name or "").suffix.lower() != ".xlsx":
        raise ValidationError("请上传 Excel 的 .xlsx 文件；.xls、.et、.csv 请先另存为 .xlsx。")
    if file.size > READ_SIZE_MAX:
        raise ValidationError(f"文件太大，最多 {READ_SIZE_MAX // 1_000_000} MB。")
    file.seek(0)
    if not file.read(4).startswith(OFFICE):
        raise ValidationError("文件的内容不是 Excel 表格，或者设了密码，请检查后再上传。")
    check_archive(file, ".xlsx", part_max=READ_PART_MAX)
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        try:
            page = book.worksheets[0]
            page.reset_dimensions()  # what a file says of its size need not be true
            cells = page.iter_rows(max_row=READ_ROWS_MAX + 2, max_col=READ_COLUMNS_MAX, values_only=True)
            rows = [[_text_of(value) for value in row] for row in cells]
        finally:
            book.close()
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, OSError) as error:
        raise ValidationError("表格已损坏，无法读取。请用 Excel 或 WPS 打开，另存后再上传。") from error
    if len(rows) > READ_ROWS_MAX + 1:
        raise ValidationError(f"一次最多导入 {READ_ROWS_MAX} 行，请分成几个文件。")
    return rows


def _text_of(value):
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return CONTROL.sub("", str(plain(value))).strip()


def write_csv(file, header, rows):
    """Write rows to a text file, safe to be opened in a spreadsheet: an apostrophe stands before what starts a formula."""
    writer = csv.writer(file)
    writer.writerow(header)
    for row in rows:
        writer.writerow([_csv_value(plain(value)) for value in row])


def _csv_value(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value
