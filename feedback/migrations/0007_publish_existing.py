"""What was public before there were publications becomes one, masked as proposed; staff can check it afterwards."""

from django.db import migrations

from portal.personal_data import find, masked, masked_name


def publish(apps, schema_editor):
    Message = apps.get_model("feedback", "Message")
    Publication = apps.get_model("feedback", "Publication")
    for message in Message.objects.filter(is_public=True, reply__isnull=False).select_related("reply").iterator():
        texts = {"title": message.title, "body": message.body, "reply": message.reply.body}
        Publication.objects.get_or_create(
            message=message,
            defaults={part: masked(text, find(text)) for part, text in texts.items()}
            | {
                "topic_id": message.topic_id,
                "name": masked_name(message.name) if message.name else "网友",
                "department": message.reply.department,
                "asked_at": message.created_at,
                "replied_at": message.reply.replied_at,
            },
        )


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0006_handling'),
    ]

    operations = [migrations.RunPython(publish, migrations.RunPython.noop, elidable=True)]
