"""How entries of the audit log hang together: what is hashed, and how the end of the chain is sealed.

hash = sha256(hash of the entry before + canonical JSON of the entry). The head row is sealed by HMAC with a key derived
from SECRET_KEY, so that whoever can only write to the database can neither remove the last entries nor rewrite the
whole chain unseen. After a change of SECRET_KEY the old key belongs into SECRET_KEY_FALLBACKS until the next entry is
written, which seals with the new one.
"""

import hashlib
import hmac
import json
from datetime import UTC

from django.conf import settings
from django.utils.crypto import salted_hmac

HASHED = (
    "number", "action", "user_id", "user_name", "address", "object_type", "object_id", "object_name", "summary", "changes",
)  # fmt: skip
GENESIS = "0" * 64  # stands before the first entry
SALT = "portal.audit.seal"


def entry_hash(entry, previous_hash):
    content = {name: getattr(entry, name) for name in HASHED}
    content["at"] = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(previous_hash.encode() + canonical(content)).hexdigest()


def canonical(value):
    """Return one spelling of `value` in JSON, as bytes."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def seal(head):
    """Put the present key's seal on `head`, an AuditHead; not saved."""
    head.seal = _seal_of(head, settings.SECRET_KEY)


def is_sealed(head):
    """Whether the seal of `head` is of the present key or of one of SECRET_KEY_FALLBACKS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return any(hmac.compare_digest(head.seal, _seal_of(head, key)) for key in keys)


def _seal_of(head, key):
    state = canonical([head.count, head.last_hash, head.anchor, head.anchor_hash])
    return salted_hmac(SALT, state, secret=key, algorithm="sha256").hexdigest()
