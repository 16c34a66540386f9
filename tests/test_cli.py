"""The command line: what goes in, what comes out, and how it ends."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman import from_json
from dragoman.cli import app

NEWS = 'PARIS, May 3, 1999 - France condemned Serbia on Monday, and "we shall not sign", the minister said.'
EXAMPLES = Path(__file__).parents[1] / "examples"


def dragoman(*words: object, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    return path


def test_a_report_is_printed_as_text(report: Path) -> None:
    result = dragoman("read", report)
    assert result.exit_code == 0
    assert "Who did what to whom" in result.stdout
    assert result.stderr == ""


def test_json_is_a_record_a_line() -> None:
    result = dragoman("read", EXAMPLES, "--format", "json")
    assert result.exit_code == 0
    assert len([from_json(line) for line in result.stdout.splitlines()]) == 10


@pytest.mark.parametrize(("form", "opening"), [("markdown", "# "), ("html", "<!DOCTYPE html>")])
def test_a_format_is_chosen(report: Path, form: str, opening: str) -> None:
    assert dragoman("read", report, "-f", form).stdout.startswith(opening)


def test_standard_input_is_read() -> None:
    result = dragoman("read", "-", "--format", "json", stdin=NEWS)
    assert from_json(result.stdout).report.text == NEWS


def test_a_day_and_a_publisher_are_given_where_the_report_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("France condemned Serbia on Monday.")
    result = dragoman("read", path, "--published", "1999-05-04", "--publisher", "Example News", "-f", "json")
    found = from_json(result.stdout).report
    assert (found.published, found.published_from, found.publisher) == ("1999-05-04", "given", "Example News")


def test_columns_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        f'a,b,c,d,e\n"{NEWS.replace(chr(34), chr(34) * 2)}",A title,2001-02-03,http://a.org/1,Example News\n'
    )
    fields = zip(("text", "title", "date", "url", "publisher"), "abcde", strict=True)
    result = dragoman(
        "read", path, "-f", "json", *(word for name, column in fields for word in (f"--{name}-field", column))
    )
    found = from_json(result.stdout).report
    assert (found.title, found.published, found.uri) == ("A title", "2001-02-03", "http://a.org/1")
    assert (found.publisher, found.text) == ("Example News", NEWS)


def test_no_more_reports_are_read_than_asked() -> None:
    assert len(dragoman("read", EXAMPLES, "-f", "json", "--limit", 2).stdout.splitlines()) == 2


def test_output_goes_to_a_file_that_is_whole(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    result = dragoman("read", report, "-f", "json", "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert from_json(target.read_text()).report.text == NEWS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out.jsonl"]


def test_a_run_that_breaks_leaves_the_old_output(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    result = dragoman("read", report, "-f", "json", "-o", target, "--model", "no_such_pipeline")
    assert result.exit_code == 2
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out.jsonl"]


BAD = {
    "empty.txt": (b"", "is empty"),
    "binary.txt": (b"\x00\x01\x02\xff" * 200, "binary"),
    "koi8.txt": ("Министр сказал, что переговоры идут.".encode("koi8-r"), "encoding"),
    "short.txt.gz": (gzip.compress(NEWS.encode() * 50)[:-20], "gzip"),
    "french.txt": ("Le ministre a rencontré hier à Genève son homologue de la Suisse voisine.".encode(), "language"),
    "deep.html": (b"<div>" * 20_000 + NEWS.encode(), ""),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_with_its_reason_and_the_others_are_read(name: str, report: Path, tmp_path: Path) -> None:
    data, reason = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)
    result = dragoman("read", path, report, "-f", "json")
    assert from_json(result.stdout.splitlines()[-1]).report.text == NEWS
    if name == "deep.html" and result.exit_code == 0:
        return  # read, or refused: both are an answer
    assert result.exit_code == 1
    assert name in result.stderr
    assert reason in result.stderr
    assert result.stderr.startswith("1 of 2 reports failed:")


def test_a_broken_line_of_json_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": NEWS, "id": n}) for n in range(5)]
    path.write_text("\n".join([*lines[:2], "{broken", *lines[3:]]))
    result = dragoman("read", path, "-f", "json")
    assert result.exit_code == 1
    assert [from_json(line).report.uri for line in result.stdout.splitlines()] == ["0", "1", "3", "4"]
    assert "a.jsonl#3" in result.stderr


def test_a_folder_without_reports_is_named(tmp_path: Path) -> None:
    result = dragoman("read", tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path}  is a folder without reports" in result.stderr


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.symlink_to("nowhere.txt")
    result = dragoman("read", path)
    assert result.exit_code == 1
    assert "could not be read (No such file or directory)" in result.stderr


def test_a_failures_name_is_shown_not_obeyed(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202e.txt"
    path.write_bytes(b"")
    result = dragoman("read", path)
    assert "a\\x1b[31m\\u202e.txt" in result.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("read",), "Missing argument"),
        (("read", "FILE", "--format", "xml"), "there is no format 'xml'; name one of text, json, markdown, html"),
        (("read", "FILE", "--published", "soon"), "--published 'soon' is not a date that is certain"),
        (("read", "FILE", "--limit", "0"), "--limit"),
        (("read", "FILE", "--model", "no_such_pipeline"), "no_such_pipeline is not there; install that spaCy pipeline"),
        (("read", "FILE", "-o", "FOLDER"), "is a folder; name a file"),
        (("read", "FILE", "-o", "FOLDER/no/out.txt"), "is not there; make it first"),
        (("read", "FILE", "-o", "FILE"), "is the file to be read; name another"),
        (("read", "--colour"), "No such option"),
        (("explain", "FILE", "--event", "v99"), "the report has no event v99"),
        (("explain", "FILE", "--report", "2"), "holds fewer than 2 reports"),
        (("explain", "no.txt"), "no.txt: is not there; check the path"),
        (("unknown",), "No such command"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(words: tuple[str, ...], said: str, report: Path) -> None:
    result = dragoman(*(word.replace("FILE", str(report)).replace("FOLDER", str(report.parent)) for word in words))
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert report.read_text() == NEWS


def test_explain_tells_the_words_the_row_and_the_leaves(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("U.S. President Jimmy Carter telephoned Egyptian President Anwar Sadat on Monday and it rained.")
    result = dragoman("explain", path, "--event", "v1")
    assert result.exit_code == 0
    for words in ("v1  CONSULT phone", "telephoned (is v1)", "suggests CONSULT.phone", "“rained” rejected"):
        assert words in result.stdout


def test_the_version_is_told() -> None:
    assert dragoman("--version").stdout.startswith("dragoman 0.")


def script(*words: str) -> list[str]:
    return [sys.executable, "-c", "from dragoman.cli import main; main()", *words]


def test_a_closed_pipe_ends_a_run_cleanly() -> None:
    with subprocess.Popen(
        script("read", str(EXAMPLES), str(EXAMPLES), "-f", "json"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait() == 0


def test_an_interrupt_ends_a_run_cleanly(monkeypatch: pytest.MonkeyPatch, report: Path, tmp_path: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dragoman.reader.find_statements", interrupted)
    result = dragoman("read", report, "-o", tmp_path / "out.txt")
    assert (result.exit_code, result.stderr) == (130, "stopped\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]
