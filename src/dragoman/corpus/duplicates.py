"""Reports that are copies of one another: reprinted, with another headline, shortened or lightly edited.

Two texts are copies where most shingles of both are shared, or where the shorter is all but contained in the longer
and keeps its lead: editors cut agency copy from the end. A round-up that holds two briefs whole is a copy of neither
but, at most, of the one that it opens with.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from msgspec import Struct

from dragoman.corpus.shingles import Hashes, shingles_of, sketch_of
from dragoman.corpus.unions import Unions
from dragoman.records import Record

# Chosen on archives of 4,000 and 16,000 synthetic reports (docs/quality_corpus.md): of true pairs 0.99 are above, of
# pairs that share sentences by chance none.
ALIKE = 0.5  # Jaccard
CONTAINED = 0.75  # of the shorter text's shingles
SMALLEST = 0.15  # of the longer text: a flash is no shortened copy of the analysis that quotes it
LEAD = 20  # shingles that open the longer text
LEAD_KEPT = 0.5
PROMISING = 0.3  # of the shorter sketch: below, a pair is not looked at
FEWEST = 2  # shared hashes of two sketches
POSTINGS = 40  # reports with one hash: it is rare up to here
TELLING = 0.3  # of a sketch: so many of the rarest hashes compare a text, whether they are rare or not
CROWD = 160  # reports that a hash which is not rare is looked up in


@dataclass(frozen=True, slots=True)
class Copy:
    """A report in a cluster; `how` is None for the first publication.

    `similarity` is the share of the shorter text's shingles that the first publication and this one share.
    """

    uri: str
    how: Literal["exact", "near"] | None
    similarity: float


@dataclass(frozen=True, slots=True)
class DuplicateCluster:
    """Reports that are copies of one another, by day of publication; the first member is the first publication."""

    members: tuple[Copy, ...]

    @property
    def first(self) -> str:
        """The URI of the first publication."""
        return self.members[0].uri


class Print(Struct, frozen=True, array_like=True, eq=False):
    """What is kept of a report to compare it; `words` are its shingles, eight bytes each."""

    uri: str
    id: str
    published: str | None
    words: bytes

    @property
    def order(self) -> tuple[bool, str, str]:
        """What reports are sorted by: the first published first."""
        return self.published is None, self.published or "", self.uri

    @property
    def shingles(self) -> Hashes:
        """Its shingles in their order."""
        return np.frombuffer(self.words, np.uint64)


def print_of(record: Record) -> Print:
    """Return what is kept of a report to compare it."""
    report = record.report
    return Print(report.uri, report.id, report.published, shingles_of(report.text).tobytes())


def find_duplicates(records: Iterable[Record]) -> list[DuplicateCluster]:
    """Return the clusters of two and more copies, by first publication; a report without copies is in none.

    Reports are told apart by URI: the same URI twice is one report, whose last text counts. The first publication is
    the one with the earliest `published`, reports without one last, equal ones by URI. Records are streamed; what is
    kept is 8 bytes a word.
    """
    return clusters_of(print_of(record) for record in records)


def clusters_of(prints: Iterable[Print]) -> list[DuplicateCluster]:
    """Return what `find_duplicates` does, from what is kept of each report."""
    reports = {print_.uri: print_ for print_ in prints}
    prints = sorted(reports.values(), key=lambda print_: print_.order)
    joined = Unions(len(prints))
    texts: dict[str, int] = {}
    for i, print_ in enumerate(prints):
        joined.join(texts.setdefault(print_.id, i), i)
    for a, b in _candidates([prints[i] for i in texts.values()]):
        if are_copies(a.shingles, b.shingles):
            joined.join(texts[a.id], texts[b.id])
    groups = [[prints[i] for i in group] for group in joined.groups() if len(group) > 1]
    return [DuplicateCluster(members=tuple(_copies(group))) for group in groups]


def are_copies(one: Hashes, other: Hashes) -> bool:
    """Return whether two texts, as shingles in their order, are copies of one another."""
    short, long = sorted((one, other), key=len)
    short_set = np.unique(short)
    shared = np.intersect1d(short_set, np.unique(long), assume_unique=True).size
    if shared >= ALIKE * (len(short) + len(long) - shared):
        return True
    if shared < CONTAINED * short_set.size or len(short) < SMALLEST * len(long):
        return False
    return bool(np.isin(long[:LEAD], short_set).mean() >= LEAD_KEPT)


def _candidates(prints: list[Print]) -> Iterator[tuple[Print, Print]]:
    """Yield pairs whose sketches share enough hashes that are rare in the archive.

    A text whose hashes are mostly common (a wire story that everybody ran) is compared by the rarest of them, and only
    with the first reports that have each, so that the number of pairs stays linear; copies meet through those.
    """
    sketches = [sketch_of(print_.shingles) for print_ in prints]
    values, counts = np.unique(np.concatenate(sketches), return_counts=True) if sketches else ((), ())
    seen: dict[int, list[int]] = defaultdict(list)
    sizes: list[int] = []
    for i, sketch in enumerate(sketches):
        often = counts[np.searchsorted(values, sketch)]
        least = max(FEWEST, int(TELLING * len(sketch)) + 1, int((often <= POSTINGS).sum()))
        hashes = sketch[np.argsort(often, kind="stable")[:least]].tolist()
        sizes.append(len(hashes))
        shared: dict[int, int] = defaultdict(int)
        for value in hashes:
            postings = seen[value]
            for j in postings:
                shared[j] += 1
            if len(postings) < CROWD:
                postings.append(i)
        for j, number in shared.items():
            if number >= max(FEWEST, PROMISING * min(sizes[i], sizes[j])):
                yield prints[j], prints[i]


def _copies(group: list[Print]) -> Iterator[Copy]:
    first = group[0]
    yield Copy(uri=first.uri, how=None, similarity=1.0)
    for print_ in group[1:]:
        how: Literal["exact", "near"] = "exact" if print_.id == first.id else "near"
        yield Copy(uri=print_.uri, how=how, similarity=round(_containment(first.shingles, print_.shingles), 4))


def _containment(one: Hashes, other: Hashes) -> float:
    first, second = np.unique(one), np.unique(other)
    return float(np.intersect1d(first, second, assume_unique=True).size / min(first.size, second.size))
