"""The mails: what waits, what was sent, and what a person has to decide."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils import timezone

from portal.admin.desk import DeskAdmin
from portal.models import AuditEntry, OutboxMail

State = OutboxMail.State


@admin.register(OutboxMail)
class OutboxMailAdmin(DeskAdmin):
    list_display = ("id", "subject", "state", "attempts", "error", "created_at", "next_try_at", "sent_at")
    list_filter = ("state",)
    list_defer = ("body",)
    fields = ("subject", "state", "attempts", "error", "created_at", "next_try_at", "sent_at")
    readonly_fields = fields
    actions = ("send_again",)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False  # the key of what was sent is what keeps it from being sent twice

    @admin.action(description="再发一次（确认对方没有收到）", permissions=["change"])
    def send_again(self, request, queryset):
        with transaction.atomic():
            rows = list(queryset.filter(state__in=[State.UNSURE, State.FAILED]).select_for_update())
            now = timezone.now()
            queryset.filter(pk__in=[row.pk for row in rows]).update(
                state=State.WAITING, next_try_at=now, created_at=now, error=""
            )
            self.log_action_on(request, rows, AuditEntry.Action.CHANGE, "再发一次")
        messages.success(request, f"{len(rows)} 封邮件会再发一次。已发送和正在等待的不受影响。")
