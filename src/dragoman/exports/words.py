"""How formats for people name an event, a statement and a date."""

from datetime import UTC, datetime
from typing import Literal

from dragoman.exports.sides import entities_of
from dragoman.records import DateRange, Event, Record, Statement

GAP = " … "
KEPT = {"month": 7, "year": 4}  # characters of an ISO date that a precision leaves


def deed(record: Record, event: Event) -> str:
    """Return who did what to whom: `Kenya: CONSULT visit: Uganda`."""
    code = " ".join((event.type, *event.modes))
    sides = [", ".join(e.name for e in entities_of(record, ids)) for ids in (event.actors, event.recipients)]
    return ": ".join(part for part in (sides[0], code, sides[1]) if part)


def spoken(statement: Statement) -> str:
    """Return what a statement says; what its report leaves out or puts elsewhere is a gap."""
    return GAP.join(span.text for span in statement.content)


def utc(published: str | None) -> datetime | None:
    """Return when a report was published in UTC; a time without a zone is taken as it is, a day alone is its midnight.

    >>> utc("2022-07-29T14:05:00+02:00")
    datetime.datetime(2022, 7, 29, 12, 5, tzinfo=datetime.timezone.utc)
    """
    try:
        time = datetime.fromisoformat(published or "")
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first hours of year 1 have no time in UTC
        return None


def day_part(date: DateRange | None, edge: Literal["start", "end"]) -> str | None:
    """Return an edge of a date, no more precise than the report has it.

    >>> day_part(DateRange(start="2022-07-01", end="2022-07-31", precision="month", text="in July"), "start")
    '2022-07'
    """
    if date is None:
        return None
    return (date.start if edge == "start" else date.end)[: KEPT.get(date.precision)]
