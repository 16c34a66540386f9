"""How fast a whole reading is against the bare parse: `python benchmarks/speed.py [FOLDER] [--reports N] [--rounds N]`.

Both run on the same texts with the same spaCy pipeline in one process, turn by turn, so that a busy machine slows both.
"""

import argparse
import json
import resource
import statistics
import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

from dragoman import Failure, Reader
from dragoman.language import pipeline
from dragoman.sources import RawDocument, documents


def main() -> None:
    """Print the figures as a table, or as JSON with --json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default="examples", help="reports to read (default: examples)")
    parser.add_argument("--reports", type=int, default=100, help="how many; the folder's are repeated (default: 100)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each (default: 3)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    figures = measure(given.folder, given.reports, given.rounds)
    if given.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:<34} {value:>12,.2f}")


def measure(folder: str, reports: int, rounds: int) -> dict[str, float]:
    """Return reports and tokens a second of both, their ratio, and the peak of memory."""
    reader = Reader()
    nlp = pipeline.load(whole=True)
    readable = [raw for raw in documents([folder]) if isinstance(raw, RawDocument) and _is_read(reader, raw)]
    if not readable:
        sys.exit(f"{folder} holds no report that can be read")
    raws = list(islice(cycle(readable), reports))
    texts = [item.report.text for item in reader.read_documents(raws) if not isinstance(item, Failure)]
    tokens = sum(len(doc) for doc in nlp.pipe(texts))  # a first run of each has warmed both
    bare: list[float] = []
    whole: list[float] = []
    for _ in range(rounds):
        bare.append(_seconds(lambda: sum(1 for _ in nlp.pipe(texts))))
        whole.append(_seconds(lambda: sum(1 for _ in reader.read_documents(raws))))
    ratios = [b / w for b, w in zip(bare, whole, strict=True)]
    return {
        "reports": len(raws),
        "tokens": tokens,
        "reading: reports a second": len(raws) / statistics.median(whole),
        "reading: tokens a second": tokens / statistics.median(whole),
        "bare parse: reports a second": len(raws) / statistics.median(bare),
        "bare parse: tokens a second": tokens / statistics.median(bare),
        "reading against bare parse": statistics.median(ratios),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _is_read(reader: Reader, raw: RawDocument) -> bool:
    return not any(isinstance(item, Failure) for item in reader.read_documents([raw]))


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
