"""Numbers that the title says and the body does not."""

import re

from news.proofing.findings import Finding, Level

_NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_FULL = {ord(full): half for full, half in zip("０１２３４５６７８９．，", "0123456789.,", strict=True)}
_HAN = "零一二三四五六七八九"


def find(texts):
    title, body = texts.content.get("title"), texts.body.text
    if not isinstance(title, str) or not body.strip():
        return
    said = {_plain(match[0]) for match in _NUMBER.finditer(body)}
    for match in _NUMBER.finditer(title):
        number = _plain(match[0])
        if number not in said and not any(form in body for form in _in_han(number)):
            message = f"标题里的“{match[0]}”在正文中没有出现，请核对。"
            yield Finding("title", match.start(), match.end(), match[0], "number", Level.WARN, message)


def _plain(text):
    text = text.translate(_FULL).replace(",", "")
    whole, _, part = text.partition(".")
    whole, part = whole.lstrip("0") or "0", part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _in_han(number):
    """Return how a small whole number may be written in Han characters: 12 as 十二 or 一二."""
    if not number.isascii() or not number.isdecimal() or len(number) > 4:
        return []
    digits = "".join(_HAN[int(digit)] for digit in number)
    forms = [digits, digits.replace("零", "〇")]
    if len(number) == 2:
        tens = "" if number[0] == "1" else digits[0]
        forms.append(f"{tens}十{'' if number[1] == '0' else digits[1]}")
    elif number == "2":
        forms.append("两")
    return forms
