from django.contrib import messages

from portal.admin.desk import DeskAdmin


class KeptOnceAdmin(DeskAdmin):
    """A library whose rows are uploaded one by one: what is kept already is shown, not added."""

    add_form = None  # with the field `upload`, and what `keep` takes beside it

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs["form"] = self.add_form
        return super().get_form(request, obj, change, **kwargs)

    def save_form(self, request, form, change):
        row = super().save_form(request, form, change)
        if change:
            return row
        values = dict(form.cleaned_data)
        return self.model.objects.keep(values.pop("upload"), uploaded_by=request.user, **values)

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
        elif obj.is_repeat:
            name = self.opts.verbose_name
            messages.info(request, f"{self.opts.verbose_name_plural}里已有同样的{name}，没有再存一份。")

    def log_addition(self, request, obj, message):
        return None if obj.is_repeat else super().log_addition(request, obj, message)
