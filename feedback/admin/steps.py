"""The buttons of a message: what each asks for, who may press it, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from feedback import handling
from feedback.models import Message, Topic
from portal.models import User
from portal.receipts import read_number


class StepForm(forms.Form):
    """A step that asks for nothing. `values()` is what the step's function takes besides message and person."""

    def __init__(self, data=None, *, message, prefix=None, initial=None):
        self.message = message
        super().__init__(data, prefix=prefix, initial=initial, label_suffix="")

    def values(self):
        return self.cleaned_data


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.get_full_name() or user.get_username()


class AssignForm(StepForm):
    department = forms.CharField(label="办理部门", max_length=50, required=False)
    person = PersonChoice(User.objects.none(), label="经办人", required=False, empty_label="不指定")

    def __init__(self, *args, message, **kwargs):
        super().__init__(*args, message=message, **kwargs)
        self.fields["person"].queryset = User.objects.filter(is_staff=True, is_active=True).order_by("username")
        self.fields["department"].initial = message.department or message.topic.department
        self.fields["person"].initial = message.assigned_to_id


class DraftForm(StepForm):
    body = forms.CharField(label="答复内容", max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))
    department = forms.CharField(label="答复部门", max_length=50, required=False)

    def __init__(self, *args, message, **kwargs):
        super().__init__(*args, message=message, **kwargs)
        draft = getattr(message, "draft", None)
        department = message.department or message.topic.department
        self.fields["department"].initial = draft.department if draft else department
        self.fields["body"].initial = draft.body if draft else ""


class ApproveForm(StepForm):
    seen = forms.CharField(widget=forms.HiddenInput, max_length=5000, error_messages={"required": "没有答复稿。"})

    def __init__(self, *args, message, **kwargs):
        super().__init__(*args, message=message, **kwargs)
        self.fields["seen"].initial = message.draft.body if hasattr(message, "draft") else ""


class RemarkForm(StepForm):
    remark = forms.CharField(label="退回意见", max_length=300)


class ReasonForm(StepForm):
    reason = forms.CharField(label="不予受理的原因", max_length=300, help_text="留言人查询时会看到。")


class NoteForm(StepForm):
    body = forms.CharField(label="内部备注", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class TopicForm(StepForm):
    topic = forms.ModelChoiceField(Topic.objects.filter(is_active=True), label="主题", empty_label=None)


class MergeForm(StepForm):
    into = forms.CharField(label="并入的留言编号", max_length=30)

    def clean_into(self):
        target = Message.objects.filter(number=read_number(self.cleaned_data["into"])).first()
        if target is None:
            raise forms.ValidationError("没有这个编号的留言。")
        return target


@dataclass(frozen=True)
class Step:
    label: str
    do: Callable
    form: type[StepForm] = StepForm
    permission: str = "change_message"


STEPS = {
    "accept": Step("受理", handling.accept),
    "assign": Step("分派", handling.assign, AssignForm),
    "draft": Step("提交审核", handling.write_draft, DraftForm),
    "approve": Step("通过并答复", handling.approve, ApproveForm, "approve_reply"),
    "send_back": Step("退回修改", handling.send_back, RemarkForm, "approve_reply"),
    "close": Step("办结", handling.close),
    "reopen": Step("重新办理", handling.reopen),
    "reject": Step("不予受理", handling.reject, ReasonForm),
    "spam": Step("标为垃圾信息", handling.mark_spam),
    "merge": Step("并入", handling.merge, MergeForm),
    "topic": Step("改主题", handling.change_topic, TopicForm),
    "note": Step("添加备注", handling.add_note, NoteForm),
}


def forms_for(message, user, bound=None):
    """Return {name: form} of the steps that `user` may take with the message as it is; `bound` replaces its own."""
    shown = {}
    for name, step in STEPS.items():
        fits = message.stage in handling.STAGES.get(name, Message.Stage.values)
        needs_draft = name in ("approve", "send_back")
        if needs_draft and (not hasattr(message, "draft") or message.draft.remark):
            fits = False
        if fits and user.has_perm(f"feedback.{step.permission}"):
            shown[name] = step.form(message=message, prefix=name)
    return shown | (bound or {})
