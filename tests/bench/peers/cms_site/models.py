from django.db import models


class Column(models.Model):
    title = models.CharField(max_length=50)
    slug = models.SlugField(unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="below")

    @property
    def url(self):
        return f"/news/column/{self.slug}/"


class Tag(models.Model):
    name = models.CharField(max_length=50, unique=True)


class Picture(models.Model):
    file = models.ImageField()


class Article(models.Model):
    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    excerpt = models.TextField(blank=True)
    column = models.ForeignKey(Column, on_delete=models.CASCADE)
    source = models.CharField(max_length=100)
    author = models.CharField(max_length=100, blank=True)
    editor = models.CharField(max_length=100, blank=True)
    date = models.DateTimeField(db_index=True)
    body = models.TextField()
    views = models.PositiveIntegerField(default=0, db_index=True)
    is_headline = models.BooleanField(default=False, db_index=True)
    picture = models.ForeignKey(Picture, null=True, on_delete=models.SET_NULL)
    tags = models.ManyToManyField(Tag)

    class Meta:
        indexes = [models.Index(fields=["column", "-date"])]

    @property
    def url(self):
        return f"/news/{self.pk}/"

    @property
    def cover(self):
        return self.picture and self.picture.file.url


class Correction(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField()


class Attachment(models.Model):
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=100)
    file = models.FileField()

    @property
    def url(self):
        return self.file.url
