"""What a careful editor would query: the report's own faults. What its sources dispute among themselves is none."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from dragoman.checks import (
    anonymous,
    attribution,
    boilerplate,
    contradiction,
    dates,
    drift,
    duplicates,
    headline,
    names,
    numbers,
    quotes,
)
from dragoman.checks.reading import Finding, Reading
from dragoman.entities import knowledge as tables
from dragoman.entities.knowledge import Knowledge
from dragoman.entities.lookup import Entities
from dragoman.records import Event, Flag, Report, Severity, Statement

__all__ = ["CHECKS", "KINDS", "Check", "find_flags"]


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of flag: how grave it is, who finds it, and whether it is looked for unless a user says otherwise."""

    kind: str
    severity: Severity
    find: Callable[[Reading], Iterator[Finding]]
    on: bool = True


CHECKS = (
    Check("headline-unsupported", "error", headline.find),
    Check("date-conflict", "error", dates.find),
    Check("number-conflict", "error", numbers.find),
    Check("name-conflict", "warning", names.find),
    Check("self-contradiction", "warning", contradiction.find),
    Check("quote-drift", "warning", drift.find),
    Check("quote-unclosed", "warning", quotes.find),
    Check("duplicate-text", "warning", duplicates.find),
    Check("boilerplate-left", "note", boilerplate.find),
    Check("anonymous-only", "note", anonymous.find),
    Check("attribution-missing", "note", attribution.find),
)
KINDS = frozenset(check.kind for check in CHECKS if check.on)


def find_flags(
    doc: Doc,
    report: Report,
    entities: Entities,
    statements: Iterable[Statement],
    events: Iterable[Event],
    knowledge: Knowledge | None = None,
    *,
    headlines: int = 1,
    kinds: Collection[str] = KINDS,
) -> tuple[Flag, ...]:
    """Return what an editor would query, by kind and place; `headlines` is how often the headline stood in the source.

    >>> [flag.kind for flag in find_flags(doc, report, entities, (), ())]
    ['date-conflict']
    """
    reading = Reading(
        doc, report, entities, tuple(statements), tuple(events), knowledge or tables.load(), headlines=headlines
    )
    return tuple(
        Flag(kind=check.kind, severity=check.severity, message=finding.message, evidence=finding.evidence)
        for check in CHECKS
        if check.kind in kinds
        for finding in check.find(reading)
    )
