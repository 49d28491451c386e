from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from news.rankings import WINDOWS, most_read


@require_safe
def hot(request):
    window = WINDOWS.get(request.GET.get("window", "day"))
    if window is None:
        raise Http404("没有这个时间范围的排行。")
    context = {"window": window, "windows": WINDOWS.values(), "ranked": most_read(window)}
    return render(request, "news/hot.html", context)
