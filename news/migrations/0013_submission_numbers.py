from django.db import migrations
from django.utils import timezone

from portal.receipts import new_number


def number_all(apps, schema_editor):
    """Submissions of before get numbers; a receipt they never had."""
    submissions = apps.get_model("news", "Submission").objects
    taken = set()
    for pk, created_at in submissions.filter(number="").values_list("pk", "created_at").iterator():
        number = new_number(timezone.localtime(created_at).date())
        while number in taken:
            number = new_number(timezone.localtime(created_at).date())
        taken.add(number)
        submissions.filter(pk=pk).update(number=number)


class Migration(migrations.Migration):
    dependencies = [("news", "0012_submissions")]
    operations = [migrations.RunPython(number_all, migrations.RunPython.noop)]
