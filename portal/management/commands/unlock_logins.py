from django.core.management.base import BaseCommand

from portal.audit import record
from portal.models import AuditEntry, LoginTries


class Command(BaseCommand):
    help = "解除所有登录锁定：失败次数从头计算。"

    def handle(self, *args, **options):
        count, _ = LoginTries.objects.all().delete()
        record(AuditEntry.Action.CHANGE, summary="命令行：解除所有登录锁定")
        self.stdout.write(f"清除了 {count} 项。")
