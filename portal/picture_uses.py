"""Where pictures of the library are used: chosen in a field, placed in rich text, or named by a version of a whole.

A model whose rows name pictures in another way gives the condition as `naming_pictures(pictures)`, and in `part_of` the
field that leads to the whole that people know.
"""

from functools import reduce
from operator import or_
from pathlib import PurePath

from django.apps import apps
from django.db.models import Q

from portal.models import Picture
from portal.richtext.fields import RichTextField


def uses(pictures):
    """Return the objects, of whatever model, that show any of `pictures`, each once; the latest part where none does."""
    pictures = list(pictures)
    if not pictures:
        return []
    found, parts = [], {}
    for model in apps.get_models():
        for condition in _conditions(model, pictures):
            found += model._default_manager.filter(condition).defer(*_rich_texts(model))
        if hasattr(model, "naming_pictures"):
            rows = model._default_manager.filter(model.naming_pictures(pictures)).order_by("pk")
            parts |= {whole_of(row): row for row in rows.select_related(model.part_of)}
    return list(dict.fromkeys([*found, *(row for whole, row in parts.items() if whole not in found)]))


def whole_of(user):
    """Return what a row that uses a picture belongs to: mostly itself."""
    return getattr(user, getattr(user, "part_of", ""), None) or user


def stems_of(pictures):
    """Return what stands in the address of each picture and of its smaller versions."""
    return [PurePath(picture.file.name).stem for picture in pictures]


def _conditions(model, pictures):
    keys = [
        field for field in model._meta.concrete_fields if field.remote_field and field.remote_field.model is Picture
    ]
    for field in keys:
        yield Q(**{f"{field.name}__in": pictures})
    for name in _rich_texts(model):
        yield texts_naming(name, pictures)


def texts_naming(name, pictures, lookup="contains"):
    """Return the condition that the text `name` (a field's path) holds one of `pictures`."""
    return reduce(or_, (Q(**{f"{name}__{lookup}": stem}) for stem in stems_of(pictures)))


def _rich_texts(model):
    return [field.name for field in model._meta.concrete_fields if isinstance(field, RichTextField)]
