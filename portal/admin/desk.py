"""The base classes of the admin's pages."""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.utils.functional import cached_property

from portal.admin.widgets import DayInput, MinuteField, MinuteInput, PictureSelect
from portal.audit.admin import Audited
from portal.models import Picture

OVERRIDES = {
    models.DateTimeField: {"form_class": MinuteField, "widget": MinuteInput},
    models.DateField: {"widget": DayInput},
    models.URLField: {"assume_scheme": "https"},
}


class DeskFields:
    """Fields as editors want them: times to the minute, pictures chosen by what they look like."""

    formfield_overrides = OVERRIDES

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.remote_field.model is Picture:
            kwargs.setdefault("widget", PictureSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_delete_related"):
            field.widget.can_delete_related = False  # a column is not deleted from within the form of an article
        return field


class DeskChangeList(ChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        return super().get_queryset(request, exclude_parameters).defer(*self.model_admin.list_defer)


class DeskPaginator(Paginator):
    """Counts up to a bound: nobody turns two hundred pages, and beyond them filters lead further."""

    COUNTED_MAX = 10_000

    @cached_property
    def count(self):
        try:
            return self.object_list.order_by()[: self.COUNTED_MAX].count()
        except ValueError as error:  # a filter in the address that no date can be
            raise IncorrectLookupParameters(error) from error


class DeskAdmin(Audited, DeskFields, admin.ModelAdmin):
    paginator = DeskPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 200
    list_defer = ()  # long columns that a list does not show
    searched_max = 20_000  # rows that a search looks at: the newest of what the filters leave

    def get_changelist(self, request, **kwargs):
        return DeskChangeList

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return super().get_search_results(request, queryset, search_term)
        ordering = self.get_ordering(request) or self.opts.ordering or ["-pk"]
        name = ordering[0].removeprefix("-")
        last = queryset.order_by(*ordering).values_list(name, flat=True)[self.searched_max - 1 : self.searched_max + 1]
        if len(last) == 2:
            # By the value where they end: given their keys, PostgreSQL looks for the words in all rows before it
            # looks at the keys.
            way = "lte" if name == ordering[0] else "gte"
            queryset = queryset.filter(**{f"{name}__{way}": last[0]})
            messages.info(request, f"只在最前面的 {self.searched_max} 条里查找；要找更早的，请先用右边的筛选缩小范围。")
        return super().get_search_results(request, queryset, search_term)

    def view_on_site(self, obj):
        """Return the address of `obj` on the site, None where the public does not see it."""
        return obj.get_absolute_url() if self.is_on_site(obj) else None

    def is_on_site(self, obj):
        return False


class PartInline(DeskFields, admin.TabularInline):
    """Parts of an object that have no life of their own: who may change the whole may change its parts.

    The rights of their own model are not asked. Django shows the parts only with the whole, and lets nobody change
    them who may not change that.
    """

    extra = 0

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request, obj):
        return True

    def has_change_permission(self, request, obj=None):
        return True

    def has_delete_permission(self, request, obj=None):
        return True
