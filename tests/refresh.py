"""Read again what the tests of the desk are made of: `python tests/refresh.py`, after a change of what is read.

It writes tests/web/examples.jsonl (the records of `examples/`), tests/browser/read.jsonl (those and the ones of
tests/browser/meetings.jsonl) and the answers in src/dragoman/web/examples.json that the API's description shows. With
`--answers` it only makes the answers anew, of the records that are there.
"""

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from dragoman import Failure, Ledger, Reader, Record
from dragoman.corpus.join import join
from dragoman.corpus.series import series_of
from dragoman.corpus.stored import occurrences_in, volume_in
from dragoman.ledger.ingest import Writer
from dragoman.ledger.prepared import records_of
from dragoman.records import as_json
from dragoman.web.entities import entities_of

ROOT = Path(__file__).parents[1]
READ = {
    ROOT / "tests" / "web" / "examples.jsonl": ("examples",),
    ROOT / "tests" / "browser" / "read.jsonl": ("examples", "tests/browser/meetings.jsonl"),
}
ANSWERS = ROOT / "src" / "dragoman" / "web" / "examples.json"
LISTS = {
    "EventRow": "events", "StatementRow": "statements", "ReportRow": "reports", "NegotiationRow": "negotiations",
    "OccurrenceRow": "occurrences",
}  # fmt: skip


def read_again() -> None:
    reader = Reader()
    for target, sources in READ.items():
        found = list(reader.read(list(sources)))
        failed = [item for item in found if isinstance(item, Failure)]
        assert not failed, failed
        target.write_bytes(b"".join(as_json(item) + b"\n" for item in found if isinstance(item, Record)))
        print(f"{len(found)} reports in {target.relative_to(ROOT)}")


def answers(records: list[Record], shown: dict[str, Any]) -> dict[str, Any]:
    """The answers of a ledger of the records, of what was shown before where it is still there, else of the first."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "examples.db", create=True) as ledger:
        with Writer(ledger, ledger.begin_run("ingest")) as writer:
            for record in records:
                writer.add(record)
        join(ledger)
        found = dict(shown)
        for name, of in LISTS.items():
            rows = [msgspec.to_builtins(row) for row in getattr(ledger, of)()]
            key = next(key for key in ("ref", "id", "report") if key in rows[0])
            found[name] = next((row for row in rows if row[key] == shown[name][key]), rows[0])
        report = shown["Record"]["report"]["id"]
        chosen = next((record for record in records if record.report.id == report), records[0])
        found["Record"] = msgspec.to_builtins(chosen)
        entities, _ = entities_of(ledger, shown["EntityRow"]["name"])
        found["EntityRow"] = msgspec.to_builtins(entities[0]) if entities else shown["EntityRow"]
        sides = shown["Series"]["sides"]
        acts = occurrences_in(ledger, sides)
        series = msgspec.to_builtins(series_of(acts, sides, shown["Series"]["by"], volume_in(ledger, copies=False)))
        of_interest = [point for point in series["points"] if point["count"]]
        found["Series"] = {**series, "points": of_interest[: len(shown["Series"]["points"])]}
    return found


def main() -> None:
    os.chdir(ROOT)  # the records name their files from here
    if sys.argv[1:] != ["--answers"]:
        read_again()
    records = [item for item in records_of(str(next(iter(READ)))) if isinstance(item, Record)]
    made = answers(records, json.loads(ANSWERS.read_text("utf-8")))
    ANSWERS.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"{len(made)} answers in {ANSWERS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
