"""The log of a run, its summary, and how many read: what `dragoman read` says beside the ledgers."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dragoman.cli import app
from dragoman.cli.journal import Journal, duration

NEWS = "PARIS, May 3, 1999 - France condemned Serbia on Monday."


def dragoman(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_log_tells_what_a_run_began_what_failed_and_how_it_ended(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    log = tmp_path / "run.log"
    result = dragoman("read", tmp_path / "a.txt", tmp_path / "no.txt", "-f", "json", "--log", log)
    assert result.exit_code == 1
    begun, failed, ended = map(json.loads, log.read_text().splitlines())
    assert (begun["message"], begun["command"]) == ("begun", "read")
    assert (failed["level"], failed["uri"], failed["reason"]) == ("warning", str(tmp_path / "no.txt"), "is not there")
    assert (ended["reports"], ended["failures"]) == (1, 1)
    assert ended["peak_megabytes"]["run"] > 50


def test_a_log_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    result = dragoman("read", tmp_path, "--log", tmp_path / "no" / "run.log")
    assert result.exit_code == 2
    assert "run.log cannot be written" in result.stderr


def test_many_reports_are_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    journal = Journal("read")
    journal.read(1200)
    journal.end(quiet=False)
    said = capsys.readouterr().err
    assert said.startswith("1,200 reports in 0.")
    journal.end(quiet=True)
    assert capsys.readouterr().err == ""


def test_a_length_of_time_is_written_for_a_person() -> None:
    assert [duration(s) for s in (0.04, 59, 61, 86_400)] == ["0.0 s", "59.0 s", "1 min 1 s", "24 h 0 min"]


def test_two_workers_print_what_one_prints(tmp_path: Path) -> None:
    for n in range(9):
        (tmp_path / f"{n}.txt").write_text(NEWS.replace("Monday", "Monday, again," * n or "Monday"))
    one = dragoman("read", tmp_path, "-f", "json")
    two = dragoman("read", tmp_path, "-f", "json", "--workers", 2)
    assert (two.exit_code, two.stdout) == (0, one.stdout)
    assert len(one.stdout.splitlines()) == 9


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--workers", "0"), "--workers"),
        (("--report-timeout", "0"), "--report-timeout"),
        (("--address", "10.0.0.1:6379"), "--address names a cluster; add --engine ray"),
        (("--engine", "spark"), "--engine"),
        (("--engine", "ray"), "writes a folder of Parquet parts; name it with -o FOLDER"),
        (("--engine", "ray", "-f", "json"), "leave out --limit and --format"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = dragoman("read", tmp_path, *words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
