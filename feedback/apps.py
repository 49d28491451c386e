from django.apps import AppConfig
from django.db.models.signals import post_migrate

from portal.pagecache.triggers import Public


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = "留言"
    desk = "feedback.desk"
    report = "feedback.report"
    retention = "feedback.rights"
    public_content = {
        "Topic": Public(),
        "Message": Public(only_if="is_public"),  # its stage and consent decide whether its Publication is seen
        "Publication": Public(),
        "MonthlyFigures": Public(),
    }

    def ready(self):
        from feedback import search

        search.register_kinds()
        post_migrate.connect(make_groups, sender=self, dispatch_uid="feedback.groups")


def make_groups(using, **kwargs):
    from feedback import groups

    groups.make_groups(using)
