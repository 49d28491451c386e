from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class ImportRecord(models.Model):
    """What an import once made, so that it makes it once.

    `origin` names the import ("demo", "page"), `key` the item within it. The record outlives the object: an object
    that staff deleted has a record whose `target` is None, and an import that respects staff leaves it deleted.
    """

    origin = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    target = GenericForeignKey()

    class Meta:
        verbose_name = "导入记录"
        verbose_name_plural = "导入记录"
        constraints = [models.UniqueConstraint(fields=["origin", "key"], name="portal_importrecord_once")]

    def __str__(self):
        return f"{self.origin}:{self.key}"
