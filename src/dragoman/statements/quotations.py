"""Quotations as contents: those near a cue, those that go on without one, those signed or headed by a speaker."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from dragoman.statements.candidate import Candidate
from dragoman.statements.spans import cut, snapped
from dragoman.statements.tokens import Interval, Tokens

# What signs a quotation: a dash, then a name and perhaps an office, and nothing else in the paragraph.
SIGNATURE = re.compile(
    r"[ \t\u00a0]*(—|–|―|--?)[ \t\u00a0]*([A-Z](?:[^\n.:;!?\"“”]|(?<=\b[A-Z])\.){1,70}?)\.?[ \t\u00a0]*(?=\r?\n|$)"
)
FINITE = ("VBD", "VBZ", "VBP", "MD")


def quotes_near(tokens: Tokens, v: int) -> list[Interval]:
    """Return the quotations that a word outside of them may introduce or follow, with what continues them.

    The nearest one before it and the nearest one after it in its sentence; where the sentence ends its paragraph
    with a colon, the one that opens the next.
    """
    own = tokens.quote[v]
    if own >= 0:
        return []
    first, last = tokens.sentences[tokens.sentence[v]]
    a, b = tokens.paragraphs[tokens.paragraph[v]]
    first, last = max(first, a), min(last, b)
    while first > a and (tokens.quote[first - 1] >= 0 or tokens.blank[first - 1]):
        first -= 1
        if tokens.quote[first] >= 0:
            break
    before = next((tokens.quote[i] for i in range(v - 1, first - 1, -1) if tokens.quote[i] >= 0), -1)
    after = next((tokens.quote[i] for i in range(v + 1, last) if tokens.quote[i] >= 0), -1)
    if before < 0 and after < 0:
        after = _after_colon(tokens, v, last, b)
    if before >= 0 and after >= 0 and _verb_between(tokens, v, tokens.quote_tokens[after][0][0]):
        after = -1
    chosen = [q for q in (before, after) if q >= 0]
    if not chosen:
        return []
    return [piece for q in (*chosen, *_continued(tokens, chosen[-1], v)) for piece in tokens.quote_tokens[q]]


def _after_colon(tokens: Tokens, v: int, last: int, paragraph_end: int) -> int:
    """Return the quotation that opens the next paragraph where a colon ends this one, or -1."""
    at = last
    while at > v and tokens.text[at - 1].isspace():
        at -= 1
    if tokens.text[at - 1] != ":" or any(not tokens.blank[i] for i in range(at, paragraph_end)):
        return -1
    following = next((i for i in range(at, len(tokens)) if not tokens.text[i].isspace()), at)
    return tokens.quote[following] if following < len(tokens) else -1


def _verb_between(tokens: Tokens, v: int, until: int) -> bool:
    """Return whether another verb stands between the cue and a quotation that follows."""
    return any(tokens.pos[i] == "VERB" for i in range(v + 1, until))


def _continued(tokens: Tokens, q: int, v: int) -> list[int]:
    """Return the quotations that go on without a cue after this one, in its paragraph.

    Each must be all of its sentences: nothing but the cue's own sentence before it, a full stop as its last mark.
    """
    found = []
    at = max(tokens.quote_tokens[q][-1][1], v + 1)
    paragraph = tokens.paragraph[at - 1]
    if _ends_in_comma(tokens, q) and tokens.quote_tokens[q][-1][1] > v:
        return []  # '…," she began. "…," and a cue of its own follows
    for following in range(q + 1, len(tokens.quotations)):
        first, end = tokens.quote_tokens[following][0][0], tokens.quote_tokens[following][-1][1]
        if tokens.paragraph[first] != paragraph:
            break
        before = next((i for i in range(first - 1, at - 1, -1) if not tokens.text[i].isspace()), at - 1)
        if tokens.text[before][-1] not in ".?!…:" and tokens.quote[before] < 0:
            break
        if any(tokens.sentence[i] > tokens.sentence[at - 1] for i in range(at, first) if not tokens.blank[i]):
            break
        if _ends_in_comma(tokens, following) or not _ends_sentence(tokens, end):
            break
        found.append(following)
        at, paragraph = end, tokens.paragraph[end - 1]
    return found


def _ends_in_comma(tokens: Tokens, q: int) -> bool:
    """Return whether a comma stands before the closing mark: its cue follows."""
    a, b = tokens.quote_tokens[q][-1]
    return any(tokens.text[i] == "," for i in range(max(a, b - 2), b))


def _ends_sentence(tokens: Tokens, end: int) -> bool:
    """Return whether what follows a quotation begins a new sentence or paragraph."""
    if (
        end >= len(tokens)
        or tokens.text[end].isspace()
        or any(tokens.text[end - k] in (".", "?", "!", "…", "...") for k in (1, 2))
    ):
        return end >= len(tokens) or not tokens.text[end][:1].islower()
    return tokens.text[end] in (".", "?", "!")


def uncued(tokens: Tokens) -> Iterator[Candidate]:
    """Yield the quotations as statements of their own, for those that no cue claims."""
    for pieces in tokens.quote_tokens:
        content = cut(tokens, pieces)
        if content:
            yield Candidate(content[0][0], (), "", "none", "uncued", content, content[0][0])


def signed(tokens: Tokens) -> Iterator[Candidate]:
    """Yield the quotation that a dash and a name sign, to the end of its paragraph: '"Never again." — Maria Lopez'."""
    for quotation, pieces in zip(tokens.quotations, tokens.quote_tokens, strict=True):
        signature = SIGNATURE.match(tokens.raw, quotation.end)
        content = cut(tokens, pieces)
        if signature is None or not content or not tokens.first_in_paragraph(pieces[-1][0]):
            continue
        dash = bisect_right(tokens.end, signature.start(1))
        name = [i for i in range(dash + 1, min(dash + 12, len(tokens))) if tokens.start[i] < signature.end(2)]
        name = [i for i in name if not tokens.blank[i]]
        if name and all(tokens.tag[i] not in FINITE for i in name):
            first = next((i for i in name if tokens.pos[i] == "PROPN"), name[0])
            head = first
            while head + 1 in name and tokens.pos[head + 1] == "PROPN":
                head += 1
            yield Candidate(dash, (dash,), tokens.text[dash], "mark", "signed", content, head)


def headed(tokens: Tokens) -> Iterator[Candidate]:
    """Yield what follows "MERKEL:" at the start of a paragraph, and what follows a colon or dash in a headline."""
    for first, last in tokens.paragraphs:
        mark = _heading_mark(tokens, first, last)
        before = [j for j in range(first, mark) if not tokens.blank[j]] if mark is not None else []
        if mark is None or not before:
            continue
        capitals = all(tokens.text[j].isupper() for j in before)
        if capitals and tokens.text[mark] != ":":
            continue  # a dateline: "GENEVA — "
        if any(tokens.pos[j] in ("VERB", "AUX") and not tokens.text[j][0].isupper() for j in before):
            continue
        pieces = snapped(tokens, cut(tokens, [(mark + 1, last)]), mark)
        if pieces:
            frame = "speaker" if capitals and mark < first + 5 else "colon"
            yield Candidate(mark, (mark,), tokens.text[mark], "mark", frame, pieces, before[-1])


def _heading_mark(tokens: Tokens, first: int, last: int) -> int | None:
    """Return the first colon among a paragraph's first words, or the first dash among fewer."""
    for i in range(first + 1, min(first + 9, last - 1)):
        if tokens.quote[i] >= 0 and tokens.quote[first] < 0:
            return None
        if tokens.text[i] == ":" or (tokens.text[i] in ("—", "–", "--") and i < first + 6):
            return i
    return None
