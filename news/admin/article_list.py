"""What the list of articles shows of reviews, and what it keeps."""

from django.contrib import admin
from django.db.models import Prefetch

from news.models import ReviewRun
from portal.admin.desk import DeskChangeList


class ArticleChangeList(DeskChangeList):
    def get_queryset(self, request, exclude_parameters=None):
        active = Prefetch("runs", queryset=ReviewRun.objects.active(), to_attr="active_runs")
        return super().get_queryset(request, exclude_parameters).prefetch_related(active)


class ReviewFilter(admin.SimpleListFilter):
    title = "审核"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [("mine", "等我审核"), ("returned", "我被退回的"), ("reviewing", "审核中"), ("sent_back", "被退回")]

    def queryset(self, request, queryset):
        runs = ReviewRun.objects.all()
        chosen = {
            "mine": lambda: runs.waiting_for(request.user),
            "returned": lambda: runs.returned_to(request.user),
            "reviewing": lambda: runs.filter(state=ReviewRun.State.REVIEWING),
            "sent_back": lambda: runs.filter(state=ReviewRun.State.SENT_BACK),
        }.get(self.value())
        return queryset.filter(pk__in=chosen().values("article")) if chosen else queryset
