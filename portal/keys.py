"""Keys that come with a form of the admin. Django hands them to the database as they come."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest

KEY_MAX = 2**63 - 1


def is_key(value):
    """Tell whether `value` can be the key of a row; int() takes full-width figures and the database does not take all."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= KEY_MAX


class Keyed:
    """A ModelAdmin whose actions are given keys only. PortalAdminSite.register adds it to each."""

    def response_action(self, request, queryset):
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("选中的条目无法识别，请返回列表重新选择。")
        return super().response_action(request, queryset)
