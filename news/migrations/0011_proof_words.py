"""The words that a new site begins with. Staff change the list in the admin; what they have is never overwritten."""

from django.db import migrations

from news.proofing_words import starting_words


def add(apps, schema_editor):
    words = apps.get_model("news", "ProofWord").objects.using(schema_editor.connection.alias)
    words.bulk_create([words.model(**word) for word in starting_words()], ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0010_proofing"),
    ]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
