from django.apps import AppConfig
from django.db.models.signals import post_migrate

from portal.pagecache.triggers import Public


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "资讯"
    desk = "news.desk"
    checked_links = "news.outgoing.links"
    report = "news.report"
    retention = "news.contributions.rights"
    public_content = {
        "Column": Public(),
        "Article": Public(besides=("view_count", "latest_version_id"), by="column_id"),
        "Attachment": Public(only_if="is_live"),
        "LibraryFile": Public(),
        "CorrectionNote": Public(),
        "ViewCorrection": Public(),
        "Tag": Public(),
        "ArticleTag": Public(),
        "Source": Public(),
        "JournalIssue": Public(),
        "JournalEntry": Public(),
        "RightsStatement": Public(),
    }

    derived_content = {"ArticleCount": "Article"}

    def ready(self):
        from news import search

        search.register_kinds()
        post_migrate.connect(make_groups, sender=self, dispatch_uid="news.groups")
        post_migrate.connect(install_counts, sender=self, dispatch_uid="news.list_counts")


def make_groups(using, **kwargs):
    from news import groups

    groups.make_groups(using)


def install_counts(using, **kwargs):
    from news import list_counts

    list_counts.install(using)
