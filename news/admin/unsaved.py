"""Forms that are not saved yet: kept while typing, offered when the form is opened again; and who else has it open."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.datastructures import MultiValueDict
from django.utils.decorators import method_decorator
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from news import autosaving, presence
from news.admin.opened import own_content
from news.field_changes import changes
from news.versions import draft_of, latest_content


class UnsavedForms:
    """Admin mixin. The key of a form is the article's number, or a random one where it has none yet."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("autosave/", view(self.autosave_view), name="news_article_autosave"),
            path("autosave/discard/", view(self.discard_view), name="news_article_discard"),
            path("<int:pk>/presence/", view(self.presence_view), name="news_article_presence"),
            *super().get_urls(),
        ]

    def editable(self, request, key):
        """Return the article of the form `key`, None for a new one. Refuses who may not edit it."""
        if autosaving.NEW_KEY.fullmatch(key):
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        article = self.get_object(request, key) if key.isdecimal() else None
        if article is None:
            raise Http404("没有这篇文章。")
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        return article

    @method_decorator(require_POST)
    def autosave_view(self, request):
        """Keep the form that is being filled in; answer with the time."""
        key = request.POST.get("autosave_key", "")
        article = self.editable(request, key)
        try:
            row = autosaving.keep(request.user, key, article, request.POST)
        except autosaving.TooLarge:
            return JsonResponse({"message": "内容太大，没有自动保存。请点“保存”。"}, status=413)
        return JsonResponse({"message": f"已自动保存 {localtime(row.saved_at):%H:%M:%S}"})

    @method_decorator(require_POST)
    def discard_view(self, request):
        key = request.POST.get("discarded_key", "")
        autosaving.discard(request.user, key)
        if key.isdecimal() and len(key) < 19:
            return redirect("admin:news_article_change", key)
        return redirect("admin:news_article_add")

    @method_decorator(require_POST)
    def presence_view(self, request, pk):
        """Note that this browser still has the form open; answer with who else has."""
        article = self.editable(request, str(pk))
        presence.forget_gone(article)
        return JsonResponse({"message": presence.banner(presence.touch(request.user, article))})

    def key_of(self, request, obj):
        """Return the key of the form that this request shows or sends."""
        if obj is not None:
            return str(obj.pk)
        key = request.POST.get("autosave_key") or request.GET.get("unsaved", "")
        return key if autosaving.NEW_KEY.fullmatch(key) else autosaving.new_key()

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        if request.method == "GET" and "unsaved" in request.GET:
            kept = autosaving.kept_for(request.user, self.key_of(request, obj))
            return filled_in(form, kept.data) if kept else form
        return form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and "unsaved" in request.GET:
            kept = autosaving.kept_for(request.user, self.key_of(request, obj if obj.pk else None))
            rows = autosaving.rows_of(kept.data, prefix) if kept else {}
            if "" in rows:
                messages.warning(request, "新加的附件没有恢复：文件只在点“保存”时上传，请重新选择。")
            kwargs["kept"] = rows
        return kwargs

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if add or self.has_change_permission(request, obj):
            key = self.key_of(request, obj)
            context["autosave_key"] = key
            if obj is not None:
                context["presence"] = presence.banner(presence.touch(request.user, obj))
            if request.method == "GET" and "unsaved" not in request.GET:
                context["unsaved"] = list(self.offers(request, obj, key))
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def offers(self, request, obj, key):
        """Yield what was left unsaved of this form, each with its way back; for new articles every one."""
        if obj is None:
            for kept in autosaving.kept_new(request.user):
                title = "".join(kept.data.get("title", [])) or "没有标题的新文章"
                yield {
                    "kept": kept,
                    "title": title,
                    "address": f"{reverse('admin:news_article_add')}?unsaved={kept.key}",
                }
        elif kept := autosaving.kept_for(request.user, key):
            base = latest_content(obj)
            form = self.form_of(request, obj, kept.data)
            form.is_valid()
            found = changes(base, own_content(form, obj))
            yield {"kept": kept, "title": obj.title, "address": "?unsaved=1", "changes": found}

    def form_of(self, request, obj, data):
        """Return the form as if `data` (names and lists of values) had been sent, on an article of its own."""
        form_class = self.get_form(request, obj, change=obj is not None)
        instance = draft_of(obj.row or obj) if obj is not None else None
        return form_class(MultiValueDict(data), instance=instance)

    def forget_unsaved(self, request, article):
        """What was saved is unsaved no more."""
        autosaving.discard(request.user, str(article.pk), request.POST.get("autosave_key", ""))


def filled_in(form_class, data):
    """Return `form_class` that shows what was kept in `data` in place of what its instance says."""
    kept = MultiValueDict(data)

    class FilledIn(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for name, field in self.fields.items():
                if not field.widget.needs_multipart_form and not field.disabled:
                    self.initial[name] = field.widget.value_from_datadict(kept, {}, self.add_prefix(name))

    return FilledIn
