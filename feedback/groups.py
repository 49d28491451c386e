"""The group of those who work on messages. What leads to answers, contacts and the public is the manager's."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

HANDLERS = "留言办理"
RIGHTS = (
    "view_message", "change_message", "view_topic", "view_replytemplate", "view_reply", "view_internalnote",
    "add_internalnote", "view_replydraft", "add_replydraft", "change_replydraft",
)  # fmt: skip


def make_groups(using, **kwargs):
    """Make the group, and give it those of its rights that it lacks. Runs after every `migrate`."""
    create_permissions(apps.get_app_config("feedback"), using=using, verbosity=0)  # they may come later in the signal
    group, _is_new = Group.objects.using(using).get_or_create(name=HANDLERS)
    rights = Permission.objects.using(using).filter(content_type__app_label="feedback", codename__in=RIGHTS)
    group.permissions.add(*rights)
