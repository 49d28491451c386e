from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.pagination import PAGE_NUMBER, page_of
from portal.search import words
from portal.search.finding import CAP, closest, find, results_of
from portal.search.forms import SearchForm
from portal.search.plan import TookTooLong

PER_PAGE = 20
COLUMNS_SHOWN = 12


class Listed:
    """The hits as far as they were read, as long as there are in all."""

    def __init__(self, found):
        self.hits, self.total = found.hits, max(found.total, 0)

    def __len__(self):
        return self.total

    def __getitem__(self, index):
        return self.hits[index]


@never_cache
@require_safe
def search(request):
    form = SearchForm(request)
    context = {"form": form, "query": form.query}
    status = 200 if form.is_valid() else 400
    if form.query.words and not form.query.problem:
        try:
            context |= answer(request, form)
        except TookTooLong:
            context["problem"], status = "这样找要太长时间。请多写几个字，或者加上栏目、日期再找。", 503
    if not context.get("results"):
        context["hot"] = words.hot()
    return render(request, "portal/search.html", context, status=status)


def answer(request, form):
    """Return what the page shows of the answer to a valid form with words."""
    query, filters = form.query, form.filters
    number = request.GET.get("page", "1")
    wanted = PER_PAGE * min(int(number), CAP // PER_PAGE) if PAGE_NUMBER.fullmatch(number) else PER_PAGE
    found = find(query, filters, by_time=form.by_time, wanted=wanted)
    page = page_of(Listed(found), request, per_page=PER_PAGE)
    context = {
        "page": page,
        "found": found,
        "results": results_of(page.object_list, query.words),
        "columns": columns_of(form, found),
        "suggestions": words.suggestions(query.words),
    }
    if not found.total:
        context["closest"] = results_of(closest(query, filters), query.words)
    elif number == "1" and not form.is_narrowed and not form.by_time:
        words.log(query)
    return context


def columns_of(form, found):
    """Return (slug, name, hits) of the columns that have hits, most of them first."""
    counted = [(slug, name, sum(found.columns.get(key, 0) for key in keys)) for slug, name, keys in form.columns]
    return sorted((row for row in counted if row[2]), key=lambda row: -row[2])[:COLUMNS_SHOWN]
