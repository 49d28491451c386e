"""News by mail for whoever holds a receipt: only to an address that was confirmed, and never with the text that was sent.

The links are signed and hold no address. Opening one changes nothing (mail programs open links in advance): the page
behind it has a button.
"""

import hashlib
from dataclasses import dataclass

from django.core import signing
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal import outbox
from portal.models import SiteSettings
from portal.public_forms import public_form

CONFIRM, STOP = "confirm", "stop"
CONFIRM_WITHIN = 7 * 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Notices:
    """The news about one kind of row: it has `email`, `is_quarantined` and `shown_number`.

    `model` (a portal.models.Confirmation) holds who wants them, under its field `owner`. `purpose` begins keys and salts,
    `what` is the Chinese name of a row. `receipt` names the page of its receipt; the pages behind the links are called
    `pages` and then "_confirm" or "_stop"; `view` makes them.
    """

    model: type
    owner: str
    purpose: str
    what: str
    receipt: str
    pages: str

    def ask_to_confirm(self, row):
        """Write the mail that asks whether the address is the sender's."""
        if not row.email or row.is_quarantined:
            return
        lines = [
            f"您好！有人用这个邮箱在{site_name()}提交了{self.what}，编号 {row.shown_number}。",
            "如果是您，并且希望办理有进展时收到邮件，请在七天之内打开下面的网址，按“确认接收”：",
            self.link(row, CONFIRM),
            "如果不是您，不用理会，我们不会再发邮件。",
        ]
        subject = f"请确认是否接收{self.what}办理通知"
        outbox.enqueue(row.email, subject, "\n\n".join(lines), key=self.key(row, f"{fingerprint(row)}-{CONFIRM}"))

    def ask_again(self, row):
        """Forget the confirmation of an address that was since changed, and ask at the new one."""
        self.forget(row)
        self.ask_to_confirm(row)

    def tell(self, row, happened, *, key, address="", not_before=None):
        """Write the mail that says what `happened` to the row, where its sender wants one; `address` is a page to name."""
        if not row.email or not self.are_wanted(row):
            return
        lines = [
            f"您好！您在{site_name()}的{self.what}（编号 {row.shown_number}）{happened}。",
            *([full(address)] if address else []),
            "内容请凭编号和查询码查看：",
            full(reverse(self.receipt)),
            "不想再收到通知，请打开：",
            self.link(row, STOP),
        ]
        subject = f"您的{self.what}有新进展"
        outbox.enqueue(row.email, subject, "\n\n".join(lines), key=self.key(row, key), not_before=not_before)

    def are_wanted(self, row):
        confirmed = self.model.objects.filter(**{self.owner: row}, confirmed_at__isnull=False)
        return confirmed.filter(stopped_at=None).exists()

    def key(self, row, occasion=""):
        return f"{self.purpose}-{row.pk}-{occasion}"

    def forget(self, row):
        """Take back what was not sent yet, and who wanted it."""
        self.model.objects.filter(**{self.owner: row}).delete()
        outbox.forget(self.key(row))

    def link(self, row, act):
        return full(reverse(f"{self.pages}_{act}", args=[self.token(row, act)]))

    def token(self, row, act):
        return signing.dumps([row.pk, fingerprint(row)], salt=self.salt(act))

    def salt(self, act):
        return f"{self.purpose}.notices.{act}"

    def row_of(self, text, act):
        """Return the row that a link names; None for a link that is none, too old, or for an address since changed."""
        try:
            pk, mark = signing.loads(text, salt=self.salt(act), max_age=CONFIRM_WITHIN if act == CONFIRM else None)
        except signing.BadSignature:
            return None
        rows = self.model._meta.get_field(self.owner).related_model.objects
        row = rows.filter(pk=pk).exclude(email="").first()
        return row if row and fingerprint(row) == mark else None

    def confirm(self, row):
        given = {"confirmed_at": timezone.now(), "stopped_at": None}
        self.model.objects.update_or_create(**{self.owner: row}, defaults=given)

    def stop(self, row):
        rows = self.model.objects.filter(**{self.owner: row}, confirmed_at__isnull=False)
        rows.update(stopped_at=timezone.now())

    def view(self, act):
        """Return the view of the page behind the links of an act (CONFIRM, STOP): its button does what the link says."""

        @public_form
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        def page(request, token):
            row, is_done = self.row_of(token, act), request.method == "POST"
            context = {"what": self.what, "act": act, "is_done": is_done}
            if row is None:
                return render(request, "portal/notices.html", context | {"act": "gone"}, status=410)
            if is_done:
                {CONFIRM: self.confirm, STOP: self.stop}[act](row)
            return render(request, "portal/notices.html", context)

        return page


def fingerprint(row):
    return hashlib.sha256(row.email.encode()).hexdigest()[:16]


def site_name():
    return SiteSettings.current().name


def full(path):
    """Return the full address, where the settings know the site's domain."""
    domain = SiteSettings.current().domain
    return f"https://{domain}{path}" if domain else path
