"""Receipts: the number and the secret code with which somebody without an account follows a case.

The number is read over the phone: digits only, the day, seven random digits and a check digit (Damm: every single wrong
digit and every swap of neighbours is noticed). It is no secret.

The code is: 12 characters of 5 bits. They are the keyed hash of a submission (128 bits and more of entropy or the
visitor's own text, see the app), so that a form sent twice gets the same code again although it is stored nowhere.
Stored is HMAC-SHA-256 of number and code under a key that is not in the database. A slow hash (scrypt) protects what
people choose; 60 random bits behind a key need none, and a slow one would be a way to keep the server busy.
"""

import hmac
import secrets
import unicodedata

from django.conf import settings
from django.utils.crypto import salted_hmac

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
CODE_LENGTH = 12
NUMBER_LENGTH = 14
_READ_AS = str.maketrans("ILO", "110")
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(digits):
    """Return the digit that makes `digits` a whole number (H. M. Damm, 2004)."""
    state = 0
    for digit in digits:
        state = int(_DAMM[state][int(digit)])
    return str(state)


def new_number(day):
    """Return a number of `day` that is new with all likelihood; the database's unique constraint makes it sure."""
    digits = f"{day:%y%m%d}{secrets.randbelow(10_000_000):07d}"
    return digits + check_digit(digits)


def shown_number(number):
    return f"{number[:6]}-{number[6:10]}-{number[10:]}"


def read_number(text):
    """Return the number that somebody typed, "" where it is none: wrong length or wrong check digit."""
    digits = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign in "0123456789")
    whole = len(digits) == NUMBER_LENGTH and check_digit(digits[:-1]) == digits[-1]
    return digits if whole else ""


def code_for(submission):
    """Return the code of the submission that the text `submission` names: the same one each time."""
    number = int.from_bytes(salted_hmac("portal.receipts.code", submission, algorithm="sha256").digest()[:8], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def shown_code(code):
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def read_code(text):
    """Return the code that somebody typed, as it is hashed: without blanks and hyphens, I and L read as 1, O as 0."""
    signs = unicodedata.normalize("NFKC", text).upper().translate(_READ_AS)
    return "".join(sign for sign in signs if sign in ALPHABET)[: CODE_LENGTH + 1]


def hash_of(number, code, secret=None):
    return salted_hmac("portal.receipts.hash", f"{number}:{code}", secret=secret, algorithm="sha256").hexdigest()


def fits(code_hash, number, code):
    """Tell whether `code` is that of `number`, whose hash is `code_hash` ("" where there is no such number).

    The same work whatever the answer; codes given under an earlier SECRET_KEY stay good while it is a fallback.
    """
    right = False
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        right |= hmac.compare_digest(hash_of(number, code, secret), code_hash)
    return right and len(code) == CODE_LENGTH
