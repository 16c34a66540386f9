"""Statements: what the report attributes to somebody, from the parse and the entities.

The way through: `quotemarks` pairs the quotation marks, `candidates` reads each word that could attribute in each
frame that it could take, `sources` names who speaks, `ranker` decides, `choice` settles what excludes what, and
`details` fills the rest of the record.
"""

from spacy.tokens import Doc

from dragoman.entities.lookup import Entities
from dragoman.records import Report, Statement
from dragoman.statements.choice import chosen
from dragoman.statements.cues import cue_table
from dragoman.statements.details import as_statements
from dragoman.statements.ranker import shipped_ranker
from dragoman.statements.ranking import readings_of
from dragoman.statements.tokens import tokens_of

__all__ = ["find_statements"]


def find_statements(doc: Doc, report: Report, entities: Entities) -> tuple[Statement, ...]:
    """Return what a report attributes to somebody, in the order of the text.

    >>> from dragoman.language.pipeline import load
    >>> doc = load()("The mayor said that the bridge would open.")
    >>> [s.content[0].text for s in find_statements(doc, None, Entities(()))]
    ['that the bridge would open']
    """
    if not len(doc):
        return ()
    table = cue_table()
    tokens = tokens_of(doc, table.verbs)
    found = chosen(tokens, readings_of(tokens, table), shipped_ranker(), table)
    return as_statements(tokens, found, entities)
