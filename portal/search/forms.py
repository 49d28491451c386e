from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from portal.search.parsing import LENGTH_MAX, Query, parse
from portal.search.plan import Filters
from portal.search.registry import facets, kinds


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


class SearchForm(forms.Form):
    """The reader's question. A filter that is none of the choices is an error, not everything."""

    q = forms.CharField(label="找什么", max_length=LENGTH_MAX, required=False, strip=False)
    column = forms.ChoiceField(label="栏目", required=False)
    kind = forms.ChoiceField(label="种类", required=False)
    source = forms.CharField(label="来源", max_length=100, required=False)
    sort = forms.ChoiceField(
        label="排序", choices=[("", "按相关"), ("relevance", "按相关"), ("time", "按时间")], required=False
    )

    def __init__(self, request):
        super().__init__(request.GET, label_suffix="")
        self.request, self.columns = request, facets.columns(request)
        for name, label in (("from", "从"), ("to", "到")):  # `from` is a word of Python's own
            field = forms.DateField(label=label, widget=DayInput(), input_formats=["%Y-%m-%d"], required=False)
            self.fields[name] = field
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "maxlength": LENGTH_MAX})
        self.fields["column"].choices = [("", "全部栏目"), *((slug, name) for slug, name, _ in self.columns)]
        self.fields["kind"].choices = [("", "全部种类"), *((kind.name, kind.label) for kind in kinds.values())]
        sort = [("relevance", "按相关")] if self.data.get("sort") == "relevance" else [("", "按相关")]
        self.fields["sort"].choices = [*sort, ("time", "按时间")]
        self.order_fields(["q", "column", "kind", "source", "from", "to", "sort"])

    def clean_source(self):
        name = self.cleaned_data["source"].strip()
        if not name:
            return None
        if (key := facets.source_called(name)) is None:
            raise forms.ValidationError("没有这个来源。")
        return key

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("from"), cleaned.get("to")
        if start and end and start > end:
            self.add_error("to", "截止日期早于开始日期。")
        if end and end.year >= 9999:
            self.add_error("to", "日期太远。")
        return cleaned

    @property
    def query(self):
        return parse(self.cleaned_data["q"]) if self.is_valid() else Query()

    @property
    def by_time(self):
        return self.cleaned_data["sort"] == "time"

    @property
    def conditions(self):
        return [self[name] for name in self.fields if name != "q"]

    @property
    def is_narrowed(self):
        return any(self.data.get(name) for name in self.fields if name not in ("q", "sort"))

    @property
    def filters(self):
        wanted = self.cleaned_data
        below = {slug: keys for slug, _, keys in self.columns}
        return Filters(
            kind=kinds[wanted["kind"]].number if wanted["kind"] else None,
            columns=below[wanted["column"]] if wanted["column"] else None,
            hidden=tuple(facets.hidden_columns(self.request)),
            source=wanted["source"],
            start=beginning(wanted["from"]) if wanted["from"] else None,
            end=beginning(wanted["to"] + timedelta(days=1)) if wanted["to"] else None,
        )


def beginning(day):
    return timezone.make_aware(datetime.combine(day, time.min))
