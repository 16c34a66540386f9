"""What might be statements: each word that could attribute, with each reading of what it attributes.

The net is wide, since the ranker decides: every verb is asked for its clause, infinitive, object, prepositional
phrase and quotation; nouns, adjectives and prepositions are asked where the table of cues holds them. The readings
of one cue exclude each other.
"""

from collections.abc import Iterator

from dragoman.statements.candidate import Candidate
from dragoman.statements.cues import CueTable
from dragoman.statements.nominals import (
    according_readings,
    adjective_readings,
    copula_readings,
    noun_readings,
    view_readings,
)
from dragoman.statements.quotations import headed, signed, uncued
from dragoman.statements.tokens import Tokens
from dragoman.statements.verbs import verb_readings


def find_candidates(tokens: Tokens, table: CueTable) -> Iterator[Candidate]:
    """Yield every reading of every word of a document that might be a cue, in order."""
    for i, pos in enumerate(tokens.pos):
        if tokens.lower[i] in ("according", "per"):
            yield from according_readings(tokens, i)
        elif pos == "VERB":
            yield from verb_readings(tokens, i, table)
            if tokens.tag[i] == "VBN":  # "was stunned by"
                yield from adjective_readings(tokens, i, table)
        elif pos == "AUX":
            yield from copula_readings(tokens, i)
        elif pos == "NOUN" and (tokens.lemma[i], "noun") in table.rows:
            yield from noun_readings(tokens, i)
        elif pos == "ADJ":
            yield from adjective_readings(tokens, i, table)
        elif pos == "ADP" or pos == "SCONJ":
            yield from view_readings(tokens, i, table)
    yield from headed(tokens)
    yield from signed(tokens)
    yield from uncued(tokens)
