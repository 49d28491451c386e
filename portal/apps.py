from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.db import connection
from django.db.models.signals import post_migrate, pre_migrate

from portal.pagecache import triggers
from portal.pagecache.triggers import Public


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "站点"
    desk = "portal.link_checks.desk"
    public_content = {
        name: Public() for name in ("SiteSettings", "HomeBlock", "BlockPicture", "Picture", "PrivacyNotice")
    }

    def ready(self):
        from portal import checks  # noqa: F401  (registers the system checks)

        import_module(f"portal.{connection.vendor}").read_moments_fast()
        pre_migrate.connect(remove_triggers, sender=self, dispatch_uid="portal.pagecache")
        post_migrate.connect(install_triggers, sender=self, dispatch_uid="portal.pagecache")


def install_triggers(using, **kwargs):
    from portal.audit import triggers as audit_triggers

    triggers.install(using)
    audit_triggers.install(using)


def remove_triggers(using, plan, **kwargs):
    """What a trigger names cannot be dropped or renamed: before a migration they go, and after it they are made anew."""
    if plan:
        triggers.remove(using)


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.PortalAdminSite"
