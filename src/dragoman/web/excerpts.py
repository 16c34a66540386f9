"""Records of the reports that a list tells of, with those of its rows alone: what is exported of a list.

A list narrows the records of its own kind; what they point at stays with them, and so does all else of the report.
"""

from collections.abc import Iterable, Iterator, Set
from itertools import groupby
from typing import Any

import msgspec

from dragoman.errors import UsageError
from dragoman.ledger import Ledger
from dragoman.records import Record, Statement

MANY_ACTS = 100_000  # occurrences whose ids are held at once


def excerpts(ledger: Ledger, of: str, q: str) -> Iterator[Record]:
    """Yield the records of a list's rows, oldest in the ledger first, a report in memory at a time.

    UsageError where the filter means nothing, or where the acts of the list are too many to be looked up.

    >>> [record.report.title for record in excerpts(ledger, "events", "type:CONSULT")]
    ['Foreign ministers meet in Geneva']
    """
    rows: Iterable[Any]
    if of == "occurrences":
        of, rows = "events", _of_acts(ledger, q)
    else:
        rows = getattr(ledger, of)(q, sort="added")  # a report's rows stand together in that order
    for report, some in groupby(rows, key=lambda row: row.report):
        record = ledger.record(report)
        yield record if of == "reports" else _narrowed(record, of, {row.ref.partition("/")[2] for row in some})


def _of_acts(ledger: Ledger, q: str) -> Iterator[Any]:
    """Yield the events that tell the acts of a list."""
    acts: set[str] = set()
    for row in ledger.occurrences(q):
        acts.add(row.id)
        if len(acts) > MANY_ACTS:
            raise UsageError(f"there are more than {MANY_ACTS:,} acts; narrow the filter, or export the events")
    return (row for row in ledger.events(sort="added") if row.occurrence in acts)


def _narrowed(record: Record, of: str, ids: Set[str]) -> Record:
    match of:
        case "events":
            return msgspec.structs.replace(record, events=tuple(one for one in record.events if one.id in ids))
        case "statements":
            return msgspec.structs.replace(record, statements=_told(record, ids))
        case "negotiations":
            kept = tuple(one for one in record.negotiations if one.id in ids)
            return msgspec.structs.replace(record, negotiations=kept)
        case _:
            flags = tuple(flag for n, flag in enumerate(record.flags, 1) if f"f{n}" in ids)
            return msgspec.structs.replace(record, flags=flags)


def _told(record: Record, ids: Set[str]) -> tuple[Statement, ...]:
    """Return some statements, with those that something in the record points at."""
    wanted = {*ids, *(event.claimed_in for event in record.events)}
    wanted |= {offer.claimed_in for bargain in record.negotiations for offer in bargain.proposals}
    outer = {one.id: one.inside for one in record.statements}
    for id_ in list(wanted):
        while (id_ := outer.get(id_ or "")) is not None and id_ not in wanted:
            wanted.add(id_)
    return tuple(one for one in record.statements if one.id in wanted)
