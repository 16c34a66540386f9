"""What is being bargained over: moves, replies, and the proposals that they make.

The way through: `moves` reads each offer, demand and swap (`triggers` finds its word, `markers` "in exchange for",
`exchanges`, `parallels` and `terms` what is told without such a word, `items` and `phrases` what is given and got),
`replies` reads the answers, `drafts` joins the tellings of one proposal, `custody` says who holds what, `agreements`
finds what was promised and is not kept, `assembly` and `obstacles` fill the record. `tables` holds the words.
"""

from collections.abc import Iterable

from spacy.tokens import Doc

from dragoman.entities.lookup import Entities
from dragoman.events.assembly import Speakers
from dragoman.negotiations import tables
from dragoman.negotiations.agreements import commitments_in
from dragoman.negotiations.assembly import negotiations_from
from dragoman.negotiations.drafts import drafts_of
from dragoman.negotiations.items import Scene
from dragoman.negotiations.moves import moves_of
from dragoman.negotiations.replies import answers_of
from dragoman.records import Event, Negotiation, Report, Statement

__all__ = ["find_negotiations"]


def find_negotiations(
    doc: Doc, report: Report, entities: Entities, statements: Iterable[Statement], events: Iterable[Event]
) -> tuple[Negotiation, ...]:
    """Return what a report tells as bargaining: who offers what to whom for what, and where it stands."""
    scene = Scene(doc, entities, Speakers(statements), tables.load())
    moves = moves_of(scene)
    drafts = drafts_of(scene, moves, answers_of(scene)) if moves else []
    return negotiations_from(scene, report, drafts, commitments_in(scene))
