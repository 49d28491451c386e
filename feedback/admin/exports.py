"""Messages as an Excel file. Without the right and the wish for personal data it holds none, the texts masked too."""

import re
from tempfile import TemporaryFile

from django import forms
from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from feedback.models import Message
from feedback.publishing import hidden
from portal import audit
from portal.proxies import address_of

ROWS_MAX = 20_000
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
PLAIN = (
    "编号",
    "主题",
    "标题",
    "内容",
    "阶段",
    "部门",
    "留言时间",
    "期限",
    "答复",
    "答复时间",
    "用时（工作日）",
    "按期",
    "满意度",
)
PERSONAL = ("姓名", "电话", "邮箱")


class ExportForm(forms.Form):
    stage = forms.ChoiceField(label="阶段", choices=[("", "全部"), *Message.Stage.choices], required=False)
    start = forms.DateField(label="从", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label="到", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    personal = forms.BooleanField(label="含姓名和联系方式", required=False)

    def __init__(self, data=None, *, stage=""):
        super().__init__(data, initial={"stage": stage}, prefix="export", label_suffix="")


def chosen(wanted):
    rows = Message.objects.in_inbox().select_related("topic", "reply").order_by("-created_at", "-id")
    if wanted["stage"]:
        rows = rows.filter(stage=wanted["stage"])
    if wanted["start"]:
        rows = rows.filter(created_at__date__gte=wanted["start"])
    if wanted["end"]:
        rows = rows.filter(created_at__date__lte=wanted["end"])
    return rows[:ROWS_MAX]


def row_of(message, is_personal):
    reply = getattr(message, "reply", None)
    shown = (lambda text: text) if is_personal else (lambda text: hidden(message, text))
    row = [
        message.shown_number, message.topic.name, shown(message.title), shown(message.body), message.get_stage_display(),
        message.department, minute(message.created_at), message.due_on and str(message.due_on),
        shown(reply.body) if reply else "", minute(reply.replied_at) if reply else "",
        reply.working_days if reply else None, ("是" if reply.is_on_time else "否") if reply else "", message.rating,
    ]  # fmt: skip
    return [*row, message.name, message.phone, message.email] if is_personal else row


def minute(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def workbook_response(request, wanted):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("留言")
    sheet.append([*PLAIN, *(PERSONAL if wanted["personal"] else ())])
    count = 0
    for message in chosen(wanted).iterator(chunk_size=500):
        sheet.append([text_cell(sheet, value) for value in row_of(message, wanted["personal"])])
        count += 1
    file = TemporaryFile()  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    what = "含个人信息" if wanted["personal"] else "不含个人信息"
    with transaction.atomic():
        audit.record("export", user=request.user, address=address_of(request), summary=f"导出 {count} 条留言，{what}")
    return FileResponse(file, as_attachment=True, filename=f"留言-{timezone.localdate():%Y%m%d}.xlsx")


def text_cell(sheet, value):
    """A cell that Excel takes as text, whatever it begins with: no formula comes from a visitor."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, NOT_XML.sub("", value)[:32_000])
    cell.data_type = "s"
    return cell
