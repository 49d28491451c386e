from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("portal", "0015_originals")]

    operations = [
        migrations.AddField(
            model_name='sitesettings',
            name='shows_ranking',
            field=models.BooleanField(default=False, help_text='打开后，投稿页会链接到各单位今年来稿和采用的排行。', verbose_name='公开采用排行'),
        ),
        migrations.AddField(
            model_name='user',
            name='unit',
            field=models.CharField(blank=True, help_text='给协会、开发区的供稿账号填写（不勾选“工作人员状态”），凭它在投稿页登录；投稿时作为来源。', max_length=100, verbose_name='单位名称'),
        ),
    ]
