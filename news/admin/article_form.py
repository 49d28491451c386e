"""The form of an article. It shows and keeps the newest version; the row of a live article stays as it is."""

from django import forms
from django.utils import timezone

from news import placement, review, versions
from news.admin.opened import OpenedForm
from news.admin.sources import SourceField
from news.admin.tags import TagField
from news.models import Tag

PLACES = ("pinned_until", "is_headline")


class ArticleForm(OpenedForm):
    user = None

    source = SourceField(help_text="已有来源的名称或别名。")
    tag_names = TagField(help_text="输入后选择；有权限时，新的词直接成为标签。")
    change_reason = forms.CharField(
        label="修改说明", max_length=200, required=False, help_text="改了什么、为什么改。更正已经发布的文章时必须填写。"
    )
    correction_note = forms.CharField(
        label="更正说明",
        max_length=300,
        required=False,
        help_text="提交更正时填写，审核通过后带日期显示在文章页上，读者看得到。不需要公开说明时留空。",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        article = self.instance
        if article.pk is None:
            self.initial["published_at"] = None
        elif "tag_names" in self.fields:
            names = versions.tag_names(article)
            self.initial["tag_names"] = names if self.is_bound else list(Tag.objects.filter(name__in=names))
        if "source" in self.fields and article.source_id:
            self.initial["source"] = article.source.name
        if "kind" in self.fields:
            self.fields["kind"].required = False  # a form that does not name it leaves it as it is
        if "published_at" in self.fields:
            self.fields["published_at"].required = False
            self.fields["published_at"].help_text = "留空为终审通过的时间。可以是将来的时间：到时自动上线。"

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("is_headline") and not cleaned.get("cover"):
            self.add_error("cover", "头条要有封面图：请选一张，或取消“头条”。")
        ends = cleaned.get("expires_at")
        if ends and not cleaned.get("published_at") and "published_at" not in self.errors and ends <= timezone.now():
            self.add_error("expires_at", "下线时间已经过了。")
        self._check_places(cleaned.get("column"))
        run = review.active_run(self.instance) if self.instance.pk else None
        if run and run.is_reviewing:
            self.add_error(None, "这篇文章刚刚提交了审核，现在不能保存。您写的内容还在下面，请先复制留存。")
        return cleaned

    def _get_validation_exclusions(self):
        """The form's own fields have just read these rows; the model would read each of them again."""
        return super()._get_validation_exclusions() | {"column", "source", "cover"}

    def _check_places(self, column):
        placed = [name for name in PLACES if name in self.changed_data]
        row = self.instance.row
        stands_in = row.column_id if row else column and column.pk
        if placed and stands_in and not placement.may_place(self.user, stands_in):
            self.add_error(placed[0], "在这个栏目里，置顶和头条由终审或管理员安排。")

    def content(self, places):
        """Return the content that the form holds, with the attachments at `places`. The tags are saved already."""
        content = versions.values_of(self.instance) | {"attachments": places}
        content["tags"] = sorted(tag.name for tag in self.cleaned_data["tag_names"])
        for name in versions.MOMENTS:
            if self.instance.draft_content and name not in self.changed_data:
                content[name] = self.instance.draft_content[name]  # to the second, and an empty one stays empty
        if not self.instance.draft_content:
            moment = self.cleaned_data.get("published_at")
            content["published_at"] = versions.text_of(moment)
        return content
