from django.core.management.base import BaseCommand, CommandError

from portal.audit.pruning import KEEP_DAYS_MIN, NotPruned, prune


class Command(BaseCommand):
    help = f"清理保留期以前的操作记录（至少保留 {KEEP_DAYS_MIN} 天）。先用 export_audit 导出存档。"

    def add_arguments(self, parser):
        parser.add_argument("--keep-days", type=int, required=True, help="保留最近多少天。")

    def handle(self, *args, keep_days, **options):
        try:
            removed = prune(keep_days=keep_days)
        except NotPruned as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"清理了 {removed} 条。")
