from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from news.models import JournalIssue
from portal.files import download
from portal.pagination import page_of


@require_safe
def journal(request):
    issues = JournalIssue.objects.published().select_related("cover")
    return render(request, "news/journal.html", {"page": page_of(issues, request, per_page=24)})


@require_safe
def journal_issue(request, year, number):
    issue = get_object_or_404(JournalIssue.objects.published().select_related("cover"), year=year, number=number)
    entries = issue.entries.select_related("article").defer("article__body")
    return render(request, "news/journal_issue.html", {"issue": issue, "entries": entries})


@require_safe
def journal_pdf(request, year, number):
    issue = get_object_or_404(JournalIssue.objects.published().exclude(pdf=""), year=year, number=number)
    return download(issue.pdf, f"{issue}.pdf")
