"""Flags as lines and as SARIF."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.checks import CHECKS, lint
from dragoman.cli import app

NEWS = "Envoys agree\n\nThe talks were long.\nThe accord was signed on 31 June 2022 in the capital by both ministers.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(NEWS)
    return path


def test_a_flag_is_a_line_at_its_place_in_the_file(report: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(report)])
    assert result.stdout == f"{report}:4:26 date-conflict June has 30 days.\n"
    assert result.exit_code == 1


def test_what_is_below_the_severity_ends_well(report: Path) -> None:
    report.write_text("The talks went on in the evening. Click here to read the letter. The envoys stayed in town.")
    assert CliRunner().invoke(app, ["check", str(report)]).exit_code == 0
    assert CliRunner().invoke(app, ["check", str(report), "--fail-on", "note"]).exit_code == 1


def test_a_kind_is_left_out(report: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(report), "--skip", "date-conflict"])
    assert (result.exit_code, result.stdout) == (0, "")
    assert CliRunner().invoke(app, ["check", str(report), "--skip", "no-such-kind"]).exit_code == 2


def test_sarif_names_every_kind_and_place(report: Path) -> None:
    import json

    log = json.loads(CliRunner().invoke(app, ["check", str(report), "--format", "sarif"]).stdout)
    [run] = log["runs"]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {check.kind for check in CHECKS}
    [result] = run["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["ruleId"], result["level"], region) == (
        "date-conflict",
        "error",
        {"startLine": 4, "startColumn": 26},
    )


def test_nothing_reaches_a_severity() -> None:
    assert not lint.reaches((), "note")
