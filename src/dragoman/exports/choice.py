"""Which events an export holds, on which day it puts them, and how a row leads back to the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dragoman.records import DateRange, Event, Record, Status

HAPPENED: frozenset[Status] = frozenset({"actual"})
EVERY_STATUS: frozenset[Status] = frozenset({"actual", "historical", "future", "hypothetical", "negated", "standing"})
BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which events: by default those that this report itself says happened, each on the day that it gives.

    `claims` adds what a source claims and what is hearsay; `publication_day` puts an event whose day is not known on
    the day of publication.
    """

    statuses: frozenset[Status] = HAPPENED
    claims: bool = False
    publication_day: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """What an export is made with: the choice of events, and the command, for the record."""

    choice: Choice = field(default_factory=Choice)
    command: str = ""


def is_claim(event: Event) -> bool:
    """Whether the report leaves it to somebody else to say that this happened."""
    return event.claimed_in is not None or event.hearsay


def chosen(record: Record, choice: Choice) -> Iterator[Event]:
    """Yield the events of a record that an export holds, in order."""
    for event in record.events:
        if event.status in choice.statuses and (choice.claims or not is_claim(event)):
            yield event


def day_of(date: DateRange | None) -> str | None:
    """Return the day of a date that is known to the day, as `2022-07-29`."""
    return date.start if date is not None and date.precision == "day" else None


def dated(event: Event, record: Record, choice: Choice) -> str | None:
    """Return the day on which an export puts an event; None where it is not known.

    A date that is no day ("in March") gives way to the day of publication inside it, else to its first day.
    """
    day = day_of(event.date)
    if day is not None or not choice.publication_day:
        return day
    published = record.report.published[:10] if record.report.published else None
    if event.date is None:
        return published
    inside = published is not None and event.date.start <= published <= event.date.end
    return published if inside else event.date.start


def event_id(record: Record, event: Event) -> str:
    """Return the id of an event over all reports: the report's, and its own."""
    return f"{record.report.id}/{event.id}"


def marked_id(record: Record, event: Event, choice: Choice) -> str:
    """Return the id of an event with what its row does not say otherwise: `…/v3|future|claimed:s2`.

    `undated` marks a day that is not the report's own.
    """
    marks = [event_id(record, event)]
    if event.status != "actual":
        marks.append(event.status)
    if event.claimed_in is not None:
        marks.append(f"claimed:{event.claimed_in}")
    if event.hearsay:
        marks.append("hearsay")
    if choice.publication_day and day_of(event.date) is None:
        marks.append("undated")
    return BETWEEN.join(marks)
