"""anonymous-only: a report whose news rests on sources alone that it does not name."""

import re
from collections.abc import Iterator

from dragoman.checks.reading import Finding, Reading
from dragoman.checks.tables import words
from dragoman.records import Statement

UNNAMED = re.compile(
    r"\b(?:sources?|people|persons?|officials?|diplomats?) "
    r"(?:familiar|close|briefed|with (?:direct )?knowledge|involved)\b|"
    r"\b[Aa] (?:\w+ )?source\b|\b[Ss]ources\b|\banonym(?:ity|ously)\b|"
    r"\bnot to be (?:named|identified|quoted by name)\b|"
    r"\b(?:would|did) not (?:give|want) (?:his|her|their) names?\b|\bnot authori[sz]ed to (?:speak|discuss|talk)\b"
)
SAYING = words("anonymous_saying")
FEWEST = 2  # statements; one line from an unnamed source is a detail
LEAD = 400


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the report's anonymous statements, where no source with a name stands beside them."""
    outer = [s for s in reading.statements if s.inside is None and s.cue is not None and s.source_span is not None]
    claims = [s for s in outer if s.cue is not None and s.cue.lemma in SAYING]
    unnamed = [s for s in claims if s.attribution == "anonymous"]
    if len(unnamed) < FEWEST or not UNNAMED.search(reading.text) or not _leads(unnamed[0]):
        return
    if all(s.attribution == "anonymous" or _is_pronoun(s) for s in claims):
        spans = tuple(reading.of_span(s.source_span) for s in unnamed if s.source_span is not None)
        yield Finding("What the report tells as news rests on unnamed sources alone.", spans)


def _leads(statement: Statement) -> bool:
    return statement.content[0].start < LEAD


def _is_pronoun(statement: Statement) -> bool:
    """Whether the source is "they": it was named before, or nowhere."""
    return statement.source_span is not None and statement.source_span.text.lower() in (
        "they",
        "he",
        "she",
        "it",
        "who",
    )
