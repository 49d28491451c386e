from feedback.models import Publication
from portal.sitemap_sections import Section


class MessageSection(Section):
    changed = ("updated_at",)

    def rows(self):
        return Publication.objects.published().only("updated_at")
