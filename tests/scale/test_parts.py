"""Archives as Parquet parts with a manifest: resumed, never mixed, never twice."""

from pathlib import Path

import pytest

from dragoman import Failure, Reader, Record
from dragoman.errors import UsageError
from dragoman.scale.manifest import MANIFEST, How, add_line, begun, failures_in, lacking, manifest_of, records_in
from dragoman.scale.parts import parts_of, write_part
from dragoman.scale.slices import Slice, slices_of
from dragoman.sources import RawDocument, SourceOptions, documents

from .archives import write_jsonl
from .conftest import report, written


class OneProcess:
    """A pool that reads in the test's own process."""

    def __init__(self, reader: Reader) -> None:
        self.read = reader.read_documents


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    write_jsonl(folder / "a.jsonl", [report(n) for n in range(9)])
    (folder / "b.txt").write_text("France condemned Serbia on Monday.")
    return folder


def planned(archive: Path, size: int = 500) -> list[Slice]:
    return [one for one in slices_of(str(archive), size) if isinstance(one, Slice)]


def test_a_folder_of_parts_holds_what_the_reader_reads(archive: Path, tmp_path: Path, reader: Reader) -> None:
    how = How(str(tmp_path / "out"))
    assert begun(how) == []
    for part in parts_of(planned(archive), 500):
        add_line(Path(how.folder), write_part(part, how, OneProcess(reader)))  # type: ignore[arg-type]
    found = list(map(written, records_in(how.folder)))
    assert found == list(map(written, reader.read([str(archive)])))
    made = begun(how)
    assert sum(one.reports for one in made) == 10
    assert [failure.uri for one in made for failure in failures_in(Path(how.folder), one)] == [f"{archive}/a.jsonl#4"]
    assert lacking(planned(archive), made) == []
    assert {path.name for path in Path(how.folder).iterdir()} == {MANIFEST, *(one.part for one in made)}


def test_a_second_start_reads_what_the_manifest_lacks(archive: Path, tmp_path: Path, reader: Reader) -> None:
    how = How(str(tmp_path / "out"))
    begun(how)
    slices = planned(archive)
    first, *others = parts_of(slices, 500)
    add_line(Path(how.folder), write_part(first, how, OneProcess(reader)))  # type: ignore[arg-type]
    with (Path(how.folder) / MANIFEST).open("ab") as file:
        file.write(b'{"part":"part-cut-sh')  # the line that a kill cut short
    assert lacking(slices, begun(how)) == [one for part in others for one in part]
    for part in parts_of(lacking(slices, begun(how)), 500):
        add_line(Path(how.folder), write_part(part, how, OneProcess(reader)))  # type: ignore[arg-type]
    assert list(map(written, records_in(how.folder))) == list(map(written, reader.read([str(archive)])))


def test_a_file_that_changed_since_is_not_mixed_in(archive: Path, tmp_path: Path, reader: Reader) -> None:
    how = How(str(tmp_path / "out"))
    begun(how)
    [part] = parts_of(planned(archive / "b.txt"), 500)
    add_line(Path(how.folder), write_part(part, how, OneProcess(reader)))  # type: ignore[arg-type]
    (archive / "b.txt").write_text("France condemned Serbia on Tuesday, and Serbia answered.")
    with pytest.raises(UsageError, match=r"b\.txt has changed since it was read; name a new folder"):
        lacking(planned(archive), begun(how))


def test_parts_read_in_different_ways_do_not_share_a_folder(tmp_path: Path) -> None:
    begun(How(str(tmp_path / "out")))
    with pytest.raises(UsageError, match="begun with another version, model or options"):
        begun(How(str(tmp_path / "out"), options=SourceOptions(publisher="Example News")))
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "a.txt").write_text("Talks failed.")
    with pytest.raises(UsageError, match="holds something else"):
        begun(How(str(tmp_path / "else")))


def test_a_part_that_is_gone_is_named(tmp_path: Path, archive: Path, reader: Reader) -> None:
    how = How(str(tmp_path / "out"))
    begun(how)
    [part] = parts_of(planned(archive / "b.txt"))
    made = write_part(part, how, OneProcess(reader))  # type: ignore[arg-type]
    add_line(Path(how.folder), made)
    (tmp_path / "out" / made.part).unlink()
    with pytest.raises(UsageError, match="is named in the manifest and is not there"):
        list(records_in(how.folder))


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    begun(How(str(tmp_path / "out")))
    (tmp_path / "out" / MANIFEST).write_text("{}\n")
    with pytest.raises(UsageError, match="is damaged"):
        manifest_of(tmp_path / "out")


def test_small_files_share_a_part() -> None:
    small = [Slice(f"{n}.txt", "whole", 0, 100) for n in range(25)]
    assert [len(part) for part in parts_of(small, 1_000)] == [10, 10, 5]


def test_nothing_is_lost_of_what_is_neither_record_nor_document(tmp_path: Path, archive: Path, reader: Reader) -> None:
    kinds = {type(item) for item in documents([str(archive)])}
    assert kinds == {RawDocument, Failure}
    assert {type(item) for item in reader.read([str(archive)])} == {Record, Failure}
