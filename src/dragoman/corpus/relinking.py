"""Tellings brought together again after new ones came: only what these touch is compared anew.

A match between two voices depends on the two, and on how rare their words are in their month; groups depend on the
matches that a chain of matches leads to. So the matches of voices that are as they were, in months whose words are as
they were, are taken from the time before, and so are the groups that no other match leads to. What comes out is what
`linking.linked` makes of all, group by group.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import Struct

from dragoman.corpus.linking import Edge, Voice, edges_between, merged
from dragoman.corpus.rarity import Rarity, period_of
from dragoman.corpus.unions import Unions


class Past(Struct, frozen=True, array_like=True):
    """What is kept of a joining: what tells each voice and month from any other, the matches, each voice's group."""

    marks: tuple[bytes, ...] = ()
    months: dict[int, bytes] = {}
    edges: tuple[bytes, bytes, bytes] = (b"", b"", b"")  # numbers of the voices, and evidence in bits
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Relinked:
    """Groups of voices by their numbers: those made anew, and those that are as they were, by their old number."""

    fresh: list[list[int]]
    kept: dict[int, list[int]]
    edges: list[Edge]


def relinked(voices: Sequence[Voice], marks: Sequence[bytes], rarity: Rarity, past: Past) -> Relinked:
    """Return the groups that tell one act; `marks` tell each voice, its tellings and their source, from any other."""
    number = {mark: i for i, mark in enumerate(marks)}
    here = [number.get(mark, -1) for mark in past.marks]
    known = set(here)
    changed = {month for month, mark in rarity.marks.items() if past.months.get(month) != mark}
    stale = {i for i, voice in enumerate(voices) if i not in known or period_of(voice.main) in changed}
    edges: list[Edge] = []
    touched = set(stale)
    for bits, old_i, old_j in _edges(past):
        i, j = here[old_i], here[old_j]
        if i >= 0 and j >= 0 and i not in stale and j not in stale:
            edges.append((bits, i, j))
        else:
            touched |= {i, j} - {-1}
    edges = sorted([*edges, *edges_between(voices, rarity, stale)])
    chains = Unions(len(voices))
    for _, i, j in edges:
        chains.join(i, j)
    open_ = {chains.top(i) for i in touched}
    kept: dict[int, list[int]] = {}
    for old, i in enumerate(here):
        if i >= 0 and chains.top(i) not in open_:
            kept.setdefault(past.groups[old], []).append(i)
    fresh = [i for i in range(len(voices)) if chains.top(i) in open_]
    groups = merged(fresh, [edge for edge in edges if chains.top(edge[1]) in open_], voices, rarity)
    return Relinked(groups, {group: sorted(members) for group, members in kept.items()}, edges)


def past_of(marks: Sequence[bytes], rarity: Rarity, edges: Sequence[Edge], groups: dict[int, list[int]]) -> Past:
    """Return what is to be kept of a joining; voices in no group are compared anew the next time."""
    group_of = {i: group for group, members in groups.items() for i in members}
    packed = (array("i", column).tobytes() for column in ([i for _, i, _ in edges], [j for _, _, j in edges]))
    return Past(
        marks=tuple(mark if i in group_of else b"" for i, mark in enumerate(marks)),
        months=rarity.marks,
        edges=(*packed, array("d", [bits for bits, _, _ in edges]).tobytes()),  # type: ignore[arg-type]
        groups=tuple(group_of.get(i, 0) for i in range(len(marks))),
    )


def _edges(past: Past) -> Iterator[Edge]:
    one, other, bits = (array(kind, column) for kind, column in zip("iid", past.edges, strict=True))
    yield from zip(bits, one, other, strict=True)
