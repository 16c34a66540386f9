"""What tests of whole ledgers share: every row of one, and work in a process that can be killed."""

import os
from collections.abc import Callable

from sqlalchemy import LargeBinary, select

from dragoman import Ledger, LedgerError
from dragoman.ledger import schema

OF_THE_RUN = {"run", "first_run", "added", "changed", "seen", "failed", "applied"}  # columns that tell when
Rows = dict[str, list[tuple[object, ...]]]


def in_a_child(work: Callable[[], None]) -> int:
    """Begin work in a process of its own; its exit code is 0 where it came to its end."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except LedgerError:
            code = 2
        finally:
            os._exit(code)
    return child


def all_rows(ledger: Ledger) -> Rows:
    """Every row of every table, without what tells when it was written."""
    found: Rows = {}
    with ledger.reading() as connection:
        for table in schema.METADATA.sorted_tables:
            if table.name in ("ledger_runs", "ledger_versions"):
                continue
            columns = [column for column in table.c if column.name not in OF_THE_RUN]
            order = [column for column in columns if not isinstance(column.type, LargeBinary)]
            found[table.name] = [tuple(row) for row in connection.execute(select(*columns).order_by(*order))]
    return found
