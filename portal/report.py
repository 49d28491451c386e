"""The monthly work report: sheets that the apps give, in one workbook.

An app names a module in its AppConfig (`report = "news.report"`) with `sheets(user, begin, end)`, which returns
`portal.spreadsheets.Sheet`s of what lies in [begin, end), only of what `user` may see.
"""

from datetime import datetime, time
from importlib import import_module

from django import forms
from django.apps import apps
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from portal.exporting import recorded_workbook
from portal.spreadsheets import TooManyRows


class MonthForm(forms.Form):
    month = forms.DateField(required=False, input_formats=["%Y-%m"], error_messages={"invalid": "月份写成 2026-01。"})


def report_view(request):
    """The report of `?month=2026-01`, of the present month where none is named."""
    form = MonthForm(request.GET)
    if not form.is_valid():
        messages.error(request, form.errors["month"][0])
        return HttpResponseRedirect(reverse("admin:index"))
    first = (form.cleaned_data["month"] or timezone.localdate()).replace(day=1)
    begin, end = _midnight(first), _midnight(_month_after(first))
    modules = [import_module(config.report) for config in apps.get_app_configs() if getattr(config, "report", "")]
    name = f"{first:%Y}年{first.month}月工作报表"
    try:
        sheets = [sheet for module in modules for sheet in module.sheets(request.user, begin, end)]
        return recorded_workbook(request, name, sheets, summary=name)
    except TooManyRows:
        messages.error(request, "这个月的内容太多，一张表放不下。")
        return HttpResponseRedirect(reverse("admin:index"))


def _month_after(first):
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))
