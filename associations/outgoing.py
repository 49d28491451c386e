"""The websites in the registers, for the check of links."""

from associations.models import Association, Link, Zone


def links():
    """Yield (url, the object whose website it is)."""
    for model in (Association, Zone):
        for item in model.objects.filter(is_active=True).exclude(website="").only("name", "website"):
            yield item.website, item
    for link in Link.objects.filter(is_active=True).select_related("group"):
        yield link.url, link.group
