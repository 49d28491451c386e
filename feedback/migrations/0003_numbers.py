from django.db import migrations
from django.db.models import F, Q
from django.utils import timezone

from portal.receipts import new_number


def number_all(apps, schema_editor):
    """Messages of before get numbers and the stage they are in; a receipt they never had."""
    messages = apps.get_model("feedback", "Message").objects
    taken = set()
    for pk, created_at in messages.filter(number="").values_list("pk", "created_at").iterator():
        number = new_number(timezone.localtime(created_at).date())
        while number in taken:
            number = new_number(timezone.localtime(created_at).date())
        taken.add(number)
        messages.filter(pk=pk).update(number=number)
    messages.update(clock_from=F("created_at"))
    messages.filter(reply__isnull=False).update(stage="answered")
    messages.filter(Q(is_public=True), may_publish=False).update(is_public=False)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0002_intake")]
    operations = [migrations.RunPython(number_all, migrations.RunPython.noop)]
