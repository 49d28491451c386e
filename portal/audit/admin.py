"""Everything that staff add, change or delete in the admin goes into the audit log."""

from contextlib import suppress

from django.contrib.admin.models import CHANGE, LogEntry

from portal.audit import gathered, record, record_many
from portal.audit.changes import action_of, changes_of
from portal.models import AuditEntry
from portal.proxies import address_of

Action = AuditEntry.Action


class Audited:
    """A ModelAdmin whose log of changes is the audit log too. PortalAdminSite.register adds it to those that lack it."""

    def _changeform_view(self, request, object_id, form_url, extra_context):
        with gathered():  # within the transaction of the form
            return super()._changeform_view(request, object_id, form_url, extra_context)

    def construct_change_message(self, request, form, formsets, add=False):
        message = super().construct_change_message(request, form, formsets, add)
        with suppress(AttributeError):  # the form that sets a password has no instance
            form.instance.audited = (changes_of(form, formsets), form.changed_data)
        return message

    def log_addition(self, request, obj, message):
        self._record(Action.ADD, request, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._record(Action.CHANGE, request, obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        objects = list(queryset)
        record_many(Action.DELETE, objects, user=request.user, address=address_of(request))
        return super().log_deletions(request, objects)

    def log_action_on(self, request, objects, action, summary):
        """For what an action of a list does to `objects`: an entry each, and a line in the history of each."""
        objects = list(objects)
        record_many(action, objects, user=request.user, address=address_of(request), summary=summary)
        self.log_history(request, objects, CHANGE, summary)

    def log_history(self, request, objects, flag, message=""):
        """A line in Django's history of each of `objects`; the audit log is written by what acted on them."""
        LogEntry.objects.log_actions(request.user.pk, list(objects), flag, message)

    def _record(self, action, request, obj, message):
        changes, fields = obj.__dict__.pop("audited", ({}, ()))
        if changes or action == Action.ADD or not isinstance(message, list) or message:
            record(
                self._action(action, obj, fields, message), obj=obj, user=request.user, address=address_of(request),
                changes=changes, summary=message if isinstance(message, str) else "",
            )  # fmt: skip

    def _action(self, action, obj, fields, message):
        if not fields and hasattr(obj, "user_permissions") and action == Action.CHANGE and isinstance(message, list):
            return Action.PASSWORD
        return action_of(obj, fields, action)
