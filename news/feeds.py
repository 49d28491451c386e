from django.contrib.syndication.views import Feed, add_domain
from django.http import Http404
from django.urls import reverse

from news.models import Article
from news.navigation import column_tree
from news.newest import newest_titles
from portal.feeds import FullTextAtom, xml_text
from portal.models import SiteSettings
from portal.richtext.addresses import with_full_addresses
from portal.richtext.reading import for_readers

LENGTH = 30  # at most news.newest.HEAD


class NewestFeed(Feed):
    """The newest articles of all columns, with their full text."""

    feed_type = FullTextAtom
    language = "zh-CN"

    def get_feed(self, obj, request):
        self_of_request = self.__class__()  # one object serves all requests: what belongs to one stays off it
        self_of_request.request = request
        self_of_request.site = SiteSettings.current()
        return super(NewestFeed, self_of_request).get_feed(obj, request)

    def title(self, obj):
        return xml_text(self.site.name)

    def subtitle(self, obj):
        return xml_text(self.site.description)

    def author_name(self, obj):
        return xml_text(self.site.host_unit or self.site.name)

    def link(self, obj):
        return reverse("news:index")

    def feed_url(self, obj):
        return reverse("news:feed")

    def items(self, obj):
        keys = [title.pk for title in newest_titles(self.request, self.columns(obj), LENGTH)]
        found = Article.objects.select_related("source", "column").prefetch_related("tags").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    def columns(self, obj):
        return column_tree(self.request).columns

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.lead

    def item_extra_kwargs(self, item):
        address = add_domain(self.request.get_host(), item.get_absolute_url(), self.request.is_secure())
        return {"content": with_full_addresses(for_readers(item.body), address)}

    def item_author_name(self, item):
        return item.author or (item.source.name if item.source else "")

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.changed_at

    def item_categories(self, item):
        return [item.column.name, *(tag.name for tag in item.tags.all())]


class ColumnFeed(NewestFeed):
    """The newest articles of a column and those below it."""

    def get_object(self, request, slug):
        tree = column_tree(request)
        column = tree.called(slug)
        if column is None or column.kind != column.Kind.LIST:
            raise Http404("没有这个栏目。")
        column.keys_below = tree.keys_below(column)
        return column

    def title(self, obj):
        return xml_text(f"{obj.name} · {self.site.name}")

    def subtitle(self, obj):
        return xml_text(obj.description)

    def link(self, obj):
        return obj.get_absolute_url()

    def feed_url(self, obj):
        return reverse("news:column_feed", args=[obj.slug])

    def columns(self, obj):
        return obj.keys_below
