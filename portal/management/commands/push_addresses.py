from datetime import timedelta
from itertools import chain

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal import pushing
from portal.models import SiteSettings
from portal.sitemaps import SECTIONS


class Command(BaseCommand):
    help = (
        "把最近更新的网址推送给搜索引擎。设置 INDEXNOW_KEY、BAIDU_PUSH_TOKEN 后才会发送，没有设置的不发送。"
        "网址的域名取自站点设置。"
    )

    def add_arguments(self, parser):
        parser.add_argument("addresses", nargs="*", help="只推送这些网址；不写时推送最近更新的。")
        parser.add_argument("--hours", type=int, default=24, help="多少小时以内更新的，默认 24。")
        parser.add_argument("--limit", type=int, default=2000, help="每个部分最多多少个网址，默认 2000。")
        parser.add_argument("--dry-run", action="store_true", help="只列出网址，不发送。")

    def handle(self, *args, addresses, hours, limit, dry_run, **options):
        if not 1 <= hours <= 8760 or not 1 <= limit <= 10_000:
            raise CommandError("--hours 在 1 到 8760 之间，--limit 在 1 到 10000 之间。")
        domain = SiteSettings.current().domain.removeprefix("https://").removeprefix("http://").strip("/")
        if not domain:
            raise CommandError("站点设置里还没有网站域名。")
        root = f"https://{domain}/"
        chosen = pushing.own_addresses(addresses or self.changed(hours, limit, root), root)
        if left := len(set(addresses)) - len(set(chosen)) if addresses else 0:
            self.stderr.write(f"{left} 个网址不属于 {root}，没有推送。")
        services = pushing.services()
        if dry_run:
            self.stdout.write("\n".join(chosen))
        elif not services:
            self.stdout.write("没有设置 INDEXNOW_KEY 或 BAIDU_PUSH_TOKEN，什么也没有发送。")
        elif chosen:
            self.push(services, chosen, root)
        else:
            self.stdout.write("没有新的网址。")

    def changed(self, hours, limit, root):
        since = timezone.now() - timedelta(hours=hours)
        paths = chain.from_iterable(section.changed_since(since, limit) for section in SECTIONS.values())
        return [root[:-1] + path for path in paths]

    def push(self, services, addresses, root):
        """A service that fails does not keep the others from being told; the command then fails in the end."""
        failed = []
        for name, make in services.items():
            try:
                for made in make(addresses, root):
                    status, answer = pushing.send(made)
                    self.stdout.write(f"{name}：{status} {answer}")
            except (OSError, ValueError) as error:
                failed.append(f"{name}：{getattr(error, 'code', '') or type(error).__name__}")
        if failed:
            raise CommandError(f"没有推送成功：{'；'.join(failed)}")
        self.stdout.write(f"推送了 {len(addresses)} 个网址。")
