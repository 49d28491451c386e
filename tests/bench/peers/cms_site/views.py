from django.core.paginator import Paginator
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, render

from tests.bench.peers.cms_site.models import Article, Column
from tests.bench.peers.registers.models import on_every_page, on_the_home_page


def shown(request, template, context):
    menu = [
        {"url": column.url, "title": column.title, "below": column.below.all()}
        for column in Column.objects.filter(parent=None).prefetch_related("below")
    ]
    return render(request, template, on_every_page() | {"navigation": menu} | context)


def aside():
    notices = newest(Column.objects.get(slug="notices")).defer("body")[:8]
    return {"notices": notices, "hot": Article.objects.order_by("-views").defer("body")[:10]}


def newest(column=None):
    articles = Article.objects.order_by("-date")
    return articles.filter(Q(column=column) | Q(column__parent=column)) if column else articles


def rows(articles):
    return articles.defer("body").select_related("picture")


def home(request):
    called = {column.slug: column for column in Column.objects.filter(slug__in=("info", "notices", "provincial"))}
    dynamic = called["provincial"]
    groups = [
        {"title": column.title if column else "全部", "rows": rows(newest(column))[:6]}
        for column in (None, *called["info"].below.all()[:3], called["notices"], dynamic, dynamic, dynamic)
    ]
    headlines = rows(newest().filter(is_headline=True))[:5]
    return shown(request, "home.html", on_the_home_page() | {"groups": groups, "headlines": headlines})


def column(request, slug):
    item = get_object_or_404(Column.objects.select_related("parent"), slug=slug)
    page = Paginator(rows(newest(item)), 20).get_page(request.GET.get("page"))
    context = {
        "heading": item.title, "page": page, "numbers": page.paginator.get_elided_page_range(page.number),
        "rows": page.object_list, "path": path_to(item), "beside": Column.objects.filter(parent=item.parent),
    }  # fmt: skip
    return shown(request, "column.html", aside() | context)


def article(request, pk):
    item = get_object_or_404(Article.objects.select_related("column__parent", "picture"), pk=pk)
    Article.objects.filter(pk=pk).update(views=F("views") + 1)
    siblings = Article.objects.filter(column=item.column).defer("body")
    tags = list(item.tags.all())
    context = {
        "article": item, "cover": item.cover, "tags": tags, "path": path_to(item.column),
        "corrections": item.corrections.all(), "attachments": item.attachments.all(),
        "newer": siblings.filter(date__gt=item.date).order_by("date").first(),
        "older": siblings.filter(date__lt=item.date).order_by("-date").first(),
        "related": newest().filter(tags__in=tags).exclude(pk=pk).distinct().defer("body")[:5],
    }  # fmt: skip
    return shown(request, "article.html", aside() | context)


def path_to(column):
    return [step for step in (column.parent, column) if step]
