from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import PermissionDenied
from django.db.models import Case, When
from django.http import JsonResponse
from django.urls import path, reverse

from news.models import Article, Tag
from news.models.tags import tag_name
from portal.admin.desk import DeskAdmin

SUGGESTIONS = 20
TAGS_MAX = 20
NAME_MAX = Tag._meta.get_field("name").max_length


class TagInput(AutocompleteSelectMultiple):
    """Tags found by typing. The values are names, so that a name nobody has used yet can be one of them."""

    may_make = False

    def __init__(self, attrs=None):
        super().__init__(Article._meta.get_field("tags"), None, attrs)

    def get_url(self):
        return reverse("admin:news_tag_suggestions")

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        made = {"data-tags": "true", "data-token-separators": '[",","，","、","；",";"]'}
        return attrs | {"data-maximum-selection-length": TAGS_MAX} | (made if self.may_make else {})

    def optgroups(self, name, value, attrs=None):
        options = [self.create_option(name, item, item, True, index) for index, item in enumerate(value)]
        return [(None, options, 0)]


class TagField(forms.Field):
    """Tags by their names. Unknown names become tags that are not saved yet, where `may_make`; else they are an error."""

    widget = TagInput

    def __init__(self, **kwargs):
        super().__init__(**{"label": "标签", "required": False, **kwargs})
        self.may_make = False

    def prepare_value(self, value):
        return [getattr(item, "name", item) for item in value or []]

    def has_changed(self, initial, data):
        return set(self.prepare_value(initial)) != set(data or [])

    def clean(self, value):
        names = list(dict.fromkeys(filter(None, map(tag_name, value or []))))
        if len(names) > TAGS_MAX:
            raise forms.ValidationError(f"一篇文章最多 {TAGS_MAX} 个标签。")
        if long := [name for name in names if len(name) > NAME_MAX or not name.isprintable()]:
            raise forms.ValidationError(f"标签最多 {NAME_MAX} 个字：{'、'.join(name[:NAME_MAX] for name in long)}")
        known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
        unknown = [name for name in names if name not in known]
        if unknown and not self.may_make:
            raise forms.ValidationError(
                f"没有这些标签：{'、'.join(unknown)}。您没有新建标签的权限，请选已有的，或请管理员新建。"
            )
        return [known.get(name) or Tag(name=name) for name in names]

    def allow_making(self, allowed):
        self.may_make = self.widget.may_make = allowed


@admin.register(Tag)
class TagAdmin(DeskAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    fields = ("name",)

    def is_on_site(self, obj):
        return Tag.objects.used().filter(pk=obj.pk).exists()

    def get_urls(self):
        view = self.admin_site.admin_view(self.suggestions_view)
        return [path("suggestions/", view, name="news_tag_suggestions"), *super().get_urls()]

    def suggestions_view(self, request):
        """Tags whose name holds `term`, for the article form: what begins with it first."""
        if not any(request.user.has_perm(f"news.{what}") for what in ("add_article", "change_article", "view_tag")):
            raise PermissionDenied
        try:
            term = forms.CharField(max_length=NAME_MAX, required=False).clean(request.GET.get("term", ""))
        except forms.ValidationError:
            term, found = "", Tag.objects.none()
        else:
            found = Tag.objects.filter(name__icontains=term)
        begins = Case(When(name__istartswith=term, then=0), default=1)
        names = found.order_by(begins, "name").values_list("name", flat=True)[:SUGGESTIONS]
        return JsonResponse({"results": [{"id": name, "text": name} for name in names], "pagination": {"more": False}})
