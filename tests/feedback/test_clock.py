"""The working-day clock against the dates that the State Council announced for 2024, 2025 and 2026."""

import random
from datetime import date, timedelta

import pytest

from feedback.clock import AMBER_DAYS, Calendar, Light, add_working_days, warning_for, working_days_between
from feedback.models import CalendarCorrection

# 国办发明电〔2023〕7号, 国办发明电〔2024〕12号, 国办发明电〔2025〕7号: (first and last day off, working weekends).
ANNOUNCED = {
    2024: (
        [("01-01", "01-01"), ("02-10", "02-17"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-10", "06-10"), ("09-15", "09-17"),
         ("10-01", "10-07")],
        ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"],
    ),
    2025: (
        [("01-01", "01-01"), ("01-28", "02-04"), ("04-04", "04-06"), ("05-01", "05-05"), ("05-31", "06-02"), ("10-01", "10-08")],
        ["01-26", "02-08", "04-27", "09-28", "10-11"],
    ),
    2026: (
        [("01-01", "01-03"), ("02-15", "02-23"), ("04-04", "04-06"), ("05-01", "05-05"), ("06-19", "06-21"), ("09-25", "09-27"),
         ("10-01", "10-07")],
        ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"],
    ),
}  # fmt: skip
# Working days of the three years, counted by hand from the table above.
TOTALS = {2024: 251, 2025: 248, 2026: 248}


def golden(year):
    """Return {day: is it a working day} of the whole year, from the announcement alone."""
    off, working = ANNOUNCED[year]
    days, day = {}, date(year, 1, 1)
    while day.year == year:
        days[day] = day.weekday() < 5
        day += timedelta(days=1)
    for first, last in off:
        day = date.fromisoformat(f"{year}-{first}")
        while day <= date.fromisoformat(f"{year}-{last}"):
            days[day] = False
            day += timedelta(days=1)
    return days | {date.fromisoformat(f"{year}-{text}"): True for text in working}


@pytest.mark.django_db
@pytest.mark.parametrize("year", ANNOUNCED)
def test_every_day_of_the_year_is_as_announced(year):
    calendar = Calendar.current()
    days = golden(year)
    assert [day for day, is_working in days.items() if calendar.is_working(day) != is_working] == []
    assert (len(days), sum(days.values())) == (366 if year == 2024 else 365, TOTALS[year])


def test_adding_one_by_one_equals_adding_at_once():
    generator = random.Random(20260101)
    every = {day: is_working for year in ANNOUNCED for day, is_working in golden(year).items()}
    calendar = Calendar(corrections={date(2025, 6, 16): False, date(2025, 6, 21): True})
    every |= calendar.corrections
    for _ in range(400):
        start = date(2024, 1, 1) + timedelta(days=generator.randrange(1000))
        count, step = generator.randrange(0, 40), start
        for _ in range(count):
            step = calendar.add(step, 1)
        at_once = calendar.add(start, count)
        assert step == at_once
        assert calendar.between(start, at_once) == count
        assert sum(is_working for day, is_working in every.items() if start < day <= at_once) == count
        first = generator.randrange(count + 1)
        assert calendar.add(calendar.add(start, first), count - first) == at_once


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2024-02-02", 1, "2024-02-04"),  # a Sunday at work before the Spring Festival
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-10", 1, "2024-02-18"),
        ("2025-01-24", 5, "2025-02-07"),
        ("2025-09-30", 7, "2025-10-16"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-09-30", 2, "2026-10-09"),
        ("2026-10-08", 3, "2026-10-12"),  # the Saturday is at work
        ("2026-05-06", 0, "2026-05-06"),
    ],
)
def test_deadlines_around_the_holidays(start, count, end):
    assert add_working_days(date.fromisoformat(start), count) == date.fromisoformat(end)
    assert working_days_between(date.fromisoformat(start), date.fromisoformat(end)) == count


@pytest.mark.django_db
def test_staffs_own_corrections_come_first():
    friday, monday = date(2026, 6, 5), date(2026, 6, 8)
    assert add_working_days(friday, 1) == monday
    CalendarCorrection.objects.create(day=monday, is_working=False)
    CalendarCorrection.objects.create(day=date(2026, 6, 7), is_working=True)
    assert add_working_days(friday, 1) == date(2026, 6, 7)
    assert add_working_days(friday, 2) == date(2026, 6, 9)


@pytest.mark.django_db
def test_a_year_that_is_not_announced_has_weekends_and_says_so():
    assert add_working_days(date(2031, 9, 30), 1) == date(2031, 10, 1)
    assert "2031 年" in warning_for(date(2031, 10, 1))
    assert warning_for(date(2026, 10, 1)) == ""
    with pytest.raises(ValueError, match="forwards"):
        add_working_days(date(2026, 1, 1), -1)


def test_amber_is_two_working_days_before_and_red_is_after():
    calendar, due = Calendar({}), date(2026, 10, 12)  # a Monday; Saturday the 10th is at work
    lights = {day: calendar.light(due, date(2026, 10, day)) for day in range(7, 14)}
    assert AMBER_DAYS == 2
    assert lights == {
        7: Light.GREEN, 8: Light.GREEN, 9: Light.AMBER, 10: Light.AMBER, 11: Light.AMBER, 12: Light.AMBER, 13: Light.RED
    }  # fmt: skip
