"""What later rooms ask of the entities: who is meant by these words?"""

from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Span, Token

from dragoman.records import Entity


@dataclass(frozen=True)
class Entities:
    """The entities of one report, and who each token means.

    `heads` maps the index of a mention's head token to the ids of who is meant by it: one id, or several where a
    plural ("the two", "both sides") means a set. `speaks_for` maps a spokesperson's id to the id of the body that is
    spoken for.
    """

    records: tuple[Entity, ...]
    heads: dict[int, tuple[str, ...]] = field(default_factory=dict)
    speaks_for: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_id(self) -> dict[str, Entity]:
        """The records by their ids."""
        return {entity.id: entity for entity in self.records}

    def at(self, token: Token) -> tuple[str, ...]:
        """Return the ids of who is meant by the phrase that this token heads; () where nobody is."""
        return self.heads.get(token.i, ())

    def of(self, span: Span) -> tuple[str, ...]:
        """Return the ids of who is meant by this phrase: its head's, else those of the first mention head in it."""
        found = self.heads.get(span.root.i, ())
        return found or next((self.heads[t.i] for t in span if t.i in self.heads), ())
