from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0017_contact_days_help")]

    operations = [
        migrations.AddField(
            model_name="contentversion",
            name="subject",
            field=models.CharField(default="", editable=False, max_length=80),
            preserve_default=False,
        ),
    ]
