"""Roles per column, edited on the page of an account; membership of the desk's groups follows from them."""

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group

from news.admin.columns import ColumnChoiceField
from news.groups import keep_groups
from news.models import Column, ColumnRole, Role
from portal import audit
from portal.admin.desk import PartInline
from portal.admin.users import UserAdmin
from portal.models import AuditEntry, User
from portal.proxies import address_of


class ColumnRoleForm(forms.ModelForm):
    class Meta:
        labels = {"column": "栏目（含下级）"}


class ColumnRoleInline(PartInline):
    """Nobody changes his own roles, and only a superuser makes managers."""

    model = ColumnRole
    form = ColumnRoleForm
    fields = ("role", "column")

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.exclude(role=Role.MANAGER)

    def has_add_permission(self, request, obj):
        return self._may_change(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._may_change(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._may_change(request, obj)

    def _may_change(self, request, obj):
        is_self = obj is not None and obj.pk == request.user.pk
        return request.user.is_superuser or not is_self

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        if db_field.name == "role" and not request.user.is_superuser:
            kwargs["choices"] = [("", "---------"), *(pair for pair in Role.choices if pair[0] != Role.MANAGER)]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "column":
            columns = Column.objects.with_tree_fields()
            kwargs |= {"form_class": ColumnChoiceField, "queryset": columns, "empty_label": "全部栏目"}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RoledUserAdmin(UserAdmin):
    inlines = (ColumnRoleInline,)

    def get_inlines(self, request, obj):
        return self.inlines if obj else ()

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.exclude(name__in=Role.labels)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        person = form.instance
        before = roles_of(person)
        super().save_related(request, form, formsets, change)
        keep_groups(person)
        after = roles_of(person)
        if before != after:
            changes = {"栏目权限": [before, after]}
            who = {"user": request.user, "address": address_of(request)}
            audit.record(AuditEntry.Action.PERMISSION, obj=person, changes=changes, **who)


def roles_of(person):
    return [str(role) for role in ColumnRole.objects.filter(user=person).select_related("column")]


admin.site.unregister(User)
admin.site.register(User, RoledUserAdmin)
