"""What the demo has made: each thing once, and whatever staff do with it afterwards stands."""

from collections import defaultdict

from django.core.files.base import ContentFile

from portal.demo.drawing import describe, draw
from portal.models import ImportRecord, Picture

ORIGIN = "demo"


class Ledger:
    """Makes rows, each under a key of its own. `made` and `left` hold by model the keys of what is new and what is not."""

    def __init__(self):
        records = ImportRecord.objects.filter(origin=ORIGIN).prefetch_related("target")
        self.targets = {record.key: record.target for record in records}
        self.made, self.left = defaultdict(set), defaultdict(set)

    def knows(self, model):
        """Tell whether the demo has ever made a row of this model."""
        return any(key.startswith(f"{model._meta.label_lower}:") for key in self.targets)

    def once(self, model, key, make, *, same=()):
        """Return the row that the demo made under `key`, and make it by `make()` where that never happened.

        `same` are rows of the same identity: the first of them stands in, untouched, for a row not made yet. None
        comes back where staff have deleted the row, and where `make` returns None because it lacks something.
        """
        key = f"{model._meta.label_lower}:{key}"
        if key in self.targets:
            if key not in self.made[model]:
                self.left[model].add(key)
            return self.targets[key]
        row = next(iter(same), None)
        if row is None and (row := make()) is not None:
            self.made[model].add(key)
            self.targets[key] = row
            ImportRecord.objects.create(origin=ORIGIN, key=key, target=row)
        else:
            self.left[model].add(key)
        return row

    def picture(self, key):
        """Return the library's picture for a key of the drawing catalogue; None for "" and where staff deleted it."""
        return self.once(Picture, key, lambda: drawn(key)) if key else None


def drawn(key):
    data = draw(key)
    extension = "png" if data.startswith(b"\x89PNG") else "jpg"
    words = describe(key)
    return Picture.objects.add(ContentFile(data, name=f"{key}.{extension}"), title=words, alt=words)
