import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import news.models.attachments
import portal.files


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0016_drafts_of_a_person"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="LibraryFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(
                        help_text="便于在文件库里查找，不会显示给读者。", max_length=150, verbose_name="名称"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        editable=False,
                        max_length=200,
                        storage=portal.files.files_storage,
                        upload_to=portal.files.random_name,
                        validators=[portal.files.validate_attachment],
                        verbose_name="文件",
                    ),
                ),
                (
                    "extension",
                    models.CharField(
                        choices=news.models.attachments.extensions, editable=False, max_length=5, verbose_name="类型"
                    ),
                ),
                ("size", models.PositiveBigIntegerField(default=0, editable=False, verbose_name="大小（字节）")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="上传人",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
            ],
            options={"verbose_name": "文件", "verbose_name_plural": "文件库", "ordering": ["-id"]},
        ),
        migrations.AddConstraint(
            model_name="libraryfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("sha256", ""), _negated=True),
                fields=("sha256", "extension"),
                name="news_libraryfile_once",
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="library_file",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attachments",
                to="news.libraryfile",
                verbose_name="文件库里的文件",
            ),
        ),
        # What a row of before has while it goes back: the data migration fills it in.
        migrations.AlterField(
            model_name="attachment",
            name="file",
            field=models.FileField(
                default="",
                max_length=200,
                storage=portal.files.files_storage,
                upload_to=portal.files.random_name,
                validators=[portal.files.validate_attachment],
                verbose_name="文件",
            ),
        ),
    ]
