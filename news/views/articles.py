import segno
from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from news.archive import Archive, period_of
from news.counting import views
from news.listing import listing
from news.models import Article, Attachment, Column
from news.navigation import column_tree
from news.newest import neighbours
from news.public_article import parts_of, public_article
from news.related import related_to
from news.rows import rows_of
from news.views.beacon import beacon_address
from portal.addresses import full_address
from portal.context_processors import site_of
from portal.files import download
from portal.pagecache.front import RENDERING
from portal.pagination import page_of


@require_safe
def index(request):
    return render(request, "news/index.html", article_page(request, column_tree(request).columns))


@require_safe
def column(request, slug):
    tree = column_tree(request)
    current = tree.called(slug)
    if current is None:
        raise Http404("没有这个栏目。")
    if current.kind == Column.Kind.LINK:
        return redirect(current.url)
    path = tree.path(current)
    shown = full_address(request, "/"), site_of(request).state, tuple(step.state for step in path)
    context = {"column": current, "path": path, "shown": shown}
    if current.kind == Column.Kind.PAGE:
        return render(request, "news/column_page.html", context)
    return render(request, "news/column_list.html", context | article_page(request, tree.keys_below(current)))


def article_page(request, columns):
    """Return the context of a list of the articles of `columns`: a page of all time, the pinned ones on top of the
    first, or of the year or month that the query names; and the archive.
    """
    period, everything = period_of(request), listing(request, columns, pinned_apart=True)
    rows = listing(request, columns, within=period.number) if period.year else everything
    page = page_of(rows, request)
    pinned = rows_of(everything.pinned) if page.number == 1 and not period.year else []
    archive = Archive(listing(request, columns), period)
    return {"page": page, "pinned": pinned, "archive": archive, "own_query": period.query}


@require_safe
def article(request, pk):
    item = public_article(pk)
    item.view_count = view_count(request, item)
    tags, attachments, corrections = parts_of(item)
    context = article_context(request, item, tags=tags, attachments=attachments, corrections=corrections)
    context["shown"] = all_that_shows(request, context)
    response = render(request, "news/article.html", context)
    if not context["beacon"]:
        response["X-Counted"] = item.pk
    return response


def all_that_shows(request, context):
    """Return a value that is equal where the parts of the page that are the article's own look the same."""
    return (
        full_address(request, "/"), site_of(request).state, context["article"].state, context["beacon"],
        tuple(column.state for column in context["path"]),
        tuple(context["tags"]), tuple(context["attachments"]), tuple(context["corrections"]),
    )  # fmt: skip


def article_context(request, item, *, tags, attachments, corrections):
    """Return what the page of `item` shows, whether it is published or a draft.

    `shown` is None: of a draft nothing is kept.
    """
    tree = column_tree(request)
    path = tree.path(item.column_id) or [item.column]  # a draft may stand in a column that is not public
    columns = tree.keys_below(path[0]) if path[0].pk in tree.columns else [item.column_id]
    item.column = path[-1]
    newer, older = neighbours(item)
    return {
        "article": item,
        "column": item.column,
        "path": path,
        "tags": tags,
        "related": related_to(request, item, tags=tags, columns=columns),
        "attachments": attachments,
        "corrections": corrections,
        "newer": newer,
        "older": older,
        "beacon": beacon_address(item.pk),
        "shown": None,
    }


def view_count(request, item):
    """Return the count to show. A page that is rendered for the cache is counted as it is served, or told of by
    the reader's browser; any other is counted here."""
    if RENDERING in request.META or settings.VIEWS_BY_BEACON:
        return item.view_count
    if not request.user.is_staff:
        views.seen(request.META, item.pk)
    return item.view_count + views.own(item.pk)


@require_safe
def article_qr(request, pk):
    """The article's address as a QR code, for a phone's camera or WeChat."""
    item = get_object_or_404(Article.objects.published().only("pk"), pk=pk)
    code = segno.make(request.build_absolute_uri(item.get_absolute_url()), error="m")
    response = HttpResponse(content_type="image/svg+xml")
    code.save(response, kind="svg", scale=5, border=2, light="#fff")
    return response


@require_safe
def attachment(request, pk):
    published = Article.objects.published()
    live = Attachment.objects.live().select_related("library_file")
    item = get_object_or_404(live.filter(article__in=published), pk=pk)
    return download(item.library_file.file, item.file_name)
