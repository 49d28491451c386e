from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from portal.admin.desk import DeskAdmin
from portal.exporting import Exporting
from portal.models import LinkCheck


class BrokenFilter(admin.SimpleListFilter):
    title = "结果"
    parameter_name = "broken"

    def lookups(self, request, model_admin):
        return [("yes", "打不开"), ("no", "正常")]

    def queryset(self, request, queryset):
        if self.value() == "yes":
            return queryset.broken()
        return queryset.filter(problem="") if self.value() == "no" else queryset


@admin.register(LinkCheck)
class LinkCheckAdmin(Exporting, DeskAdmin):
    """Found by `manage.py check_links`; nobody edits here, the text with the link is edited."""

    list_display = ("url", "problem", "place", "failing_since", "checked_at")
    list_display_links = None
    list_filter = (BrokenFilter, "is_internal")
    search_fields = ("url", "place_name")
    fields = readonly_fields = ("url", "problem", "place", "failing_since", "checked_at")
    export_columns = (
        ("地址", "url"), ("问题", "problem"), ("所在之处", "place_name"), ("打不开自", "failing_since"), ("检查时间", "checked_at"),
    )  # fmt: skip
    export_widths = (60, 20, 40, 20, 20)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description="所在之处")
    def place(self, check):
        try:
            address = reverse(f"admin:{check.place_type.replace('.', '_')}_change", args=[check.place_id])
        except NoReverseMatch:
            return check.place_name
        return format_html('<a href="{}">{}</a>', address, check.place_name)
