"""What the tests of the checks share: the flags of a report, by kind and words."""

from collections.abc import Callable

import pytest

from dragoman.checks import find_flags
from dragoman.entities import find_entities, knowledge
from dragoman.language import pipeline
from dragoman.records import Flag
from dragoman.sources import RawDocument
from dragoman.statements import find_statements
from dragoman.text import cleaned


@pytest.fixture(scope="session")
def flags_of() -> Callable[..., tuple[Flag, ...]]:
    """Return the flags of a text; events are left out, which no test here needs."""
    nlp = pipeline.load()
    tables = knowledge.load()

    def flags(text: str, title: str | None = None, published: str | None = "2022-07-29") -> tuple[Flag, ...]:
        found = cleaned(RawDocument("a.txt", "text", text, title=title, published=published, published_from="metadata"))
        [doc] = pipeline.parse([found.report.text], nlp)
        entities = find_entities(doc, found.report, tables)
        statements = find_statements(doc, found.report, entities)
        return find_flags(doc, found.report, entities, statements, (), tables, headlines=found.headlines)

    return flags
