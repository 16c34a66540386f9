"""What a careful editor would query."""

from collections.abc import Iterable

from spacy.tokens import Doc

from dragoman.entities.lookup import Entities
from dragoman.records import Event, Flag, Report, Statement


def find_flags(
    doc: Doc, report: Report, entities: Entities, statements: Iterable[Statement], events: Iterable[Event]
) -> tuple[Flag, ...]:
    """Return the report's own faults; none are looked for yet."""
    return ()
