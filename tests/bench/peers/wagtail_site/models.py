from django.core.paginator import Paginator
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.documents.models import Document
from wagtail.fields import RichTextField
from wagtail.images.models import Image
from wagtail.models import Orderable, Page
from wagtailcache.cache import WagtailCacheMixin

from tests.bench.peers.registers.models import on_every_page, on_the_home_page

COVER = "width-640"


class Shown(WagtailCacheMixin, Page):
    class Meta:
        abstract = True

    def get_context(self, request):
        menu = ColumnPage.objects.live().child_of(HomePage.objects.first())
        navigation = [
            {
                "url": page.get_url(request),
                "title": page.title,
                "below": linked(ColumnPage.objects.live().child_of(page), request),
            }
            for page in menu
        ]
        return super().get_context(request) | on_every_page() | {"navigation": navigation}

    def aside(self, request):
        notices = newest(ColumnPage.objects.get(slug="notices"))[:8]
        hot = ArticlePage.objects.live().defer("body").order_by("-views")[:10]
        return {"notices": linked(notices, request), "hot": linked(hot, request)}


class HomePage(Shown):
    template = "home.html"

    def get_context(self, request):
        info = ColumnPage.objects.get(slug="info")
        tabs = list(ColumnPage.objects.live().child_of(info)[:3])
        notices, dynamic = ColumnPage.objects.get(slug="notices"), ColumnPage.objects.get(slug="provincial")
        groups = [
            {"title": column.title if column else "全部", "rows": rows(newest(column)[:6], request)}
            for column in (None, *tabs, notices, dynamic, dynamic, dynamic)
        ]
        headlines = rows(newest().filter(is_headline=True)[:5], request)
        return super().get_context(request) | on_the_home_page() | {"groups": groups, "headlines": headlines}


class ColumnPage(Shown):
    template = "column.html"

    def get_context(self, request):
        page = Paginator(newest(self), 20).get_page(request.GET.get("page"))
        return super().get_context(request) | self.aside(request) | {
            "heading": self.title, "page": page, "numbers": page.paginator.get_elided_page_range(page.number),
            "rows": rows(page.object_list, request), "path": linked(self.get_ancestors(inclusive=True)[2:], request),
            "beside": linked(ColumnPage.objects.live().sibling_of(self), request),
        }  # fmt: skip


class ArticlePage(Shown):
    template = "article.html"
    subtitle = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    excerpt = models.TextField(blank=True)
    source = models.CharField(max_length=100)
    author = models.CharField(max_length=100, blank=True)
    editor = models.CharField(max_length=100, blank=True)
    date = models.DateTimeField(db_index=True)
    body = RichTextField()
    views = models.PositiveIntegerField(default=0, db_index=True)
    is_headline = models.BooleanField(default=False, db_index=True)
    cover = models.ForeignKey(Image, null=True, on_delete=models.SET_NULL, related_name="+")
    tags = ClusterTaggableManager(through="ArticleTag", blank=True)

    def get_context(self, request):
        siblings = ArticlePage.objects.live().sibling_of(self).defer("body")
        tags = list(self.tags.all())
        related = newest().filter(tags__in=tags).exclude(pk=self.pk).distinct()[:5]
        return super().get_context(request) | self.aside(request) | {
            "article": self,
            "tags": tags,
            "cover": self.cover and self.cover.get_rendition(COVER).url,
            "corrections": self.corrections.all(),
            "attachments": [
                {"name": attachment.name, "url": attachment.document.url}
                for attachment in self.attachments.select_related("document")
            ],
            "path": linked(self.get_ancestors()[2:], request),
            "newer": link(siblings.filter(date__gt=self.date).order_by("date").first(), request),
            "older": link(siblings.filter(date__lt=self.date).order_by("-date").first(), request),
            "related": linked(related, request),
        }  # fmt: skip


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="tagged_items")


class Correction(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField()


class Attachment(Orderable):
    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="attachments")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)


def newest(column=None):
    articles = ArticlePage.objects.live().defer("body").order_by("-date")
    return articles.descendant_of(column) if column else articles


def link(page, request):
    """Addresses are asked for with the request, as its template tag does: what they need is then kept with it."""
    return page and {"url": page.get_url(request), "title": page.title, "date": getattr(page, "date", None)}


def linked(pages, request):
    return [link(page, request) for page in pages]


def rows(articles, request):
    articles = articles.select_related("cover").prefetch_related("cover__renditions")
    return [
        link(page, request) | {
            "source": page.source, "excerpt": page.excerpt, "cover": page.cover and page.cover.get_rendition(COVER).url,
        }
        for page in articles
    ]  # fmt: skip
