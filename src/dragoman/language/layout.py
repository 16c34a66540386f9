"""How a sentence and its candidates are shown to the encoder.

A candidate's words are told to the model by markers. They stand either beside the text (`beside`): the sentence is
encoded once, each phrase has one marker with the position of its last word (its head, as the reader finds phrases),
which sees the sentence and its own candidate's markers and is seen by nothing else, so that all candidates of a
sentence are judged in one run (the approximation of Zhong and Chen 2021, "A Frustratingly Easy Approach for Entity and
Relation Extraction"). Or within it (`within`): one candidate a run, slower, which the large coder does.
"""

from collections.abc import Sequence
from typing import NamedTuple

ROLES = ("actor", "recipient", "trigger")
MAX_PIECES = 160

Spans = dict[str, list[tuple[int, int]]]
Offsets = Sequence[tuple[int, int]]


class Layout(NamedTuple):
    """What the model takes: pieces with their positions, whose they are (0: the text's), and each candidate's marks.

    `roles` holds for each candidate and each role the places of its (opening) marks in `ids`.
    """

    ids: list[int]
    positions: list[int]
    groups: list[int]
    roles: list[list[list[int]]]


def beside(ids: Sequence[int], offsets: Offsets, candidates: Sequence[Spans], first_mark: int) -> list[Layout]:
    """Lay out a sentence once with the marks of its candidates after it; `ids` has [CLS] first and [SEP] last.

    A sentence that is too long is laid out once a candidate, each time cut to the pieces around it.
    """
    if len(ids) > MAX_PIECES and len(candidates) > 1:
        return [beside(ids, offsets, [spans], first_mark)[0] for spans in candidates]
    found = [[[_pieces_in(span, offsets) for span in spans[role]] for role in ROLES] for spans in candidates]
    first, last = _window(found[0], len(ids), MAX_PIECES)
    out = [ids[0], *ids[first:last], ids[-1]]
    positions, groups, roles = list(range(len(out))), [0] * len(out), []
    for number, candidate in enumerate(found, 1):
        at: list[list[int]] = [[] for _ in ROLES]
        for r, places in enumerate(candidate):
            for pieces in places:
                if pieces is None or not first <= pieces[0] <= pieces[1] < last:
                    continue
                at[r].append(len(out))
                out.append(first_mark + 2 * r)
                positions.append(pieces[1] - first + 1)
                groups.append(number)
        roles.append(at)
    return [Layout(out, positions, groups, roles)]


def within(ids: Sequence[int], offsets: Offsets, candidates: Sequence[Spans], first_mark: int) -> list[Layout]:
    """Lay out a sentence once a candidate, with the marks around the words of each."""
    return [_within(ids, offsets, spans, first_mark) for spans in candidates]


def _within(ids: Sequence[int], offsets: Offsets, spans: Spans, first_mark: int) -> Layout:
    opens: dict[int, list[int]] = {}
    closes: dict[int, list[int]] = {}
    found = [[_pieces_in(span, offsets) for span in spans[role]] for role in ROLES]
    for r, places in enumerate(found):
        for pieces in places:
            if pieces is not None:
                opens.setdefault(pieces[0], []).append(r)
                closes.setdefault(pieces[1], []).append(r)
    first, last = _window(found, len(ids), MAX_PIECES - 2 * sum(map(len, opens.values())))
    out, at = [ids[0]], [[] for _ in ROLES]  # type: tuple[list[int], list[list[int]]]
    for i in range(first, last):
        for r in opens.get(i, ()):
            at[r].append(len(out))
            out.append(first_mark + 2 * r)
        out.append(ids[i])
        out += [first_mark + 2 * r + 1 for r in reversed(closes.get(i, ()))]
    out.append(ids[-1])
    return Layout(out, list(range(len(out))), [0] * len(out), [at])


def _pieces_in(span: tuple[int, int], offsets: Offsets) -> tuple[int, int] | None:
    """The first and last piece of a span of characters."""
    inside = [i for i, (a, b) in enumerate(offsets) if a < span[1] and b > span[0] and b > a]
    return (inside[0], inside[-1]) if inside else None


def _window(found: list[list[tuple[int, int] | None]], length: int, most: int) -> tuple[int, int]:
    """Which pieces of a long sentence are kept: those around the trigger, else around the first mark."""
    marked = [pieces[0] for places in (found[2], *found) for pieces in places if pieces]
    room = most - 2
    first = max(1, min((marked[0] if marked else 1) - room // 2, length - 1 - room))
    return first, min(length - 1, first + room)
