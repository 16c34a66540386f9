"""The commands that ask a ledger: query, show and sql."""

import csv
import io
import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path

import msgspec
import polars
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner, Result

from dragoman import Ledger, Record
from dragoman.cli import app
from dragoman.errors import UsageError
from dragoman.ledger.asking import ask
from dragoman.ledger.views import VIEWS

News = Callable[..., Record]
ROOT = Path(__file__).parents[2]
FORMULA = "=HYPERLINK(A1)"


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), catch_exceptions=False)


@pytest.fixture
def kept(place: str, condemned: Record, news: News) -> str:
    """A ledger with two reports; one has a name that a spreadsheet would run."""
    text = "=HYPERLINK(A1) attacked Iran near the border.\n\nNobody was hurt."
    hostile = news(text, {FORMULA: None, "Iran": "IRN"}, [("ASSAULT", "attacked", [FORMULA], ["Iran"])], uri="b",
                   published="2022-04-01", publisher="+Daily")  # fmt: skip
    with Ledger(place, create=True) as ledger:
        ledger.add(condemned)
        ledger.add(hostile)
    return place


def test_a_query_prints_rows_with_their_sentences(kept: str) -> None:
    result = run("query", "events", "actor:FRA", "--ledger", kept)
    assert result.exit_code == 0
    [heading, words] = result.output.splitlines()
    assert re.match(r"[0-9a-f]{16}/v1  2022-03-04  ACCUSE: France → Iran  0\.75 · Example News$", heading)
    assert words.strip() == "France condemned Iran on Friday"


def test_one_argument_keeps_its_blanks_and_several_filters_may_stand_in_one(kept: str) -> None:
    assert "condemned" in run("query", "events", "publisher:Example News", "--ledger", kept).output
    assert "rejected" in run("query", "events", 'type:REJECT publisher:"Example News"', "--ledger", kept).output
    assert run("query", "events", 'type:AID publisher:"Example News"', "--ledger", kept).output == ""


def test_json_is_a_line_a_row(kept: str) -> None:
    rows = [json.loads(line) for line in run("query", "events", "-l", kept, "--format", "json").output.splitlines()]
    assert [row["type"] for row in rows] == ["ACCUSE", "REJECT", "ASSAULT"]
    assert rows[0]["actors"] == ["France"]
    assert rows[0]["claimed"] is False


def test_what_a_spreadsheet_would_run_is_defused_in_csv(kept: str) -> None:
    [row] = csv.DictReader(io.StringIO(run("query", "events", "type:ASSAULT", "-l", kept, "-f", "csv").output))
    assert row["actors"] == "'" + FORMULA
    assert row["sentence"].startswith("'=")
    assert row["publisher"] == "'+Daily"
    assert row["intensity"] == "-9.0"
    out = run("sql", "-l", kept, "-f", "csv", "-c", "SELECT publisher FROM events WHERE type = 'ASSAULT'").output
    assert out == "publisher\n'+Daily\n"


def test_parquet_is_read_by_polars(kept: str, tmp_path: Path) -> None:
    target = tmp_path / "events.parquet"
    assert run("query", "events", "-l", kept, "-f", "parquet", "--all", "-o", str(target)).exit_code == 0
    frame = polars.read_parquet(target)
    assert frame["type"].to_list() == ["ACCUSE", "REJECT", "ASSAULT"]
    assert frame["recipients"].to_list() == [["Iran"], ["France"], ["Iran"]]
    assert pq.read_schema(target).field("claimed").type == "bool"
    assert run("query", "events", "-l", kept, "-f", "parquet").exit_code == 2


def test_pages_follow_one_another_by_their_cursor(kept: str) -> None:
    types, cursor = [], []
    for _ in range(5):
        result = run("query", "events", "-l", kept, "--limit", "1", "--sort", "-day", "-f", "json", *cursor)
        types.append(json.loads(result.stdout)["type"])
        if "--cursor" not in result.stderr:
            break
        cursor = result.stderr.split()[1:]
    assert types == ["ASSAULT", "REJECT", "ACCUSE"]


def test_counts_are_of_occurrences_unless_reports_are_asked_for(kept: str) -> None:
    assert run("query", "events", "country:IRN", "--count", "occurrences", "-l", kept).output == "3\n"
    assert run("query", "events", "country:IRN", "--count", "reports", "-l", kept).output == "2\n"
    assert run("query", "events", "--group-by", "month", "-l", kept).output.split() == [
        "month", "count", "2022-03", "2", "2022-04", "1"]  # fmt: skip
    assert "known are" in run("query", "events", "--group-by", "moon", "-l", kept).stderr
    assert "count one of" in run("query", "events", "--count", "moons", "-l", kept).stderr


def test_an_error_names_the_word_and_what_is_known(kept: str) -> None:
    result = run("query", "events", "type:REJCT", "-l", kept)
    assert result.exit_code == 2
    assert "type:REJCT is not known; is REJECT meant?" in result.stderr


def test_show_prints_the_sentence_in_its_paragraph_with_the_words_marked(kept: str, condemned: Record) -> None:
    short = condemned.report.id[7:23]
    shown = run("show", f"{short}/v2", "-l", kept).output
    assert shown.startswith("REJECT: Iran → France\n")
    assert "France condemned Iran on Friday. «[[Iran]] [[rejected]] the criticism»." in shown
    said = run("show", f"{short}/s1", "-l", kept).output
    assert "[[France]] [[said]] «that the talks would go on»" in said
    assert "France" in run("show", f"{short}/e1", "-l", kept).output
    assert "Who did what to whom" in run("show", short, "-l", kept).output
    for missing in (f"{short}/v9", "ffffffff/v1", "o1234"):
        result = run("show", missing, "-l", kept)
        assert result.exit_code == 2
        assert "has no" in result.stderr


def test_show_leads_from_every_row_to_its_words(kept: str, examples: list[Record]) -> None:
    with Ledger(kept) as ledger:
        for record in examples:
            ledger.add(record)
        refs = [row.ref for of in ("events", "statements", "negotiations", "flags") for row in ledger._all(
            of, (), None, False, {})]  # fmt: skip
    assert len(refs) > 40
    for ref in refs[::7]:
        result = run("show", ref, "-l", kept)
        assert result.exit_code == 0, ref


def test_sql_asks_the_views(kept: str) -> None:
    result = run("sql", "-l", kept, "-c", "SELECT type, count(*) AS n FROM events GROUP BY type ORDER BY type")
    assert result.output.split() == ["type", "n", "ACCUSE", "1", "ASSAULT", "1", "REJECT", "1"]
    for view in VIEWS:
        assert run("sql", "-l", kept, "-c", f"SELECT * FROM {view} LIMIT 1").exit_code == 0, view


WRITES = (
    "DELETE FROM ledger_events",
    "DROP TABLE ledger_events",
    "SELECT 1; DELETE FROM ledger_events",
    "WITH gone AS (SELECT 1) DELETE FROM ledger_events",
    "PRAGMA query_only = OFF",
    "ATTACH DATABASE '/tmp/other.db' AS other",
    "COMMIT",
    "COPY ledger_events TO PROGRAM 'cat'",
    "SET TRANSACTION READ WRITE",
    "EXPLAIN ANALYZE DELETE FROM ledger_events",
    "WITH gone AS (DELETE FROM ledger_events RETURNING key) SELECT * FROM gone",
    "SELECT load_extension('x')",
    "SELECT * FROM pragma_query_only(0)",
    "VACUUM INTO '/tmp/copy.db'",
)


@pytest.mark.parametrize("question", WRITES)
def test_sql_writes_nothing(kept: str, question: str) -> None:
    with Ledger(kept) as ledger:
        with pytest.raises(UsageError):
            ask(ledger, question)
        assert ledger.counts()["events"] == 3


def test_a_question_that_takes_too_long_is_ended(kept: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    with Ledger(kept) as ledger, pytest.raises(UsageError, match="longer than"):
        ask(ledger, endless, seconds=0.3)


def test_an_answer_without_end_is_cut(kept: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n"
    with Ledger(kept) as ledger:
        answer = ask(ledger, endless, limit=5)
    assert [row[0] for row in answer.rows] == [1, 2, 3, 4, 5]
    assert answer.more


def test_full_text_can_be_asked_in_sql(tmp_path: Path, condemned: Record) -> None:
    with Ledger(tmp_path / "news.db", create=True) as ledger:
        ledger.add(condemned)
        question = "SELECT count(*) FROM ledger_events_fts WHERE ledger_events_fts MATCH 'condemned'"
        assert ask(ledger, question).rows == [(1,)]


def test_the_prompt_answers_line_by_line(kept: str) -> None:
    result = CliRunner().invoke(app, ["sql", "-l", kept], input=".views\n.columns flags\nSELECT 40 +\n2;\nDROP x;\n")
    assert "pairs" in result.stdout
    assert "severity" in result.stdout
    assert "42" in result.stdout
    assert "only questions" in result.stderr


def test_frames_have_a_row_a_row(kept: str) -> None:
    with Ledger(kept) as ledger:
        frame = ledger.frame("events", country="IRN")
        assert frame["actors"].to_list() == [["France"], ["Iran"], [FORMULA]]
        assert frame.schema["lat"] == polars.Float64
        assert ledger.frame("events", actor="USA").height == 0
        assert list(ledger.frame("events", library="pandas")["type"]) == ["ACCUSE", "REJECT", "ASSAULT"]


def test_the_tables_of_the_manual_are_those_of_the_code() -> None:
    tables = runpy.run_path(str(ROOT / "docs" / "query_tables.py"))
    page = (ROOT / "docs" / "query.md").read_text("utf-8")
    assert tables["refreshed"](page) == page, "run `python docs/query_tables.py`"


def test_the_columns_in_the_manual_are_those_of_the_views(kept: str) -> None:
    columns_of = runpy.run_path(str(ROOT / "docs" / "query_tables.py"))["columns_of"]
    with Ledger(kept) as ledger:
        for view in VIEWS:
            assert list(ask(ledger, f"SELECT * FROM {view} WHERE 1 = 0").columns) == columns_of(view)


def test_the_examples_of_the_manual_are_understood(kept: str) -> None:
    from dragoman.ledger.filters import FIELDS

    with Ledger(kept) as ledger:
        for field in FIELDS:
            for of in field.of:
                written = f"place:Kyiv {field.example}" if field.name == "within" else field.example
                ledger.page(of, written)


def test_the_snippets_of_the_manual_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "query.md").read_text("utf-8")
    [snippet] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    exec(compile(snippet, "query.md", "exec"), {"__name__": "snippet"})


def test_rows_are_made_of_plain_values(kept: str) -> None:
    with Ledger(kept) as ledger:
        for row in ledger.events():
            assert msgspec.json.decode(msgspec.json.encode(row), type=type(row)) == row
