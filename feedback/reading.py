"""The pages of published answers and of the figures. They read what was written for the public, never a message."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from feedback import figures
from feedback.models import MonthlyFigures, Publication, Topic
from feedback.structured_data import question_page
from portal.models import SiteSettings
from portal.pagination import page_of
from portal.structured_data import breadcrumbs


@require_safe
def message_list(request):
    """Published answers, the newest first; `?topic=` names one topic."""
    items = Publication.objects.published().for_pages().newest()
    topics = list(Topic.objects.filter(is_active=True))
    chosen = None
    if wanted := request.GET.get("topic", ""):
        chosen = next((topic for topic in topics if str(topic.pk) == wanted), None)
        if chosen is None:
            raise Http404("没有这个主题。")
        items = items.filter(topic=chosen)
    context = {"page": page_of(items, request, per_page=10), "topics": topics, "chosen": chosen}
    return render(request, "feedback/message_list.html", context)


@require_safe
def message(request, pk):
    # By the message's own key: its lookup knows which numbers no row can have, that of the relation asks the database.
    item = get_object_or_404(Publication.objects.published().for_pages(), message__id=pk)
    root, site = request.build_absolute_uri("/"), SiteSettings.current()
    steps = [("留言选登", reverse("feedback:message_list")), (item.title, item.get_absolute_url())]
    data = (question_page(item, site=site, root=root), breadcrumbs(steps, root))
    return render(request, "feedback/message.html", {"message": item, "data": data})


@require_safe
def figures_page(request):
    rows = list(MonthlyFigures.objects.filter(month__gte=first_month_shown()).select_related("topic"))
    months = figures.by_month(rows)
    context = {
        "months": months,
        "topics": figures.by_topic(rows),
        "total": figures.sums(rows, "合计"),
        "chart": figures.chart(months),
        "sample_min": figures.SAMPLE_MIN,
    }
    return render(request, "feedback/figures.html", context)


@require_safe
def figures_month(request, year, number):
    """One month by topic. A month without figures is not found."""
    if not 2000 <= year <= 9998 or not 1 <= number <= 12:
        raise Http404("没有这个月份的数据。")
    month = date(year, number, 1)
    rows = list(MonthlyFigures.objects.filter(month=month).select_related("topic"))
    if not rows:
        raise Http404("没有这个月份的数据。")
    context = {
        "month": month,
        "topics": figures.by_topic(rows),
        "total": figures.sums(rows, "合计"),
        "sample_min": figures.SAMPLE_MIN,
    }
    return render(request, "feedback/figures_month.html", context)


def first_month_shown():
    """Return the first of the latest months that have figures: by what is stored, so that a kept page never ages."""
    months = MonthlyFigures.objects.order_by("-month").values_list("month", flat=True).distinct()
    shown = list(months[: figures.MONTHS_SHOWN])
    return shown[-1] if shown else date(2000, 1, 1)
