from django.db import connection, models
from django.db.models import OuterRef, Subquery

from portal.addresses import path_to


class TagQuerySet(models.QuerySet):
    def used(self):
        """Keep the tags that stand on an article the public sees."""
        from news.models.articles import Article

        public = Article.objects.published().filter(tags=OuterRef("pk")).order_by().values("pk")
        if connection.vendor == "postgresql":  # along the index (tag, article); unordered it reads all of a tag's rows
            public = public.order_by("-pk")
        return self.alias(public=Subquery(public[:1])).filter(public__isnull=False)


class Tag(models.Model):
    """A word that brings articles of all columns together (标签)."""

    name = models.CharField("名称", max_length=30, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = "标签"
        verbose_name_plural = "标签"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.name = tag_name(self.name)
        super().save(*args, **kwargs)

    save.alters_data = True

    def get_absolute_url(self):
        return path_to("news:tag", self.pk)

    def clean(self):
        self.name = tag_name(self.name)


def tag_name(text):
    """Return `text` as the name of a tag: one name means one tag, however blanks were typed."""
    return " ".join(text.split())


class ArticleTag(models.Model):
    """A tag on an article. A model of its own for the index that finds a tag's latest articles without a sort."""

    article = models.ForeignKey("news.Article", verbose_name="文章", on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, verbose_name="标签", on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name = "文章的标签"
        verbose_name_plural = "文章的标签"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["tag", "article"], name="news_articletag_once")]

    def __str__(self):
        return f"{self.tag_id}: {self.article_id}"
