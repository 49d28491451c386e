from ckeditor.widgets import CKEditorWidget
from django import forms
from django.db import models
from django.urls import reverse_lazy

from portal.richtext.cleaning import CleanHtml, clean
from portal.richtext.pasted import tidied

BODY_MAX = 500_000  # characters of HTML; the longest government reports have about 60,000 of text


class RichTextWidget(CKEditorWidget):
    """CKEditor with this site's own upload and picture dialogs, not those of ckeditor_uploader."""

    @property
    def media(self):
        own = [
            f"portal/js/admin/{name}.js"
            for name in ("editor", "editor-indent", "editor-picture-dialog", "editor-paste")
        ]
        return super().media + forms.Media(js=["ckeditor/ckeditor/ckeditor.js", *own])

    def _set_config(self):
        super()._set_config()
        self.config["imageUploadUrl"] = str(reverse_lazy("admin:portal_picture_upload"))
        self.config["pictureFetchUrl"] = str(reverse_lazy("admin:portal_picture_fetch"))
        self.config["pastedUrl"] = str(reverse_lazy("admin:portal_pasted"))
        self.config["filebrowserImageBrowseUrl"] = str(reverse_lazy("admin:portal_picture_browse"))


class RichTextFormField(forms.CharField):
    widget = RichTextWidget

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", BODY_MAX)
        super().__init__(**kwargs)

    def prepare_value(self, value):
        # Not marked as safe: within the editor's textarea it is text, and has to be escaped.
        return str.__str__(value) if isinstance(value, str) else value

    def clean(self, value):
        return tidied(super().clean(value))


class RichTextField(models.TextField):
    """HTML that is clean in the database, whichever way it is written.

    Cleaned when saved (`save`, `bulk_create`, `update`, `bulk_update`, `loaddata`), and on the instance as well. Read
    back, it is CleanHtml, which templates print as it is; a value that was only assigned is still plain `str`, and
    templates escape it.
    """

    def get_db_prep_save(self, value, connection):
        if isinstance(value, str):
            value = str.__str__(clean(value))
        return super().get_db_prep_save(value, connection)

    def pre_save(self, model_instance, add):
        value = getattr(model_instance, self.attname)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def from_db_value(self, value, expression, connection):
        return None if value is None else CleanHtml(value)

    def formfield(self, **kwargs):
        # Whatever widget the admin offers for a text column, this one is the editor.
        return super().formfield(**{**kwargs, "form_class": RichTextFormField, "widget": RichTextWidget})
