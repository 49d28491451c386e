from django.core.management.base import BaseCommand, CommandError

from portal.audit.verification import first_problem
from portal.models import AuditHead


class Command(BaseCommand):
    help = "检查操作记录有没有被手工改动、删除、加入或调换。有问题时退出状态为 1，并指出第一条。"

    def add_arguments(self, parser):
        parser.add_argument("--since", type=int, default=0, help="从这个序号起检查：以前的问题已经查明。")

    def handle(self, *args, since, **options):
        if problem := first_problem(since=since):
            raise CommandError(f"第 {problem.number} 条：{problem.text}")
        head = AuditHead.objects.filter(pk=1).first() or AuditHead()
        self.stdout.write(f"操作记录完整：第 {head.anchor + 1} 至 {head.count} 条，末端 {head.last_hash or '（空）'}。")
