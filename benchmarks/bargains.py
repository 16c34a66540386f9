"""Score how bargains are followed over archives: `python benchmarks/bargains.py [--show]`.

`training/bargains` has little archives of dated reports of our own, in each at least two bargains that could be
confused: the same parties over another subject, or years apart. The rules were fitted to `archives.jsonl`;
`unseen.jsonl` was written afterwards. Two figures each: pairs of reports rightly joined, and the moves that are
found with their day, kind and side.
"""

import json
import sys
from itertools import combinations, groupby
from pathlib import Path

from dragoman.corpus.bargains import Bargain, bargains_of
from dragoman.reader import Reader
from dragoman.records import Failure, Record
from dragoman.sources import RawDocument

ARCHIVES = Path(__file__).parents[1] / "training" / "bargains"


def main() -> None:
    """Read the archives and print the figures of each file."""
    reader = Reader()
    for path in sorted(ARCHIVES.glob("*.jsonl")):
        print(path.name)
        score(reader, [json.loads(line) for line in path.read_text("utf-8").splitlines()])


def score(reader: Reader, rows: list[dict]) -> None:
    """Read the archives of one file and print two figures."""
    documents = [
        RawDocument(r["id"], "text", r["text"], published=r["published"], published_from="given") for r in rows
    ]
    records = [r for r in reader.read_documents(documents) if not isinstance(r, Failure)]
    joined = wanted = right = moves = expected = found = 0
    for name, group in groupby(zip(rows, records, strict=True), key=lambda pair: pair[0]["archive"]):
        pairs = list(group)
        bargains = bargains_of(record for _, record in pairs)
        if "--show" in sys.argv:
            show(name, bargains, [row for row, _ in pairs])
        apart = {row["id"]: _of(bargains, record) for row, record in pairs}
        for (a, _), (b, _) in combinations(pairs, 2):
            same = bool(apart[a["id"]] & apart[b["id"]])
            joined += same
            wanted += a["bargain"] == b["bargain"]
            right += same and a["bargain"] == b["bargain"]
        mine = [(m.day, m.move, m.by) for b in bargains for m in b.moves if m.move != "obstacle" and ":" not in m.move]
        gold = [(m["day"], m["move"], m["by"]) for row, _ in pairs for m in row["moves"]]
        moves, expected = moves + len(mine), expected + len(gold)
        for day, move, by in gold:
            hit = next((m for m in mine if m[:2] == (day, move) and any(by in name for name in m[2])), None)
            if hit is not None:
                found += 1
                mine.remove(hit)
    print("pairs joined:", _figures(right, joined, wanted))
    print("moves:", _figures(found, moves, expected))


def _figures(right: int, mine: int, gold: int) -> str:
    return f"precision {right}/{mine} = {right / max(1, mine):.3f}, recall {right}/{gold} = {right / gold:.3f}"


def _of(bargains: tuple[Bargain, ...], record: Record) -> set[str]:
    """The bargains that a report tells of."""
    return {b.id for b in bargains if any(move.report == record.report.id for move in b.moves)}


def show(name: str, bargains: tuple[Bargain, ...], rows: list[dict]) -> None:
    """Print what was joined, and what was expected."""
    print(f"\n{name}")
    for bargain in bargains:
        print(f"  {bargain.id} {bargain.subject}: {', '.join(bargain.parties)}; {bargain.state} since {bargain.since}")
        for move in bargain.moves:
            print(f"      {move.day} {move.move} {move.offer} by {', '.join(move.by)} ({move.uri})")
        for offer in bargain.offers:
            print(f"      {offer.id} {offer.gives} / {offer.gets} {offer.status} answers {offer.answers}")
    for row in rows:
        print("    GOLD", row["id"], row["bargain"], [(m["day"], m["move"], m["by"]) for m in row["moves"]])


if __name__ == "__main__":
    main()
