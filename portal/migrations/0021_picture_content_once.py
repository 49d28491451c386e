from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0020_repeated_pictures")]

    operations = [
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.UniqueConstraint(
                condition=models.Q(("content_hash", ""), _negated=True),
                fields=("content_hash",),
                name="portal_picture_content_once",
            ),
        ),
    ]
