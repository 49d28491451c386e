"""Of pictures with the same content, which two uploads in one moment could make, the first is the one that is found."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def name_the_first(apps, schema_editor):
    pictures = apps.get_model("portal", "Picture").objects.using(schema_editor.connection.alias)
    earlier = pictures.filter(content_hash=OuterRef("content_hash"), pk__lt=OuterRef("pk"))
    repeats = pictures.exclude(content_hash="").filter(Exists(earlier)).values_list("pk", flat=True)
    pictures.filter(pk__in=list(repeats)).update(content_hash="")


class Migration(migrations.Migration):
    dependencies = [("portal", "0019_search_windows")]
    operations = [migrations.RunPython(name_the_first, migrations.RunPython.noop)]
