"""A version of an article for somebody without an account: whoever has the link sees this version and no other."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from news.models import Tag
from news.previewing import link_called, preview_of, preview_page, private
from portal.files import download


@require_safe
def preview(request, token):
    link = link_called(token)
    if link is None:
        return private(render(request, "news/preview_closed.html", status=404))
    article, names, attachments = preview_of(link.version)
    for attachment in attachments:
        attachment.get_absolute_url = partial(reverse, "news:preview_attachment", args=[token, attachment.pk])
    tags = list(Tag.objects.filter(name__in=names))
    return preview_page(request, article, tags=tags, attachments=attachments, template="news/preview.html", link=link)


@require_safe
def preview_attachment(request, token, pk):
    link = link_called(token)
    found = [] if link is None else [item for item in preview_of(link.version)[2] if item.pk == pk]
    if not found:
        return private(render(request, "news/preview_closed.html", status=404))
    return download(found[0].library_file.file, found[0].file_name)
