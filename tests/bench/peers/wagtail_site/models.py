from django.db import models
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtailcache.cache import WagtailCacheMixin

from tests.bench.peers.content import LINKS


class Shown(WagtailCacheMixin, Page):
    class Meta:
        abstract = True

    def get_context(self, request):
        menu = ColumnPage.objects.live().child_of(HomePage.objects.first())
        navigation = [
            {"url": page.url, "title": page.title, "below": ColumnPage.objects.live().child_of(page)} for page in menu
        ]
        hot = ArticlePage.objects.live().order_by("-views")[:10]
        return super().get_context(request) | {"navigation": navigation, "hot": hot, "links": LINKS}


class HomePage(Shown):
    template = "list.html"

    def get_context(self, request):
        groups = [
            {"title": page.title, "items": ArticlePage.objects.live().descendant_of(page).order_by("-date")[:8]}
            for page in ColumnPage.objects.live().child_of(self)
        ]
        return super().get_context(request) | {"heading": "首页", "groups": groups}


class ColumnPage(Shown):
    template = "list.html"

    def get_context(self, request):
        items = ArticlePage.objects.live().descendant_of(self).order_by("-date")[:20]
        return super().get_context(request) | {"heading": self.title, "groups": [{"title": self.title, "items": items}]}


class ArticlePage(Shown):
    template = "article.html"
    source = models.CharField(max_length=100)
    date = models.DateTimeField(db_index=True)
    body = RichTextField()
    views = models.PositiveIntegerField(default=0, db_index=True)

    def get_context(self, request):
        siblings = ArticlePage.objects.live().sibling_of(self)
        return super().get_context(request) | {
            "article": self,
            "path": self.get_ancestors()[1:],
            "newer": siblings.filter(date__gt=self.date).order_by("date").first(),
            "older": siblings.filter(date__lt=self.date).order_by("-date").first(),
        }
