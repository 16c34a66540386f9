"""Score what is joined across reports on the synthetic archive, where all is known.

python benchmarks/corpus.py [--reports 2000] [--seed 1]
python benchmarks/corpus.py --weights --seed 2 --reports 4000   print the weights of matching, counted anew
python benchmarks/corpus.py --sweep --seed 2 --reports 4000     thresholds, and what each gives
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log2

import numpy as np
from numpy.typing import NDArray

from archive import archive, planted
from archive_compose import Gold
from dragoman.corpus import linking
from dragoman.corpus.agreement import evidence_of
from dragoman.corpus.duplicates import find_duplicates
from dragoman.corpus.linking import Link, candidates, linked, voices_of
from dragoman.corpus.matching import idf_of, levels
from dragoman.corpus.spread import ranked, votes_of
from dragoman.corpus.tellings import Telling, tellings_of
from dragoman.entities import knowledge
from dragoman.records import Record

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
    rows = list(archive(options.reports, options.seed))
    tellings, acts = _tellings(rows)
    if options.weights:
        print_weights(tellings, acts)
    elif options.sweep:
        for threshold in (-4, -2, -1, 0, 1, 2, 3, 4, 6):
            linking.THRESHOLD = threshold
            print(threshold, _shown(*b_cubed(_keys(linked(tellings)), acts)))
    elif options.confidence:
        print_confidence(linked(tellings), acts, {act.id: act.type for act in planted(options.reports, options.seed)})
    else:
        print(_shown(*b_cubed(_keys(linked(tellings)), acts)))


def _tellings(rows: Sequence[tuple[Record, Gold]]) -> tuple[list[Telling], dict[Key, int]]:
    """Return the tellings of an archive, and the planted act of each."""
    records = [record for record, _ in rows]
    acts = {
        (record.report.uri, event.id): act
        for record, gold in rows
        for event, act in zip(record.events, gold.acts, strict=True)
    }
    return list(tellings_of(records, find_duplicates(records), knowledge.load())), acts


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
    idf = idf_of([voice.main for voice in voices])
    counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    totals = [0, 0]
    for i, j in candidates(voices):
        same = acts[voices[i].main.key] == acts[voices[j].main.key]
        totals[same] += 1
        for field, level in levels(voices[i].main, voices[j].main, idf).items():
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
