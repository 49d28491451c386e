"""从 Word 新建: a .docx becomes a draft, which opens in the form with a list of what did not come along."""

from pathlib import PurePath

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from news import versions
from news.admin.columns import ColumnChoiceField
from news.models import Article, Column
from news.word import WordRefused, read_docx, with_kept_pictures

HELP = "Word 或 WPS 的 .docx 文件。旧的 .doc、.wps 请先另存为 .docx。"


class WordForm(forms.Form):
    """`word` is what was read of the file."""

    column = ColumnChoiceField(label="栏目", queryset=Column.objects.none())  # those that this editor writes for
    file = forms.FileField(label="Word 文档", help_text=HELP, widget=forms.FileInput(attrs={"accept": ".docx"}))

    word = None

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.word = read_docx(file)
        except WordRefused as refusal:
            raise forms.ValidationError(str(refusal), code="refused") from refusal
        return file


class WordAdmin:
    """What ArticleAdmin takes over from here."""

    def word_urls(self):
        view = require_http_methods(["GET", "HEAD", "POST"])(self.word_view)
        return [path("from-word/", self.admin_site.admin_view(view), name="news_article_from_word")]

    def word_view(self, request):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = WordForm(request.POST or None, request.FILES or None)
        form.fields["column"] = self.formfield_for_foreignkey(Article._meta.get_field("column"), request)
        if request.method == "POST" and form.is_valid():
            article = self._draft(request, form)
            self._tell(request, form.word)
            return redirect(reverse("admin:news_article_change", args=[article.pk]))
        context = self.admin_site.each_context(request) | {"title": "从 Word 新建文章", "opts": self.opts, "form": form}
        return render(request, "admin/news/article/from_word.html", context)

    def _draft(self, request, form):
        body = with_kept_pictures(form.word, uploaded_by=request.user)
        title = form.word.title or PurePath(form.cleaned_data["file"].name).stem[:100]
        article = Article(title=title, column=form.cleaned_data["column"], body=body, created_by=request.user)
        with transaction.atomic():
            article.save(is_findable=False)
            content = versions.content_of(article) | {"published_at": None}  # the moment of its approval
            versions.record_first(article, content, by=request.user, reason="从 Word 新建")
            self.log_addition(request, article, "从 Word 新建")
        self.tell_findings(request, article, content)
        return article

    def _tell(self, request, word):
        pictures = f"，{len(word.pictures)} 张图片存入图库" if word.pictures else ""
        messages.success(request, f"已读入 Word 文档，存为草稿{pictures}。请核对后提交。")
        if word.dropped:
            messages.warning(request, f"没有带过来的：{'；'.join(word.dropped)}。")
