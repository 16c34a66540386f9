"""The pipeline, loaded once, and a reader of statements for the tests of this folder."""

from collections.abc import Callable

import pytest
from spacy.language import Language

from dragoman.entities import knowledge
from dragoman.entities.labels import label_names
from dragoman.entities.lookup import Entities
from dragoman.language.pipeline import load
from dragoman.records import Report, Statement, id_of
from dragoman.statements import find_statements

Reading = Callable[[str], tuple[Statement, ...]]


def report_of(text: str) -> Report:
    return Report(
        id=id_of(text),
        uri="test",
        title=None,
        publisher=None,
        authors=(),
        language="en",
        published=None,
        published_from=None,
        dateline=None,
        text=text,
    )


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Reading:
    def statements_of(text: str) -> tuple[Statement, ...]:
        doc = nlp(text)
        label_names(doc, knowledge.load())
        return find_statements(doc, report_of(text), Entities(()))

    return statements_of
