from news.models import Article, Column, JournalIssue, Tag
from portal.sitemap_sections import Entry, Section


class ColumnSection(Section):
    def rows(self):
        return Column.objects.public().exclude(kind=Column.Kind.LINK).only("kind", "slug")


class ArticleSection(Section):
    changed = ("published_at", "updated_at")

    def rows(self):
        return Article.objects.published().select_related("cover").only("published_at", "updated_at", "cover__file")

    def entry(self, row):
        pictures = (row.cover.url,) if row.cover else ()
        return Entry(row.get_absolute_url(), row.changed_at, pictures)


class TagSection(Section):
    def rows(self):
        return Tag.objects.used()


class JournalSection(Section):
    changed = ("published_at",)

    def rows(self):
        return JournalIssue.objects.published().select_related("cover")

    def entry(self, row):
        pictures = (row.cover.url,) if row.cover else ()
        return Entry(row.get_absolute_url(), row.published_at, pictures)
