"""A question that anybody can answer, asked only where a form looks suspicious.

In words, for people and screen readers ("三加五等于几"); a browser with scripts does a proof of work instead, and asks its
visitor nothing. Either is bound to one form's content: it is no ticket for another, so nothing needs to be remembered.
A program can do both. What it costs is seconds of a processor for each form, and a program written for this site.
"""

import hashlib
import hmac
import secrets
import unicodedata

from django.core import signing

SALT = "portal.spam.challenge"
BITS = 16  # about 65,000 hashes: a second in a browser, a few on an old telephone
GOOD_FOR = 2 * 3600  # seconds
NUMERALS = "零一二三四五六七八九十"
TEENS = {**{str(number): number for number in range(21)}, **{name: value for value, name in enumerate(NUMERALS)}}
TEENS |= {f"十{name}": 10 + value for value, name in enumerate(NUMERALS[1:10], start=1)} | {"两": 2}


def make(key):
    """Return (token, question) for the form whose content `key` names."""
    first, second = secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
    plus = first < second or bool(secrets.randbelow(2))
    token = signing.dumps([first, second if plus else -second, key[:16]], salt=SALT)
    return token, f"{NUMERALS[first]}{'加' if plus else '减'}{NUMERALS[second]}等于几？"


def solved(key, *, token, answer="", proof=""):
    """Tell whether `answer` or `proof` (both as sent) solves the challenge `token`, which was made for `key`."""
    try:
        first, second, made_for = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    if not hmac.compare_digest(made_for, key[:16]):
        return False
    return number_of(answer) == first + second or proves(token, proof)


def number_of(text):
    """Return the number that somebody wrote, in digits of any kind or in Chinese; None where it is none."""
    return TEENS.get(unicodedata.normalize("NFKC", text).strip(" 。."))


def proves(token, proof):
    """Tell whether SHA-256 of the token's signature and `proof` begins with BITS zero bits."""
    if not (proof.isascii() and proof.isdigit() and len(proof) <= 11):
        return False
    digest = hashlib.sha256((token.rpartition(":")[2] + proof).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - BITS) == 0
