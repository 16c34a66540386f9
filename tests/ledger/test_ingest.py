"""Taking reports in: what is known is passed over, what failed waits, and what changes is taken up."""

import gzip
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import text
from typer.testing import CliRunner, Result

from dragoman import Failure, Ledger, Record, SourceOptions, as_json
from dragoman.cli import app
from dragoman.ledger.failing import failed_sources, forget_failures
from dragoman.ledger.ingest import Writer, ingest_documents
from dragoman.ledger.prepared import records_of
from dragoman.ledger.watching import Watch
from dragoman.sources import RawDocument, documents

News = Callable[..., Record]
Raw = Iterable[RawDocument | Failure]


class Reading:
    """Reads documents as a `Reader` would, without its models, and notes which."""

    def __init__(self, news: News) -> None:
        self.news = news
        self.read: list[str] = []

    def __call__(self, raw: Raw) -> Iterator[Record | Failure]:
        for document in raw:
            if isinstance(document, Failure):
                yield document
                continue
            self.read.append(Path(document.uri).name)
            if "unreadable" in document.content:
                yield Failure(uri=document.uri, reason="cannot be parsed", remedy="mend it")
            else:
                yield self.news(document.content.strip(), uri=document.uri, publisher=document.publisher)


@pytest.fixture
def reading(news: News) -> Reading:
    return Reading(news)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(3):
        write(folder / f"{n}.txt", f"Chad condemned Niger for the {n}th time.")
    return folder


def write(path: Path, words: str, *, ago: float = 60.0) -> None:
    path.write_text(words)
    os.utime(path, (time.time() - ago, time.time() - ago))


def take_in(ledger: Ledger, reading: Reading, *paths: Path, retry: bool = False) -> list[Failure]:
    sources = [str(path) for path in paths]
    run = ledger.begin_run("ingest", sources)
    with Writer(ledger, run) as writer:
        items = list(ingest_documents(writer, documents(sources), reading, retry=retry))
    forget_failures(ledger, run, sources, tried=retry)
    ledger.end_run(run)
    return [item for item in items if isinstance(item, Failure)]


def test_what_was_read_is_not_parsed_again(ledger: Ledger, reading: Reading, folder: Path) -> None:
    take_in(ledger, reading, folder)
    write(folder / "3.txt", "Mali praised Chad.")
    take_in(ledger, reading, folder)
    assert reading.read == ["0.txt", "1.txt", "2.txt", "3.txt"]
    assert ledger.counts()["reports"] == 4


def test_a_changed_file_is_read_again_as_a_new_version(ledger: Ledger, reading: Reading, folder: Path) -> None:
    take_in(ledger, reading, folder)
    write(folder / "1.txt", "Chad praised Niger.")
    take_in(ledger, reading, folder)
    assert reading.read[3:] == ["1.txt"]
    assert ledger.counts()["reports"] == 3
    assert len(list(ledger.records(versions=True))) == 4


def test_what_failed_waits_until_it_is_asked_for_or_changes(ledger: Ledger, reading: Reading, folder: Path) -> None:
    write(folder / "1.txt", "unreadable")
    assert len(take_in(ledger, reading, folder)) == 1
    assert take_in(ledger, reading, folder) == []
    assert [failure.reason for failure in ledger.failures()] == ["cannot be parsed"]
    assert len(take_in(ledger, reading, folder, retry=True)) == 1
    write(folder / "1.txt", "Chad praised Niger.")
    take_in(ledger, reading, folder)
    assert list(ledger.failures()) == []
    assert ledger.counts()["reports"] == 3


def test_a_source_that_is_there_again_has_not_failed(ledger: Ledger, reading: Reading, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    take_in(ledger, reading, path)
    assert [failure.reason for failure in ledger.failures()] == ["is not there"]
    assert [job.paths for job in failed_sources(ledger)] == [[str(path)]]
    write(path, '{"text": "Chad condemned Niger."}\n')
    take_in(ledger, reading, path)
    assert list(ledger.failures()) == []


def test_two_texts_under_one_address_in_one_file_stay_as_they_are(
    ledger: Ledger, reading: Reading, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    write(path, '{"text": "Chad condemned Niger.", "url": "http://a.example/1"}\n'
          '{"text": "Chad praised Niger.", "url": "http://a.example/1"}\n')  # fmt: skip
    for _ in range(3):
        take_in(ledger, reading, path)
    assert [record.report.text for record in ledger.records()] == ["Chad praised Niger."]
    assert len(reading.read) == 2


def test_a_watch_gives_what_is_new_or_changed(folder: Path) -> None:
    watch = Watch([str(folder)], SourceOptions())
    assert len(list(watch.look())) == 3
    assert list(watch.look()) == []
    write(folder / "1.txt", "Chad praised Niger.", ago=30)
    [changed] = watch.look()
    assert isinstance(changed, RawDocument)
    assert changed.content.strip() == "Chad praised Niger."


def test_a_file_that_is_being_written_waits_for_the_next_look(folder: Path) -> None:
    watch = Watch([str(folder)], SourceOptions())
    list(watch.look())
    write(folder / "4.txt", "Chad prai", ago=0)
    assert list(watch.look()) == []
    write(folder / "4.txt", "Chad praised Niger.")
    assert len(list(watch.look())) == 1


def test_one_record_that_the_database_refuses_does_not_take_the_others_along(ledger: Ledger, news: News) -> None:
    good = news("Chad condemned Niger.", uri="a.txt")
    other = news("Chad praised Niger.", {"Chad": "TCD"}, [("SUPPORT", "praised", ["Chad"], [])], uri="b.txt")
    bad = msgspec.structs.replace(other, events=other.events * 2)  # one id for two events
    with Writer(ledger, ledger.begin_run("ingest")) as writer:
        writer.add(good)
        writer.add(bad)
    assert [record.report.uri for record in ledger.records()] == ["a.txt"]
    assert [failure.uri for failure in ledger.failures()] == ["b.txt"]


def dragoman(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_records_that_were_read_before_are_taken_in(place: str, condemned: Record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(as_json(condemned) + b"\n"))
    first = dragoman("ingest", "--records", path, "--ledger", place)
    assert first.exit_code == 0, first.stderr
    assert first.stdout.startswith("1 added, 0 known already, 0 failed; ")
    assert dragoman("ingest", "--records", path, "--ledger", place).stdout.startswith("0 added, 1 known already")
    with Ledger(place) as ledger:
        assert [as_json(record) for record in ledger.records()] == [as_json(condemned)]


def test_a_line_that_breaks_the_contract_is_named_and_the_others_are_taken_in(
    condemned: Record, news: News, tmp_path: Path
) -> None:
    line, path = as_json(condemned), tmp_path / "records.jsonl"
    other = as_json(news("Mali praised Chad.", uri="b.txt"))
    bad = [
        (b"{broken", "is no record"),
        (line.replace(b"sha256:8", b"sha256:9"), "has an id that is not that of its text"),
        (line.replace(b'"start":0', b'"start":1', 1), "has a span whose words do not stand at its offsets"),
        (line.replace(b'"v2"', b'"v1"'), "has the id 'v1' twice"),
    ]
    path.write_bytes(b"\n".join([*(data for data, _ in bad), other]) + b"\n")
    result = dragoman("ingest", "--records", path, "--ledger", tmp_path / "news.db")
    assert result.exit_code == 1
    assert result.stdout.startswith("1 added, 0 known already, 4 failed")
    for number, (_, reason) in enumerate(bad, 1):
        assert f"{path}#{number}" in result.stderr
        assert reason in result.stderr


def test_a_damaged_file_of_records_ends_where_it_is_damaged(condemned: Record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(as_json(condemned) * 100)[:-20])
    [failure] = records_of(str(path))
    assert isinstance(failure, Failure)
    assert "could not be read" in failure.reason


def test_reports_are_read_into_a_ledger_and_retried(tmp_path: Path) -> None:
    path, place = tmp_path / "a.txt", tmp_path / "news.db"
    path.write_bytes(b"")
    first = dragoman("ingest", path, "--ledger", place)
    assert (first.exit_code, first.stdout.split(";")[0]) == (1, "0 added, 0 known already, 1 failed")
    path.write_text("PARIS, May 3, 1999 - France condemned Serbia on Monday.")
    again = dragoman("ingest", "--retry-failed", "--ledger", place)
    assert (again.exit_code, again.stdout.split(";")[0]) == (0, "1 added, 0 known already, 0 failed")
    assert dragoman("watch", path, "--once", "--ledger", place).stdout == ""
    assert dragoman("reread", "--all", "--ledger", place).stdout.startswith("1 read again, 0 failed")
    with Ledger(place) as ledger, ledger.reading() as connection:
        assert list(ledger.failures()) == []
        kinds = connection.execute(text("SELECT kind FROM runs WHERE finished IS NOT NULL ORDER BY run")).scalars()
        assert list(kinds) == ["ingest", "ingest", "watch", "reread"]


def test_corrections_are_moved_by_the_command_line(condemned: Record, tmp_path: Path) -> None:
    place, lines = tmp_path / "news.db", tmp_path / "said.jsonl"
    with Ledger(place, create=True) as ledger:
        ledger.add(condemned)
    lines.write_text(f'{{"target": "{condemned.report.id}/v1", "action": "reject", "who": "me"}}\n{{broken\n')
    result = dragoman("review", "import", lines, "--ledger", place)
    assert result.exit_code == 1
    assert result.stdout == "1 applied, 0 known already, 0 kept without a place\n"
    assert "said.jsonl#2" in result.stderr
    assert '"action":"reject"' in dragoman("review", "export", "--ledger", place).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("ingest", "--ledger", "LEDGER"),
            "nothing to ingest; name sources, --records FILE, --from-parquet FOLDER, or --retry-failed",
        ),
        (("ingest", "--retry-failed", "--ledger", "LEDGER"), "is not there; make it with"),
        (("ingest", "x", "--ledger", "mysql://localhost/news"), "a ledger cannot be kept in mysql"),
        (("watch", "-", "--ledger", "LEDGER"), "standard input cannot be watched"),
        (("review", "import", "--ledger", "LEDGER"), "import takes a FILE"),
        (("review", "export", "--ledger", "LEDGER"), "is not there"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = dragoman(*(word.replace("LEDGER", str(tmp_path / "news.db")) for word in words))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []
