import re

from django.core.exceptions import ValidationError

from news.models import Column
from news.models.columns import validate_slug

LENGTH_MAX = 50  # leaves room for a number behind it


def slug_for(name):
    """Return a slug for a new column called `name`: its pinyin, with a number where the slug is in use."""
    from pypinyin import lazy_pinyin  # 57 MB of dictionaries, which only imports need

    syllables = re.findall("[a-z0-9]+", " ".join(lazy_pinyin(name)).lower())
    stem = "-".join(syllables)[:LENGTH_MAX].strip("-") or "column"
    number, slug = 1, stem
    while not _is_free(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _is_free(slug):
    try:
        validate_slug(slug)
    except ValidationError:
        return False
    return not Column.objects.filter(slug=slug).exists()
