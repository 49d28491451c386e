from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("feedback", "0003_numbers")]
    operations = [
        migrations.AlterField(
            model_name="message",
            name="number",
            field=models.CharField(editable=False, max_length=14, unique=True, verbose_name="编号"),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('is_public', False), models.Q(('is_quarantined', False), ('may_publish', True)), _connector='OR'), name='feedback_message_public_by_consent', violation_error_message='留言人没有同意公开，或者这条留言疑似垃圾信息，不能公开。'),
        ),
    ]
