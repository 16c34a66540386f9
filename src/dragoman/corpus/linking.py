"""Tellings of one act brought together.

Copies first: the same sentence in copies of one report is one telling, made by one hand. Then tellings are compared
that share a pair of sides (or one side, where a telling lacks the other) and may be of the same days, and joined from
the best match down while what is joined agrees on the average. Two tellings of one report are two acts: its reader
told them apart.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.corpus.matching import score, sides_of
from dragoman.corpus.rarity import Rarity
from dragoman.corpus.tellings import Telling

THRESHOLD = -1.0  # bits: a third of the pairs at the bound tell one act; docs/quality_corpus.md has the sweep
SLACK = 2  # days by which reports may err
SAME_SENTENCE = 0.7  # of its words: between copies, what light editing leaves
COMPARED = 6  # members of each of two groups whose matches are averaged
Edge = tuple[float, int, int]  # minus the evidence in bits, and the numbers of two voices, the lower first
MOST_SIDES = 6  # of a telling; a list of thirty countries would pair with half the archive


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """What one hand tells of an act: a telling and its copies, the one that tells most first."""

    tellings: tuple[Telling, ...]

    @property
    def main(self) -> Telling:
        """The telling that stands for all."""
        return self.tellings[0]


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """The voices that tell one act, and how surely each belongs there: 0 to 1; 1 for a voice that is alone."""

    voices: tuple[Voice, ...]
    sureness: tuple[float, ...]


def linked(tellings: Iterable[Telling]) -> list[Link]:
    """Return the tellings in groups, one an act, each as the voices that tell it, whatever order they come in."""
    voices = voices_of(tellings)
    rarity = rarity_of(voices)
    edges = sorted(edges_between(voices, rarity))
    return [link_of(group, voices, rarity) for group in merged(range(len(voices)), edges, voices, rarity)]


def rarity_of(voices: Iterable[Voice]) -> Rarity:
    """Return how much each word tells, every voice counted once."""
    return Rarity(voice.main for voice in voices)


def edges_between(voices: Sequence[Voice], rarity: Rarity, of: Collection[int] | None = None) -> Iterator[Edge]:
    """Yield the matches between voices that may tell one act; only those with a voice that is in `of`, if given."""
    for i, j in candidates(voices, of):
        bits = score(voices[i].main, voices[j].main, rarity)
        if bits >= THRESHOLD:
            yield -bits, i, j


def link_of(group: Sequence[int], voices: Sequence[Voice], rarity: Rarity) -> Link:
    """Return voices that tell one act, by their numbers, with how surely each belongs there."""
    if len(group) == 1:
        return Link((voices[group[0]],), (1.0,))
    bits = [_average([i], [j for j in group if j != i], voices, rarity) for i in group]
    return Link(tuple(voices[i] for i in group), tuple(1 / (1 + 2**-b) for b in bits))


def voices_of(tellings: Iterable[Telling]) -> list[Voice]:
    """Return tellings with those that copies have of the same sentence, the first published first."""
    by_source: dict[str, list[list[Telling]]] = defaultdict(list)
    for telling in sorted(tellings, key=lambda telling: telling.order):
        groups = by_source[telling.source]
        group = next((group for group in groups if _is_copied(telling, group)), None)
        if group is None:
            groups.append([telling])
        else:
            group.append(telling)
    all_ = sorted((group for groups in by_source.values() for group in groups), key=lambda group: group[0].order)
    return [Voice(tuple(sorted(group, key=lambda t: -_told(t)))) for group in all_]


def _is_copied(telling: Telling, group: list[Telling]) -> bool:
    if any(telling.uri == other.uri for other in group) or telling.stage != group[0].stage:
        return False
    first = group[0]
    if telling.sentence == first.sentence:
        return telling.type == first.type
    shared, all_ = len(telling.words & first.words), len(telling.words | first.words)
    return bool(all_) and shared >= SAME_SENTENCE * all_ and telling.type == first.type


def _told(telling: Telling) -> int:
    return sum(map(bool, (telling.date, telling.actors, telling.recipients, telling.place, telling.figures)))


def candidates(voices: Sequence[Voice], of: Collection[int] | None = None) -> Iterator[tuple[int, int]]:
    """Yield, once each, the pairs of voices that may tell one act, by their numbers, the lower first.

    Where `of` is given, only pairs with a voice that is in it.
    """
    dyads: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sides: dict[tuple[str, str], list[int]] = defaultdict(list)
    halves: set[int] = set()
    for i, voice in enumerate(voices):
        telling = voice.main
        if telling.window is None:
            continue
        pairs = _dyads(telling)
        for pair in pairs:
            dyads[telling.stage, *pair].append(i)
        if not pairs:
            halves.add(i)
        for side in sorted(sides_of(telling.actors) | sides_of(telling.recipients))[:MOST_SIDES]:
            sides[telling.stage, side].append(i)
    seen: set[tuple[int, int]] = set()
    for dyad in sorted(dyads):
        for pair_ in _near(dyads[dyad], voices, None, of):
            if pair_ not in seen:
                if len(_dyads(voices[pair_[0]].main)) > 1:  # only such a pair can meet again
                    seen.add(pair_)
                yield pair_
    seen.clear()
    for side_ in sorted(sides):
        for pair_ in _near(sides[side_], voices, halves, of):
            if pair_ not in seen:
                seen.add(pair_)
                yield pair_


def _dyads(telling: Telling) -> list[tuple[str, str]]:
    """Return the pairs of sides between which an act is, either way round: a meeting has no direction."""
    acting = sorted(sides_of(telling.actors))[:MOST_SIDES]
    acted = sorted(sides_of(telling.recipients))[:MOST_SIDES]
    if not acted:
        return list(combinations(acting, 2))
    return sorted({(min(a, r), max(a, r)) for a in acting for r in acted})


def _near(
    block: list[int], voices: Sequence[Voice], halves: set[int] | None, of: Collection[int] | None
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a block whose days may be the same; where `halves`, or `of`, are given, with one of each."""
    if of is not None and not any(i in of for i in block):
        return
    timed = sorted((voices[i].main.window or (0, 0), i) for i in block)
    open_: list[tuple[int, int, str]] = []  # last day, number, source
    for (first, last), i in timed:
        open_ = [row for row in open_ if row[0] + SLACK >= first]
        source, half = voices[i].main.source, halves is None or i in halves
        wanted = of is None or i in of
        for _, j, other in open_:
            if other != source and (half or j in (halves or ())) and (wanted or j in (of or ())):
                yield (j, i) if j < i else (i, j)
        open_.append((last, i, source))


def merged(numbers: Iterable[int], edges: Iterable[Edge], voices: Sequence[Voice], rarity: Rarity) -> list[list[int]]:
    """Return groups joined along the edges, best first, where both are of different reports and match on average.

    What no chain of edges connects has no say in each other's groups, so that some of an archive can be merged alone.
    """
    members: dict[int, list[int]] = {i: [i] for i in numbers}
    group_of = {i: i for i in members}
    for _, i, j in edges:
        low, high = sorted((group_of[i], group_of[j]))
        if low == high or _share_a_report(members[low], members[high], voices):
            continue
        if _average(members[low], members[high], voices, rarity) < THRESHOLD:
            continue
        for k in members[high]:
            group_of[k] = low
        members[low] += members.pop(high)
    return [sorted(group) for group in members.values()]


def _share_a_report(one: list[int], other: list[int], voices: Sequence[Voice]) -> bool:
    sources = {voices[i].main.source for i in one}
    return any(voices[j].main.source in sources for j in other)


def _average(one: list[int], other: list[int], voices: Sequence[Voice], rarity: Rarity) -> float:
    scores = [score(voices[i].main, voices[j].main, rarity) for i in one[:COMPARED] for j in other[:COMPARED]]
    return sum(scores) / len(scores)
