"""Messages that nobody had accepted yet get the end that they would have got on their arrival."""

from django.db import migrations
from django.utils import timezone

from feedback.clock import Calendar


def start_clocks(apps, schema_editor):
    messages = apps.get_model("feedback", "Message").objects
    calendar = Calendar(dict(apps.get_model("feedback", "CalendarCorrection").objects.values_list("day", "is_working")))
    rows = messages.filter(is_quarantined=False, due_on=None)
    for pk, clock_from, created_at, days in rows.values_list("pk", "clock_from", "created_at", "topic__days").iterator():
        start = clock_from or created_at
        due_on = calendar.add(timezone.localtime(start).date(), days)
        messages.filter(pk=pk).update(clock_from=start, due_on=due_on)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0007_publish_existing")]
    operations = [migrations.RunPython(start_clocks, migrations.RunPython.noop, elidable=True)]
