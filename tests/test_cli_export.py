"""`dragoman export` and `dragoman import`: records out, data sets in."""

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman import as_json
from dragoman.cli import app
from dragoman.ledger import Ledger
from dragoman.records import Entity, Event, Mention, ReadBy, Record, Report, Span, from_json, id_of

TEXT = "Kenya accused Uganda. Kenya will visit Uganda, it said."


def record() -> Record:
    def event(id_: str, type_: str, **fields: object) -> Event:
        plain: dict[str, object] = {
            "modes": (), "contexts": (), "quad": "verbal conflict", "intensity": -3.0, "actors": ("e1",),
            "recipients": ("e2",), "date": None, "due": None, "place": None, "status": "actual", "claimed_in": None,
            "hearsay": False, "trigger": Span(6, 13, "accused"), "evidence": (Span(0, 21, TEXT[:21]),),
            "confidence": 0.5,
        }  # fmt: skip
        return Event(id=id_, type=type_, **(plain | fields))  # type: ignore[arg-type]

    def country(id_: str, name: str, code: str, start: int) -> Entity:
        mention = Mention(start=start, end=start + len(name), text=name, form="name")
        return Entity(id=id_, name=name, kind="country", country=code, sector="GOV", mentions=(mention,))

    return Record(
        report=Report(
            id=id_of(TEXT), uri="a.txt", title=None, publisher=None, authors=(), language="en", published="2022-07-29",
            published_from="given", dateline=None, text=TEXT,
        ),
        entities=(country("e1", "Kenya", "KEN", 0), country("e2", "Uganda", "UGA", 14)),
        statements=(), negotiations=(), flags=(),
        read_by=ReadBy(dragoman="0", model="m", ontology="o", knowledge="k"),
        events=(event("v1", "ACCUSE"), event("v2", "CONSULT", status="future", hearsay=True)),
    )  # fmt: skip


def run(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    path = tmp_path / "news.jsonl"
    path.write_bytes(as_json(record()) + b"\n")
    return path


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Ledger(path, create=True) as kept:
        kept.add(record())
    return path


def ids(path: Path) -> list[str]:
    return [line.partition("\t")[0].rpartition("/")[2] for line in path.read_text("utf-8").splitlines()[1:]]


def test_a_file_of_records_and_a_ledger_of_them_give_the_same(lines: Path, ledger: Path, tmp_path: Path) -> None:
    assert run("export", "polecat", lines, "-o", tmp_path / "a.txt").exit_code == 0
    assert run("export", "polecat", "--ledger", ledger, "-o", tmp_path / "b.txt").exit_code == 0
    assert ids(tmp_path / "a.txt") == ["v1"]
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "b.txt").read_bytes()


@pytest.mark.parametrize(
    ("options", "rows"),
    [
        (["--claims"], ["v1"]),
        (["--status", "future"], ["v1"]),
        (["--status", "future", "--claims"], ["v1", "v2|future|hearsay"]),
        (["--status", "all", "--claims", "--publication-day"], ["v1|undated", "v2|future|hearsay|undated"]),
    ],
)
def test_options_choose_events(lines: Path, tmp_path: Path, options: list[str], rows: list[str]) -> None:
    assert run("export", "polecat", lines, "-o", tmp_path / "a.txt", *options).exit_code == 0
    assert ids(tmp_path / "a.txt") == rows


def test_lines_that_hold_no_record_are_named_and_the_others_written(lines: Path, tmp_path: Path) -> None:
    lines.write_bytes(b"{}\n" + lines.read_bytes() + b"not json\n")
    result = run("export", "polecat", lines, "-o", tmp_path / "a.txt")
    assert result.exit_code == 1
    assert "2 of 3 lines failed:" in result.stderr
    assert ids(tmp_path / "a.txt") == ["v1"]


def test_the_manifest_has_the_command_without_this_machines_folders(
    lines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["export", "csv", str(lines), "-o", str(tmp_path / "tables")]
    monkeypatch.setattr("sys.argv", ["dragoman", *words])
    assert run(*words).exit_code == 0
    manifest = json.loads((tmp_path / "tables" / "manifest.json").read_text("utf-8"))
    assert manifest["dragoman.command"] == "dragoman export csv news.jsonl -o tables"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["icews", "news.jsonl"], "there is no export format 'icews'"),
        (["polecat", "no-such.jsonl"], "no-such.jsonl: is not there"),
        (["polecat"], "name either a file of records or --ledger"),
        (["polecat", "news.jsonl", "--status", "rumoured"], "there is no status 'rumoured'"),
        (["csv", "news.jsonl", "--claims"], "has no use for a choice"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(
    lines: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], said: str
) -> None:
    monkeypatch.chdir(lines.parent)
    result = run("export", *words, "-o", "out")
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (lines.parent / "out").exists()


def test_what_was_exported_comes_in_again_as_records(lines: Path, tmp_path: Path) -> None:
    run("export", "polecat", lines, "-o", tmp_path / "a.txt")
    result = run("import", tmp_path / "a.txt", "--format", "polecat")
    assert result.exit_code == 0
    [line] = result.stdout.splitlines()
    assert [event.type for event in from_json(line).events] == ["ACCUSE"]


def test_an_import_goes_into_a_ledger_once(lines: Path, ledger: Path, tmp_path: Path) -> None:
    run("export", "polecat", lines, "-o", tmp_path / "a.txt")
    first, second = (run("import", tmp_path / "a.txt", "-f", "polecat", "--ledger", ledger) for _ in range(2))
    assert (first.exit_code, first.stdout.partition(",")[0]) == (0, "1 added")
    assert second.stdout.startswith("0 added, 1 known already")
    with Ledger(ledger) as kept:
        assert sorted(event.type for one in kept.records() for event in one.events) == ["ACCUSE", "ACCUSE", "CONSULT"]


@pytest.mark.parametrize("packing", ["zip", "gz"])
def test_packed_files_are_read(lines: Path, tmp_path: Path, packing: str) -> None:
    run("export", "gdelt", lines, "-o", tmp_path / "out")
    data = (tmp_path / "out" / "events.export.CSV").read_bytes()
    packed = tmp_path / f"events.export.CSV.{packing}"
    if packing == "gz":
        packed.write_bytes(gzip.compress(data))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("events.export.CSV", data)
    result = run("import", packed, "--format", "gdelt")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("name", ["a.zip", "a.gz"])
def test_a_packed_file_that_is_damaged_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"a\tb\n" * 1000)[:20])
    result = run("import", tmp_path / name, "--format", "gdelt")
    assert result.exit_code == 2
    assert f"{name}: is not whole" in result.stderr


def test_public_statements_are_counted_as_left_out(lines: Path, tmp_path: Path) -> None:
    run("export", "gdelt", lines, "-o", tmp_path / "out")
    path = tmp_path / "out" / "events.export.CSV"
    cells = path.read_text("utf-8").rstrip("\n").split("\t")
    cells[26:29] = ["010", "010", "01"]
    path.write_text(path.read_text("utf-8") + "\t".join(cells) + "\n", "utf-8")
    result = run("import", path, "--format", "gdelt", "-o", tmp_path / "in.jsonl")
    assert result.exit_code == 0
    assert "1 of 2 rows left out: CAMEO 01" in result.stderr
    assert len((tmp_path / "in.jsonl").read_text("utf-8").splitlines()) == 1
