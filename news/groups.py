"""The groups of the desk: one per role. What they may do is written here; who is in them follows from the roles."""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from news.models.roles import ColumnRole, Role

READ = (
    "news.view_article", "news.view_column", "news.view_source", "news.view_tag", "news.view_libraryfile",
    "portal.view_picture", "portal.export_lists",
)  # fmt: skip
EDIT = (
    "news.add_article", "news.change_article", "news.delete_article", "news.add_source", "news.add_tag",
    "news.add_libraryfile", "news.change_libraryfile", "portal.add_picture", "portal.change_picture",
    "news.view_submission", "news.change_submission",
)  # fmt: skip
WATCH = ("portal.view_auditentry", "portal.view_linkcheck", "portal.download_original")
# The recycle bin, for good too; counts that were wrong. Both leave their trace.
CORRECT = ("news.delete_article", "news.view_viewcorrection", "news.add_viewcorrection")
# Whole sets: see, add, change, delete.
MANAGED = (
    "news.column", "news.source", "news.tag", "news.libraryfile", "news.proofword", "news.journalissue", "news.rightsstatement",
    "portal.user", "portal.sitesettings", "portal.homeblock", "portal.synonym", "portal.picture",
    "associations.association", "associations.zone", "associations.linkgroup",
    "feedback.topic", "feedback.replytemplate", "feedback.calendarcorrection",
)  # fmt: skip
# Messages and submissions go by steps, each with a right of its own: nobody adds or deletes one.
LETTERS = (
    "news.view_submission", "news.change_submission", "news.erase_contributor",
    "feedback.view_message", "feedback.change_message", "feedback.view_reply", "feedback.view_quarantined",
    "feedback.change_quarantined", "feedback.approve_reply", "feedback.reveal_contacts", "feedback.export_messages",
    "feedback.export_personal_data", "feedback.publish_message", "feedback.erase_person", "feedback.receive_digest",
)  # fmt: skip
VERBS = ("view", "add", "change", "delete")


def all_of(model):
    app, name = model.split(".")
    return tuple(f"{app}.{verb}_{name}" for verb in VERBS)


RIGHTS = {
    Role.EDITOR: READ + EDIT,
    Role.FIRST: READ,
    Role.SECOND: READ,
    Role.FINAL: READ,
    Role.MANAGER: READ + WATCH + CORRECT + LETTERS + sum((all_of(model) for model in MANAGED), ()),
}


def make_groups(using, **kwargs):
    """Make the groups, and give them those of their rights that they lack. Runs after every `migrate`."""
    for config in apps.get_app_configs():
        if config.name in ("portal", "news", "associations", "feedback"):
            create_permissions(config, using=using, verbosity=0)  # theirs may come later in the same signal
    for role, rights in RIGHTS.items():
        group, _is_new = Group.objects.using(using).get_or_create(name=role.label)
        group.permissions.add(*permissions_called(rights, using))


def permissions_called(names, using):
    condition = Q()
    for name in names:
        app, codename = name.split(".")
        condition |= Q(content_type__app_label=app, codename=codename)
    return Permission.objects.using(using).filter(condition)


def keep_groups(user):
    """Put `user` into the groups of his roles, and out of those of roles that he no longer has."""
    held = set(ColumnRole.objects.filter(user=user).values_list("role", flat=True))
    for_roles = {role: Group.objects.filter(name=Role(role).label) for role in Role.values}
    for role, group in for_roles.items():
        (user.groups.add if role in held else user.groups.remove)(*group)
