"""boilerplate-left: words of the page, not of the report, that stand inside its paragraphs."""

import re
from collections.abc import Iterator

from dragoman.checks.reading import Finding, Reading
from dragoman.checks.tables import rows

ROWS = tuple(
    (row["hints"].split("|"), re.compile(row["pattern"], re.MULTILINE), row["name"]) for row in rows("boilerplate")
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the words of the page that were left in the text; what somebody says of a newsletter is news."""
    lower = reading.text.lower()
    told: set[tuple[int, int]] = set()
    for hints, pattern, name in ROWS:
        if not any(hint in lower for hint in hints):
            continue
        for match in pattern.finditer(reading.text):
            sentence = reading.sentence_at(match.start())
            if sentence not in told and not reading.is_quoted(match.start()):
                told.add(sentence)
                yield Finding(f"This reads as {name}, not as part of the report.", (reading.in_text(*match.span()),))
