"""What can be done with several articles at once: each by its own rights, object by object."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.shortcuts import render

from news import placement, review, versions
from news.admin.columns import ColumnChoiceField
from news.models import Column, Role
from news.roles import can, columns_of, has_role
from portal import audit
from portal.exporting import may_export, recorded_workbook
from portal.models import AuditEntry
from portal.proxies import address_of

AT_ONCE = 200
REFUSALS_SHOWN = 5


class ReasonForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ColumnForm(forms.Form):
    column = ColumnChoiceField(label="移动到", queryset=Column.objects.none())

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        columns = Column.objects.filter(kind=Column.Kind.LIST).with_tree_fields()
        keys = columns_of(user, Role.EDITOR)
        self.fields["column"].queryset = columns if keys is None else columns.filter(pk__in=keys)


class ArticleActions:
    """For the admin of articles."""

    actions = ("move", "submit", "withdraw", "pin", "unpin", "export")

    def has_edit_permission(self, request):
        columns = columns_of(request.user, Role.EDITOR)
        return self.has_change_permission(request) and (columns is None or bool(columns))

    def has_place_permission(self, request):
        if not hasattr(request, "_may_place"):  # asked for every action, and several times
            request._may_place = has_role(request.user) and placement.may_place_somewhere(request.user)
        return request._may_place

    def has_export_permission(self, request):
        return may_export(request.user) and self.has_view_permission(request)

    @admin.action(description="移动到栏目…", permissions=["edit"])
    def move(self, request, queryset):
        form = ColumnForm(request.POST if "apply" in request.POST else None, user=request.user)
        if not form.is_valid():
            return self._ask(request, queryset, form, action="move", title="移动到栏目", button="移动")
        column = form.cleaned_data["column"]
        return self._each(request, queryset, f"移动到“{column}”", lambda article, **who: move(article, column, **who))

    @admin.action(description="提交审核", permissions=["edit"])
    def submit(self, request, queryset):
        return self._each(request, queryset, "提交审核", review.submit)

    @admin.action(description="申请撤下…", permissions=["edit"])
    def withdraw(self, request, queryset):
        form = ReasonForm(request.POST if "apply" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, queryset, form, action="withdraw", title="申请撤下", button="申请撤下")
        reason = form.cleaned_data["reason"]

        def act(article, **who):
            return review.request_withdrawal(article, reason=reason, **who)

        return self._each(request, queryset, "申请撤下", act)

    @admin.action(description="置顶 7 天", permissions=["place"])
    def pin(self, request, queryset):
        return self._each(request, queryset, "置顶", placement.pin)

    @admin.action(description="取消置顶", permissions=["place"])
    def unpin(self, request, queryset):
        return self._each(request, queryset, "取消置顶", placement.unpin)

    @admin.action(description="导出 Excel", permissions=["export"])
    def export(self, request, queryset):
        sheet = self.export_sheet("文章", queryset.prefetch_related(None))
        return recorded_workbook(request, "文章", [sheet], summary=f"文章 {queryset.count()} 篇")

    def _ask(self, request, queryset, form, *, action, title, button):
        """Ask for what the action needs; the answer comes back to the action itself."""
        context = self.admin_site.each_context(request) | {
            "title": title,
            "opts": self.opts,
            "form": form,
            "action": action,
            "button": button,
            "articles": list(queryset[: AT_ONCE + 1]),
            "checkbox": ACTION_CHECKBOX_NAME,
            "at_once": AT_ONCE,
        }
        return render(request, "admin/news/article/ask.html", context)

    def _each(self, request, queryset, what, act):
        """Do it to each article in a transaction of its own; tell how many, and why not the others."""
        articles = list(queryset.prefetch_related(None)[: AT_ONCE + 1])
        if len(articles) > AT_ONCE:
            messages.error(request, f"一次最多处理 {AT_ONCE} 篇，请少选一些。")
            return
        done, refusals = 0, []
        for article in articles:
            try:
                act(article, by=request.user, address=address_of(request))
            except (review.Refused, versions.Locked) as refusal:
                refusals.append(f"《{article}》：{refusal}")
            else:
                done += 1
        if done:
            messages.success(request, f"已{what} {done} 篇文章。")
        for line in refusals[:REFUSALS_SHOWN]:
            messages.warning(request, line)
        if len(refusals) > REFUSALS_SHOWN:
            messages.warning(request, f"还有 {len(refusals) - REFUSALS_SHOWN} 篇没有处理，原因类似。")


def move(article, column, *, by, address):
    """Put an article into another column: a new version, so a live one stays where it is until that is approved."""
    if not (can(by, Role.EDITOR, column) and review.may_edit(by, versions.draft_of(article))):
        raise review.Refused("您在这个栏目没有编辑的权限。")
    content = versions.latest_content(article) | {"column_id": column.pk}
    version = versions.record(article, content, by=by, reason=f"移动到“{column}”")
    if version is None:
        raise review.Refused("已经在这个栏目里了。")
    summary = f"移动到“{column}”"
    audit.record(AuditEntry.Action.CHANGE, obj=article, user=by, address=address, summary=summary)
    return version
