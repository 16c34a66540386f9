"""How many rows a question or a table has: counted where that is quick, else as PostgreSQL's statistics have it."""

from typing import Any

from sqlalchemy import Connection, Select, Table, column, func, literal_column, select
from sqlalchemy import table as sql_table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement


class Explained(Executable, ClauseElement):
    """A question that PostgreSQL is asked for its plan instead of its rows."""

    inherit_cache = False

    def __init__(self, question: Select[Any]) -> None:
        self.question = question


@compiles(Explained, "postgresql")
def _explain(element: Explained, compiler: SQLCompiler, **how: Any) -> str:
    return f"EXPLAIN (FORMAT JSON) {compiler.process(element.question, **how)}"


def expected(connection: Connection, question: Select[Any]) -> int:
    """Return how many rows PostgreSQL expects of a question, without asking it.

    Its statistics know how often each common word is there; counting the rows that hold one takes as long as to read
    them.
    """
    [plan] = connection.execute(Explained(question)).scalar_one()
    return int(plan["Plan"]["Plan Rows"])


def up_to(connection: Connection, question: Select[Any], bound: int) -> int:
    """Return how many rows a question has, counted up to a bound."""
    bounded = question.limit(bound).subquery()
    return connection.execute(select(func.count()).select_from(bounded)).scalar_one()


def size_of(connection: Connection, table: Table) -> int:
    """Return how many rows a table has, at least one; in PostgreSQL as many as there were when it last looked."""
    if connection.dialect.name == "postgresql":
        classes = sql_table("pg_class", column("oid"), column("reltuples"))
        known = select(classes.c.reltuples).where(classes.c.oid == literal_column(f"'{table.name}'::regclass"))
        rows = int(connection.execute(known).scalar_one())
        if rows > 0:
            return rows
    return max(1, connection.execute(select(func.count()).select_from(table)).scalar_one())
