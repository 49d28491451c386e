from django.core.management.base import BaseCommand
from django.db import transaction

from portal.models import SearchEntry, SearchRebuild
from portal.search.entries import refresh_batch
from portal.search.registry import kinds

BATCH = 200


class Command(BaseCommand):
    help = "重建搜索索引。可以随时停下，再运行时接着做；重建期间网站照常可以搜索。"

    def add_arguments(self, parser):
        parser.add_argument("--restart", action="store_true", help="从头做起，不接着上一次。")

    def handle(self, *args, restart=False, **options):
        if restart:
            SearchRebuild.objects.all().delete()
        for kind in kinds.values():
            self.rebuild(kind)
            self.sweep(kind)
        SearchRebuild.objects.all().delete()
        self.stdout.write(self.style.SUCCESS(f"索引共 {SearchEntry.objects.count():,} 条。"))

    def rebuild(self, kind):
        """Write the entries of a kind anew, in short transactions that each say how far they came."""
        progress, _ = SearchRebuild.objects.get_or_create(kind=kind.name)
        rows = kind.all_rows().order_by("pk").values_list("pk", flat=True)
        total = rows.count()
        done = rows.filter(pk__lte=progress.last_pk).count()
        while pks := list(rows.filter(pk__gt=progress.last_pk)[:BATCH]):
            with transaction.atomic():
                refresh_batch(kind, pks)
                progress.last_pk = pks[-1]
                progress.save(update_fields=["last_pk"])
            done += len(pks)
            self.stdout.write(f"{kind.label}：{done:,}/{total:,}")

    def sweep(self, kind):
        """Take out the entries whose rows are gone."""
        last = 0
        entries = SearchEntry.objects.filter(kind=kind.number).order_by("object_id")
        while pks := list(entries.filter(object_id__gt=last).values_list("object_id", flat=True)[:BATCH]):
            there = set(kind.all_rows().filter(pk__in=pks).values_list("pk", flat=True))
            with transaction.atomic():
                refresh_batch(kind, [pk for pk in pks if pk not in there])
            last = pks[-1]
