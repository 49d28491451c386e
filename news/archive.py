"""The archive of a list: its articles of one year or one month, by `?year=` and `&month=`."""

from django import forms
from django.http import Http404

YEAR_MIN = 1949


class PeriodForm(forms.Form):
    year = forms.IntegerField(required=False, min_value=YEAR_MIN, max_value=9998)
    month = forms.IntegerField(required=False, min_value=1, max_value=12)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("month") and not cleaned.get("year"):
            raise forms.ValidationError("只有月份，没有年份。")
        return cleaned


class Period:
    """A year, a month of it, or (without a year) all time."""

    def __init__(self, year=None, month=None):
        self.year, self.month = year, month

    @property
    def number(self):
        """As a Listing takes it: 2026, 202611, or None for all time."""
        return self.year * 100 + self.month if self.month else self.year

    @property
    def query(self):
        """What the query of its page names, as a dict."""
        return {name: value for name, value in (("year", self.year), ("month", self.month)) if value}

    def __str__(self):
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"


def period_of(request):
    """Return the Period that the query of `request` names. Raises Http404 where it names none."""
    if request.GET.keys().isdisjoint(PeriodForm.base_fields):
        return Period()
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise Http404("没有这个时间的文章：年份是四位数字，月份是 1 到 12。")
    return Period(form.cleaned_data["year"], form.cleaned_data["month"])


class Archive:
    """The years of a list that have articles and, for the year that was chosen, its months: each [(value, is_here)]."""

    def __init__(self, listing, period):
        """`listing`: the Listing of all time."""
        self.period = period
        years = [year for year, _ in listing.parts() if year >= YEAR_MIN]
        months = [month % 100 for month, _ in listing.parts(period.year)] if period.year else []
        self.years = [(year, year == period.year) for year in years]
        self.months = [(month, month == period.month) for month in months]
