"""duplicate-text: a headline, paragraph, sentence or small word that stands twice."""

import re
from collections.abc import Iterator

from dragoman.checks.reading import Finding, Reading

NOT_LETTERS = re.compile(r"[\W_]+")
FEWEST_WORDS = 6  # shorter sentences are repeated on purpose: "That is not true."
PARAGRAPH = re.compile(r"[^\n]+")
# "had had", "that that" and "moved on on Monday" are English; these are not.
WORD_TWICE = re.compile(
    r"(?<!it )(?<!that )(?<!what )\b(the|a|an|of|to|with|and|is|was|were|for|from|by|at|be|or|will) \1\b(?![-'’])",
    re.IGNORECASE,
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield what stands twice, the larger unit first: a paragraph's sentences are not told again."""
    yield from _headline(reading)
    taken: list[tuple[int, int]] = []
    for unit, spans in (("paragraph", list(_paragraphs(reading))), ("sentence", list(_sentences(reading)))):
        for first, again in _repeated(spans):
            if not any(a <= again[0] < b for a, b in taken) and not _is_speech(reading, first, again):
                taken.append(again)
                yield Finding(f"This {unit} stands twice.", (reading.in_text(*first), reading.in_text(*again)))
    for match in WORD_TWICE.finditer(reading.text):
        yield Finding(f'The word "{match[1].lower()}" stands twice.', (reading.in_text(*match.span()),))


def _headline(reading: Reading) -> Iterator[Finding]:
    if reading.headlines > 1 and reading.title:
        times = "twice" if reading.headlines == 2 else f"{reading.headlines} times"
        yield Finding(f"The headline stands {times} over the report.", (reading.in_title(0, len(reading.title)),))


def _paragraphs(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for match in PARAGRAPH.finditer(reading.text):
        yield match.start(), match.end(), match.group()


def _sentences(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """The sentences that begin where one has ended; the parse cuts some in two."""
    for start, end in reading.sentences:
        if (
            reading.text[:start].rstrip()[-1:] in ("", ".", "!", "?", '"', "”", "’", ":")
            or reading.text[start - 1] == "\n"
        ):
            yield start, end, reading.text[start:end]


def _repeated(spans: list[tuple[int, int, str]]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    seen: dict[str, tuple[int, int]] = {}
    for start, end, words in spans:
        bare = NOT_LETTERS.sub(" ", words).strip().casefold()
        if bare.count(" ") + 1 < FEWEST_WORDS:
            continue
        if bare in seen:
            yield seen[bare], (start, end)
        seen.setdefault(bare, (start, end))


def _is_speech(reading: Reading, first: tuple[int, int], again: tuple[int, int]) -> bool:
    """Whether it is words that were spoken: who repeats a sentence is quoted twice."""
    middles = ((first[0] + first[1]) // 2, (again[0] + again[1]) // 2)
    texts = {reading.text[a:b] for a, b in (first, again)}
    return all(reading.is_quoted(m) for m in middles) and len(texts) > 1
