from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from portal.admin.desk import DeskAdmin
from portal.models import SiteSettings


@admin.register(SiteSettings)
class SiteSettingsAdmin(DeskAdmin):
    """One row, so one form: the list leads straight to it."""

    fieldsets = (
        (None, {"fields": ("name", "short_name", "slogan", "logo", "main_color")}),
        ("搜索引擎与网页标签", {"fields": ("description", "keywords", "domain", "site_id_code")}),
        ("单位与联系方式", {"fields": ("host_unit", "address", "postcode", "phone", "email")}),
        ("备案", {"fields": ("icp_number", "police_number")}),
        ("公众号与 QQ 群", {"fields": ("wechat_name", "wechat_qr", "qq_group", "qq_qr")}),
        ("留言和投稿", {"fields": ("contact_days",)}),
        ("页脚", {"fields": ("footer_text",)}),
        ("离开本站", {"fields": ("outside_list",)}),
        ("审核", {"fields": ("one_person_reviews",)}),
        ("投稿", {"fields": ("shows_ranking",)}),
        ("哀悼日", {"fields": ("mourning_from", "mourning_until", "mourning_scope")}),
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "main_color":
            kwargs["widget"] = forms.TextInput(attrs={"type": "color"})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_object(self, request, object_id, from_field=None):
        return SiteSettings.current() if str(object_id) == "1" else None

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return redirect("admin:portal_sitesettings_change", 1)

    def is_on_site(self, obj):
        return True
