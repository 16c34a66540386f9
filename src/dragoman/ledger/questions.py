"""Asking a ledger: rows of its lists by filters, a page at a time or all, and counts of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection

from dragoman.errors import UsageError
from dragoman.ledger import near
from dragoman.ledger.answers import (
    EventRow,
    FlagRow,
    NegotiationRow,
    OccurrenceRow,
    ReportRow,
    StatementRow,
    rows_at,
)
from dragoman.ledger.conditions import conditions_of
from dragoman.ledger.dyads import are_of_pairs, dyads_of
from dragoman.ledger.filters import Filters, fields_of, parsed
from dragoman.ledger.frames import Library, frame_of
from dragoman.ledger.grouping import COUNTED, Counted, counts_of
from dragoman.ledger.lists import LISTS
from dragoman.ledger.paging import Position, Question, keys_of
from dragoman.ledger.places import Places, places_of
from dragoman.ledger.plans import plan_for

R = TypeVar("R")
PAGE = 50
BATCH = 2000  # rows of a page where all are wanted
Written = str | Iterable[str]


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Rows of a question, and the cursor of the page behind them; None where this is the last."""

    rows: list[R]
    cursor: str | None


class Questions(ABC):
    """What a ledger can be asked. Filters are written, or given as keyword arguments, or both.

    A list is alternatives, a pair of ends a range, `not_…` what must not hold; docs/query.md has them all. `raw` asks
    what the machine read, without corrections. Methods that return rows yield all of them, a page in memory at a time.
    """

    @abstractmethod
    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees the ledger as it is."""

    def events(
        self, written: Written = (), *, sort: str | None = None, raw: bool = False, **filters: object
    ) -> Iterator[EventRow]:
        """Yield events.

        >>> [event.type for event in ledger.events(actor="USA", date="2022-07", not_type="CONSULT")]
        ['REJECT']
        """
        return cast(Iterator[EventRow], self._all("events", written, sort, raw, filters))

    def statements(
        self, written: Written = (), *, sort: str | None = None, raw: bool = False, **filters: object
    ) -> Iterator[StatementRow]:
        """Yield statements."""
        return cast(Iterator[StatementRow], self._all("statements", written, sort, raw, filters))

    def reports(self, written: Written = (), *, sort: str | None = None, **filters: object) -> Iterator[ReportRow]:
        """Yield reports as rows; `records` yields them whole."""
        return cast(Iterator[ReportRow], self._all("reports", written, sort, False, filters))

    def negotiations(
        self, written: Written = (), *, sort: str | None = None, raw: bool = False, **filters: object
    ) -> Iterator[NegotiationRow]:
        """Yield negotiations."""
        return cast(Iterator[NegotiationRow], self._all("negotiations", written, sort, raw, filters))

    def flags(
        self, written: Written = (), *, sort: str | None = None, raw: bool = False, **filters: object
    ) -> Iterator[FlagRow]:
        """Yield flags."""
        return cast(Iterator[FlagRow], self._all("flags", written, sort, raw, filters))

    def occurrences(
        self, written: Written = (), *, sort: str | None = None, **filters: object
    ) -> Iterator[OccurrenceRow]:
        """Yield occurrences: acts in the world, each told by any number of reports."""
        return cast(Iterator[OccurrenceRow], self._all("occurrences", written, sort, False, filters))

    def frame(
        self,
        of: str,
        written: Written = (),
        *,
        library: Library | None = None,
        sort: str | None = None,
        raw: bool = False,
        **filters: object,
    ) -> Any:
        """Return rows of a list as a Polars frame, or a pandas one where `library` says so or Polars is not installed.

        >>> ledger.frame("events", actor="USA").columns[:3]
        ['ref', 'report', 'type']
        """
        fields_of(of)
        return frame_of(of, self._all(of, written, sort, raw, filters), library)

    def page(
        self,
        of: str,
        written: Written = (),
        *,
        limit: int = PAGE,
        cursor: str | None = None,
        sort: str | None = None,
        raw: bool = False,
        **filters: object,
    ) -> Page[Any]:
        """Return a page of a list, and the cursor of the next."""
        if limit < 1:
            raise UsageError(f"a page of {limit} rows is none; ask for one or more")
        fields_of(of)
        question = Question(parsed(of, written, **filters), LISTS[of].sort(sort), raw)
        after = question.position(cursor) if cursor else None
        rows, ends = self._page(question, limit, after)
        return Page(rows, question.cursor(ends[limit - 1]) if len(ends) > limit else None)

    def count(
        self,
        of: str,
        written: Written = (),
        *,
        counted: Counted | None = None,
        by: Sequence[str] = (),
        limit: int | None = None,
        raw: bool = False,
        **filters: object,
    ) -> list[dict[str, Any]]:
        """Return counts, a row a group, the first `limit` of them; one row where there are no groups.

        Events are counted as occurrences, so that an act which ten reports tell counts once, unless `counted` says
        reports or rows; all else is counted as rows.

        >>> ledger.count("events", by=["type"], country="UKR")
        [{'type': 'ASSAULT', 'count': 1}]
        """
        fields_of(of)
        counted = counted or ("occurrences" if of in ("events", "occurrences") else "rows")
        if counted not in COUNTED:
            raise UsageError(f"{counted!r} cannot be counted; count one of {', '.join(COUNTED)}")
        listed, asked = LISTS[of], parsed(of, written, **filters)
        with self.reading() as connection:
            if list(by) == ["dyad"] and counted != "reports" and are_of_pairs(asked):
                return dyads_of(connection, asked, counted, limit, raw=raw)
            conditions = _conditions(connection, asked)
            plan = plan_for(connection, listed, conditions, sort=None, raw=raw)
            return counts_of(connection, listed, plan, counted, by, limit)

    def places(self, written: Written = (), *, most: int, raw: bool = False, **filters: object) -> Places:
        """Return the points where most acts were done, as many as are asked for, and how many acts at any."""
        asked = parsed("events", written, **filters, point=True)
        with self.reading() as connection:
            plan = plan_for(connection, LISTS["events"], _conditions(connection, asked), sort=None, raw=raw)
            return places_of(connection, plan, most)

    def _all(self, of: str, written: Written, sort: str | None, raw: bool, filters: dict[str, object]) -> Iterator[Any]:
        question = Question(parsed(of, written, **filters), LISTS[of].sort(sort), raw)
        return self._following(question)

    def _following(self, question: Question) -> Iterator[Any]:
        after: Position | None = None
        while True:
            rows, ends = self._page(question, BATCH, after)
            yield from rows
            if len(ends) <= BATCH:
                return
            after = ends[BATCH - 1]

    def _page(self, question: Question, limit: int, after: Position | None) -> tuple[list[Any], list[Position]]:
        """Return the rows of a page, and where they and the one behind them stand."""
        listed = LISTS[question.filters.of]
        with self.reading() as connection:
            conditions = _conditions(connection, question.filters, paged=True)
            plan = plan_for(connection, listed, conditions, sort=question.sort, raw=question.raw)
            ends = keys_of(connection, listed, question, plan, limit + 1, after)
            return rows_at(connection, listed.name, [key for _, key in ends[:limit]]), ends


def _conditions(connection: Connection, filters: Filters, *, paged: bool = False) -> list[Any]:
    if filters.within is not None and connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.create_function(near.FUNCTION, 4, near.kilometres_or_none, deterministic=True)
    return conditions_of(filters, connection.dialect, paged=paged)
