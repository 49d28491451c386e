from django.contrib import admin

from portal.admin.desk import DeskAdmin
from portal.models import PrivacyNotice, SpamWord
from portal.spam import words


@admin.register(SpamWord)
class SpamWordAdmin(DeskAdmin):
    list_display = ("word", "weight", "is_active")
    list_editable = ("weight", "is_active")
    list_filter = ("is_active", "weight")
    search_fields = ("word",)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        words.forget()


@admin.register(PrivacyNotice)
class PrivacyNoticeAdmin(DeskAdmin):
    """Versions are added; one that visitors have been shown is never changed or removed."""

    list_display = ("__str__", "handler", "effective_from")
    fields = ("handler", "purpose", "kinds", "retention", "rights", "contact", "effective_from")

    def get_changeform_initial_data(self, request):
        latest = PrivacyNotice.objects.in_force()
        return {name: getattr(latest, name) for name in self.fields[:-1]} | super().get_changeform_initial_data(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
