"""What stands around the articles, in plain models: no system has one of its own for it."""

from django.db import models
from django.db.models import Count


class SiteSettings(models.Model):
    name = models.CharField(max_length=100)
    description = models.CharField(max_length=200)
    host_unit = models.CharField(max_length=100)
    email = models.EmailField()
    icp_number = models.CharField(max_length=100)
    police_number = models.CharField(max_length=100)


class LinkGroup(models.Model):
    name = models.CharField(max_length=50)


class Link(models.Model):
    group = models.ForeignKey(LinkGroup, on_delete=models.CASCADE, related_name="links")
    name = models.CharField(max_length=50)
    url = models.URLField()


class Association(models.Model):
    name = models.CharField(max_length=100)
    region = models.CharField(max_length=20)


class Zone(models.Model):
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=20)


class JournalIssue(models.Model):
    year = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=100)


def on_every_page():
    return {"site": SiteSettings.objects.first(), "link_groups": LinkGroup.objects.prefetch_related("links")}


def on_the_home_page():
    return {
        "associations": Association.objects.all(),
        "levels": Zone.objects.values("level").annotate(zones=Count("pk")),
        "provinces": Zone.objects.values("province").annotate(zones=Count("pk")),
        "issue": JournalIssue.objects.order_by("-year", "-number").first(),
    }


def fill(content):
    SiteSettings.objects.create(**content["settings"])
    for model, name in (
        (LinkGroup, "link_groups"),
        (Link, "links"),
        (Association, "associations"),
        (Zone, "zones"),
        (JournalIssue, "issues"),
    ):
        model.objects.bulk_create(model(**row) for row in content[name])
