"""Days, weeks, months and quarters as periods with a first day and a name."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

By = Literal["day", "week", "month", "quarter"]
BYS: tuple[By, ...] = ("day", "week", "month", "quarter")


def first_day(day: date, by: By) -> date:
    """Return the first day of the period that a day is in; weeks begin on Monday.

    >>> first_day(date(2022, 3, 4), "week"), first_day(date(2022, 3, 4), "quarter")
    (datetime.date(2022, 2, 28), datetime.date(2022, 1, 1))
    """
    if by == "day":
        return day
    if by == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by == "month" else day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)


def next_first(first: date, by: By) -> date:
    """Return the first day of the period after the one that begins on a day."""
    if by in ("day", "week"):
        return first + timedelta(days=1 if by == "day" else 7)
    return first_day(first + timedelta(days=32 if by == "month" else 93), by)


def name_of(first: date, by: By) -> str:
    """Return a period's name: 2022-03-04, 2022-W09, 2022-03, 2022-Q1."""
    if by == "day":
        return first.isoformat()
    if by == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return f"{first:%Y-%m}" if by == "month" else f"{first.year}-Q{(first.month + 2) // 3}"


def periods(since: date, until: date, by: By) -> Iterator[date]:
    """Yield the first day of every period from that of one day to that of another."""
    first = first_day(since, by)
    while first <= until:
        yield first
        first = next_first(first, by)
