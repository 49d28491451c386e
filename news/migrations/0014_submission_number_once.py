from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0013_submission_numbers")]
    operations = [
        migrations.AlterField(
            model_name="submission",
            name="number",
            field=models.CharField(editable=False, max_length=14, unique=True, verbose_name="编号"),
        ),
    ]
