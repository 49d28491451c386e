"""The page that asks a suspicious form one question, with everything that was sent."""

from django.http import HttpResponse
from django.template.loader import get_template, render_to_string
from django.utils.html import format_html_join

from portal.addresses import root_of
from portal.pagecache.shared import shared
from portal.spam import challenge

PLACE = "<!-- question -->"  # in portal/question.html
ANSWERS = ("token", "answer", "proof")
LONG = ("body", "passage")  # texts with line breaks, which an input would lose
SHORT_FIELD = '<input type="hidden" name="{}" value="{}">'
LONG_FIELD = '<textarea name="{}" hidden aria-label="{}">\n{}</textarea>'


def is_answered(submission, data):
    return challenge.solved(submission, **{name: data.get(name, "") for name in ANSWERS})


def carried(fields):
    """Return the hidden fields that carry on what was sent. Not a template's loop: that was a sixth of what spam costs."""
    short = ((name, value) for name, value in fields.items() if name not in LONG)
    long = ((name, name, value) for name, value in fields.items() if name in LONG)
    return format_html_join("", SHORT_FIELD, short) + format_html_join("", LONG_FIELD, long)


def question_page(request, submission, *, fields, held=(), remarks=(), submit):
    """Return the answer 422 that asks. What stands around the form is kept: this page is what spam gets."""
    token, question = challenge.make(submission)
    was_wrong = bool(request.POST.get("answer"))
    context = {
        "carried": carried(fields), "token": token, "question": question, "remarks": remarks, "bits": challenge.BITS,
        "was_wrong": was_wrong, "held": held, "action": request.path, "submit": submit,
    }  # fmt: skip
    around = shared(
        request, ("question", was_wrong, root_of(request)),
        lambda: render_to_string("portal/question.html", {"was_wrong": was_wrong}, request),
    )  # fmt: skip
    inner = get_template("portal/_question_form.html").render(context)
    response = HttpResponse(around.replace(PLACE, inner, 1), status=422)
    response._has_been_logged = True  # an expected answer: a flood of spam shall not flood the log
    return response
