import django.db.models.deletion
import django.utils.timezone
import portal.files
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("news", "0011_proof_words"), ("portal", "0016_units")]

    operations = [
        migrations.CreateModel(
            name='RightsStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(editable=False, unique=True, verbose_name='版本')),
                ('text', models.TextField(help_text='投稿人勾选同意的原话。保存之后就对新的投稿生效。', max_length=1000, verbose_name='内容')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='生效时间')),
            ],
            options={
                'verbose_name': '版权声明',
                'verbose_name_plural': '版权声明',
                'ordering': ['-version'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('draft_key', models.CharField(blank=True, db_index=True, editable=False, max_length=64, verbose_name='草稿')),
                ('name', models.CharField(max_length=100, verbose_name='文件名')),
                ('file', models.FileField(max_length=200, storage=portal.files.files_storage, upload_to=portal.files.random_name, verbose_name='文件')),
                ('size', models.PositiveIntegerField(verbose_name='大小')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='摘要')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='收到时间')),
            ],
            options={
                'verbose_name': '投稿文件',
                'verbose_name_plural': '投稿文件',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='SubmissionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('send', '提交'), ('resend', '修改后再次提交'), ('withdraw', '撤回'), ('release', '放行'), ('read', '已读'), ('send_back', '退回修改'), ('adopt', '采用'), ('decline', '不采用')], max_length=10, verbose_name='事项')),
                ('remarks', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '投稿记录',
                'verbose_name_plural': '投稿记录',
                'ordering': ['id'],
            },
        ),
        migrations.AlterModelOptions(
            name='submission',
            options={'ordering': ['-created_at', '-id'], 'verbose_name': '投稿', 'verbose_name_plural': '投稿'},
        ),
        migrations.AddField(
            model_name='submission',
            name='article',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='submission', to='news.article', verbose_name='采用后的文章'),
        ),
        migrations.AddField(
            model_name='submission',
            name='code_hash',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='查询码'),
        ),
        migrations.AddField(
            model_name='submission',
            name='consented_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='同意时间'),
        ),
        migrations.AddField(
            model_name='submission',
            name='document_text',
            field=models.TextField(blank=True, editable=False, verbose_name='文档里的文字'),
        ),
        migrations.AddField(
            model_name='submission',
            name='is_quarantined',
            field=models.BooleanField(default=False, editable=False, verbose_name='疑似垃圾信息'),
        ),
        migrations.AddField(
            model_name='submission',
            name='network_key',
            field=models.CharField(blank=True, editable=False, max_length=32, verbose_name='来源网络'),
        ),
        migrations.AddField(
            model_name='submission',
            name='notice',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.privacynotice', verbose_name='同意的告知书'),
        ),
        migrations.AddField(
            model_name='submission',
            name='number',
            field=models.CharField(default='', editable=False, max_length=14, verbose_name='编号'),
        ),
        migrations.AddField(
            model_name='submission',
            name='sender_key',
            field=models.CharField(blank=True, editable=False, max_length=32, verbose_name='来源地址'),
        ),
        migrations.AddField(
            model_name='submission',
            name='spam_reasons',
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name='可疑原因'),
        ),
        migrations.AddField(
            model_name='submission',
            name='submission_key',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='提交'),
        ),
        migrations.AddField(
            model_name='submission',
            name='text_key',
            field=models.CharField(blank=True, editable=False, max_length=32, verbose_name='内容摘要'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='body',
            field=models.TextField(blank=True, max_length=30000, verbose_name='正文'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='created_at',
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='收到时间'),
        ),
        migrations.AlterField(
            model_name='submission',
            name='stage',
            field=models.CharField(choices=[('draft', '草稿'), ('new', '未读'), ('read', '已读'), ('returned', '退回修改'), ('adopted', '采用'), ('declined', '不采用'), ('withdrawn', '已撤回')], db_index=True, default='new', max_length=10, verbose_name='状态'),
        ),
        migrations.AddField(
            model_name='submission',
            name='rights',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='news.rightsstatement', verbose_name='同意的版权声明'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['-created_at'], name='news_submission_newest'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['network_key', 'created_at'], name='news_submission_network'),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(fields=['text_key', 'created_at'], name='news_submission_text'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(condition=models.Q(('submission_key', ''), _negated=True), fields=('submission_key',), name='news_submission_sent_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.CheckConstraint(condition=models.Q(('article__isnull', True), ('stage', 'adopted'), _connector='OR'), name='news_submission_article_adopted'),
        ),
        migrations.AddField(
            model_name='submissionfile',
            name='submission',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='news.submission', verbose_name='投稿'),
        ),
        migrations.AddField(
            model_name='submissionstep',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人'),
        ),
        migrations.AddField(
            model_name='submissionstep',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='news.submission', verbose_name='投稿'),
        ),
        migrations.AddConstraint(
            model_name='submissionfile',
            constraint=models.CheckConstraint(condition=models.Q(('submission__isnull', False), models.Q(('draft_key', ''), _negated=True), _connector='OR'), name='news_submissionfile_belongs'),
        ),
        migrations.AddConstraint(
            model_name='submissionstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('act__in', ['send_back', 'decline']), _negated=True), models.Q(('remarks', ''), _negated=True), _connector='OR'), name='news_submissionstep_remarks'),
        ),
    ]
