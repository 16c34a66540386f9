"""Large files in slices: together they are the file, document by document."""

from pathlib import Path

import pytest

from dragoman import Failure
from dragoman.scale.slices import Slice, documents_of, slices_of
from dragoman.sources import RawDocument, SourceOptions, documents

from .archives import write_jsonl, write_parquet, write_warc
from .conftest import report

OPTIONS = SourceOptions(publisher="Example News")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with a file of each kind that can be split, and two that cannot."""
    raws = [report(n) for n in range(60)]
    write_jsonl(tmp_path / "a.jsonl", raws)
    write_warc(tmp_path / "b.warc", raws, packed=False)
    write_warc(tmp_path / "c.warc.gz", raws, packed=True)
    write_parquet(tmp_path / "d.parquet", raws, rows=7)
    (tmp_path / "e.txt").write_text("France condemned Serbia on Monday.")
    (tmp_path / "f.csv").write_text("id,text\n" + "1,Talks failed on Monday.\n" * 500)
    return tmp_path


def slices(path: Path, size: int) -> list[Slice]:
    found = list(slices_of(str(path), size))
    assert not [one for one in found if isinstance(one, Failure)]
    return [one for one in found if isinstance(one, Slice)]


@pytest.mark.parametrize("size", [1, 700, 4_000, 10**9])
def test_the_slices_of_an_archive_hold_its_documents_in_order(archive: Path, size: int) -> None:
    found = [item for one in slices(archive, size) for item in documents_of(one, OPTIONS)]
    assert found == list(documents([str(archive)], OPTIONS))
    assert len([item for item in found if isinstance(item, RawDocument)]) == 4 * 60 + 1 + 500


@pytest.mark.parametrize("name", ["a.jsonl", "b.warc", "c.warc.gz", "d.parquet"])
def test_a_large_file_is_split_without_gap_or_overlap(archive: Path, name: str) -> None:
    parts = slices(archive / name, 2_000)
    assert len(parts) > 2
    assert [one.end for one in parts[:-1]] == [one.start for one in parts[1:]]
    assert parts[0].start == 0


def test_what_cannot_be_split_is_one_slice(archive: Path) -> None:
    assert [one.cut for one in slices(archive / "f.csv", 100)] == ["whole"]
    assert [one.cut for one in slices(archive / "e.txt", 1)] == ["whole"]


def test_a_page_that_quotes_a_record_is_not_taken_for_one(tmp_path: Path) -> None:
    quoted = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"
    write_warc(tmp_path / "a.warc", [RawDocument(str(n), "text", quoted * 3) for n in range(9)], packed=False)
    found = [item for one in slices(tmp_path, 10) for item in documents_of(one, OPTIONS)]
    assert [item.uri for item in found] == [f"https://news.example/{n}" for n in range(9)]


def test_a_damaged_archive_is_read_up_to_the_damage_and_said_to_be_damaged(archive: Path) -> None:
    path = archive / "c.warc.gz"
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    found = [item for one in slices(path, 2_000) for item in documents_of(one, OPTIONS)]
    assert len(found) > 20
    assert [item.uri for item in found if isinstance(item, Failure)] == [str(path)]


def test_a_slice_of_a_file_that_has_gone_is_a_failure(tmp_path: Path) -> None:
    [item] = documents_of(Slice(str(tmp_path / "a.jsonl"), "jsonl", 0, 10), OPTIONS)
    assert isinstance(item, Failure)
    assert item.reason == "could not be read (No such file or directory)"


def test_parquet_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 and nothing more")
    [item] = documents([str(tmp_path)])
    assert isinstance(item, Failure)
    assert item.reason.startswith("is damaged Parquet")
