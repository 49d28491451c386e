from django.db import models


class Column(models.Model):
    title = models.CharField(max_length=50)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="below")

    @property
    def url(self):
        return f"/news/column/{self.pk}/"


class Article(models.Model):
    title = models.CharField(max_length=100)
    column = models.ForeignKey(Column, on_delete=models.CASCADE)
    source = models.CharField(max_length=100)
    date = models.DateTimeField(db_index=True)
    body = models.TextField()
    views = models.PositiveIntegerField(default=0, db_index=True)

    @property
    def url(self):
        return f"/news/{self.pk}/"
