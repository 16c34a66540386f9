"""Files, folders and globs: what is read, and what is said of what cannot be read."""

import gzip
import io
from pathlib import Path

import pytest

from dragoman.records import Failure
from dragoman.sources import RawDocument, SourceOptions, documents

NEWS = "GENEVA (AP) — Talks on the truce failed on Monday, the envoy said."


def read(*paths: Path | str, **options: object) -> list[RawDocument | Failure]:
    return list(documents([str(path) for path in paths], SourceOptions(**options)))  # type: ignore[arg-type]


def only(path: Path | str, **options: object) -> RawDocument:
    [document] = read(path, **options)
    assert isinstance(document, RawDocument), document
    return document


def failure(path: Path | str, **options: object) -> Failure:
    [found] = read(path, **options)
    assert isinstance(found, Failure), found
    assert str(path) in found.uri
    assert found.remedy
    return found


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.txt", "text"), ("a.text", "text"), ("a.md", "markdown"), ("a.html", "html"), ("a.htm", "html"), ("a", "text")],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_report_is_read_from_its_file(tmp_path: Path, name: str, kind: str, packed: bool) -> None:
    path = tmp_path / (name + (".gz" if packed else ""))
    path.write_bytes(gzip.compress(NEWS.encode()) if packed else NEWS.encode())
    document = only(path)
    assert (document.content, document.kind, document.uri) == (NEWS, kind, str(path))


def test_a_folder_is_read_in_order_with_the_folders_in_it_and_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "2012/c.txt", ".git/x.txt", ".hidden.txt", "picture.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(NEWS)
    assert [Path(found.uri).name for found in read(tmp_path)] == ["a.txt", "b.txt", "c.txt"]


def test_a_glob_is_read_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(NEWS)
    assert [Path(found.uri).name for found in read(tmp_path / "*.txt")] == ["a.txt", "b.txt"]
    assert failure(tmp_path / "*.csv").reason == "matches no file"


def test_a_file_whose_name_looks_like_a_glob_is_that_file(tmp_path: Path) -> None:
    path = tmp_path / "talks [update].txt"
    path.write_text(NEWS)
    assert only(path).content == NEWS


def test_standard_input_is_read_by_its_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    for data, kind in ((NEWS, "text"), ("<!doctype html><p>Talks failed.", "html")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        assert only("-").kind == kind
    monkeypatch.setattr(
        "sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"text": "Talks failed.", "url": "http://a.org/1"}'))
    )
    assert only("-").uri == "http://a.org/1"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert failure(tmp_path / "no.txt").reason == "is not there"


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    for name, content in (
        ("a.txt", b""),
        ("b.txt", b" \n "),
        ("c.html", b""),
        ("d.xml", b""),
        ("e.json", b""),
        ("f.csv", b""),
    ):
        (tmp_path / name).write_bytes(content)
        assert failure(tmp_path / name).reason in ("is empty", "has no header line")


def test_a_folder_without_reports_is_named_with_what_reports_are(tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8")
    found = failure(tmp_path)
    assert found.reason == "is a folder without reports"
    assert ".txt" in found.remedy


def test_a_folder_that_is_named_like_a_report_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "x.txt").mkdir()
    assert failure(tmp_path / "x.txt").reason == "is a folder without reports"
    (tmp_path / "a.txt").write_text(NEWS)
    assert len(read(tmp_path)) == 1


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "a.txt").write_text(NEWS)
    monkeypatch.setattr(Path, "open", refuse)
    assert failure(tmp_path / "a.txt").reason == "could not be read (Permission denied)"


def test_a_link_to_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "could not be read" in failure(tmp_path / "a.txt").reason


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00",
        bytes(range(1, 32)) * 40,
        bytes(range(128, 256)) * 40,
        b"PK\x03\x04" + b"\x00\x8f" * 99,
    ],
)
def test_a_binary_file_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert "not text" in failure(tmp_path / "a.txt").reason


def test_truncated_gzip_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(NEWS.encode() * 50)[:-20])
    assert failure(tmp_path / "a.txt.gz").reason.startswith("is damaged gzip or cut short")


def test_damaged_gzip_is_named(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(bytes(range(256)) * 500))
    data[60:90] = b"\xff" * 30
    (tmp_path / "a.txt.gz").write_bytes(data)
    assert "damaged gzip" in failure(tmp_path / "a.txt.gz").reason


def test_a_document_over_the_limit_is_named_with_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS * 50)
    assert failure(tmp_path / "a.txt", max_bytes=1000).reason == "is larger than the limit of 1000 bytes a document"


def test_two_hundred_megabytes_in_one_document_are_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200_000_000)
    assert failure(tmp_path / "a.txt").reason == "is larger than the limit of 20 MB a document"


def test_a_gzip_bomb_is_refused_at_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"a" * 5_000_000))
    assert "1 MB" in failure(tmp_path / "a.txt.gz", max_bytes=1_000_000).reason


def test_what_a_person_gives_stands_in_where_the_document_is_silent(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    document = only(tmp_path / "a.txt", published="2012-07-05", publisher="Example News")
    assert (document.published, document.published_from, document.publisher) == ("2012-07-05", "given", "Example News")


def test_one_bad_file_does_not_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01")
    (tmp_path / "b.txt").write_text(NEWS)
    assert [type(found) for found in read(tmp_path)] == [Failure, RawDocument]
