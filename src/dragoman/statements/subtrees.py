"""The words under a token of the parse, as intervals."""

from dragoman.statements.tokens import Interval, Tokens


def words_under(tokens: Tokens, root: int, cue: int) -> list[Interval]:
    """Return the words under a token as intervals, without the cue and what hangs on it from elsewhere."""
    a, b = tokens.left[root], tokens.right[root]
    if not a <= cue < b:
        return [(a, b)]
    return runs(tokens.subtree(root))


def runs(indices: list[int]) -> list[Interval]:
    """Return sorted indices as intervals."""
    found: list[Interval] = []
    for i in indices:
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def without(intervals: list[Interval], gone: list[Interval]) -> list[Interval]:
    """Return intervals without the words of others."""
    words = {i for a, b in intervals for i in range(a, b)} - {i for a, b in gone for i in range(a, b)}
    return runs(sorted(words))


def cue_words(tokens: Tokens, v: int, extra: list[int]) -> tuple[int, ...]:
    """Return the words of a verbal cue: the verb, its auxiliaries, negation and particles."""
    words = [k for k in tokens.kids[v] if tokens.dep[k] in ("aux", "auxpass", "neg", "prt") and k < v + 3]
    return tuple(sorted({v, *words, *extra}))
