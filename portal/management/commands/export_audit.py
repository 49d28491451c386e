import sys
from datetime import datetime, time
from pathlib import Path

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.dateparse import parse_date

from portal.audit import record
from portal.audit.exporting import HEADER, rows
from portal.models import AuditEntry
from portal.spreadsheets import write_csv


class Command(BaseCommand):
    help = "把操作记录导出为 CSV（UTF-8），带每一条的摘要，供存档和核对。导出本身也会记录。"

    def add_arguments(self, parser):
        parser.add_argument("--output", help="文件名；不给时输出到屏幕。")
        parser.add_argument("--since", type=parse_date, help="从这一天起（2026-01-31）。")
        parser.add_argument("--until", type=parse_date, help="到这一天为止，含当天。")

    def handle(self, *args, output, since, until, **options):
        entries = AuditEntry.objects.all()
        if since:
            entries = entries.filter(at__gte=timezone.make_aware(datetime.combine(since, time.min)))
        if until:
            entries = entries.filter(at__lte=timezone.make_aware(datetime.combine(until, time.max)))
        if output:
            with Path(output).open("x", encoding="utf-8-sig", newline="") as file:
                write_csv(file, HEADER, rows(entries))
        else:
            write_csv(self.stdout if options.get("stdout") else sys.stdout, HEADER, rows(entries))
        record(AuditEntry.Action.EXPORT, summary=f"命令行：操作记录，{since or '最初'} 至 {until or '现在'}")
