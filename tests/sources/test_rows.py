"""JSON lines, JSON, CSV and TSV: a row is a document."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from dragoman.records import Failure
from dragoman.sources import RawDocument, SourceOptions, documents

NEWS = "Talks on the truce failed on Monday, the envoy said."


def read(path: Path, **options: object) -> list[RawDocument | Failure]:
    return list(documents([str(path)], SourceOptions(**options)))  # type: ignore[arg-type]


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8", newline="")
    return path


ROW = {
    "url": "http://a.org/1",
    "headline": "Talks fail",
    "body": NEWS,
    "pubDate": "July 5, 2012",
    "source": "Example",
    "x": 1,
}


def test_the_usual_names_of_columns_are_known(tmp_path: Path) -> None:
    [document] = read(write(tmp_path / "a.jsonl", json.dumps(ROW)))
    assert document == RawDocument(
        uri="http://a.org/1",
        kind="text",
        content=NEWS,
        title="Talks fail",
        publisher="Example",
        published="2012-07-05",
        published_from="metadata",
    )


def test_columns_can_be_named(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.csv", "kop,verhaal,dag,adres,krant\nTalks fail,Talks failed.,2012-07-05,http://a.org/1,Blad\n"
    )
    [document] = read(
        path, text_field="verhaal", title_field="kop", date_field="dag", url_field="adres", publisher_field="krant"
    )
    assert document == RawDocument(
        "http://a.org/1", "text", "Talks failed.", "Talks fail", "Blad", (), "2012-07-05", "metadata"
    )


def test_a_row_is_known_by_its_url_else_its_id_else_its_line(tmp_path: Path) -> None:
    rows = [{"text": NEWS, "url": "http://a.org/1", "id": 7}, {"text": NEWS, "id": 7}, {"text": NEWS, "url": None}]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    assert [found.uri for found in read(path)] == ["http://a.org/1", "7", f"{path}#3"]


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    lines = [json.dumps({"text": NEWS})] * 5
    lines[2] = '{"text": "Talks'
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    found = read(path)
    assert [type(one) for one in found] == [RawDocument, RawDocument, Failure, RawDocument, RawDocument]
    assert found[2].uri == f"{path}#3"
    assert isinstance(found[2], Failure)
    assert found[2].reason.startswith("is broken JSON")


@pytest.mark.parametrize(
    "value", ["[1, 2]", '"text"', "3", "{}", '{"text": 3}', '{"text": ""}', '{"text": null}', "[" * 9999]
)
def test_a_line_without_a_text_is_a_failure(tmp_path: Path, value: str) -> None:
    [found] = read(write(tmp_path / "a.jsonl", value))
    assert isinstance(found, Failure)


def test_a_date_that_cannot_be_read_is_unknown(tmp_path: Path) -> None:
    [document] = read(write(tmp_path / "a.jsonl", json.dumps({"text": NEWS, "date": "last Friday"})))
    assert isinstance(document, RawDocument)
    assert (document.published, document.published_from) == (None, None)


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_file_may_hold_an_array_or_one_object(tmp_path: Path, indent: int | None) -> None:
    rows = [{"text": f"{NEWS} [{number}]", "id": number} for number in range(3)]
    assert [found.uri for found in read(write(tmp_path / "a.json", json.dumps(rows, indent=indent)))] == ["0", "1", "2"]
    assert [found.uri for found in read(write(tmp_path / "b.json", json.dumps(rows[1], indent=indent)))] == ["1"]


def test_a_json_file_may_hold_objects_line_by_line(tmp_path: Path) -> None:
    assert len(read(write(tmp_path / "a.json", (json.dumps({"text": NEWS}) + "\n") * 3))) == 3


def test_an_array_that_is_cut_short_gives_what_it_has(tmp_path: Path) -> None:
    whole = json.dumps([{"text": NEWS}] * 3)
    found = read(write(tmp_path / "a.json", whole[:-20]))
    assert [type(one) for one in found] == [RawDocument, RawDocument, Failure]


def test_an_element_over_the_limit_is_named(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.json", json.dumps([{"text": "short"}, {"text": "a" * 900_000}])), max_bytes=1000)
    assert [type(one) for one in found] == [RawDocument, Failure]
    assert isinstance(found[1], Failure)
    assert "limit" in found[1].reason


def test_a_line_over_the_limit_costs_only_itself(tmp_path: Path) -> None:
    lines = [json.dumps({"text": text}) for text in ("short", "a" * 5000, "short")]
    found = read(write(tmp_path / "a.jsonl", "\n".join(lines)), max_bytes=1000)
    assert [type(one) for one in found] == [RawDocument, Failure, RawDocument]


def test_utf_16_lines_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes((json.dumps({"text": NEWS}) + "\n").encode("utf-16") * 1)
    assert [found.uri[-2:] for found in read(tmp_path / "a.jsonl")] == ["#1"]


def test_markup_in_a_cell_is_html(tmp_path: Path) -> None:
    [document] = read(write(tmp_path / "a.jsonl", json.dumps({"content": f"<p>{NEWS}</p>"})))
    assert isinstance(document, RawDocument)
    assert document.kind == "html"


@pytest.mark.parametrize(("name", "delimiter"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t"), ("a.csv", "|")])
def test_cells_may_hold_the_delimiter_and_line_ends(tmp_path: Path, name: str, delimiter: str) -> None:
    text = f'First{delimiter} he said ""no"".\nThen he left.'
    path = write(tmp_path / name, f'id{delimiter}text\n1{delimiter}"{text}"\n2{delimiter}Talks failed.\n')
    found = read(path)
    assert [one.content for one in found if isinstance(one, RawDocument)] == [text.replace('""', '"'), "Talks failed."]


def test_a_table_without_a_text_column_names_its_columns(tmp_path: Path) -> None:
    [found] = read(write(tmp_path / "a.csv", "kop,dag\nTalks fail,2012-07-05\n"))
    assert isinstance(found, Failure)
    assert "kop, dag" in found.reason
    assert "--text-field" in found.remedy


def test_a_cell_of_a_megabyte_is_read_and_one_over_the_limit_costs_only_its_row(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,"' + "a\n" * 500_000 + '"\n2,Talks failed.\n')
    assert [type(one) for one in read(path)] == [RawDocument, RawDocument]
    assert [type(one) for one in read(path, max_bytes=10_000)] == [Failure, RawDocument]


def test_a_quotation_mark_inside_a_cell_opens_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'id,text\n1,The 6" gun fired.\n2,Talks failed.\n')
    assert len(read(path)) == 2


def test_a_long_file_is_read_in_constant_memory(tmp_path: Path) -> None:
    row = json.dumps({"text": NEWS * 40}) + "\n"
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", compresslevel=1) as file:
        for _ in range(4000):
            file.write(row)
    tracemalloc.start()
    count = sum(1 for _ in documents([str(tmp_path / "a.jsonl.gz")]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 4000
    assert peak < 2_000_000  # of 8.5 MB
