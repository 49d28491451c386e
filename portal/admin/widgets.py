"""Form fields and widgets of the admin."""

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.urls import reverse

from portal.keys import KeyedSelect


class MinuteInput(forms.DateTimeInput):
    """Date and time in one native field, to the minute."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class MinuteField(forms.DateTimeField):
    widget = MinuteInput
    YEARS = range(1900, 2200)  # beyond them a time may not be the same in every zone, and it is a slip of the finger

    def __init__(self, **kwargs):
        super().__init__(**kwargs | {"show_hidden_initial": False})

    def to_python(self, value):
        moment = super().to_python(value)
        if moment and moment.year not in self.YEARS:
            raise forms.ValidationError("请检查年份。", code="year")
        return moment

    def has_changed(self, initial, data):
        """Seconds that the field does not show have not been changed by anybody."""
        return super().has_changed(initial and initial.replace(second=0, microsecond=0), data)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class PictureSelect(KeyedSelect):
    """A picture of the library, found by typing and shown by its thumbnail."""

    @property
    def media(self):
        # Between the two: after the choices' own scripts, before they are set up.
        names = ["admin/js/jquery.init.js", "portal/js/admin/picture-select.js", "admin/js/autocomplete.js"]
        return super().media + forms.Media(js=names)

    def optgroups(self, name, value, attr=None):
        groups = super().optgroups(name, value, attr)
        chosen = [option for group in groups for option in group[1] if option["selected"] and option["value"]]
        pictures = self.choices.queryset.in_bulk([str(option["value"]) for option in chosen]) if chosen else {}
        for option in chosen:
            if picture := pictures.get(int(str(option["value"]))):
                option["attrs"]["data-thumbnail"] = picture.url_for(320)
        return groups


class KeptFileInput(AdminFileWidget):
    """A file that only views give out: its link is the admin's own download, `admin:<app>_<model>_file`."""

    template_name = "admin/widgets/kept_file.html"

    def is_initial(self, value):
        return bool(value)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        owner = getattr(value, "instance", None)
        if owner and owner.pk and context["widget"]["is_initial"]:
            options = owner._meta
            context["widget"]["href"] = reverse(f"admin:{options.app_label}_{options.model_name}_file", args=[owner.pk])
            context["widget"]["text"] = str(owner)
        return context
