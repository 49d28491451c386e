import time

from django.conf import settings
from django.core.management.base import BaseCommand

from portal import outbox


class Command(BaseCommand):
    help = "Sends the mails that wait in the outbox. Run it every minute, or with --every as a service."

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=int, default=100, help="mails at most in one go")
        parser.add_argument("--every", type=int, default=0, metavar="SECONDS", help="go on, with this pause")

    def handle(self, *, limit, every, **options):
        if not settings.MAIL_IS_ON:
            self.stdout.write("EMAIL_URL is not set: nothing is sent.")
            return
        while True:
            results = outbox.send_due(limit=limit)
            self.stdout.write(", ".join(f"{state}: {count}" for state, count in results.items() if count) or "nothing")
            if not every:
                return
            time.sleep(every)
