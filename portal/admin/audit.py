from django.contrib import admin
from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html

from portal.admin.desk import DeskAdmin
from portal.audit.exporting import in_words, sheet
from portal.exporting import Exporting
from portal.models import AuditEntry


@admin.register(AuditEntry)
class AuditEntryAdmin(Exporting, DeskAdmin):
    """For reading and taking out. Nobody adds, changes or deletes here, the superuser neither."""

    list_display = ("number", "at", "action", "user_name", "address", "target", "what")
    list_filter = ("action", "at")
    search_fields = ("user_name", "object_name", "=address", "=object_id", "summary")
    search_help_text = "人员、对象、地址、对象编号或说明。"
    fields = (
        "number", "at", "action", "user_name", "address", "target", "object_type", "object_id", "summary", "what",
        "previous_hash", "hash",
    )  # fmt: skip
    readonly_fields = fields
    actions = None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def export_sheet(self, name, queryset):
        return sheet(queryset)

    @admin.display(description="对象", ordering="object_type")
    def target(self, entry):
        app, _, model = entry.object_type.partition(".")
        if not model:
            return ""
        try:
            address = reverse(f"admin:{app}_{model}_change", args=[quote(entry.object_id)])
        except NoReverseMatch:
            return entry.object_name
        return format_html('<a href="{}">{}</a>', address, entry.object_name or entry.object_id)

    @admin.display(description="改动")
    def what(self, entry):
        return "\n".join(filter(None, (entry.summary, in_words(entry.changes))))
