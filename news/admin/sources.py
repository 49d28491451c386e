from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Q, When
from django.http import JsonResponse
from django.urls import path, reverse_lazy

from news.admin.hiding import HidesArticles
from news.models import Source, SourceAlias
from portal.admin.desk import DeskAdmin, PartInline

SUGGESTIONS = 10


class SourceInput(forms.TextInput):
    """A name with suggestions. `offered` is an unknown name, to be made into a source by ticking the box."""

    template_name = "admin/widgets/source_input.html"
    offered = ""

    class Media:
        js = ["portal/js/admin/source-input.js"]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["offered"] = self.offered
        context["widget"]["attrs"] |= {
            "list": f"{context['widget']['attrs']['id']}-suggestions",
            "data-suggestions": reverse_lazy("admin:news_source_suggestions"),
            "autocomplete": "off",
            "class": "vTextField",
        }
        return context

    def value_from_datadict(self, data, files, name):
        """Return (name, the name whose making was confirmed)."""
        return super().value_from_datadict(data, files, name), data.get(f"{name}-make")

    def format_value(self, value):
        return super().format_value(value[0] if isinstance(value, tuple) else value)


class SourceField(forms.CharField):
    """A source by its name or an alias. An unknown name is an error that offers to make it; where its making was
    confirmed, the value is a Source that is not saved yet.
    """

    widget = SourceInput

    def __init__(self, **kwargs):
        super().__init__(**{"label": "来源", "max_length": 100, "required": False, **kwargs})
        self.may_make = False

    def prepare_value(self, value):
        if isinstance(value, int):
            return Source.objects.filter(pk=value).values_list("name", flat=True).first()
        return value

    def has_changed(self, initial, data):
        return (self.prepare_value(initial) or "") != (data[0] or "").strip()

    def clean(self, value):
        given, confirmed = value
        name = super().clean(given)
        source = Source.objects.called(name).first() if name else None
        if source or not name:
            return source
        if not self.may_make:
            raise forms.ValidationError(
                f"没有叫“{name}”的来源，您也没有新建来源的权限。请改成已有的来源，或请管理员新建。"
            )
        if confirmed != name:
            self.widget.offered = name
            raise forms.ValidationError(f"没有叫“{name}”的来源。请改成已有的来源，或勾选“新建来源”再保存。")
        return Source(name=name)


class SourceAliasInline(PartInline):
    model = SourceAlias


@admin.register(Source)
class SourceAdmin(HidesArticles, DeskAdmin):
    articles_by = "source"
    list_display = ("name", "site", "may_reprint")
    list_filter = ("may_reprint",)
    search_fields = ("name", "aliases__name")
    inlines = (SourceAliasInline,)

    def get_urls(self):
        view = self.admin_site.admin_view(self.suggestions_view)
        return [path("suggestions/", view, name="news_source_suggestions"), *super().get_urls()]

    def suggestions_view(self, request):
        """Sources whose name or alias holds `q`, for the article form: what begins with it first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            q = forms.CharField(max_length=100).clean(request.GET.get("q", ""))
        except forms.ValidationError:
            return JsonResponse({"sources": []})
        by_alias = SourceAlias.objects.filter(name__icontains=q).values("source")
        begins = Case(When(name__istartswith=q, then=0), default=1)
        found = Source.objects.filter(Q(name__icontains=q) | Q(pk__in=by_alias)).order_by(begins, "name")
        rows = found.prefetch_related("aliases")[:SUGGESTIONS]
        return JsonResponse({"sources": [self._suggestion(row, q) for row in rows]})

    def _suggestion(self, source, q):
        alias = next((a.name for a in source.aliases.all() if q.lower() in a.name.lower()), "")
        return {"name": source.name, "alias": alias}
