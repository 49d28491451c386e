from associations.models import Association, Zone
from portal.sitemap_sections import Section


class AssociationSection(Section):
    def rows(self):
        return Association.objects.visible()


class ZoneSection(Section):
    def rows(self):
        return Zone.objects.visible()
