"""The page on which staff check what is hidden before a message is published."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from feedback import publishing
from feedback.handling import NotNow
from portal.personal_data import masked
from portal.proxies import address_of


class MaskForm(forms.Form):
    digest = forms.CharField(max_length=64)
    words = forms.CharField(
        label="还要隐藏的文字", required=False, max_length=3000,
        widget=forms.Textarea(attrs={"rows": 4, "data-mask-words": ""}),
        help_text="每行一处。在上面的文字里选中一段再松开，会自动加到这里。",
    )  # fmt: skip

    def clean_words(self):
        return [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]


class MaskingViews:
    def masking_urls(self, view):
        both = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path("<int:pk>/masks/", view(both(self.masks_view)), name="feedback_message_masks"),
            path("<int:pk>/publish/", view(require_POST(self.publish_view)), name="feedback_message_publish"),
            path("<int:pk>/unpublish/", view(require_POST(self.unpublish_view)), name="feedback_message_unpublish"),
        ]

    def publishable_or_403(self, request, pk):
        if not request.user.has_perm("feedback.publish_message"):
            raise PermissionDenied
        return self.message_or_404(request, pk)

    def masks_view(self, request, pk):
        message = self.publishable_or_403(request, pk)
        if not hasattr(message, "reply") or not message.may_publish:
            messages.error(request, "答复之后、留言人同意公开的，才能公开。")
            return redirect("admin:feedback_message_change", pk)
        form = MaskForm(request.POST if request.method == "POST" else None, label_suffix="")
        if form.is_valid():
            try:
                kept = set(request.POST.getlist("kept"))
                publishing.save_masks(message, kept=kept, **form.cleaned_data)
            except NotNow as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, "遮盖已保存，请看一遍公开后的样子。")
                return redirect("admin:feedback_message_masks", pk)
        return self.masks_page(request, message, form)

    def masks_page(self, request, message, form):
        proposal = publishing.masks_of(message)
        texts, spans = publishing.texts_of(message), publishing.spans_of(proposal)
        parts = [
            {
                "name": part,
                "label": label,
                "pieces": publishing.pieces(texts[part], spans[part]),
                "public": masked(texts[part], spans[part]),
            }
            for part, label in publishing.PARTS.items()
        ]
        context = self.admin_site.each_context(request) | {
            "title": f"公开前核对 {message.shown_number}",
            "opts": self.opts,
            "message_row": message,
            "form": form,
            "proposal": proposal,
            "parts": parts,
            "kind_names": publishing.KIND_NAMES,
            "is_checked": proposal.pk is not None,
        }
        return render(request, "admin/feedback/message/masks.html", context, status=422 if form.errors else 200)

    def publish_view(self, request, pk):
        message = self.publishable_or_403(request, pk)
        try:
            publishing.publish(
                message, by=request.user, address=address_of(request), digest=request.POST.get("digest", "")
            )
        except NotNow as error:
            messages.error(request, str(error))
            return redirect("admin:feedback_message_masks", pk)
        messages.success(request, "已公开。")
        return redirect("admin:feedback_message_change", pk)

    def unpublish_view(self, request, pk):
        publishing.unpublish(self.publishable_or_403(request, pk), by=request.user, address=address_of(request))
        messages.success(request, "已取消公开。")
        return redirect("admin:feedback_message_change", pk)
