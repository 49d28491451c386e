"""The error pages. 404 and 403 wear the site; 400 and 500 stand alone and touch nothing that could fail."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import get_template


def not_found(request, exception):
    # A resolver's 404 carries a dictionary, ours a sentence; Django's own sentences are not for readers.
    message = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return render(request, "404.html", {"message": message}, status=404)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    return render(
        request,
        "403.html",
        {"message": "页面打开得太久，或者浏览器不接受 Cookie。请返回上一页，刷新后再提交。"},
        status=403,
    )


def bad_request(request, exception=None):
    return HttpResponse(get_template("400.html").render(), status=400)


def server_error(request):
    return HttpResponse(get_template("500.html").render(), status=500)
