from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.models import Article, ArticleTag, Tag
from news.rows import RowsByPage
from portal.pagination import page_of

LISTED_MAX = 2_000  # articles of a tag that its page lists: a tag may be on a quarter of all of them


@require_safe
def tag_list(request):
    return render(request, "news/tag_list.html", {"page": page_of(Tag.objects.used(), request, per_page=200)})


@require_safe
def tag(request, pk):
    """A tag that no published article carries is not found: its page would be empty, its name not public."""
    item = get_object_or_404(Tag.objects.used(), pk=pk)
    latest = ArticleTag.objects.filter(tag=item).order_by("-article")[:LISTED_MAX]
    found = Article.objects.published().filter(pk__in=latest.values("article")).newest()
    articles = RowsByPage(found.values_list("pk", flat=True))
    is_cut = ArticleTag.objects.filter(tag=item).order_by("-article")[LISTED_MAX:].exists()
    context = {"tag": item, "page": page_of(articles, request), "is_cut": is_cut, "listed_max": LISTED_MAX}
    return render(request, "news/tag.html", context)
