"""Wrong tries at receipts: so many for one number, so many from one address, in a span of time.

Counted in the database: every process and machine shares it, and it outlives a restart. A try is counted before it is
looked at, by one conditional statement, so that tries at the same moment cannot slip through together; the right one
is taken back. Beyond the limit nothing is written any more.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from portal.models import Tries
from portal.spam.senders import ADDRESS_BITS, hashed, span

SPAN = timedelta(minutes=15)
PER_NUMBER = 20
PER_ADDRESS = 10


def keys_of(number, request):
    """Return {key: limit} of a try at `number`. An address is its /64 in IPv6."""
    address = span(request.META.get("REMOTE_ADDR", ""), ADDRESS_BITS)
    return {hashed(f"address {address}"): PER_ADDRESS, hashed(f"number {number}"): PER_NUMBER}


def claim(limits):
    """Count a try under each key; False, and nothing counted, where a limit is reached."""
    with transaction.atomic():
        done = [key for key, limit in sorted(limits.items()) if count_one(key, limit)]
        if len(done) < len(limits):
            give_back(done)
            return False
    return True


def count_one(key, limit):
    now = timezone.now()
    row = Tries.objects.filter(key=key)
    if row.filter(expires_at__gt=now, count__lt=limit).update(count=F("count") + 1):
        return True
    if row.filter(expires_at__lte=now).update(count=1, expires_at=now + SPAN):
        return True
    if row.exists():
        return False
    try:
        with transaction.atomic():
            Tries.objects.create(key=key, count=1, expires_at=now + SPAN)
    except IntegrityError:  # another one was the first in this moment
        return bool(row.filter(count__lt=limit).update(count=F("count") + 1))
    return True


def give_back(keys):
    """Take a try back: it was the right one."""
    Tries.objects.filter(key__in=keys, count__gt=0).update(count=F("count") - 1)


def forget_old():
    """Remove what no longer limits anything. Cheap: called after a wrong try now and then."""
    Tries.objects.filter(expires_at__lt=timezone.now() - SPAN).delete()
