from django.db.models import F
from django.shortcuts import get_object_or_404, render

from tests.bench.peers.cms_site.models import Article, Column
from tests.bench.peers.content import LINKS


def shown(request, template, context):
    menu = [
        {"url": column.url, "title": column.title, "below": column.below.all()}
        for column in Column.objects.filter(parent=None)
    ]
    hot = Article.objects.order_by("-views")[:10]
    return render(request, template, context | {"navigation": menu, "hot": hot, "links": LINKS})


def home(request):
    groups = [
        {"title": column.title, "items": Article.objects.filter(column__parent=column).order_by("-date")[:8]}
        for column in Column.objects.filter(parent=None)
    ]
    return shown(request, "list.html", {"heading": "首页", "groups": groups})


def column(request, pk):
    item = get_object_or_404(Column, pk=pk)
    items = Article.objects.filter(column=item).order_by("-date")[:20]
    return shown(request, "list.html", {"heading": item.title, "groups": [{"title": item.title, "items": items}]})


def article(request, pk):
    item = get_object_or_404(Article.objects.select_related("column__parent"), pk=pk)
    Article.objects.filter(pk=pk).update(views=F("views") + 1)
    siblings = Article.objects.filter(column=item.column)
    context = {
        "article": item,
        "path": [step for step in (item.column.parent, item.column) if step],
        "newer": siblings.filter(date__gt=item.date).order_by("date").first(),
        "older": siblings.filter(date__lt=item.date).order_by("-date").first(),
    }
    return shown(request, "article.html", context)
