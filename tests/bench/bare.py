"""What the server itself can do: a function with the bytes of a page, and a Django view without middleware."""

import os
from pathlib import Path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def function(environ, start_response):
    start_response("200 OK", HEADERS)
    return [BODY]


def django_view():
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpResponse
    from django.urls import path

    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[], SECRET_KEY="x" * 50)
    globals()["urlpatterns"] = [path("", lambda request: HttpResponse(BODY))]
    return get_wsgi_application()


if os.environ.get("BENCH_DJANGO"):
    application = django_view()
