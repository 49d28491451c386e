"""The sitemap: every app gives its own sections. https://www.sitemaps.org/protocol.html"""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from portal.addresses import path_to
from portal.sitemap_sections import Entry, Section
from portal.sitemap_xml import index_xml, page_xml


class PagesSection(Section):
    """The pages that exist once."""

    names = (
        "home", "news:index", "news:tag_list", "news:journal", "news:contribute", "news:contribute_receipt", "associations:association_list",
        "associations:zone_list", "associations:link_list", "feedback:message_list", "feedback:message_new",
        "feedback:figures", "feedback:receipt", "privacy",
    )  # fmt: skip

    def pages(self):
        return {1: None}

    def entries(self, number):
        return [Entry(reverse(name)) for name in self.names] if number == 1 else []

    def changed_since(self, moment, count):
        return []


SECTIONS = {"pages": PagesSection()} | {
    name: import_string(path)()
    for name, path in {
        "columns": "news.sitemaps.ColumnSection",
        "articles": "news.sitemaps.ArticleSection",
        "tags": "news.sitemaps.TagSection",
        "journal": "news.sitemaps.JournalSection",
        "associations": "associations.sitemaps.AssociationSection",
        "zones": "associations.sitemaps.ZoneSection",
        "messages": "feedback.sitemaps.MessageSection",
    }.items()
}
XML = "application/xml; charset=utf-8"


@require_safe
def sitemap(request):
    pages = [
        (path_to("sitemap_page", name, number), changed_at)
        for name, section in SECTIONS.items()
        for number, changed_at in section.pages().items()
    ]
    return HttpResponse(index_xml(pages, request.build_absolute_uri("/")), content_type=XML)


@require_safe
def sitemap_page(request, name, number):
    """A page without addresses is not found: the protocol knows no empty one."""
    entries = SECTIONS[name].entries(number) if name in SECTIONS and number < 10**12 else []
    if not entries:
        raise Http404("没有这一页站点地图。")
    return HttpResponse(page_xml(entries, request.build_absolute_uri("/")), content_type=XML)
