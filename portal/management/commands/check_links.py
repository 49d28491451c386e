from django.core.management.base import BaseCommand

from portal.link_checks.checking import check_links


class Command(BaseCommand):
    help = "检查站内链接和名录里的网址能不能打开，结果在后台“链接检查”。可以每天运行一次。"

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=2_000, help="这一次最多检查多少个，最久没有检查的在先。")
        parser.add_argument("--inside-only", action="store_true", help="只检查站内链接，不访问其他网站。")

    def handle(self, *args, limit, inside_only, **options):
        looked_at, broken = check_links(limit=limit, outside=not inside_only)
        self.stdout.write(f"检查了 {looked_at} 个链接，{broken} 个打不开。")
