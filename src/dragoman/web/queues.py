"""What a reviewer judges next: records of a kind in an order, without those that the reviewer has judged."""

from collections.abc import Callable, Iterator, Mapping, Set
from itertools import islice
from typing import Any

from dragoman.ledger import Ledger
from dragoman.ledger.correction import Kind
from dragoman.ledger.keys import short_of
from dragoman.records import Record

Place = tuple[str, str]  # the beginning of a report's id, and the id of its record
ORDERS = {
    "uncertain": "the least certain first",
    "disputed": "first what reports tell differently",
    "newest": "the newest first",
}
SIZES = (20, 200, 2000)  # rows of a page: the first is mostly enough


def next_of(
    ledger: Ledger, kind: Kind, q: str = "", order: str = "uncertain", judged: Set[Place] = frozenset(), skip: int = 0
) -> Place | None:
    """Return the next record of a kind, as the machine read it; UsageError where the filter means nothing.

    Only events have a confidence and are told by several reports; other kinds come as they stand, or newest first.
    """
    places = QUEUES[kind](ledger, q, order)
    return next(islice((place for place in places if place not in judged), skip, None), None)


def _events(ledger: Ledger, q: str, order: str) -> Iterator[Place]:
    if order == "disputed":
        for act in _rows(ledger, "occurrences", "", "-reports"):
            if act.disagrees:
                yield from _places(_rows(ledger, "events", f"{q} occurrence:{act.id}".strip(), "confidence"))
    else:
        yield from _places(_rows(ledger, "events", q, "-day" if order == "newest" else "confidence", raw=True))


def _of_list(of: str) -> Callable[[Ledger, str, str], Iterator[Place]]:
    def places(ledger: Ledger, q: str, order: str) -> Iterator[Place]:
        return _places(_rows(ledger, of, q, "-day" if order == "newest" else "added", raw=True))

    return places


def _entities(ledger: Ledger, q: str, order: str) -> Iterator[Place]:
    """Yield the entities of reports that answer a filter of reports."""
    for row in _rows(ledger, "reports", q, "-day" if order == "newest" else "added"):
        record: Record = ledger.record(row.report, raw=True)
        yield from ((short_of(record.report.id), entity.id) for entity in record.entities)


QUEUES: Mapping[Kind, Callable[[Ledger, str, str], Iterator[Place]]] = {
    "event": _events,
    "statement": _of_list("statements"),
    "entity": _entities,
    "negotiation": _of_list("negotiations"),
    "flag": _of_list("flags"),
}


def _rows(ledger: Ledger, of: str, q: str, sort: str, *, raw: bool = False) -> Iterator[Any]:
    """Yield the rows of a list, from pages that grow: mostly one of the first is wanted."""
    cursor = None
    sizes = iter(SIZES)
    while True:
        page = ledger.page(of, q, sort=sort, raw=raw, limit=next(sizes, SIZES[-1]), cursor=cursor)
        yield from page.rows
        cursor = page.cursor
        if cursor is None:
            return


def _places(rows: Iterator[Any]) -> Iterator[Place]:
    for row in rows:
        report, _, id_ = row.ref.partition("/")
        yield report, id_
