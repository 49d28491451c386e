"""Which development zones a text names, by the whole name or by the short one that headlines use."""

import re

from associations.models import Zone

SHORT = {"经济技术开发区": "经开区", "高新技术产业开发区": "高新区", "综合保税区": "综保区", "经济开发区": "经开区"}
PLACE_MAX = 8  # characters of a zone's name before its ending
PLACES_MAX = 5  # mentions that are looked at

_ENDING = re.compile(
    "|".join(sorted({*SHORT, *SHORT.values(), "产业园区", "工业园区", "园区", "开发区", "新区"}, key=len, reverse=True))
)
_PLACE = re.compile(r"[\u3400-\u9fff]+$")


def names_of(name):
    """Return the names that the zone called `name` goes by."""
    shorter = {name.removesuffix(ending) + short for ending, short in SHORT.items() if name.endswith(ending)}
    return frozenset({name, *shorter})


def named_in(text):
    """Return the names (as of `names_of`) of each zone that `text` names. One query, none where no zone can be meant."""
    wanted = set(possible(text))
    if not wanted:
        return []
    found = Zone.objects.visible().filter(name__in=wanted).order_by("name").values_list("name", flat=True)
    return [names_of(name) for name in found]


def possible(text):
    """Yield the whole names that `text` may be using: what stands before an ending, in all lengths."""
    for mention in list(_ENDING.finditer(text))[:PLACES_MAX]:
        before = _PLACE.search(text, max(0, mention.start() - PLACE_MAX), mention.start())
        for start in range(before.start(), mention.start() - 1) if before else ():  # no place has one character
            place = text[start : mention.start()]
            yield place + mention[0]
            for ending, short in SHORT.items():
                if short == mention[0]:
                    yield place + ending
