import hashlib

from django.core import signing
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from feedback import handling, rights
from feedback.forms import RatingForm, SupplementForm
from feedback.models import Message, MessageAttachment
from portal.files import download
from portal.proxies import address_of
from portal.public_forms import public_form
from portal.receipt_pages import NOT_SURE, OPEN_FOR, ReceiptForm, opened, taken_home, token_of

FILE_SALT = "feedback.attachment"
SUPPLEMENTS_MAX = 20


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request):
    """Show a message to the holder of its receipt, and take what he adds. No cookie: the page carries a signed token."""
    if request.method != "POST":
        return render(request, "feedback/receipt_form.html", {"form": ReceiptForm()})
    return looked_up(request)


@never_cache
def looked_up(request):
    message, context, status = opened(request, Message.objects.select_related("topic", "merged_into"))
    if message is None:
        return render(request, "feedback/receipt_form.html", context, status=status)
    return ACTS.get(request.POST.get("act"), case_page)(request, message)


def supplement(request, message):
    form = SupplementForm(request.POST)
    if form.is_valid() and message.supplements.count() >= SUPPLEMENTS_MAX:
        form.add_error("body", f"最多补充 {SUPPLEMENTS_MAX} 次。要说新的事情，请另写一条留言。")
    if not message.takes_supplements or not form.is_valid():
        return case_page(request, message, supplement_form=form, status=422)
    form.instance.message = message
    form.instance.digest = hashlib.sha256(form.cleaned_data["body"].encode()).hexdigest()
    try:
        with transaction.atomic():
            form.save()
    except IntegrityError:
        pass  # sent twice: it is there
    return case_page(request, message, done="补充的内容已收到。")


def withdraw(request, message):
    done = handling.withdraw(message)
    message.refresh_from_db()
    return case_page(request, message, done="留言已撤回。" if done else "这条留言已经办结，不能撤回。")


def export(request, message):
    return taken_home(message.number, rights.export_person(message, address=address_of(request)))


def erase(request, message):
    """Erase what names the sender, once the box says that it is meant （第四十七条）."""
    if request.POST.get("sure") != "on":
        return case_page(request, message, done=NOT_SURE, status=422)
    rights.erase_person(message, address=address_of(request))
    return case_page(
        request, Message.objects.get(pk=message.pk), done="您的个人信息和留言内容已删除。这个编号以后不能再查询。"
    )


def rate(request, message):
    form = RatingForm(request.POST)
    if not message.takes_rating or not form.is_valid():
        return case_page(request, Message.objects.get(pk=message.pk), rating_form=form, status=422)
    Message.objects.filter(pk=message.pk, rating=None).update(**form.cleaned_data, rated_at=timezone.now())
    return case_page(request, Message.objects.get(pk=message.pk), done="谢谢您的评价。")


def case_page(request, message, *, supplement_form=None, rating_form=None, done="", status=200):
    files = [(row, signing.dumps(row.pk, salt=FILE_SALT)) for row in message.attachments.all()]
    context = {
        "message": message,
        "reply": (message.merged_into or message).shown_reply,
        "rejection_reason": handling.rejection_reason(message),
        "files": files,
        "token": token_of(message),
        "supplement_form": supplement_form or SupplementForm(),
        "rating_form": rating_form or RatingForm(),
        "done": done,
    }
    return render(request, "feedback/receipt_case.html", context, status=status)


ACTS = {"supplement": supplement, "withdraw": withdraw, "rate": rate, "export": export, "erase": erase}


@require_safe
def attachment(request, token):
    """A file of a message, for the sender who has opened the receipt: a download, for a while, not kept on the way."""
    try:
        key = signing.loads(token, salt=FILE_SALT, max_age=OPEN_FOR)
        row = MessageAttachment.objects.get(pk=key)
    except (signing.BadSignature, MessageAttachment.DoesNotExist):
        raise Http404("没有这个附件，或者链接已经过期。请重新查询留言后再下载。") from None
    response = download(row.file, row.name)
    response["Cache-Control"] = "private, no-store"
    return response
