from django.core.management.base import BaseCommand
from django.utils import timezone

from feedback import digest
from feedback.clock import Calendar


class Command(BaseCommand):
    help = "Writes the daily digest of messages to its readers, once a working day. Run it every morning."

    def handle(self, **options):
        if not Calendar.current().is_working(timezone.localdate()):
            self.stdout.write("Not a working day: no digest.")
            return
        self.stdout.write(f"{digest.write()} digests written.")
