import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("news", "0009_reprint"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ProofOverrule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(editable=False, max_length=60, verbose_name='发现的问题')),
                ('kind', models.CharField(editable=False, max_length=20, verbose_name='种类')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '校对放行',
                'verbose_name_plural': '校对放行',
                'ordering': ['-at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ProofWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='正文里出现它，就会提示。', max_length=50, unique=True, verbose_name='词')),
                ('suggestion', models.CharField(blank=True, help_text='填写后可以一键改正；拿不准时留空，由编辑判断。', max_length=50, verbose_name='改为')),
                ('kind', models.CharField(choices=[('wrong', '错别字'), ('sensitive', '敏感或不规范用语')], default='wrong', max_length=10, verbose_name='种类')),
                ('level', models.CharField(choices=[('block', '阻止提交'), ('warn', '提醒')], default='warn', max_length=10, verbose_name='级别')),
                ('note', models.CharField(blank=True, help_text='编辑会看到。', max_length=200, verbose_name='说明')),
                ('exceptions', models.CharField(blank=True, help_text='包含它但没有写错的更长的词，用空格隔开，例如“按装机”。', max_length=200, verbose_name='不算错的词')),
                ('is_active', models.BooleanField(default=True, verbose_name='启用')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='修改时间')),
            ],
            options={
                'verbose_name': '校对词',
                'verbose_name_plural': '校对词表',
                'ordering': ['word'],
            },
        ),
        migrations.CreateModel(
            name='ProofWordEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='版次')),
            ],
            options={
                'verbose_name': '词表版次',
                'verbose_name_plural': '词表版次',
            },
        ),
        migrations.AddField(
            model_name='proofoverrule',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proof_overrules', to='news.article', verbose_name='文章'),
        ),
        migrations.AddField(
            model_name='proofoverrule',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人'),
        ),
        migrations.AddConstraint(
            model_name='proofword',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('word', ''), _negated=True), models.Q(('word', models.F('suggestion')), _negated=True)), name='news_proofword_differs', violation_error_message='“改为”要与词本身不同。'),
        ),
        migrations.AddConstraint(
            model_name='proofwordedition',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='news_proofwordedition_one'),
        ),
        migrations.AddConstraint(
            model_name='proofoverrule',
            constraint=models.UniqueConstraint(fields=('article', 'finding'), name='news_proofoverrule_once'),
        ),
        migrations.AddConstraint(
            model_name='proofoverrule',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='news_proofoverrule_has_reason'),
        ),
    ]
