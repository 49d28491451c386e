"""The clock of replies: it runs in Chinese working days, 调休 included.

The days come from chinesecalendar, which follows the yearly notice of the State Council (国务院办公厅关于部分节假日安排的通知);
staff's own corrections come before it. Of a year that was not announced yet only the weekends are known.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

import chinese_calendar
from django.utils import timezone

from feedback.models.calendar import CalendarCorrection

DAY = timedelta(days=1)
AMBER_DAYS = 2  # working days before the end
SPAN_MAX = 20_000  # days that are counted one by one at most: half a century
LAST_KNOWN_YEAR = max(day.year for day in chinese_calendar.holidays)


class Light(Enum):
    GREEN = "正常"
    AMBER = "快到期"
    RED = "已超期"


@dataclass(frozen=True)
class Calendar:
    """Working days with staff's corrections, read once: ask for one with `current()`."""

    corrections: dict

    @classmethod
    def current(cls):
        return cls(dict(CalendarCorrection.objects.values_list("day", "is_working")))

    def is_working(self, day):
        if day in self.corrections:
            return self.corrections[day]
        if is_known(day.year):
            return chinese_calendar.is_workday(day)
        return day.weekday() < 5

    def add(self, day, count):
        """Return the day that is `count` (>= 0) working days after `day`; `day` itself, working or not, where 0."""
        if count < 0:
            raise ValueError("The clock runs forwards only.")
        while count:
            day += DAY
            count -= self.is_working(day)
        return day

    def between(self, start, end):
        """Return how many working days lie after `start`, up to and including `end`; negative where `end` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = min((end - start).days, SPAN_MAX)
        return sum(self.is_working(start + number * DAY) for number in range(1, days + 1))

    def amber_until(self, today):
        """Return the last day that is amber `today` where it is a message's end: the day before a third working day."""
        return self.add(today, AMBER_DAYS + 1) - DAY

    def light(self, due_on, today=None):
        today = today or timezone.localdate()
        if today > due_on:
            return Light.RED
        return Light.AMBER if due_on <= self.amber_until(today) else Light.GREEN


def start_clock(message, moment):
    """Let the days allowed of the message's topic begin at `moment`, the time when it came into the inbox."""
    message.clock_from, message.due_on = moment, deadline_of(message, moment)


def deadline_of(message, moment):
    """Return the day until which the message is to be answered: the topic's days count from the day after `moment`."""
    return Calendar.current().add(timezone.localtime(moment).date(), message.topic.days)


def is_known(year):
    return 2004 <= year <= LAST_KNOWN_YEAR


def add_working_days(day: date, count: int) -> date:
    return Calendar.current().add(day, count)


def working_days_between(start: date, end: date) -> int:
    return Calendar.current().between(start, end)


def warning_for(day):
    """Return the line that staff read where `day` is in a year that the calendar does not know, else ""."""
    if day is None or is_known(day.year):
        return ""
    return f"{day.year} 年的放假安排尚未收录，期限只按周末推算，请在“工作日更正”里补充。"
