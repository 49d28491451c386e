import re

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from news.contributions import files
from news.models import RightsStatement, Submission
from news.word import WordRefused, read_docx
from portal.held_files import FilesField, FilesInput
from portal.richtext.cleaning import plain_text

LINK = re.compile(r'<a[^>]*\shref="(https?:[^"]*)"')  # in clean HTML
LINKS_JUDGED = 50
TEXTS = ("title", "body", "source", "author", "phone", "email")
BOTH = "正文和 Word 文档只要一样：用文档时请把这里清空，用这里的文字时请去掉文档。"
NEITHER = "请写正文，或者上传 Word 文档。"


class ContributionForm(forms.ModelForm):
    """投稿. Its text is typed, or it is in a Word document. Somebody must be reachable, by telephone or e-mail.

    `kept` are the files that belong to it already. With `unit` it is an account's: the source is fixed. `is_draft`: only
    the title is needed yet.
    """

    document = forms.FileField(
        label="Word 文档", required=False, widget=forms.FileInput(attrs={"accept": ".docx"}),
        help_text="正文在 Word 里时上传 .docx 文件，上面的正文就不用写了。文档里的图片一起带来。最大 10 MB。",
    )  # fmt: skip
    pictures = FilesField(
        check_file=files.check_picture, label="图片", required=False,
        widget=FilesInput(attrs={"accept": ",".join(files.PICTURES)}),
        help_text="JPG、PNG、GIF 或 WebP，连同 Word 文档最多 7 个文件，每个不超过 10 MB。采用之前只有编辑能看到。",
    )  # fmt: skip
    owns = forms.BooleanField(error_messages={"required": "请阅读版权声明，同意后再提交。"})
    agrees = forms.BooleanField(
        label="我已阅读并同意《个人信息告知书》", error_messages={"required": "请阅读告知书，同意后再提交。"}
    )

    class Meta:
        model = Submission
        fields = TEXTS
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "body": forms.Textarea(attrs={"rows": 16}),
            "source": forms.TextInput(attrs={"autocomplete": "organization"}),
            "author": forms.TextInput(attrs={"autocomplete": "name"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }
        labels = {"source": "来源（单位）"}
        help_texts = {
            "source": "供稿单位的全称，发表时作为来源。",
            "body": "最多三万字。空一行或者回车分段。",
            "phone": "只用于联系您，不会公开。",
            "email": "只用于联系您，不会公开。",
        }

    def __init__(self, *args, kept=(), unit="", is_draft=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept, self.unit, self.is_draft, self.word = list(kept), unit, is_draft, None
        statement = RightsStatement.objects.in_force()
        self.fields["owns"].label = f"我同意《版权声明》（{statement}）"
        self.fields["owns"].help_text = statement.text
        if unit:
            del self.fields["source"]
        if is_draft:
            for name in ("source", "author", "owns", "agrees"):
                if name in self.fields:
                    self.fields[name].required = False
        self.order_fields(["title", "body", "document", "pictures", *TEXTS[2:], "owns", "agrees"])

    @property
    def uploads(self):
        """The files of this form that were found good."""
        document = self.cleaned_data.get("document")
        return [*([document] if document else []), *self.cleaned_data.get("pictures", [])]

    @property
    def document_words(self):
        """What the Word document says and where its links lead; "" where there is none."""
        if not self.word:
            return ""
        addresses = LINK.findall(self.word.body_html)
        return "\n".join([self.word.title, *addresses[:LINKS_JUDGED], self.instance.document_text])

    def clean_document(self):
        file = self.cleaned_data["document"]
        if file:
            if files.extension_of(file) in files.PICTURES:
                raise ValidationError("这是图片，请放到下面的“图片”一栏。")
            files.check_file(file)
            self._read(file)
        return file

    def clean(self):
        cleaned = super().clean()
        documents = [row for row in self.kept if row.is_document]
        self._count(documents, cleaned)
        if "document" in self.errors or "body" in self.errors:
            return cleaned
        if not cleaned.get("document") and documents:
            self._read(documents[0], reading=files.read_kept)
        if cleaned.get("body") and self.word:
            self.add_error("body", BOTH)
        if self.is_draft:
            return cleaned
        has_text = self.word and (self.word.pictures or plain_text(self.word.body_html))
        if not cleaned.get("body") and not has_text:
            self.add_error("body", NEITHER)
        neither = not cleaned.get("phone") and not cleaned.get("email")
        if neither and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", "电话和邮箱至少填一项，我们好告诉您结果。")
        return cleaned

    def _count(self, documents, cleaned):
        new = [*([cleaned["document"]] if cleaned.get("document") else []), *cleaned.get("pictures", [])]
        if len(documents) + bool(cleaned.get("document")) > 1:
            self.add_error("document", "只能有一个 Word 文档。要换一个，请先勾选去掉原来的。")
        elif len(self.kept) + len(new) > settings.CONTRIBUTION_FILES_MAX:
            self.add_error("pictures", f"文件连同文档最多 {settings.CONTRIBUTION_FILES_MAX} 个。")

    def _read(self, file, reading=read_docx):
        try:
            self.word = reading(file)
        except WordRefused as refusal:
            self.add_error("document", str(refusal))
        except OSError:
            self.add_error("document", "文档没有保存好，请重新选择。")

    def _post_clean(self):
        super()._post_clean()
        if self.unit:
            self.instance.source = self.unit
        self.instance.document_text = plain_text(self.word.body_html) if self.word else ""
