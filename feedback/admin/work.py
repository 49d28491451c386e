"""What the page of a message shows: the message, what was done with it, and what its reader may do now."""

from django.db.models import Q

from feedback import handling
from feedback.admin.steps import STEPS, forms_for
from feedback.clock import Calendar, warning_for
from feedback.models import ReplyTemplate
from feedback.publishing import digest_of, texts_of

SHOWN_RIGHTS = ("reveal_contacts", "erase_person", "publish_message")


def work_context(message, user, *, bound=None, template=""):
    """Return the context of the page. `bound` are forms with errors by name; `template` is the key of a ReplyTemplate."""
    templates = list(ReplyTemplate.objects.filter(Q(topic=None) | Q(topic=message.topic), is_active=True))
    publication = getattr(message, "publication", None)
    return {
        "title": f"留言 {message.shown_number}",
        "message_row": message,
        "forms": filled_forms(message, user, templates, template, bound),
        "templates": templates,
        "labels": {name: step.label for name, step in STEPS.items()},
        "steps_taken": message.steps.select_related("by"),
        "notes": message.notes.select_related("by"),
        "attachments": message.attachments.all(),
        "supplements": message.supplements.all(),
        "is_outdated": publication and publication.digest != digest_of(texts_of(message)),
        "may": {name: user.has_perm(f"feedback.{name}") for name in SHOWN_RIGHTS},
    } | clock_context(message)


def filled_forms(message, user, templates, wanted, bound):
    forms = forms_for(message, user, bound)
    chosen = next((item for item in templates if str(item.pk) == wanted), None)
    if chosen and "draft" in forms:
        forms["draft"].fields["body"].initial = chosen.filled(message)
    return forms


def clock_context(message):
    if message.stage not in handling.OPEN or message.is_quarantined:
        return {}
    return {"light": Calendar.current().light(message.due_on), "calendar_warning": warning_for(message.due_on)}
