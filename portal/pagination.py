import re

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,6}")


def page_of(items, request, *, per_page=20):
    """Return the page of `items` that `?page=` asks for, the first where it asks for none.

    Raises Http404, with a message for people, for a number that is none or beyond the last page.
    """
    number = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(number):
        raise Http404("页码应是从 1 开始的数字。")
    paginator = Paginator(items, per_page)
    try:
        return paginator.page(int(number))
    except EmptyPage:
        raise Http404(f"没有第 {number} 页，最后一页是第 {paginator.num_pages} 页。") from None
