from django.core.management.base import BaseCommand
from django.utils import timezone

from feedback import figures
from feedback.models import Message


class Command(BaseCommand):
    help = "Counts the monthly figures of messages: this month and the last, or all. Run it every hour."

    def add_arguments(self, parser):
        parser.add_argument("--all", action="store_true", help="every month since the first message")

    def handle(self, *, all, **options):  # noqa: A002 (the option's own name)
        month = figures.first_day(timezone.localdate())
        until = figures.month_before(month)
        if all and (first := Message.objects.order_by("created_at").first()):
            until = figures.first_day(timezone.localtime(first.created_at).date())
        changed = 0
        while month >= until:
            changed += figures.refresh(month)
            month = figures.month_before(month)
        self.stdout.write(f"{changed} figures changed.")
