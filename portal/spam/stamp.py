"""The signed time in a form. The page is cacheable: the time is that of its rendering, the same for everybody."""

import time

from django.core.signing import BadSignature, Signer

YOUNG = 3  # seconds: a page just rendered, and already filled in
OLD = 60 * 24 * 3600  # seconds


def stamp():
    return _signer().sign(f"{int(time.time()):x}")


def age_of(text):
    """Return the age in seconds of the form that carries the stamp `text`; None where the stamp is not ours."""
    try:
        return max(0.0, time.time() - int(_signer().unsign(text), 16))
    except (BadSignature, ValueError):
        return None


def _signer():
    return Signer(salt="portal.spam.stamp")
