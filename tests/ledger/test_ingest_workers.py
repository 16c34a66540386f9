"""Reports taken in by many processes: the ledger is the one that a single process writes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman import Ledger, Record, as_json
from dragoman.cli import app
from dragoman.cli.ingest import prepared
from dragoman.records import Failure
from dragoman.scale.manifest import MANIFEST, How, add_line, begun, records_in
from dragoman.scale.slices import Slice

from .whole import all_rows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(20):  # more than one chunk, so that both processes have something to read
        words = f"Chad condemned Niger for the {n}th time on Monday. Niger's envoy said that the talks would go on."
        (folder / f"{n:02}.txt").write_text(words)
    (folder / "07.txt").write_bytes(b"")
    (folder / "copy.txt").write_bytes((folder / "03.txt").read_bytes())
    return folder


def dragoman(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def test_one_process_and_two_write_the_same_ledger(folder: Path, tmp_path: Path) -> None:
    rows = []
    for workers in (1, 2):
        place = tmp_path / f"{workers}.db"
        result = dragoman("ingest", folder, "--ledger", place, "--workers", workers)
        assert result.stdout.startswith("19 added, 1 known already, 1 failed")
        assert result.exit_code == 1
        with Ledger(place) as ledger:
            rows.append(all_rows(ledger))
    assert rows[0] == rows[1]
    assert [row[1] for row in rows[0]["ledger_failures"]] == [str(folder / "07.txt")]


def test_a_report_that_takes_too_long_is_a_row_with_its_reason(tmp_path: Path) -> None:
    path, place = tmp_path / "a.txt", tmp_path / "news.db"
    path.write_text("France condemned Serbia on Monday. " * 3000)
    result = dragoman("ingest", path, "--ledger", place, "--workers", 1, "--report-timeout", 0.05)
    assert result.exit_code == 1
    with Ledger(place) as ledger:
        [failure] = ledger.failures()
    assert failure.reason == "took longer than 0.05 seconds to read"
    assert "--report-timeout" in failure.remedy


class Given:
    """A pool that gives what it was made with, whatever it is asked to read."""

    def __init__(self, *items: Record | Failure) -> None:
        self.items = items

    def read(self, _: object) -> Iterator[Record | Failure]:
        return iter(self.items)


@pytest.fixture
def parts(condemned: Record, tmp_path: Path) -> Path:
    pytest.importorskip("pyarrow", reason="pip install 'dragoman[parquet]'")
    from dragoman.scale.parts import write_part

    how, pool = How(str(tmp_path / "parts")), Given(condemned, Failure(uri="b.txt", reason="is empty"))
    begun(how)
    made = write_part((Slice("a.txt", "whole", 0, 4),), how, pool)  # type: ignore[arg-type]
    add_line(Path(how.folder), made)
    return Path(how.folder)


def test_parts_that_many_machines_wrote_are_taken_in_with_what_failed(
    parts: Path, condemned: Record, tmp_path: Path
) -> None:
    place = tmp_path / "news.db"
    result = dragoman("ingest", "--from-parquet", parts, "--ledger", place)
    assert (result.exit_code, result.stdout.split(";")[0]) == (1, "1 added, 0 known already, 1 failed")
    again = dragoman("ingest", "--from-parquet", parts, "--ledger", place)
    assert again.stdout.startswith("0 added, 1 known already, 1 failed")
    with Ledger(place) as ledger:
        assert [as_json(record) for record in ledger.records()] == [as_json(condemned)]
        assert [failure.uri for failure in ledger.failures()] == ["b.txt"]


def test_a_part_that_was_changed_is_refused(parts: Path, tmp_path: Path) -> None:
    [part] = parts.glob("*.parquet")
    part.write_bytes(part.read_bytes()[:-1] + b"\0")
    result = dragoman("ingest", "--from-parquet", parts, "--ledger", tmp_path / "news.db")
    assert result.exit_code == 2
    assert "is not what the manifest says" in " ".join(result.stderr.split())


def test_a_record_in_a_part_that_breaks_the_contract_is_named(
    parts: Path, condemned: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    import msgspec

    wrong = msgspec.structs.replace(condemned.report, text="Other words.")
    bad = msgspec.structs.replace(condemned, report=wrong)
    monkeypatch.setattr("dragoman.cli.ingest.records_in", lambda path: iter([*records_in(path), bad]))
    *_, last = prepared(str(parts))
    assert isinstance(last, Failure)
    assert (last.uri, last.reason) == (f"{parts}#3", "has an id that is not that of its text")


def test_a_folder_without_a_manifest_is_refused_before_a_ledger_is_made(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = dragoman("ingest", "--from-parquet", tmp_path / "empty", "--ledger", tmp_path / "news.db")
    assert result.exit_code == 2
    assert f"has no {MANIFEST}" in " ".join(result.stderr.split())
    assert not (tmp_path / "news.db").exists()
