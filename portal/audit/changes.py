"""What a form changed, in words: old and new for short fields, only the fact for long texts, files and secrets."""

from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet, TextField
from django.forms import FileField

from portal.models.audit import AuditEntry

SHORT = 200  # characters; what is longer is "changed"
CHANGED = "已改动"
SECRET = frozenset({"password", "password1", "password2", "usable_password", "old_password", "new_password1"})
RIGHTS = frozenset({"is_active", "is_staff", "is_superuser", "groups", "user_permissions", "permissions"})


def changes_of(form, formsets=()):
    """Return {label of the field: [old, new] or "已改动"} for a valid form of a model and the forms of its parts."""
    changes = _of_form(form)
    for formset in formsets or ():
        name = formset.model._meta.verbose_name
        gone = [form for form in formset.deleted_forms if form in formset.initial_forms]
        if gone:  # deleted by now: they have no key any more
            changes[f"{name}（删除）"] = [str(len(formset.initial_forms)), str(len(formset.initial_forms) - len(gone))]
        for part in formset.forms:
            if part not in formset.deleted_forms and part.has_changed() and part.is_valid():
                changes |= _of_form(part, f"{name} {part.instance.pk}：")
    return changes


def action_of(obj, changed_fields, default):
    """Return PERMISSION where what was changed gives or takes rights, `default` otherwise."""
    is_account = hasattr(obj, "user_permissions") or isinstance(obj, Group)
    if getattr(obj, "grants_rights", False) or (is_account and RIGHTS & set(changed_fields)):
        return AuditEntry.Action.PERMISSION
    return default


def _of_form(form, prefix=""):
    model = form._meta.model if hasattr(form, "_meta") else None
    return {
        f"{prefix}{_label(form, model, name)}": _change(form, model, name)
        for name in form.changed_data
        if name in form.cleaned_data and name != "DELETE"
    }


def _label(form, model, name):
    if model:
        for field in (*model._meta.fields, *model._meta.many_to_many):
            if field.name == name:
                return str(field.verbose_name)
    return str(form.fields[name].label or name)


def _change(form, model, name):
    field = model._meta.get_field(name) if model and name in {f.name for f in model._meta.fields} else None
    is_long = isinstance(field, TextField) or isinstance(form.fields[name], FileField)
    if name in SECRET or is_long or name in getattr(model, "personal_fields", ()):
        return CHANGED
    initial, cleaned = form.get_initial_for_field(form.fields[name], name), form.cleaned_data[name]
    if isinstance(cleaned, (QuerySet, list, tuple)):
        return _of_list(initial or [], cleaned)
    old, new = _text(form.fields[name], initial), _text(form.fields[name], cleaned)
    return CHANGED if max(len(old), len(new)) > SHORT else [old, new]


def _of_list(initial, cleaned):
    old, new = {str(item): item for item in initial}, {str(item): item for item in cleaned}
    return {"加上": [text for text in new if text not in old], "去掉": [text for text in old if text not in new]}


def _text(field, value):
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Model):
        return str(value)
    if hasattr(field, "queryset"):
        return str(field.queryset.filter(**{field.to_field_name or "pk": value}).first() or value)
    choices = dict(_flat(getattr(field, "choices", ())))
    return str(choices.get(value, field.prepare_value(value)))


def _flat(choices):
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label
