"""Pages that name other rows name no article that the person may not see."""

from news.models import Article


class HidesArticles:
    """For the admin of what articles stand on. `articles_by` is the field of an article that leads there."""

    articles_by = ""

    def get_deleted_objects(self, objs, request):
        deletable, counts, needed, protected = super().get_deleted_objects(objs, request)
        articles = Article.objects.filter(**{f"{self.articles_by}__in": objs})
        if protected and articles.exclude(pk__in=articles.visible_to(request.user).values("pk")).exists():
            protected = [f"文章 {articles.count()} 篇，其中有您没有查看权限的"]
        return deletable, counts, needed, protected
