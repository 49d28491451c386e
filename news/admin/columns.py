from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from tree_queries.forms import TreeNodeChoiceField

from news import freshness
from news.admin.hiding import HidesArticles
from news.admin.moving import DIRECTIONS, lock_tree, move
from news.models import Column
from portal.admin.desk import DeskAdmin, DeskChangeList

ARROWS = {"up": "↑", "down": "↓", "out": "←", "in": "→"}


class ColumnChoiceField(TreeNodeChoiceField):
    """Columns in the order of the tree, each indented below the one it belongs to."""

    def label_from_instance(self, obj):
        return f"{'　' * obj.tree_depth}{obj.name}"


class TreeChangeList(DeskChangeList):
    def get_ordering(self, request, queryset):
        return ["tree_ordering"]


class ColumnFilter(admin.SimpleListFilter):
    """Keeps what is in a column or below it."""

    title = "栏目"
    parameter_name = "column"

    def lookups(self, request, model_admin):
        self.columns = list(Column.objects.filter(kind=Column.Kind.LIST).with_tree_fields().only("name", "parent"))
        return [(str(column.pk), f"{'　' * column.tree_depth}{column.name}") for column in self.columns]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(column__in=[c.pk for c in self.columns if self.value() in map(str, c.tree_path)])


class FreshnessFilter(admin.SimpleListFilter):
    """Keeps the columns that have gone stale, or that hold nothing."""

    title = "更新情况"
    parameter_name = "fresh"

    def lookups(self, request, model_admin):
        return [("stale", "久未更新"), ("empty", "空栏目")]

    def queryset(self, request, queryset):
        if self.value() not in ("stale", "empty"):
            return queryset
        stale, empty = freshness.needing_care(freshness.of_columns())
        return queryset.filter(pk__in=[item.column.pk for item in (stale if self.value() == "stale" else empty)])


class ColumnForm(forms.ModelForm):
    def clean(self):
        lock_tree()  # the form is judged against the tree as it is when it is saved
        return super().clean()


@admin.register(Column)
class ColumnAdmin(HidesArticles, DeskAdmin):
    articles_by = "column"
    list_display = ("tree_name", "kind", "slug", "in_navigation", "is_active", "arrows")
    list_display_links = ("tree_name",)
    list_per_page = 500
    list_filter = (FreshnessFilter,)
    list_defer = ("body",)
    sortable_by = ()
    search_fields = ("name", "slug")
    form = ColumnForm
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    "slug",
                    "parent",
                    "kind",
                    "look",
                    "url",
                    "in_navigation",
                    "is_active",
                    "reviews",
                    "update_days",
                )
            },
        ),
        ("单页正文", {"fields": ("body",)}),
        ("网页标签", {"fields": ("description", "keywords", "column_type")}),
    )

    def get_changelist(self, request, **kwargs):
        return TreeChangeList

    def get_queryset(self, request):
        return super().get_queryset(request).with_tree_fields()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "parent":
            kwargs |= {"form_class": ColumnChoiceField, "empty_label": "（第一级）"}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_list_display(self, request):
        may_move = self.has_change_permission(request)
        return self.list_display if may_move else tuple(name for name in self.list_display if name != "arrows")

    def save_model(self, request, obj, form, change):
        if change and "parent" in form.changed_data:
            obj.position = 0  # last among its new siblings
        super().save_model(request, obj, form, change)

    def is_on_site(self, obj):
        return obj.is_public

    def get_urls(self):
        view = self.admin_site.admin_view(self.move_view)
        return [path("<int:pk>/move/<str:direction>/", view, name="news_column_move"), *super().get_urls()]

    def move_view(self, request, pk, direction):
        """One step of a column in the tree; the list follows, at the column that was moved."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        if direction not in DIRECTIONS:
            raise Http404("没有这个方向。")
        try:
            column = move(pk=pk, direction=direction)
        except Column.DoesNotExist:
            messages.error(request, "这个栏目已经不在了。")
        except ValidationError as error:
            messages.error(request, error.messages[0])
        else:
            self._tell(request, column, DIRECTIONS[direction])
        return redirect(f"{reverse('admin:news_column_changelist')}#column-{pk}")

    def _tell(self, request, column, what):
        if column is None:
            messages.info(request, "这个栏目不能再往那边移了。")
            return
        self.log_change(request, column, what)
        messages.success(request, f"“{column.name}”已{what}。")

    @admin.display(description="名称")
    def tree_name(self, column):
        return format_html(
            '<span id="column-{}" class="tree-name" style="--depth: {}">{}</span>',
            column.pk,
            column.tree_depth,
            column.name,
        )

    @admin.display(description="移动")
    def arrows(self, column):
        buttons = [
            (
                reverse("admin:news_column_move", args=[column.pk, direction]),
                f"{text}“{column.name}”",
                ARROWS[direction],
            )
            for direction, text in DIRECTIONS.items()
        ]
        button = '<button type="submit" class="arrow" formaction="{}" aria-label="{}" title="{}">{}</button>'
        return format_html_join("", button, ((url, label, label, arrow) for url, label, arrow in buttons))
