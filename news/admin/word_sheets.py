"""The list of words out to Excel and back: what an import changes is shown first."""

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from news.models.proofing import ProofWordEdition
from news.proofing.sheets import COLUMNS, ListChanged, plan_of, take_over
from portal.exporting import Exporting
from portal.proxies import address_of
from portal.spreadsheets import read_rows

SALT = "news.proofword.import"
SHOWN_FOR = 3_600  # seconds between the comparison and taking it over


class SheetForm(forms.Form):
    """`rows` are those of the sheet."""

    file = forms.FileField(label="Excel 文件", widget=forms.FileInput(attrs={"accept": ".xlsx"}))

    rows = None

    def clean_file(self):
        self.rows = read_rows(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class WordSheets(Exporting):
    """For the admin of ProofWord."""

    export_columns = tuple(COLUMNS.items())
    export_widths = (20, 20, 18, 12, 50, 40, 8)

    def get_urls(self):
        view = self.admin_site.admin_view(self.import_view)
        return [path("import/", view, name="news_proofword_import"), *super().get_urls()]

    def may_import(self, request):
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(self, request, extra_context=None):
        context = {"import_address": reverse("admin:news_proofword_import")} if self.may_import(request) else {}
        return super().changelist_view(request, context | (extra_context or {}))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def import_view(self, request):
        """Show what a sheet would change; the second answer, which carries its rows signed, does it."""
        if not self.may_import(request):
            raise PermissionDenied
        if "rows" in request.POST:
            return self._take_over(request)
        form = SheetForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            return self._compare(request, form, form.rows)
        return self._page(request, form)

    def _compare(self, request, form, rows):
        edition = ProofWordEdition.current()  # read first: what changes after it is noticed
        try:
            plan = plan_of(rows)
        except ValidationError as error:
            form.add_error("file", error)
            return self._page(request, form)
        carried = signing.dumps({"rows": rows, "edition": edition}, salt=SALT, compress=True)
        return self._page(request, form, plan=plan, carried="" if plan.errors else carried)

    def _take_over(self, request):
        try:
            carried = signing.loads(request.POST["rows"], salt=SALT, max_age=SHOWN_FOR)
        except signing.BadSignature:
            messages.error(request, "时间过了太久，没有导入。请重新上传。")
            return redirect("admin:news_proofword_import")
        try:
            plan = take_over(**carried, by=request.user, address=address_of(request))
        except (ListChanged, ValidationError):
            messages.warning(request, "词表刚刚有人改过，还没有导入。请再看一遍会改动什么。")
            return self._compare(request, SheetForm(), carried["rows"])
        messages.success(request, f"已导入：新增 {len(plan.new)} 个词，修改 {len(plan.changed)} 个。")
        return redirect("admin:news_proofword_changelist")

    def _page(self, request, form, **context):
        context |= self.admin_site.each_context(request)
        context |= {"title": "导入校对词表", "opts": self.opts, "form": form, "columns": tuple(COLUMNS)}
        return render(request, "admin/news/proofword/import.html", context)
