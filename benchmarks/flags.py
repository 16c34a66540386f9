"""Score the flags on our own reports: recall by kind, and false flags on the clean twins.

    python benchmarks/flags.py [--half dev|held|more] [--show]

`training/flags/reports.jsonl` has 80 short reports with one planted fault each and their 80 clean twins. The rules were
written on the half "dev" and on `more.jsonl`, 15 pairs of the kinds that were missed; "held" measures them.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from dragoman.reader import Reader
from dragoman.records import Failure
from dragoman.sources import RawDocument

REPORTS = Path(__file__).parents[1] / "training" / "flags"
PARTS = ("dev", "more", "held")
MOST_FALSE = 0.05
LEAST_FOUND = 0.85


def main() -> None:
    """Read the reports and print the figures of each half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=PARTS, action="append")
    parser.add_argument("--show", action="store_true", help="list what was missed and what was false")
    options = parser.parse_args()
    reader = Reader()
    lines = [line for path in sorted(REPORTS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    for half in options.half or PARTS:
        score(reader, [row for row in rows if row["half"] == half], half, options.show)


def score(reader: Reader, rows: list[dict[str, str | None]], half: str, show: bool) -> None:
    """Print recall a kind, and the share of clean twins with any flag."""
    raw = [_document(row) for row in rows]
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    beside = clean = flagged = 0
    for row, record in zip(rows, reader.read_documents(raw), strict=True):
        flags = [] if isinstance(record, Failure) else [(f.kind, f.message) for f in record.flags]
        kinds = {kind for kind, _ in flags}
        fault = row["fault"]
        if fault is None:
            clean += 1
            flagged += bool(kinds)
        else:
            planted[fault] += 1
            found[fault] += fault in kinds
            beside += bool(kinds - {fault})
        if show and (kinds if fault is None else fault not in kinds or len(kinds) > 1):
            print(row["id"], fault, flags)
    recall = found.total() / planted.total()
    print(f"{half}: recall {recall:.3f} ({found.total()}/{planted.total()}), at least {LEAST_FOUND}")
    print(f"  clean twins flagged {flagged / clean:.3f} ({flagged}/{clean}), at most {MOST_FALSE}")
    print(f"  faulty reports with a flag of another kind: {beside}")
    for kind in planted:
        print(f"  {kind:22} {found[kind]}/{planted[kind]}")


def _document(row: dict[str, str | None]) -> RawDocument:
    return RawDocument(
        str(row["id"]),
        "text",
        str(row["text"]),
        title=row["title"],
        published=row["published"],
        published_from="metadata",
    )


if __name__ == "__main__":
    main()
