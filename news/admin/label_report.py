"""The staff's page of missing labels (网页标签)."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render

from news import label_report
from portal.models import SiteSettings

PER_PAGE = 100
PARTS = ("portal.view_sitesettings", "news.view_column", "news.view_article")


class LabelForm(forms.Form):
    label = forms.ChoiceField(
        required=False, choices=[(name, name) for name in (*label_report.REQUIRED, *label_report.OPTIONAL)]
    )
    page = forms.IntegerField(required=False, min_value=1)


def label_report_view(request, admin_site):
    """Site, columns and articles, each for those who may see it."""
    may = {part: may_see(request.user, part) for part in PARTS}
    if not any(may.values()):
        raise PermissionDenied
    form = LabelForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {"label": "", "page": 1}
    context = admin_site.each_context(request) | {
        "title": "网页标签检查",
        "labels": [*label_report.REQUIRED, *label_report.OPTIONAL],
        "chosen": chosen["label"],
        "checked": label_report.CHECKED,
    }
    if may["portal.view_sitesettings"]:
        context["site_gaps"] = label_report.site_gaps(SiteSettings.current())
    if may["news.view_column"]:
        context["columns"] = label_report.columns_with_gaps()
    if may["news.view_article"]:
        rows = label_report.articles_with_gaps(chosen["label"])
        context["articles"] = Paginator(rows, PER_PAGE).get_page(chosen["page"] or 1)
    return render(request, "admin/news/label_report.html", context)


def may_see(user, permission):
    """Who may change a thing may see it, as everywhere in the admin."""
    return user.has_perm(permission) or user.has_perm(permission.replace(".view_", ".change_"))
