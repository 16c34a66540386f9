"""quote-unclosed: a quotation mark that opens and does not close, or closes and did not open."""

import re
from collections.abc import Iterator

from dragoman.checks.reading import Finding, Reading

PARAGRAPH = re.compile(r"[^\n]+")
STRAIGHT = re.compile(r'(?<!\d)"')
CLOSER = re.compile(r"[”]")
OPENER = re.compile(r"[“„]")
SHOWN = 40


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the quotations of which one mark is missing; once a block quotation has begun none are told."""
    open_at = [q.start for q in reading.quotations if not q.closed]
    block = next((start for start in open_at if _opens_paragraph(reading.text, start)), len(reading.text))
    for quotation in reading.quotations:
        if (
            not quotation.closed
            and not _goes_on(reading.text, quotation.start, quotation.end)
            and quotation.start <= block
        ):
            yield Finding("This quotation is never closed.", (reading.in_text(quotation.start, quotation.end),))
    for match in PARAGRAPH.finditer(reading.text):
        if match.start() < block and not any(match.start() <= start < match.end() for start in open_at):
            yield from _unopened(reading, match.start(), match.end())


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the next paragraph opens with a mark, as in a speech or a transcript over several paragraphs."""
    rest = (
        text[end:].lstrip(" .,;:!?…") if not _opens_paragraph(text, start) else "\n" + text[start:].partition("\n")[2]
    )
    return rest.startswith("\n") and rest.lstrip()[:1] in ('"', "“", "„", "'", "‘")


def _opens_paragraph(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] == "\n"


def _unopened(reading: Reading, start: int, end: int) -> Iterator[Finding]:
    """A paragraph with a closing mark too many, none of its quotations left open."""
    straight = [m.start() for m in STRAIGHT.finditer(reading.text, start, end)]
    curly = [m.start() for m in CLOSER.finditer(reading.text, start, end)]
    opened = sum(1 for _ in OPENER.finditer(reading.text, start, end))
    inside = [(a, b) for q in reading.quotations for a, b in q.pieces]
    lone = [at for at in straight if not any(a <= at < b for a, b in inside)] if len(straight) % 2 else []
    lone += [at for at in curly if not any(a <= at < b for a, b in inside)] if len(curly) > opened else []
    for at in lone[:1]:
        evidence = reading.in_text(max(start, at - SHOWN), at + 1)
        yield Finding("A quotation closes here and nowhere opens.", (evidence,))
