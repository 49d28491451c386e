"""Lists of the admin as workbooks: what the list shows under its filters, with a right of its own and an audit entry."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone

from portal.audit import record
from portal.models import AuditEntry
from portal.proxies import address_of
from portal.spreadsheets import ROWS_MAX, Sheet, TooManyRows, workbook_response

RIGHT = "portal.export_lists"


def may_export(user):
    return user.has_perm(RIGHT)


def recorded_workbook(request, name, sheets, *, summary):
    """Return the workbook as a download and record that it was taken. Raises PermissionDenied and TooManyRows."""
    if not may_export(request.user):
        raise PermissionDenied
    response = workbook_response(f"{name} {timezone.localdate():%Y-%m-%d}", sheets)
    record(AuditEntry.Action.EXPORT, user=request.user, address=address_of(request), summary=summary)
    return response


class Exporting:
    """A ModelAdmin whose list can be taken out. `export_columns`: pairs of a title and a field's path or a method's name."""

    export_columns = ()
    export_related = ()  # for select_related
    export_widths = ()

    def get_urls(self):
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_export"), *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        context = {}
        if may_export(request.user) and not request.GET.get("_popup"):
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            context["export_address"] = self._address("export") + query
        return super().changelist_view(request, context | (extra_context or {}))

    def export_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        name, query = str(self.opts.verbose_name_plural), request.GET.urlencode()
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
            return recorded_workbook(
                request, name, [self.export_sheet(name, rows)], summary=f"{name}，条件：{query or '全部'}"
            )
        except IncorrectLookupParameters:
            messages.error(request, "筛选条件不能用，没有导出。")
        except TooManyRows:
            messages.error(request, f"一次最多导出 {ROWS_MAX} 行，请先用筛选缩小范围。")
        return HttpResponseRedirect(self._address("changelist"))

    def export_sheet(self, name, queryset):
        rows = queryset.select_related(*self.export_related) if self.export_related else queryset
        titles = tuple(title for title, _ in self.export_columns)
        return Sheet(name, titles, self._export_rows(rows), self.export_widths)

    def _export_rows(self, queryset):
        for obj in queryset.iterator(chunk_size=1000):
            yield [self._export_value(obj, name) for _, name in self.export_columns]

    def _export_value(self, obj, name):
        if hasattr(self, name):
            return getattr(self, name)(obj)
        if hasattr(obj, display := f"get_{name}_display"):
            return getattr(obj, display)()
        return getattr(obj, name)

    def _address(self, name):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{name}")
