"""No update is lost: the form carries the version that it was opened with, and saving asks whether there is a newer one.

The question is asked within the transaction that saves, after the article's row was locked, so of two who save at the
same moment one is asked. Whoever is asked keeps his own text in the form, sees the other one beside it, and chooses.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from news import autosaving
from news.field_changes import changes, content_of_form
from news.models import ArticleVersion
from news.versions import latest_content, lock

ANSWERS = {"_mine": "以自己的内容为准，第 {} 版仍在版本记录中", "_merged": "与第 {} 版合并"}


class OpenedVersion(forms.IntegerField):
    widget = forms.HiddenInput

    def has_changed(self, initial, data):
        return False  # nothing of the article


class OpenedForm(forms.ModelForm):
    opened_version = OpenedVersion(required=False, min_value=0, max_value=2_000_000_000)
    newer = None  # the version that somebody saved meanwhile
    answer = ""  # what the editor decided about it

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("opened_version", number_of(self.instance))

    def clean(self):
        cleaned = super().clean()
        opened, number = (cleaned or self.cleaned_data).get("opened_version"), number_of(self.instance)
        if opened is None or opened >= number:
            return cleaned
        answers = [name for name in ANSWERS if self.data.get(name) == str(number)]
        if answers:
            self.answer = ANSWERS[answers[0]].format(number)
            return cleaned
        newer = ArticleVersion.objects.select_related("created_by").get(article=self.instance.pk, number=number)
        if not changes(newer.content, content_of_form(self, newer.content)):
            return cleaned  # both say the same: sent twice
        self.newer = newer
        raise ValidationError(
            "在您编辑的时候，别人保存了新的版本。您的内容没有丢，请在上面选择用哪一份。", code="newer"
        )


def number_of(article):
    return article.latest_version.number if article.latest_version_id else 0


class OpenedVersions:
    """Admin mixin: asks under a lock, and shows both texts where there are two."""

    def get_object(self, request, object_id, from_field=None):
        """Return what `for_desk` reads; within the transaction that saves, with the row locked."""
        if not str(object_id).isdecimal():
            return None
        if request.method == "POST" and transaction.get_connection().in_atomic_block:
            lock(object_id)
        return self.get_queryset(request).for_desk().filter(pk=object_id).first()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        form = context["adminform"].form
        if newer := getattr(form, "newer", None):
            autosaving.keep_quietly(request.user, str(obj.pk), obj, request.POST)  # if he goes on with theirs
            context["conflict"] = {
                "version": newer,
                "changes": changes(newer.content, content_of_form(form, newer.content)),
            }
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


def own_content(form, article):
    """Return what `form` says, on the ground of the newest version of `article` (an unsaved one for a new form)."""
    return content_of_form(form, latest_content(article))
