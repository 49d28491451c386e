"""One form makes one row, however often it is sent.

One submission is known by its content: its words, its files, and the network and browser it comes from. Not by a key in
the page, which is the same for everybody (it is cached), nor by a script's, which not everybody has. Its hash decides
the unique key in the database and the secret code, so that a second click, a reload, a second tab and fifty posts at
once meet the same row and show the same receipt, and no code is stored. Two hours later the same words are a new row.
"""

import hashlib
import json
from datetime import timedelta

from django.db import IntegrityError
from django.utils import timezone
from django.utils.crypto import salted_hmac

ONE_SUBMISSION = timedelta(hours=2)
ATTEMPTS = 8


def submission_of(purpose, texts, who, digests):
    """Return the hash that names a submission of `purpose`: its `texts`, `who` sends it, the digests of its files."""
    what = [text.replace("\r\n", "\n").strip() for text in texts]
    text = json.dumps([what, list(who), sorted(digests)])
    return salted_hmac(f"{purpose}.submission", text, algorithm="sha256").hexdigest()


def key_of(name):
    return hashlib.sha256(name.encode()).hexdigest()


def keys_of(submission):
    return [key_of(f"{submission}:{generation}") for generation in range(3)]


def is_fresh(row):
    return row.created_at > timezone.now() - ONE_SUBMISSION


def kept_once(rows, submission, *, take_in, is_same=is_fresh):
    """Return (row, name): the row of `rows` that `submission` has made, or what `take_in(name)` makes of it now.

    `take_in` writes all or nothing and raises IntegrityError where another was quicker. `name` gives the receipt's code.
    """
    generation, error = 0, None
    for _ in range(ATTEMPTS):
        name = f"{submission}:{generation}"
        row = rows.filter(submission_key=key_of(name)).first()
        if row is None:
            try:
                return take_in(name), name
            except IntegrityError as raised:  # another post was quicker, or the number is taken: look again
                error = raised
        elif is_same(row):
            return row, name
        else:
            generation += 1
    raise error or IntegrityError
