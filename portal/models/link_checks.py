from django.db import models
from django.db.models import Q


class LinkCheckQuerySet(models.QuerySet):
    def broken(self):
        return self.exclude(problem="")


class LinkCheck(models.Model):
    """What `manage.py check_links` last found at an address that the site links to."""

    url = models.CharField("地址", max_length=500, unique=True, editable=False)
    is_internal = models.BooleanField("站内", default=False, editable=False)
    place_type = models.CharField("所在种类", max_length=60, editable=False)  # "news.article"
    place_id = models.CharField("所在编号", max_length=40, editable=False)
    place_name = models.CharField("所在之处", max_length=200, editable=False)
    problem = models.CharField("问题", max_length=100, blank=True, editable=False)
    failing_since = models.DateTimeField("打不开自", null=True, editable=False)
    checked_at = models.DateTimeField("检查时间", editable=False)

    objects = LinkCheckQuerySet.as_manager()

    class Meta:
        verbose_name = "链接检查"
        verbose_name_plural = "链接检查"
        ordering = ["-failing_since", "url"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["failing_since"], name="portal_linkcheck_broken", condition=~Q(problem=""))]

    def __str__(self):
        return self.url
