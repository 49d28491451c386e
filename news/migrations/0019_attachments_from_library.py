import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("news", "0018_files_into_library")]
    operations = [
        migrations.RemoveField(model_name="attachment", name="file"),
        migrations.RemoveField(model_name="attachment", name="size"),
        migrations.AlterField(
            model_name="attachment",
            name="library_file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="news.libraryfile",
                verbose_name="文件库里的文件",
            ),
        ),
    ]
