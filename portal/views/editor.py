"""The editor's picture dialog: uploading into the library, and choosing from it. Both for staff, within the admin."""

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db.models import Q
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from portal import pictures
from portal.fetching import fetch_picture
from portal.models import Picture
from portal.pagination import page_of
from portal.richtext.pasted import dropped

PASTED_MAX = 1_000_000  # characters
BODY_WIDTH = 1200  # pixels; the article's column shows about 750, on dense screens twice that


@require_POST
def picture_upload(request):
    """Keep the picture in the field `upload`; answer in the JSON that CKEditor's uploads expect.

    A picture that may not be kept is an answer too (status 200, `uploaded` 0): the editor shows its message.
    """
    if not request.user.has_perm("portal.add_picture"):
        return refusal("您没有上传图片的权限。", status=403)
    file = request.FILES.get("upload")
    if file is None:
        return refusal("没有收到图片，请重新选择。")
    try:
        checked = pictures.check(file)
    except ValidationError as error:
        return refusal(error.messages[0])
    picture = Picture.objects.keep(checked, uploaded_by=request.user)
    notice = {"notice": f"图库里已有这张图片（{picture}），用了原来的那一张。"} if picture.is_repeat else {}
    return JsonResponse({"uploaded": 1, "fileName": picture.title, **placed(picture), **notice})


@require_POST
def picture_fetch(request):
    """Fetch the picture at the address `url` into the library, because an editor asked for it; answer as above."""
    if not request.user.has_perm("portal.add_picture"):
        return refusal("您没有上传图片的权限。", status=403)
    try:
        url = forms.CharField(max_length=2_000).clean(request.POST.get("url"))
        picture = Picture.objects.add(fetch_picture(url), uploaded_by=request.user)
    except ValidationError as error:
        return refusal(error.messages[0])
    return JsonResponse({"uploaded": 1, "fileName": picture.title, **placed(picture)})


@require_POST
def pasted(request):
    """Tell what of the pasted HTML in `html` an article does not keep."""
    html = request.POST.get("html", "")[:PASTED_MAX]
    return JsonResponse({"dropped": [{"what": what, "count": count} for what, count in dropped(html)]})


def refusal(message, status=200):
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)


def placed(picture):
    """Return address, size and description of `picture` as it is placed in a text: no larger than is seen.

    GIF pictures stay as they are, because they may move.
    """
    is_gif = picture.file.name.endswith(".gif")
    width = picture.width if is_gif else next((w for w in picture.smaller_widths if w >= BODY_WIDTH), picture.width)
    return {
        "url": picture.url if is_gif else picture.url_for(BODY_WIDTH),
        "width": width,
        "height": round(picture.height * width / picture.width),
        "alt": picture.alt,
    }


class BrowseForm(forms.Form):
    q = forms.CharField(label="搜索图片", max_length=50, required=False)
    bare = forms.BooleanField(label="只看没有说明的", required=False)
    CKEditorFuncNum = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


@require_safe
def picture_browse(request):
    """A page of the library in a window of its own; choosing hands the address to the editor that opened it."""
    if not request.user.has_perm("portal.view_picture"):
        raise PermissionDenied
    form = BrowseForm(request.GET)
    if not form.is_valid():
        raise BadRequest("not opened by the editor")
    q = form.cleaned_data["q"]
    found = Picture.objects.filter(Q(title__icontains=q) | Q(alt__icontains=q)) if q else Picture.objects.all()
    if form.cleaned_data["bare"]:
        found = found.filter(alt="")
    page = page_of(found, request, per_page=24)
    for picture in page:
        picture.placed, picture.thumbnail = placed(picture), picture.url_for(320)
    context = {
        **admin.site.each_context(request),
        "title": "从图库选择图片",
        "is_popup": True,
        "form": form,
        "page": page,
        "function": form.cleaned_data["CKEditorFuncNum"],
    }
    return render(request, "admin/portal/picture_browse.html", context)
