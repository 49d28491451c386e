from django import template

from feedback.publishing import KIND_NAMES
from portal import structured_data

register = template.Library()


@register.filter
def kind_name(kind):
    return KIND_NAMES.get(kind, kind)


@register.simple_tag
def json_ld(items):
    return structured_data.script(*items)
