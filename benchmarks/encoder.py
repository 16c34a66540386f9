"""How many sentences a second the coder's encoder reads on one thread: `python benchmarks/encoder.py [FOLDER]`.

The sentences are those of the reports in FOLDER (default: examples) that hold candidates, each with all of them.
"""

import statistics
import sys
import time
from collections.abc import Sequence

from spacy.tokens import Doc

from dragoman import Reader
from dragoman.events import coder as coders
from dragoman.events.coder import Asked, Judge, spans_in
from dragoman.language.encoder import Encoder, load
from dragoman.language.layout import Spans

ROUNDS = 5


class Collector:
    """A coder that keeps what it is asked."""

    def __init__(self, behind: coders.Coder) -> None:
        self._behind = behind
        self.asked: list[tuple[str, list[Spans]]] = []

    def prepare(self, doc: Doc, asked: Sequence[Asked]) -> Judge:
        """Note a sentence with its candidates' words, and let the coder behind answer."""
        start, end = asked[0].candidate.sentence
        spans = [spans_in(doc, one.candidate, one.actors, one.recipients) for one in asked]
        self.asked.append((doc[start:end].text, spans))
        return self._behind.prepare(doc, asked)


def main() -> None:
    """Print sentences, candidates and word pieces a second."""
    reader = Reader()
    collector = reader._coder = Collector(reader._coder)
    for _ in reader.read(sys.argv[1:] or ["examples"]):
        pass
    encoder = load()
    rates = [len(collector.asked) / seconds(encoder, collector.asked) for _ in range(ROUNDS + 1)][1:]
    rate = statistics.median(rates)
    candidates = sum(len(spans) for _, spans in collector.asked) / len(collector.asked)
    print(f"sentences                        {len(collector.asked):>10,}")
    print(f"characters a sentence            {statistics.mean(len(t) for t, _ in collector.asked):>10.1f}")
    print(f"candidates a sentence            {candidates:>10.2f}")
    print(f"sentences a second, one thread   {rate:>10.1f}  ({min(rates):.1f} to {max(rates):.1f})")
    print(f"candidates a second              {rate * candidates:>10.1f}")


def seconds(encoder: Encoder, asked: list[tuple[str, list[Spans]]]) -> float:
    """Return how long it takes to judge all sentences one after the other."""
    began = time.perf_counter()
    for text, spans in asked:
        encoder.logits(text, spans)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
