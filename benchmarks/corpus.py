"""Score what is joined across reports on the synthetic archive, where all is known.

    python benchmarks/corpus.py [--reports 2000] [--seed 1]

Three tables are what the constants of matching and of agreement were taken from, counted anew on an archive of another
seed: `--weights`, `--sweep` (thresholds and what each gives), `--confidence`.
"""

import argparse
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations
from math import log2
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from archive import FIRST_DAY, Act, archive, planted, world_of
from dragoman import ontology
from dragoman.corpus import linking
from dragoman.corpus.acts import Act as CountedAct
from dragoman.corpus.acts import acts_of_occurrences
from dragoman.corpus.agreement import evidence_of
from dragoman.corpus.duplicates import DuplicateCluster, find_duplicates
from dragoman.corpus.linking import Link, candidates, linked, rarity_of, voices_of
from dragoman.corpus.matching import levels
from dragoman.corpus.occurrences import occurrence_of
from dragoman.corpus.series import series_of
from dragoman.corpus.spread import ranked, votes_of
from dragoman.corpus.tellings import Telling, tellings_of
from dragoman.entities import knowledge
from dragoman.records import Record, as_json, from_json

LEAST_DUPLICATES = 0.97
LEAST_OCCURRENCES = 0.85

Key = tuple[str, str]


def main() -> None:
    """Print the figures, or the table that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--sweep", action="store_true")
    parser.add_argument("--confidence", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        made = Made(options.reports, options.seed, Path(folder) / "archive.jsonl")
        if options.weights:
            print_weights(made.tellings(), made.acts)
        elif options.sweep:
            tellings = made.tellings()
            for threshold in (-4, -3, -2, -1, 0, 1, 2, 3, 4, 6):
                linking.THRESHOLD = threshold
                print(threshold, _shown(*b_cubed(_keys(linked(tellings)), made.acts)))
        elif options.confidence:
            types = {act.id: act.type for act in planted(options.reports, options.seed)}
            print_confidence(linked(made.tellings()), made.acts, types)
        else:
            print_all(made)
            print_series(Made(options.reports, options.seed, Path(folder) / "faultless.jsonl", noise=False), made)


class Made:
    """An archive on disk, read from there as often as needed, and what is planted in it."""

    def __init__(self, reports: int, seed: int, path: Path, noise: bool = True) -> None:
        self.reports, self.seed, self.path = reports, seed, path
        self.acts: dict[Key, int] = {}
        self.families: dict[str, int] = {}
        with path.open("wb") as file:
            for record, gold in archive(reports, seed, noise):
                file.write(as_json(record) + b"\n")
                self.families[record.report.uri] = gold.family
                for event, act in zip(record.events, gold.acts, strict=True):
                    self.acts[record.report.uri, event.id] = act
        self._duplicates: list[DuplicateCluster] | None = None

    def records(self) -> Iterator[Record]:
        """Yield the records."""
        with self.path.open("rb") as file:
            yield from map(from_json, file)

    def duplicates(self) -> list[DuplicateCluster]:
        """Return the clusters that are found."""
        if self._duplicates is None:
            self._duplicates = find_duplicates(self.records())
        return self._duplicates

    def tellings(self) -> list[Telling]:
        """Return all events."""
        return list(tellings_of(self.records(), self.duplicates(), knowledge.load()))


def print_all(made: Made) -> None:
    """Print the figures of duplicates and occurrences, with time and memory."""
    clock = time.process_time()
    clusters = made.duplicates()
    found = pairs([copy.uri for copy in cluster.members] for cluster in clusters)
    groups: dict[int, list[str]] = defaultdict(list)
    for uri, family in made.families.items():
        groups[family].append(uri)
    gold = pairs(groups.values())
    right = len(found & gold)
    print(f"{len(made.families)} reports, {len(made.acts)} events")
    print(f"duplicates   {_shown(right / len(found), right / len(gold))}  at least {LEAST_DUPLICATES}")
    print(f"  {time.process_time() - clock:.0f} s, {_memory():.0f} MB")
    clock = time.process_time()
    links = linked(made.tellings())
    print(f"occurrences  {_shown(*b_cubed(_keys(links), made.acts))}  B-cubed, at least {LEAST_OCCURRENCES}")
    print(f"  {len(links)} of {len(set(made.acts.values()))}, {time.process_time() - clock:.0f} s, {_memory():.0f} MB")
    sizes = Counter(made.acts.values())
    several = {key: act for key, act in made.acts.items() if act >= 0 and sizes[act] > 1}
    kept = ([key for key in keys if key in several] for keys in _keys(links))
    print(f"  of acts told twice and more: {_shown(*b_cubed([keys for keys in kept if keys], several))}")
    alone = ([key] for key in made.acts)
    print(f"  without joining anything: {_shown(*b_cubed(alone, made.acts))}")


def print_series(faultless: Made, noisy: Made) -> None:
    """Print how many of the dyads' months have the count that was planted."""
    acts = planted(faultless.reports, faultless.seed)
    by_act: dict[int, list[Telling]] = defaultdict(list)
    tellings = faultless.tellings()
    for telling in tellings:
        by_act[faultless.acts[telling.key]].append(telling)
    known = [Link(tuple(voices_of(group)), (1.0,) * len(voices_of(group))) for group in by_act.values()]
    dyads = world_of(faultless.seed).dyads
    print("series, months of dyads with the planted count, types and intensities:")
    print(f"  a reader without faults, acts told apart:  {_exact(known, acts, dyads)}")
    print(f"  a reader without faults, acts found:       {_exact(linked(tellings), acts, dyads)}")
    print(f"  a reader with faults, acts found:          {_exact(linked(noisy.tellings()), acts, dyads)}")


def _exact(links: Iterable[Link], planted_: Sequence[Act], dyads: Sequence[tuple[str, str]]) -> str:
    wanted: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    sums: Counter[tuple[str, str, str]] = Counter()
    for act in planted_:
        month = (FIRST_DAY + timedelta(days=act.day)).isoformat()[:7]
        one, other = sorted((act.actor, act.recipient))
        wanted[one, other][month, act.type] += 1
        sums[one, other, month] += ontology.intensity(act.type, (act.mode,) if act.mode else ())
    by_country: dict[str, list[CountedAct]] = defaultdict(list)
    for counted in acts_of_occurrences(map(occurrence_of, links)):
        for country in {party.country for party in (*counted.actors, *counted.recipients) if party.country}:
            by_country[country].append(counted)
    same = total = 0
    gold_counts, found_counts = [], []
    for one, other in dyads:
        series = series_of(by_country[one], (one, other), "month", {})
        found = {point.period: point for point in series.points}
        months = set(found) | {month for month, _ in wanted[one, other]}
        for month in months:
            types = {type_: n for (m, type_), n in wanted[one, other].items() if m == month}
            point = found.get(month)
            counted_types, summed = (point.types, point.intensity_sum) if point else ({}, 0.0)
            same += counted_types == types and abs(summed - sums[one, other, month]) < 1e-6
            total += 1
            gold_counts.append(sum(types.values()))
            found_counts.append(sum(counted_types.values()))
    error = np.abs(np.array(gold_counts) - found_counts).sum() / sum(gold_counts)
    likeness = np.corrcoef(gold_counts, found_counts)[0, 1]
    return f"{same} of {total} exact, counts off by {error:.1%} in all, correlation {likeness:.3f}"


def pairs(groups: Iterable[Sequence[str]]) -> set[tuple[str, str]]:
    """Return the pairs of things that are in one group."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def _memory() -> float:
    """Return the most memory that was held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _keys(links: Iterable[Link]) -> Iterator[list[Key]]:
    for link in links:
        yield [telling.key for voice in link.voices for telling in voice.tellings]


def b_cubed(found: Iterable[Sequence[Key]], acts: dict[Key, int]) -> tuple[float, float]:
    """Return B-cubed precision and recall over all tellings."""
    sizes = Counter(acts.values())
    precision = recall = 0.0
    for group in found:
        told = Counter(acts[key] for key in group)
        precision += sum(n * n for n in told.values()) / len(group)
        recall += sum(n * n / sizes[act] for act, n in told.items())
    return precision / len(acts), recall / len(acts)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _shown(precision: float, recall: float) -> str:
    return f"precision {precision:.4f}  recall {recall:.4f}  F1 {f1(precision, recall):.4f}"


def print_weights(tellings: list[Telling], acts: dict[Key, int]) -> None:
    """Print log2(m/u) of each level of each field, counted over the pairs that are compared."""
    voices = voices_of(tellings)
    rarity = rarity_of(voices)
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    totals = [0, 0]
    for i, j in candidates(voices):
        same = acts[voices[i].main.key] == acts[voices[j].main.key]
        totals[same] += 1
        for field, level in levels(voices[i].main, voices[j].main, rarity).items():
            counts[field][level][same] += 1
    print(f"# {totals[1]} pairs of one act, {totals[0]} of two; prior {log2(totals[1] / totals[0]):.2f}")
    for field, by_level in counts.items():
        print(f'    "{field}": {{')
        for level, (apart, same) in sorted(by_level.items()):
            weight = log2((same + 0.5) / (totals[1] + 1)) - log2((apart + 0.5) / (totals[0] + 1))
            print(f'        "{level}": {weight:.1f},  # {same} : {apart}')
        print("    },")


def print_confidence(links: list[Link], acts: dict[Key, int], types: dict[int, str]) -> None:
    """Fit how far voices depend on one another, and how far contrary ones count."""
    several = [link for link in links if len(link.voices) > 1]
    chosen = [ranked(votes_of(link.voices, lambda t: [t.type]))[0] for link in several]
    right = np.array([_act_of(link, acts, types) == type_ for link, type_ in zip(several, chosen, strict=True)], float)
    rows = []
    for dependent in (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0):
        for against in (0.0, 0.25, 0.5, 0.75, 1.0):
            odds = np.array(
                [evidence_of(link.voices, t, dependent, against) for link, t in zip(several, chosen, strict=True)]
            )
            rows.append((_log_loss(odds, right), dependent, against))
            if (dependent, against) == (1.0, 0.0):
                print(f"plain noisy-or: log loss {_log_loss(odds, right):.4f}")
    print(f"{len(several)} occurrences of several voices, {right.mean():.3f} right")
    constant = np.full(len(right), np.log(right.mean() / (1 - right.mean())))
    print(f"always that share: log loss {_log_loss(constant, right):.4f}")
    for row in sorted(rows)[:5]:
        print("log loss {:.4f}: DEPENDENT {} AGAINST {}".format(*row))


def _act_of(link: Link, acts: dict[Key, int], types: dict[int, str]) -> str | None:
    """Return the planted type of the act that most of a group's voices tell."""
    act = Counter(acts[voice.main.key] for voice in link.voices).most_common(1)[0][0]
    return types.get(act)


def _log_loss(odds: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    return float(np.mean(np.logaddexp(0, np.where(right > 0, -odds, odds))))


if __name__ == "__main__":
    main()
