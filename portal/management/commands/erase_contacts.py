from importlib import import_module

from django.apps import apps
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Each app that keeps what people sent in names a module in its AppConfig (`retention = "feedback.rights"`) with
    `erase_contacts()`, which returns how many rows it took them out of.
    """

    help = "Erases contacts and files of messages and submissions that ended long enough ago (site settings). Run it every night."

    def handle(self, **options):
        for config in apps.get_app_configs():
            if module := getattr(config, "retention", ""):
                self.stdout.write(f"{config.label}: {import_module(module).erase_contacts()} erased.")
