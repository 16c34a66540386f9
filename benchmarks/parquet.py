"""How Parquet of ten million events answers: `python benchmarks/parquet.py --folder /tmp/big --events 10000000`.

The reports are those of `ledger.py`. Some are written by `dragoman export parquet`'s own code; the rest are copies of
their rows under other report ids, month by month, since making each anew would take hours. Polars and DuckDB (which is
to be installed for this) are asked the same, with other values each time, and must answer the same.
"""

import argparse
import json
import random
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import polars as pl

from dragoman.exports import export
from ledger import COUNTRIES, PER_REPORT, SEED, Maker

MADE, TRIES = 200_000, 7  # reports made, questions of a kind
TABLES = ("events", "entities", "reports")
Answer = list[tuple[object, ...]]
Ask = Callable[[Path, random.Random], tuple[Callable[[], Answer], Callable[[], Answer]]]


def build(folder: Path, events: int) -> None:
    """Write the archive: some reports in earnest, then their rows again and again."""
    maker, first = Maker(), folder / "made"
    reports = min(MADE, events // PER_REPORT)
    export((maker.record(n) for n in range(reports)), "parquet", first)
    copies = events // PER_REPORT // reports
    for table in TABLES:
        for month in sorted((first / table).iterdir()):
            rows = pl.read_parquet(month / "*.parquet", hive_partitioning=False)
            out = folder / table / month.name / "part-00000.parquet"
            out.parent.mkdir(parents=True)
            again = [rows.with_columns(pl.col("report_id") + f"-{n}") for n in range(copies)]
            mixed = pl.concat(again).sample(fraction=1.0, shuffle=True, seed=SEED)  # or a column packs its copies away
            mixed.write_parquet(out, compression="zstd", row_group_size=100_000)


def scan(folder: Path, table: str) -> pl.LazyFrame:
    """Return a table as Polars reads it."""
    return pl.scan_parquet(folder / table / "*" / "*.parquet", hive_partitioning=True, hive_schema={"month": pl.String})


def told(folder: Path, table: str) -> str:
    """Return a table as DuckDB reads it."""
    return f"read_parquet('{folder}/{table}/*/*.parquet', hive_partitioning=true, hive_types={{'month': 'VARCHAR'}})"


def duck(question: str) -> Answer:
    """Ask DuckDB."""
    import duckdb

    return sorted(duckdb.sql(question).fetchall())


def polars(question: pl.LazyFrame) -> Answer:
    """Ask Polars."""
    return sorted(question.collect(engine="streaming").rows())


def dyad(folder: Path, draw: random.Random, *, month: str | None, by: str) -> tuple[Callable[[], Answer], ...]:
    """Count what one state did to another, in a month or over all years."""
    actor, recipient = draw.sample(list(COUNTRIES.values()), 2)
    where = f"WHERE e.month = '{month}'" if month else ""
    sides = f"""SELECT report_id, id, month FROM {told(folder, "entities")} WHERE country = """
    sql = f"""
        WITH acts AS (SELECT e.report_id, e.month, e.type, unnest(e.actors) AS actor, e.recipients
                      FROM {told(folder, "events")} e {where}),
             pairs AS (SELECT report_id, month, type, actor, unnest(recipients) AS recipient FROM acts)
        SELECT p.{by}, count(*) FROM pairs p
        JOIN ({sides}'{actor}') a ON a.report_id = p.report_id AND a.id = p.actor AND a.month = p.month
        JOIN ({sides}'{recipient}') r ON r.report_id = p.report_id AND r.id = p.recipient AND r.month = p.month
        GROUP BY 1"""

    def of(table: str) -> pl.LazyFrame:
        rows = scan(folder, table)
        return rows.filter(pl.col("month") == month) if month else rows

    def side(name: str, country: str) -> pl.LazyFrame:
        return of("entities").filter(pl.col("country") == country).select("report_id", pl.col("id").alias(name))

    columns = list(dict.fromkeys(("report_id", "actors", "recipients", by)))
    pairs = of("events").select(columns).explode("actors").explode("recipients")
    found = pairs.join(side("actors", actor), on=["report_id", "actors"])
    found = found.join(side("recipients", recipient), on=["report_id", "recipients"])
    return lambda: polars(found.group_by(by).len()), lambda: duck(sql)


def in_month(folder: Path, draw: random.Random) -> tuple[Callable[[], Answer], ...]:
    """Types between two states in a month."""
    return dyad(folder, draw, month=f"{draw.randrange(2015, 2025)}-{draw.randrange(1, 13):02}", by="type")


def in_ten_years(folder: Path, draw: random.Random) -> tuple[Callable[[], Answer], ...]:
    """Acts between two states by month."""
    return dyad(folder, draw, month=None, by="month")


def near(folder: Path, draw: random.Random) -> tuple[Callable[[], Answer], ...]:
    """Assaults in a square degree, by month."""
    lat, lon = draw.choice([(50.45, 30.52), (36.2, 37.16), (31.5, 34.47)])
    box = pl.col("place_lat").is_between(lat - 0.5, lat + 0.5) & pl.col("place_lon").is_between(lon - 0.5, lon + 0.5)
    frame = scan(folder, "events").filter(box & (pl.col("type") == "ASSAULT")).group_by("month").len()
    sql = f"""SELECT month, count(*) FROM {told(folder, "events")} WHERE type = 'ASSAULT'
              AND place_lat BETWEEN {lat - 0.5} AND {lat + 0.5} AND place_lon BETWEEN {lon - 0.5} AND {lon + 0.5}
              GROUP BY 1"""
    return lambda: polars(frame), lambda: duck(sql)


def types(folder: Path, draw: random.Random) -> tuple[Callable[[], Answer], ...]:
    """Events of a status by type and quad."""
    status = draw.choice(("actual", "future", "negated"))
    frame = scan(folder, "events").filter(pl.col("status") == status).group_by("type", "quad").len()
    sql = f"SELECT type, quad, count(*) FROM {told(folder, 'events')} WHERE status = '{status}' GROUP BY 1, 2"
    return lambda: polars(frame), lambda: duck(sql)


def words(folder: Path, draw: random.Random) -> tuple[Callable[[], Answer], ...]:
    """Events whose first sentence of evidence holds a word, by type: every sentence is read."""
    word = draw.choice(Maker().words)
    first = pl.col("evidence").list.first().struct.field("text")
    frame = scan(folder, "events").filter(first.str.contains(f" {word} ", literal=True)).group_by("type").len()
    sql = f"SELECT type, count(*) FROM {told(folder, 'events')} WHERE contains(evidence[1].text, ' {word} ') GROUP BY 1"
    return lambda: polars(frame), lambda: duck(sql)


def one_report(folder: Path, draw: random.Random) -> tuple[Callable[[], Answer], ...]:
    """The events of one report, of which only the id is known."""
    row = scan(folder, "reports").select("report_id").slice(draw.randrange(1000), 1).collect().item()
    frame = scan(folder, "events").filter(pl.col("report_id") == row).select("id", "type")
    sql = f"SELECT id, type FROM {told(folder, 'events')} WHERE report_id = '{row}'"
    return lambda: polars(frame), lambda: duck(sql)


QUESTIONS = (in_month, in_ten_years, near, types, words, one_report)


def measure(folder: Path) -> dict[str, dict[str, object]]:
    """Return each question's median and slowest answer in seconds, of both engines."""
    figures: dict[str, dict[str, object]] = {}
    for ask in QUESTIONS:
        draw, took = random.Random(SEED), {"Polars": [], "DuckDB": []}  # type: ignore[var-annotated]
        same = True
        for _ in range(TRIES):
            answers = []
            for engine, question in zip(took, ask(folder, draw), strict=True):
                began = time.perf_counter()
                answers.append(question())
                took[engine].append(time.perf_counter() - began)
            same &= answers[0] == answers[1]
        figures[(ask.__doc__ or "").rstrip(".")] = {
            **{engine: [round(statistics.median(each), 3), round(max(each), 3)] for engine, each in took.items()},
            "same answers": same,
        }
    return figures


def main() -> None:
    """Build where there is nothing, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--events", type=int, default=10_000_000)
    given = parser.parse_args()
    began, built = time.perf_counter(), None
    if not (given.folder / "events").exists():
        build(given.folder, given.events)
        built = round(time.perf_counter() - began, 1)
    sizes = {
        table: [
            scan(given.folder, table).select(pl.len()).collect().item(),
            round(sum(path.stat().st_size for path in (given.folder / table).rglob("*.parquet")) / 1e6),
        ]
        for table in TABLES
    }
    asked = measure(given.folder)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"built in s": built, "rows, MB": sizes, "s": asked, "peak memory, MB": peak}, indent=1))


if __name__ == "__main__":
    main()
