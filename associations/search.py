"""How members and zones are found."""

from associations.models import Association, Zone
from portal.richtext.cleaning import plain_text
from portal.search.registry import Document, Kind, register


def association_documents(pks):
    for member in Association.objects.visible().filter(pk__in=pks):
        yield Document(
            pk=member.pk,
            title=member.name,
            summary=member.short_name,
            marks=(member.get_region_display(), member.member_class),
            body=plain_text(member.introduction),
        )


def association_text(member):
    return " ".join([member.short_name, member.get_region_display(), plain_text(member.introduction)])


def zone_documents(pks):
    for zone in Zone.objects.visible().filter(pk__in=pks):
        yield Document(pk=zone.pk, title=zone.name, summary=zone_text(zone))


def zone_text(zone):
    parts = zone.code, zone.get_level_display(), zone.get_type_display(), zone.get_province_display(), zone.industries
    return " ".join(parts)


def register_kinds():
    register(
        Kind(
            2, "association", "会员协会", association_documents, Association.objects.visible, association_text,
            Association.objects.all,
        )
    )  # fmt: skip
    register(Kind(3, "zone", "开发区", zone_documents, Zone.objects.visible, zone_text, Zone.objects.all))
