from django.core.management.base import BaseCommand

from portal.demo.loader import load


class Command(BaseCommand):
    help = "录入演示内容。可以反复运行：录入过的不再录入，工作人员改过、删过的不受影响。"

    def handle(self, *args, **options):
        ledger = load()
        for model in sorted({*ledger.made, *ledger.left}, key=lambda model: model._meta.label):
            name = model._meta.verbose_name
            self.stdout.write(f"{name}：新建 {len(ledger.made[model])}，保留 {len(ledger.left[model])}")
