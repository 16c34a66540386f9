"""Reads a text for the tests of negotiations, as far as its proposals."""

from dataclasses import dataclass
from functools import cache

from spacy.language import Language

from dragoman.entities import find_entities, knowledge
from dragoman.language.pipeline import load
from dragoman.negotiations import find_negotiations
from dragoman.records import Entity, Negotiation, Proposal, Report, id_of
from dragoman.statements import find_statements


@dataclass(frozen=True)
class Bargains:
    """What was read of a text."""

    negotiations: tuple[Negotiation, ...]
    entities: dict[str, Entity]

    @property
    def proposals(self) -> list[Proposal]:
        return [proposal for bargain in self.negotiations for proposal in bargain.proposals]

    def names(self, ids: tuple[str, ...]) -> list[str]:
        return [self.entities[id_].name for id_ in ids]

    def told(self) -> list[str]:
        """Each proposal in a line: by > to: gives / gets."""
        return [
            f"{', '.join(self.names(p.by))} > {', '.join(self.names(p.to))}: "
            f"{'; '.join(i.item for i in p.gives)} / {'; '.join(i.item for i in p.gets)}"
            for p in self.proposals
        ]


@cache
def _nlp() -> Language:
    return load()


@cache
def bargains(text: str) -> Bargains:
    report = Report(
        id=id_of(text), uri="", title=None, publisher=None, authors=(), language="en", published="2024-05-15",
        published_from="given", dateline=None, text=text,
    )  # fmt: skip
    doc = _nlp()(text)
    entities = find_entities(doc, report, knowledge.load())
    statements = find_statements(doc, report, entities)
    return Bargains(find_negotiations(doc, report, entities, statements, ()), entities.by_id)
