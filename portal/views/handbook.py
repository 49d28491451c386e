"""The handbook within the admin, for staff."""

from django.contrib import admin
from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal import handbook


@require_safe
def handbook_page(request, name=handbook.INDEX):
    try:
        page = handbook.page(name)
    except FileNotFoundError:
        raise Http404("手册里没有这一页。") from None
    context = admin.site.each_context(request) | {
        "title": page.title,
        "page": page,
        "contents": handbook.contents(),
        "is_index": name == handbook.INDEX,
    }
    return render(request, "admin/handbook.html", context)


@require_safe
@cache_control(private=True, max_age=3600)
def handbook_picture(request, name):
    try:
        return FileResponse((handbook.PICTURES / f"{name}.webp").open("rb"), content_type="image/webp")
    except FileNotFoundError:
        raise Http404("没有这张图片。") from None
