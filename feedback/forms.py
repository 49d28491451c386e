from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from feedback.files import EXTENSIONS, validate_file
from feedback.models import Message, Supplement, Topic
from portal.held_files import FilesField, FilesInput


class TopicSelect(forms.Select):
    """The topics; each option says which contact it asks for, so that a script can hide the others."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if getattr(value, "instance", None):
            option["attrs"]["data-asks"] = value.instance.asks
        return option


class MessageForm(forms.ModelForm):
    """A visitor's message. Which contact is asked for, and kept, the topic decides."""

    files = FilesField(
        check_file=validate_file, label="附件", required=False, widget=FilesInput(attrs={"accept": ",".join(EXTENSIONS)}),
        help_text="图片（JPG、PNG）、PDF 或 Word，最多 3 个，每个不超过 5 MB。可以不传。",
    )  # fmt: skip
    agrees = forms.BooleanField(
        label="我已阅读并同意《个人信息告知书》", error_messages={"required": "请阅读告知书，同意后再提交。"}
    )

    class Meta:
        model = Message
        fields = ["topic", "title", "body", "passage", "name", "phone", "email", "may_publish"]
        widgets = {
            "topic": TopicSelect(attrs={"data-topic": True}),
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "body": forms.Textarea(attrs={"rows": 10}),
            "passage": forms.Textarea(attrs={"rows": 3}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {"may_publish": "同意公开这条留言和答复"}
        help_texts = {
            "body": "一次说一件事，最多 2000 字。请不要写身份证号、银行卡号。",
            "passage": "从文章里复制有错的一段，最多 500 字。",
            "phone": "只用于答复您，不会公开。",
            "email": "只用于答复您，不会公开。",
            "may_publish": "公开时只显示您的姓氏。不同意也会照常答复。",
        }

    def __init__(self, *args, article=None, held=0, **kwargs):
        super().__init__(*args, **kwargs)
        self.article, self.held = article, held
        self.fields["topic"].queryset = Topic.objects.filter(is_active=True)
        self.fields["topic"].empty_label = "请选择"
        if article is None:
            del self.fields["passage"]
        self.order_fields([*self._meta.fields[:-1], "files", "may_publish", "agrees"])

    def clean_files(self):
        files = self.cleaned_data["files"]
        if len(files) + self.held > settings.MESSAGE_FILES_MAX:
            raise ValidationError(f"最多上传 {settings.MESSAGE_FILES_MAX} 个文件。")
        return files

    def clean(self):
        """Hold the contact to what the topic asks: what it needs must be there, what it does not need is not kept."""
        cleaned, topic = super().clean(), self.cleaned_data.get("topic")
        if topic:
            self._hold_contact_to(topic.asks)
        if self.article is not None:
            self.instance.page_address = self.article.get_absolute_url()
        return cleaned

    def _hold_contact_to(self, asks):
        given, kinds = self.cleaned_data, Topic.Asks
        if asks != kinds.NONE and not given.get("name") and "name" not in self.errors:
            self.add_error("name", "请填写姓名，我们好称呼您。")
        if asks == kinds.PHONE and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", "请填写电话，我们好答复您。")
        if asks == kinds.EMAIL and not given.get("email") and "email" not in self.errors:
            self.add_error("email", "请填写邮箱，我们好答复您。")
        neither = not given.get("phone") and not given.get("email")
        if asks == kinds.EITHER and neither and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", "电话和邮箱至少填一项，我们好答复您。")
        if asks in (kinds.EMAIL, kinds.NONE):
            given["phone"] = ""
        if asks in (kinds.PHONE, kinds.NONE):
            given["email"] = ""


class SupplementForm(forms.ModelForm):
    class Meta:
        model = Supplement
        fields = ["body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"body": "最多 1000 字，会和原来的留言一起转给经办人。"}


class RatingForm(forms.Form):
    rating = forms.TypedChoiceField(
        label="满意度", coerce=int, widget=forms.RadioSelect,
        choices=[(5, "非常满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "非常不满意")],
        error_messages={"required": "请选择一项。"},
    )  # fmt: skip
    rating_comment = forms.CharField(label="想说的话", max_length=300, required=False)
