"""The attachments in the form of an article: uploaded there, or taken from the library."""

from django import forms
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from news import versions
from news.models import Attachment, LibraryFile
from news.models.attachments import stem_of
from portal.admin.desk import PartInline
from portal.files import validate_attachment


class FileLink(forms.Widget):
    """The file of an attachment that is there already."""

    def __init__(self, attachment):
        super().__init__()
        self.attachment = attachment

    def render(self, name, value, attrs=None, renderer=None):
        address = reverse("admin:news_attachment_file", args=[self.attachment.pk])
        return format_html(
            '<a href="{}">{}</a> <span class="quiet">{}</span>',
            address, self.attachment.name, self.attachment.library_file.label,
        )  # fmt: skip


class CurrentFile(forms.Field):
    """Shown, and never changed: another file is another attachment, because older versions name this one."""

    def __init__(self, attachment, **kwargs):
        super().__init__(widget=FileLink(attachment), required=False, disabled=True, **kwargs)
        self.library_file = attachment.library_file

    def clean(self, value):
        return self.library_file


class AttachmentForm(forms.ModelForm):
    upload = forms.FileField(label="上传文件", required=False, validators=[validate_attachment])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["library_file"] = CurrentFile(self.instance, label=self.fields["library_file"].label)
        self.fields["library_file"].required = False

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("library_file") and not cleaned.get("upload") and not self.errors:
            self.add_error("upload", "请上传文件，或者从文件库里选一个。")
        return cleaned


class AttachmentFormSet(forms.BaseInlineFormSet):
    """The attachments of the newest version. `user` is who opened the form."""

    user = None

    def __init__(self, *args, kept=None, **kwargs):
        """`kept` are the rows of an unsaved form (`news.autosaving.rows_of`): the form opens with what they say."""
        self.kept = kept or {}
        super().__init__(*args, **kwargs)

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        form.initial |= self.kept.get(str(form.instance.pk), {})
        return form

    def get_queryset(self):
        content = self.instance.draft_content
        if content is None:
            return super().get_queryset().select_related("library_file")
        return self._of_draft(content)

    def _of_draft(self, content):
        if not hasattr(self, "_rows"):
            self._rows = [row for row in versions.attachments_of(content) if row.article_id == self.instance.pk]
        return self._rows

    def places(self):
        """Save the new files; return the attachments as a content names them."""
        self.save(commit=False)  # tells the admin's history what changed
        rows = [self._row(form) for form in self.forms if self._is_kept(form)]
        return [{"id": row.pk, "name": row.name, "position": row.position} for row in rows]

    def _is_kept(self, form):
        return form not in self.deleted_forms and (form.instance.pk or form.has_changed())

    def _row(self, form):
        row, upload = form.instance, form.cleaned_data.get("upload")
        if row.pk and not upload:
            row.name = row.name or form.initial["name"]
            return row
        made = Attachment(article_id=self.instance.pk, name=row.name, position=row.position)
        made.library_file = LibraryFile.objects.keep(upload, uploaded_by=self.user) if upload else row.library_file
        made.name = made.name or (stem_of(upload.name) if upload else "")
        made.is_live = False  # until the version that names it is what the article's row says
        made.save()
        return made


class AttachmentInline(PartInline):
    model = Attachment
    form = AttachmentForm
    formset = AttachmentFormSet
    fields = ("library_file", "upload", "name", "position")
    autocomplete_fields = ("library_file",)

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.user = request.user
        return formset

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "library_file":
            kwargs["queryset"] = LibraryFile.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "library_file":
            # The row has a place for uploads of its own.
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return field

    @admin.display(description="类型和大小")
    def upload(self, attachment):
        """What stands in the place of the upload where the article is only for reading."""
        return attachment.library_file.label
