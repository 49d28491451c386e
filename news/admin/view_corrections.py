from django.contrib import admin

from news.counting import correct
from news.models import ViewCorrection
from portal.admin.desk import DeskAdmin


@admin.register(ViewCorrection)
class ViewCorrectionAdmin(DeskAdmin):
    """Corrections are added, and neither changed nor deleted."""

    list_display = ("article", "before", "after", "reason", "made_by", "made_at")
    list_select_related = ("article", "made_by")
    fields = ("article", "after", "reason")
    raw_id_fields = ("article",)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        made = correct(obj.article, count=obj.after, reason=obj.reason, by=request.user)
        obj.pk, obj.before, obj.made_by, obj.made_at = made.pk, made.before, made.made_by, made.made_at
