from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("news", "0008_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name='article',
            name='kind',
            field=models.CharField(choices=[('own', '原创'), ('reprint', '转载'), ('submission', '投稿')], default='own', help_text='转载要写明来源、原标题、原作者和原文地址。', max_length=10, verbose_name='文章种类'),
        ),
        migrations.AddField(
            model_name='article',
            name='original_author',
            field=models.CharField(blank=True, max_length=50, verbose_name='原作者'),
        ),
        migrations.AddField(
            model_name='article',
            name='original_title',
            field=models.CharField(blank=True, max_length=150, verbose_name='原标题'),
        ),
        migrations.AddField(
            model_name='source',
            name='may_reprint',
            field=models.CharField(choices=[('unknown', '不清楚'), ('yes', '允许'), ('no', '不允许')], default='unknown', help_text='没有取得许可的来源，转载它的文章时会提醒。', max_length=10, verbose_name='允许转载'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['own', 'submission']), models.Q(('kind', 'reprint'), models.Q(('source_url', ''), _negated=True), models.Q(('original_title', ''), _negated=True), models.Q(('original_author', ''), _negated=True)), _connector='OR'), name='news_article_reprint_complete', violation_error_message='转载要写明来源、原标题、原作者和原文地址。'),
        ),
        migrations.AddConstraint(
            model_name='source',
            constraint=models.CheckConstraint(condition=models.Q(('may_reprint__in', ['unknown', 'yes', 'no'])), name='news_source_may_reprint_known'),
        ),
    ]
