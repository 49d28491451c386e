"""Pages that belong to the site as a whole."""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal import leaving
from portal.models import HomeBlock, PrivacyNotice, SiteSettings
from portal.pagecache.shared import shared


@require_safe
def home(request):
    blocks = HomeBlock.objects.filter(is_active=True).select_related("column").defer("column__body")
    return render(request, "portal/home.html", {"blocks": shared(request, "blocks", lambda: list(blocks))})


@require_safe
def theme(request):
    """The one token that staff may change, as a style sheet: pages allow no inline style."""
    color = SiteSettings.current().main_color
    return HttpResponse(f":root {{ --brand: {color}; }}\n", content_type="text/css; charset=utf-8")


@require_safe
def privacy(request):
    """The rules by which personal data is handled, the earlier versions below （《个人信息保护法》第十七条）."""
    notice, now = PrivacyNotice.objects.in_force(), timezone.now()
    earlier = PrivacyNotice.objects.filter(effective_from__lte=now).exclude(pk=notice.pk)
    return render(request, "portal/privacy.html", {"notice": notice, "earlier": earlier})


@require_safe
def leave(request):
    """The notice before another site. What is registered by now opens without it."""
    try:
        address = leaving.signed_address(request.GET)
    except leaving.BadAddress:
        return render(request, "portal/leave_refused.html", status=400)
    host = leaving.host_of(address)
    if leaving.is_ours(host, SiteSettings.current()) or leaving.is_registered(host):
        return redirect(address)
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()}):
        came_from = reverse("home")
    context = {"address": address, "host": host, "host_in_words": leaving.readable(host), "came_from": came_from}
    return render(request, "portal/leave.html", context)


@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "Disallow: /favorites/",
        "Disallow: /leave/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def indexnow_key(request, key):
    """Proof for IndexNow that its key is this site's."""
    if not settings.INDEXNOW_KEY or not constant_time_compare(key, settings.INDEXNOW_KEY):
        raise Http404("没有这个文件。")
    return HttpResponse(key, content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request):
    """RFC 9116. Without a contact there is nothing to say, and the address is not found."""
    email = SiteSettings.current().email
    if not email:
        return HttpResponse("尚未设置联系邮箱。\n", status=404, content_type="text/plain; charset=utf-8")
    expires = timezone.now() + timedelta(days=180)
    text = f"Contact: mailto:{email}\nExpires: {expires:%Y-%m-%dT00:00:00Z}\nPreferred-Languages: zh, en\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def healthz(request):
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request):
    """The process answers and reaches what it needs: 200, or 503 with the part that is away."""
    parts = {"database": database_answers(), "cache": cache_answers()}
    return JsonResponse(parts, status=200 if parts["database"] else 503)


def database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def cache_answers():
    try:
        cache.set("readyz", 1, timeout=5)
    except Exception:  # whatever the cache's client raises: being away is an answer here
        return False
    return True
