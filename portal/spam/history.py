"""The like of a form that came before it, counted from the rows that were kept."""

from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from portal.once import keys_of
from portal.spam.senders import hashed
from portal.spam.words import compact


def text_key(text):
    return hashed(f"text {compact(text)}")


def came_before(rows, sender, text, submission):
    """Return the counts that `judgement.Sent` takes; what `submission` itself has made does not count."""
    now = timezone.now()
    hour, own = Q(created_at__gt=now - timedelta(hours=1)), ~Q(submission_key__in=keys_of(submission))
    day = Q(created_at__gt=now - timedelta(days=1))
    mine, near, same = Q(sender_key=sender.address), Q(network_key=sender.network), Q(text_key=text_key(text))
    return rows.filter(own, day, mine | near | same).aggregate(
        from_address=Count("pk", filter=mine & hour),
        from_network=Count("pk", filter=near & hour),
        same_text=Count("pk", filter=same),
    )
