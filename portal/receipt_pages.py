"""What the pages of every kind of receipt do alike: show a new one, and open one by its number and code."""

import random

import segno
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import JsonResponse

from portal import receipts, tries

OPEN_FOR = 30 * 60  # seconds that an opened receipt stays open without its code
TOO_LATE = "页面打开得太久了，请再输入一次编号和查询码。"
ERASED = "这个编号下的信息已经删除，不能再查询。"
NOT_FOUND = "编号或查询码不对。请核对后再试。"
NOT_SURE = "没有删除：请先勾选“我确认删除”。"
LOCKED = "试的次数太多，请过 15 分钟再试，或者打电话给我们。"


class ReceiptForm(forms.Form):
    """The number and the code of a receipt, as people type them."""

    number = forms.CharField(
        label="编号", max_length=40, help_text="14 位数字，例如 261123-4821-3752。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "data-receipt-number": True}),
    )  # fmt: skip
    code = forms.CharField(
        label="查询码", max_length=40, help_text="提交时显示的 12 位字母和数字，不分大小写。",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-receipt-code": True}
        ),
    )  # fmt: skip

    def clean_number(self):
        number = receipts.read_number(self.cleaned_data["number"])
        if not number:
            raise ValidationError("编号应是 14 位数字，其中有一位不对，请再核对。")
        return number

    def clean_code(self):
        return receipts.read_code(self.cleaned_data["code"])


def opened(request, rows):
    """Return (row, {}, 200) for the receipt that a post opens, by number and code or by the token of a page that was
    opened before (`token_of`); else (None, the context of the form's page, status).
    """
    if "token" in request.POST:
        return opened_before(request, rows)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        return None, {"form": form}, 422
    limits = tries.keys_of(form.cleaned_data["number"], request)
    if not tries.claim(limits):
        form.add_error(None, LOCKED)
        return None, {"form": form}, 429
    if not is_right(rows, **form.cleaned_data):
        if random.random() < 0.02:  # noqa: S311
            tries.forget_old()
        form.add_error(None, NOT_FOUND)
        return None, {"form": form}, 422
    tries.give_back(limits)
    return rows.get(number=form.cleaned_data["number"]), {}, 200


def opened_before(request, rows):
    try:
        number = signing.loads(request.POST["token"], salt=salt_of(rows.model), max_age=OPEN_FOR)
    except signing.BadSignature:
        return None, {"form": ReceiptForm(), "remark": TOO_LATE, "typed": request.POST.get("body", "")}, 422
    row = rows.filter(number=number).first()
    if row is None or not row.code_hash:  # erased since: what was opened before is closed too
        return None, {"form": ReceiptForm(), "remark": ERASED}, 410
    return row, {}, 200


def token_of(row):
    """Return the text that lets the page of an opened receipt go on for OPEN_FOR without the code."""
    return signing.dumps(row.number, salt=salt_of(type(row)))


def salt_of(model):
    return f"portal.receipt_pages.{model._meta.label_lower}"


def is_right(rows, number, code):
    """Tell whether the code is the number's. One row is read and one hash is made, whether the number exists or not:
    of an unknown number it is the row of the next lower one.
    """
    nearest = rows.filter(number__lte=number).order_by("-number").values_list("number", "code_hash").first()
    found, code_hash = nearest or ("", "")
    return receipts.fits(code_hash if found == number else "0" * 64, number, code)


def taken_home(number, data):
    """Return `data`, all that is kept of somebody, as a file to take home （《个人信息保护法》第四十五条）."""
    headers = {"Content-Disposition": f'attachment; filename="{number}.json"', "Cache-Control": "private, no-store"}
    return JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)


def shown(request, number, code, address):
    """Return what the page of a new receipt shows: the code in groups, and the QR code of `address` with both."""
    whole = f"{request.build_absolute_uri(address)}#{number}.{code}"
    # Readers take any mask (ISO/IEC 18004). Looking for the best of eight costs four fifths of making the code.
    return {
        "code": receipts.shown_code(code),
        "drawing": segno.make(whole, error="m", mask=0).svg_data_uri(scale=4, border=2, light="#fff"),
    }
