"""Views of pages that a CDN gave out: the reader's browser tells of them, once for each opening.

The address in the page is signed, so that only articles that somebody has seen can be told of, and nothing is asked of
the database for it.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from news.counting import views
from portal.pagecache.front import WROTE_NOTHING
from portal.public_forms import public_form

SIGNER = Signer(salt="news.beacon")


def beacon_address(pk):
    """Return the address that the page of the article `pk` tells of a view; "" where views are counted as they are served."""
    return reverse("news:article_view", args=[pk, signature(pk)]) if settings.VIEWS_BY_BEACON else ""


def signature(pk):
    return SIGNER.signature(str(pk))


@public_form
@require_POST
def article_view(request, pk, sign):
    """Count one view; answer with the count as it is now."""
    try:
        SIGNER.unsign(f"{pk}:{sign}")
    except BadSignature:
        raise Http404("没有这个地址。") from None
    if settings.VIEWS_BY_BEACON and not request.user.is_staff:
        views.seen(request.META, pk, method="POST")
    return JsonResponse({"count": views.told(pk)}, headers={"Cache-Control": "no-store"} | dict([WROTE_NOTHING]))
