"""Dates that the calendar does not have, and days of the week that do not belong to their date."""

import re
from calendar import monthrange
from datetime import date, datetime

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, localtime

from news.proofing.findings import Finding, Level

YEARS = range(1900, 2200)
_DIGITS = {ord(full): str(value) for value, full in enumerate("０１２３４５６７８９")}
_HAN_DIGITS = dict(zip("〇○零一二三四五六七八九", [0, 0, 0, *range(1, 10)], strict=True))
_N = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_Y = r"(?:[0-9０-９]{4}|[〇○零一二三四五六七八九]{4})"
_WEEKDAY = r"(?:\s*[（(,，、]?\s*(?:星期|礼拜|周)(?P<{}>[一二三四五六日天]))?"
_WRITTEN = re.compile(
    rf"(?:(?P<year>{_Y})\s?年\s?)?(?<![0-9０-９.．])(?P<month>{_N})\s?(?P<m>月)(?!龄)"
    rf"(?:\s?(?P<day>{_N})\s?(?P<d>[日号]){_WEEKDAY.format('weekday')})?"
)
_NUMBERS = re.compile(
    r"(?<![0-9./-])(?P<year>(?:19|20|21)\d\d)(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![0-9./-])"
    + _WEEKDAY.format("weekday")
)
_WEEKDAYS = "一二三四五六日"


def find(texts):
    published = _published(texts.content.get("published_at"))
    for name, text in texts.items():
        for match in (*_written(text), *_NUMBERS.finditer(text)):
            yield from _judged(name, match, published)


def _written(text):
    """Yield what `finditer` would, four times as fast: only around the character 月."""
    end, at = 0, text.find("月")
    while at != -1:
        match = _WRITTEN.search(text, max(end, at - 16), at + 40)
        if match and match.start("m") == at:
            yield match
            end = match.end()
        at = text.find("月", max(at + 1, end))


def _judged(name, match, published):
    year, month, day = (_number(match[part]) for part in ("year", "month", "day"))
    if "mark" in match.re.groupindex:
        if month > 19 or day > 39:  # a version, a telephone number
            return
    elif match["day"] is None and month is not None and 1 <= month <= 12:
        return
    if not _exists(year, month, day):
        end = max(match.end(part) for part in match.re.groupindex if part not in ("year", "weekday"))
        text = match.string[match.start() : end]
        yield Finding(name, match.start(), end, text, "date", Level.BLOCK, f"没有“{text.strip()}”这一天，请核对。")
    elif match["weekday"] and (meant := _date(year, month, day, published)):
        right = _WEEKDAYS[meant.weekday()]
        if right != match["weekday"].replace("天", "日"):
            year_said = "" if year else f"{meant.year}年"
            message = f"{year_said}{month}月{day}日是星期{right}，不是星期{match['weekday']}。请核对日期和星期。"
            yield Finding(name, match.start(), match.end(), match[0], "weekday", Level.WARN, message)


def _exists(year, month, day):
    if month is None or not 1 <= month <= 12:
        return False
    last = monthrange(year if year in YEARS else 2024, month)[1]  # without a year, February has 29 days
    return day is None or 1 <= day <= last


def _date(year, month, day, published):
    """Return the date that is meant: where no year is written, the one next to the time of publication."""
    try:
        if year:
            return date(year, month, day) if year in YEARS else None
        if published is None:
            return None
        near = [
            date(published.year + step, month, day) for step in (-1, 0, 1) if _exists(published.year + step, month, day)
        ]
        return min(near, key=lambda candidate: abs(candidate - published), default=None)
    except ValueError:
        return None


def _published(value):
    if isinstance(value, str):
        try:
            value = parse_datetime(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return (localtime(value) if is_aware(value) else value).date()


def _number(text):
    """Return the number that is written in digits, or in Han characters up to ninety-nine or as a year."""
    if not text:
        return None
    text = text.translate(_DIGITS)
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        if len(tens) > 1 or len(ones) > 1 or "十" in ones:
            return 99
        return _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)
    return int("".join(str(_HAN_DIGITS[character]) for character in text))
