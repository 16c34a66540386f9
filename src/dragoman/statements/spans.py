"""Contents as intervals of tokens: joined, trimmed, kept within their paragraph, and fitted to quotation marks."""

from collections.abc import Sequence

from dragoman.statements.tokens import Interval, Tokens

OPENERS = frozenset("\"“„«'‘``([")
CLOSERS = frozenset("\"”“»'’'')]!?%")


def joined(intervals: Sequence[Interval]) -> list[Interval]:
    """Return intervals in order, those that touch or overlap made one.

    >>> joined([(4, 6), (0, 2), (2, 3)])
    [(0, 3), (4, 6)]
    """
    found: list[Interval] = []
    for a, b in sorted(intervals):
        if found and a <= found[-1][1]:
            found[-1] = (found[-1][0], max(b, found[-1][1]))
        elif a < b:
            found.append((a, b))
    return found


def cut(tokens: Tokens, intervals: Sequence[Interval]) -> tuple[Interval, ...]:
    """Return intervals split at paragraphs and trimmed of the punctuation at their edges, quotation marks kept."""
    found = []
    for a, b in joined(intervals):
        while a < b:
            stop = min(b, max(a + 1, tokens.paragraphs[tokens.paragraph[a]][1]))
            piece = _trimmed(tokens, a, stop)
            if piece:
                found.append(piece)
            a = stop
    return tuple(found)


def _trimmed(tokens: Tokens, a: int, b: int) -> Interval | None:
    """Return an interval without the punctuation at its edges; None where no word is left."""
    while a < b and tokens.blank[a] and tokens.quote[a] < 0 and tokens.text[a] not in "$£€#@([":
        a += 1
    while (
        a < b
        and tokens.quote[b - 1] < 0
        and ((tokens.blank[b - 1] and tokens.text[b - 1] not in "%)]?!") or tokens.lower[b - 1] in ("and", "but"))
    ):
        b -= 1
    if b - a == 1 and tokens.blank[a]:
        return None
    return (a, b) if a < b and not all(tokens.blank[a:b]) else None


def snapped(tokens: Tokens, intervals: tuple[Interval, ...], cue: int) -> tuple[Interval, ...]:
    """Return contents that take in whole each quotation they begin or cover, where the cue stands outside of it.

    The parse ends a clause at a full stop; a reader ends it at the closing mark.
    """
    own = tokens.quote[cue]
    added: list[Interval] = []
    for a, b in intervals:
        for q in {tokens.quote[i] for i in range(a, b)} - {-1, own}:
            pieces = tokens.quote_tokens[q]
            if any(x <= cue < y for x, y in pieces):
                continue
            inside = sum(1 for i in range(a, b) if tokens.quote[i] == q and not tokens.blank[i])
            first = _first_word(tokens, pieces[0])
            last = _last_word(tokens, pieces[-1])
            if a <= first < b or inside * 2 > last - first:
                added += pieces
    if own >= 0:  # a content inside the cue's own quotation ends with it
        limits = tokens.quote_tokens[own]
        intervals = tuple((max(a, x), min(b, y)) for a, b in intervals for x, y in limits if max(a, x) < min(b, y))
        return cut_marks(tokens, cut(tokens, [*intervals, *added]), limits)
    return cut(tokens, [*intervals, *added]) if added else intervals


def cut_marks(tokens: Tokens, intervals: tuple[Interval, ...], limits: list[Interval]) -> tuple[Interval, ...]:
    """Return intervals without the marks of the quotation that holds them."""
    found = []
    for a, b in intervals:
        while a < b and tokens.blank[a] and any(a == x for x, _ in limits):
            a += 1
        while a < b and tokens.blank[b - 1]:
            b -= 1
        if a < b:
            found.append((a, b))
    return tuple(found)


def _first_word(tokens: Tokens, piece: Interval) -> int:
    """Return the first token of a piece that is a word."""
    return next((i for i in range(*piece) if not tokens.blank[i]), piece[0])


def _last_word(tokens: Tokens, piece: Interval) -> int:
    """Return the token after the last word of a piece."""
    return next((i + 1 for i in range(piece[1] - 1, piece[0] - 1, -1) if not tokens.blank[i]), piece[1])
