"""Words that readers are offered: synonyms that staff keep, and what was much searched for this week."""

import re
from datetime import timedelta

from django.db.models import F, Sum
from django.utils import timezone

from portal.models.search import SearchTerm, Synonym
from portal.search.normal import normalise

SUGGESTIONS = 3
HOT = 10
HOT_FROM = 3  # times in the week: what one person looks for stays with that person
DAYS = 7
TERM_MAX = 20
_PERSONAL = re.compile(r"@|\d{5,}|(?:\d[ -]?){7,}")  # addresses, numbers of telephones, identity cards, receipts


def suggestions(words):
    """Return other ways to say what was searched for, from the table of synonyms; both directions count."""
    asked, offered = " ".join(words), []
    for synonym in Synonym.objects.all()[:1000]:
        names = [normalise(synonym.term), normalise(synonym.other)]
        for name, other in (names, names[::-1]):
            if name and name in asked and other not in asked:
                offered.append(asked.replace(name, other))
    return list(dict.fromkeys(offered))[:SUGGESTIONS]


def is_loggable(query):
    text = " ".join(query.words)
    return not query.excluded and 2 <= len(text) <= TERM_MAX and not _PERSONAL.search(text)


def log(query):
    """Count a query that found something, without the person: nothing but the words and the day."""
    if is_loggable(query):
        row, _ = SearchTerm.objects.get_or_create(day=timezone.localdate(), term=" ".join(query.words))
        SearchTerm.objects.filter(pk=row.pk).update(count=F("count") + 1)


def hot():
    """Return the terms that were found most often in the last seven days."""
    week = SearchTerm.objects.filter(day__gt=timezone.localdate() - timedelta(days=DAYS))
    terms = week.values("term").annotate(times=Sum("count")).filter(times__gte=HOT_FROM)
    return list(terms.order_by("-times", "term").values_list("term", flat=True)[:HOT])
