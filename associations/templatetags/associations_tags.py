import math

from django import template
from django.db.models import F

from associations.models import Association, Link, LinkGroup, Zone
from associations.regions import PARTS
from portal.pagecache.shared import shared

register = template.Library()


@register.simple_tag(takes_context=True)
def link_groups(context):
    """The groups of links, each with `items`: links, or the member associations themselves."""
    request = context["request"]
    return shared(request, "link groups", lambda: read_link_groups(request))


def read_link_groups(request):
    """The groups with their links in one query; a group without links has one row too."""
    groups = {}
    linked = LinkGroup.objects.annotate(
        link_pk=F("links__pk"), link_name=F("links__name"), link_url=F("links__url"), is_shown=F("links__is_active")
    )
    for row in linked.order_by("position", "pk", "links__position", "links__pk"):
        group = groups.setdefault(row.pk, row)
        if group is row:
            group.items = all_members(request) if group.content == LinkGroup.Content.ASSOCIATIONS else []
        if row.is_shown and group.content == LinkGroup.Content.LINKS:
            group.items.append(Link(pk=row.link_pk, name=row.link_name, url=row.link_url))
    return list(groups.values())


@register.simple_tag(takes_context=True)
def members(context, count=24):
    """The first member associations, with their names and regions."""
    return all_members(context["request"])[:count]


def all_members(request):
    """Return the names and regions of all members."""
    members = Association.objects.visible().only("pk", "name", "region")
    return shared(request, "members", lambda: list(members))


@register.simple_tag
def zone_figures():
    """The zones in figures: `total`, `levels` and `types` as [(label, value, count)].

    `regions` is [(name, [(province, count, step)])]; `step`, 0 to 4, says how the count compares with the largest.
    """
    rows = list(Zone.objects.visible().count_by("province", "level", "type"))

    def add_up(field):
        sums = {}
        for row in rows:
            sums[row[field]] = sums.get(row[field], 0) + row["total"]
        return sums

    levels, types, provinces = add_up("level"), add_up("type"), add_up("province")
    return {
        "total": sum(levels.values()),
        "levels": [(label, value, levels.get(value, 0)) for value, label in Zone.Level.choices],
        "types": [(label, value, types[value]) for value, label in Zone.Type.choices if value in types],
        "regions": [(name, steps(names, provinces)) for name, names in PARTS.items()],
    }


def steps(names, counts):
    """Return [(name, count, step)] for `names`: step 0 without any, then 1 to 4 in quarters of the largest count."""
    largest = max(counts.values(), default=0)
    return [
        (name, counts.get(name, 0), math.ceil(4 * counts.get(name, 0) / largest) if largest else 0) for name in names
    ]
