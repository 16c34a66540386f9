"""What failed: where it came from, and when it is no longer said to have failed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select

from dragoman.ledger import schema
from dragoman.ledger.store import Ledger
from dragoman.sources import SourceOptions


@dataclass(frozen=True, slots=True)
class Job:
    """The sources of a run in which something failed, and how they were read."""

    paths: list[str]
    records: list[str]
    options: SourceOptions


def failed_sources(ledger: Ledger) -> list[Job]:
    """Return what is to be gone through again to take up all that failed; standard input cannot be."""
    runs, failures = schema.runs.c, schema.failures.c
    asked = select(runs.sources, runs.options).where(runs.key.in_(select(failures.run))).order_by(runs.key)
    with ledger.reading() as connection:
        rows = connection.execute(asked).all()
    jobs: dict[str, Job] = {}
    for row in rows:
        paths = [path for path in json.loads(row.sources) if path != "-"]
        options = json.loads(row.options)
        records = [path for path in options.pop("records", []) if path != "-"]
        jobs.setdefault(f"{paths} {records} {options}", Job(paths, records, SourceOptions(**options)))
    return list(jobs.values())


def forget_failures(ledger: Ledger, run: int, sources: Iterable[str], *, tried: bool) -> None:
    """Take out failures of earlier runs over these sources, all gone through by now, that did not come again.

    Documents that failed and were not `tried` again stay.
    """
    through = set(sources)
    runs, failures = schema.runs.c, schema.failures.c
    asked = select(failures.key, runs.sources, runs.options).join(schema.runs, runs.key == failures.run)
    asked = asked.where(failures.run < run)
    if not tried:
        asked = asked.where(failures.digest.is_(None))
    with ledger.writing() as connection:
        gone = [
            row.key
            for row in connection.execute(asked)
            if {*json.loads(row.sources), *json.loads(row.options).get("records", [])} <= through
        ]
        for key in gone:
            connection.execute(delete(schema.failures).where(failures.key == key))


def forget_failure(ledger: Ledger, uri: str) -> None:
    """Take out the failure of one address, which answers again."""
    with ledger.writing() as connection:
        connection.execute(delete(schema.failures).where(schema.failures.c.uri == uri))
