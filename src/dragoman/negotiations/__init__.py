"""What is being bargained over."""

from collections.abc import Iterable

from spacy.tokens import Doc

from dragoman.entities.lookup import Entities
from dragoman.records import Event, Negotiation, Report, Statement


def find_negotiations(
    doc: Doc, report: Report, entities: Entities, statements: Iterable[Statement], events: Iterable[Event]
) -> tuple[Negotiation, ...]:
    """Return the bargains of a report; none are looked for yet."""
    return ()
