import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from news.saved_page.folding import fold

SHANGHAI = ZoneInfo("Asia/Shanghai")
OLDEST_YEAR = 1990  # before it there were no pages; 1900-01-01 is what an empty column of a database prints

DAY = r"(?P<year>\d{4})\s*(?:-{1,2}|[/.年])\s*(?P<month>\d{1,2})\s*(?:-{1,2}|[/.月])\s*(?P<day>\d{2}(?=\d{2}:)|\d{1,2}(?!\d))\s*[日号]?"
_TIME = (
    r"[\sT,(]*(?:(?:星期|周)[一二三四五六日天][\s),]*)?(?P<half>上午|下午|晚上|中午|凌晨|早上|AM|PM)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?:(?P<minute>\d{1,2})(?!\d)\s*(?:[:分]\s*(?P<second>\d{1,2})?(?:\.\d+)?秒?)?)?"
    r"\s*(?P<half_after>[AP]M\b)?\s*(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b)?"
)
_WRITTEN = re.compile(rf"[\s\[(【\"“'-]*{DAY}(?:{_TIME})?", re.I)
_COMPACT = re.compile(
    r"\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?:\s*(?P<hour>\d{2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2}))?)?(?!\d)"
)
_LOOKS_LIKE_ONE = re.compile(r"[\s\[(【\"“'-]*[\d〇零一二三四五六七八九]")
_ITS_END = re.compile(r"\n|\s{2,}|\s+(?=[一-鿿]+\s*:)")  # where the next label or the next line begins


class BrokenDate(ValueError):
    """What stands where a date should is none. `str()` of it says why, in Chinese."""


def parse(text):
    """Return the date that `text` begins with, and whether it tells the time of day.

    An aware datetime in Asia/Shanghai (midnight where no time is given), or None where `text` does not begin with a
    figure. Raises BrokenDate for what begins with one and is no date: 2023-13-45, 2023年02月30日, 09-08.
    """
    text = fold(text[:60])
    match = _WRITTEN.match(text) or _COMPACT.match(text)
    if match is None:
        if _LOOKS_LIKE_ONE.match(text):
            raise BrokenDate(f"发布时间“{_ITS_END.split(text.strip())[0][:20]}”看不懂")
        return None, False
    fields = match.groupdict()
    try:
        moment = datetime(
            int(fields["year"]), int(fields["month"]), int(fields["day"]), *_time_of(fields), tzinfo=SHANGHAI
        )
        moment = _in_shanghai(moment, fields.get("zone"))
    except (ValueError, OverflowError) as error:
        raise BrokenDate(f"发布时间“{match[0].strip()}”不是有效的日期") from error
    if moment.year < OLDEST_YEAR:
        raise BrokenDate(f"发布时间“{match[0].strip()}”早于 {OLDEST_YEAR} 年")
    if moment > datetime.now(SHANGHAI) + timedelta(days=1):
        raise BrokenDate(f"发布时间“{match[0].strip()}”在将来")
    return moment, fields["hour"] is not None


def _time_of(fields):
    hour, minute, second = (int(fields[name] or 0) for name in ("hour", "minute", "second"))
    half = (fields.get("half") or fields.get("half_after") or "").upper()
    if (half in ("下午", "晚上", "PM") and hour < 12) or (half == "中午" and hour < 3):
        hour += 12
    elif half in ("凌晨", "AM") and hour == 12:
        hour = 0
    return hour, minute, second


def _in_shanghai(moment, zone):
    if not zone:
        return moment
    return datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{zone.upper()}").astimezone(SHANGHAI)
