from django.db import migrations

from portal.spam.starting_words import rows


def add(apps, schema_editor):
    words = apps.get_model("portal", "SpamWord").objects
    words.bulk_create([words.model(word=word, weight=weight) for word, weight in rows()], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_intake"),
    ]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
