"""Keys that come with a form of the admin. Django hands them to the database as they come."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import BadRequest, ValidationError
from django.forms import ModelMultipleChoiceField

KEY_MAX = 2**63 - 1


def is_key(value):
    """Tell whether `value` can be the key of a row; int() takes full-width figures and the database does not take all."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= KEY_MAX


class KeyedSelect(AutocompleteSelect):
    """Choices found by typing, that asks the database for keys only: the form has said what is wrong with the rest."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [item for item in value if not item or is_key(item)], attr)


class KeysField(ModelMultipleChoiceField):
    """Several choices, that asks the database for keys only."""

    def clean(self, value):
        for key in value or ():
            if not is_key(key):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key[:20]})
        return super().clean(value)


class Keyed:
    """A ModelAdmin whose actions and choices are given keys only. PortalAdminSite.register adds it to each."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeyedSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", KeysField)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def response_action(self, request, queryset):
        if not all(map(is_key, request.POST.getlist(ACTION_CHECKBOX_NAME))):
            raise BadRequest("选中的条目无法识别，请返回列表重新选择。")
        return super().response_action(request, queryset)
