from django.apps import AppConfig

from portal.pagecache.triggers import Public


class AssociationsConfig(AppConfig):
    name = "associations"
    verbose_name = "会员与开发区"
    checked_links = "associations.outgoing.links"
    subjects = "associations.subjects.named_in"
    public_content = {name: Public() for name in ("Association", "Zone", "LinkGroup", "Link")}

    def ready(self):
        from associations import search

        search.register_kinds()
