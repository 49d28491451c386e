"""采用率 by unit and month, as a page of the admin and as a workbook."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone

from news.contributions import figures
from news.roles import has_role
from portal.exporting import may_export, recorded_workbook
from portal.spreadsheets import Sheet

FIRST_YEAR = 2000


class YearForm(forms.Form):
    year = forms.IntegerField(min_value=FIRST_YEAR, max_value=2100, required=False)


def rates_view(request):
    if not request.user.has_perm("news.view_submission") or not has_role(request.user):
        raise PermissionDenied
    form, this_year = YearForm(request.GET), timezone.localdate().year
    year = (form.is_valid() and form.cleaned_data["year"]) or this_year
    units, months = figures.by_unit(year), figures.by_month(year)
    if request.GET.get("format") == "xlsx":
        return recorded_workbook(request, f"采用率 {year}", sheets(units, months), summary=f"投稿采用率，{year} 年")
    context = admin.site.each_context(request) | {
        "title": f"{year} 年投稿采用率", "year": year, "units": units, "months": months, "may_export": may_export(request.user),
        "before": year - 1 if year > FIRST_YEAR else None, "after": year + 1 if year < this_year else None,
    }  # fmt: skip
    return render(request, "admin/news/submission/rates.html", context)


def sheets(units, months):
    counts = ("投稿（篇）", "采用（篇）", "采用率（%）")
    return [
        Sheet("按单位", ("单位", *counts), [(x.unit, x.received, x.adopted, x.rate) for x in units], (40, 12, 12, 12)),
        Sheet(
            "按单位和月份", ("单位", "月份", *counts),
            [(x.unit, f"{x.month:%Y-%m}", x.received, x.adopted, x.rate) for x in months], (40, 12, 12, 12, 12),
        ),
    ]  # fmt: skip
