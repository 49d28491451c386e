"""Forms that anybody may send without an account.

They act in nobody's name, so there is no session to abuse and no CSRF cookie to set: readers get no cookie. What
another site could do is post in a visitor's name, so a post must come from this site's own pages.
"""

import logging
from functools import wraps
from urllib.parse import urlsplit

from django.db import DatabaseError, InterfaceError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.csrf import csrf_exempt

logger = logging.getLogger(__name__)


def public_form(view):
    """Decorator of a view that takes posts from anonymous visitors: 403 for a post from another site's page."""

    @csrf_exempt
    @wraps(view)
    def wrapped(request, *args, **kwargs):
        if request.method == "POST" and not sent_from_here(request):
            return render(request, "403.html", {"message": "这份表单不是从本站页面提交的，没有保存。"}, status=403)
        return view(request, *args, **kwargs)

    return wrapped


def sent_from_here(request):
    """Tell whether the browser says the post comes from our own page; one that says nothing is believed."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def keeps_text(what, names):
    """Decorator: where the disk or the database fails under a post, the answer gives the visitor's text back.

    `what` is the Chinese name of what was sent; of its fields `names` come back. Nothing asks the database.
    """

    def decorated(view):
        @wraps(view)
        def wrapped(request, *args, **kwargs):
            try:
                return view(request, *args, **kwargs)
            except (DatabaseError, InterfaceError, OSError) as error:
                if request.method != "POST":
                    raise
                logger.error("A form could not be kept: %s", type(error).__name__)  # its words may hold people's data
                fields = {name: value for name, value in request.POST.items() if name in names}
                context = {"what": what, "fields": fields, "site_down": True, "action": request.path}
                return HttpResponse(get_template("portal/unsaved.html").render(context), status=503)

        return wrapped

    return decorated
