"""Accounts of staff. One name field; rights that a person has not got himself cannot be handed out by him."""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.forms import CheckboxSelectMultiple

from portal.admin.desk import PartInline
from portal.audit.admin import Audited
from portal.exporting import Exporting
from portal.keys import KeysField
from portal.models import User

ACTIONS = {"add": "新增", "change": "修改", "delete": "删除", "view": "查看"}


class PermissionsField(KeysField):
    def label_from_instance(self, obj):
        model = obj.content_type.model_class()
        action = ACTIONS.get(obj.codename.partition("_")[0], obj.name)
        return f"{model._meta.app_config.verbose_name} · {model._meta.verbose_name} · {action}"


class ChoosesPermissions:
    """Offers the permissions that mean something here, those of what staff see in the admin, as boxes to tick."""

    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        kwargs["widget"] = CheckboxSelectMultiple(attrs={"class": "checkbox-grid"})
        if db_field.remote_field.model is Permission:
            kwargs["form_class"] = PermissionsField
            kwargs["queryset"] = Permission.objects.filter(content_type__in=self._content_types()).select_related(
                "content_type"
            )
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def _content_types(self):
        models = set(self.admin_site._registry)
        for model_admin in self.admin_site._registry.values():
            models |= {inline.model for inline in model_admin.inlines if not issubclass(inline, PartInline)}
        return ContentType.objects.get_for_models(*models).values()


class AddUserForm(auth_forms.AdminUserCreationForm):
    class Meta(auth_forms.AdminUserCreationForm.Meta):
        model = User
        fields = ("username", "name", "email", "unit")


class ChangeUserForm(auth_forms.UserChangeForm):
    class Meta(auth_forms.UserChangeForm.Meta):
        model = User


@admin.register(User)
class UserAdmin(Exporting, Audited, ChoosesPermissions, auth_admin.UserAdmin):
    form = ChangeUserForm
    add_form = AddUserForm
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "email", "unit")}),
        ("权限", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("记录", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": ("username", "name", "email", "unit", "usable_password", "password1", "password2"),
            },
        ),
    )
    list_display = ("username", "name", "unit", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("username", "name", "email", "unit")
    readonly_fields = ("last_login", "date_joined")
    export_columns = (
        ("用户名", "username"), ("姓名", "name"), ("邮箱", "email"), ("启用", "is_active"), ("工作人员", "is_staff"),
        ("超级用户", "is_superuser"), ("上次登录", "last_login"), ("加入时间", "date_joined"),
    )  # fmt: skip
    export_widths = (20, 14, 30, 8, 10, 10, 20, 20)
    show_facets = admin.ShowFacets.NEVER

    def get_readonly_fields(self, request, obj=None):
        if request.user.is_superuser:
            return self.readonly_fields
        return (*self.readonly_fields, "is_superuser", "groups", "user_permissions")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_touch(request, obj)

    def get_deleted_objects(self, objs, request):
        deletable, counts, needed, protected = super().get_deleted_objects(objs, request)
        protected += [str(user) for user in objs if not self._may_touch(request, user)]
        return deletable, counts, needed, protected

    def _may_touch(self, request, obj):
        return request.user.is_superuser or obj is None or not obj.is_superuser


class GroupAdmin(Audited, ChoosesPermissions, auth_admin.GroupAdmin):
    show_facets = admin.ShowFacets.NEVER


admin.site.unregister(Group)
admin.site.register(Group, GroupAdmin)
