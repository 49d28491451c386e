from django import forms

from associations.models import Zone
from associations.regions import PROVINCE_CHOICES


class ZoneFilterForm(forms.Form):
    """The filters of the list of zones. A value that is none of the choices is an error, not everything."""

    province = forms.ChoiceField(label="省份", choices=[("", "全部省份"), *PROVINCE_CHOICES], required=False)
    level = forms.ChoiceField(label="级别", choices=[("", "全部级别"), *Zone.Level.choices], required=False)
    type = forms.ChoiceField(label="类型", choices=[("", "全部类型"), *Zone.Type.choices], required=False)
    q = forms.CharField(label="名称或产业", max_length=30, required=False)

    def filtered(self, zones):
        """Return `zones` as the form asks; none where the form has errors."""
        if not self.is_valid():
            return zones.none()
        wanted = self.cleaned_data
        exact = {name: wanted[name] for name in ("province", "level", "type") if wanted[name]}
        zones = zones.filter(**exact)
        if wanted["q"]:
            zones = zones.filter(name__icontains=wanted["q"]) | zones.filter(industries__icontains=wanted["q"])
        return zones
