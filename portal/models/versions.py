from django.db import models


class ContentVersion(models.Model):
    """Rows that triggers write with every change to public content; see portal/pagecache/triggers.py."""

    subject = models.CharField(max_length=80, editable=False)
    number = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "内容版本"
        verbose_name_plural = "内容版本"

    def __str__(self):
        return f"{self.subject}:{self.number}"
