"""Full text: what is indexed, and how words are looked up, in SQLite's FTS5 and PostgreSQL's tsvector alike."""

import re

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Integer,
    Select,
    Table,
    TableClause,
    column,
    func,
    literal_column,
    select,
)
from sqlalchemy import table as sql_table

from dragoman.errors import UsageError
from dragoman.ledger import schema

INDEXED = {schema.reports: ("title", "text"), schema.events: ("sentence",), schema.statements: ("content",)}
LONGEST = 250_000  # characters that PostgreSQL is given: a tsvector holds a megabyte at most
PART = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


def statements_for(dialect: str) -> list[str]:
    """Return the statements that make the indexes in a database."""
    make = _sqlite if dialect == "sqlite" else _postgresql
    return [statement for table, columns in INDEXED.items() for statement in make(table.name, columns)]


def _sqlite(table: str, columns: tuple[str, ...]) -> list[str]:
    """Return an index that keeps no copy of the text, and the triggers that keep it true."""
    names = ", ".join(columns)
    new, old = (", ".join(f"{row}.{column}" for column in columns) for row in ("new", "old"))
    out = f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) VALUES ('delete', old.key, {old});"  # noqa: S608 - names are ours
    into = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.key, {new});"  # noqa: S608 - names are ours
    return [
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}', content_rowid='key', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {table}_fts_in AFTER INSERT ON {table} BEGIN {into} END",
        f"CREATE TRIGGER {table}_fts_out AFTER DELETE ON {table} BEGIN {out} END",
        f"CREATE TRIGGER {table}_fts_change AFTER UPDATE OF {names} ON {table} BEGIN {out} {into} END",
    ]


def _postgresql(table: str, columns: tuple[str, ...]) -> list[str]:
    """Return a generated column and the index over it."""
    joined = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    words = f"to_tsvector('english', left({joined}, {LONGEST}))"
    return [
        f"ALTER TABLE {table} ADD COLUMN search tsvector GENERATED ALWAYS AS ({words}) STORED",
        f"CREATE INDEX {table}_search ON {table} USING gin (search)",
    ]


def keys_matching(table: Table, words: str, dialect: Dialect) -> Select[int]:
    """Return the question for the numbers of the rows of `reports`, `events` or `statements` that hold words.

    All words must be there, in any form of theirs; "several words" stand together; -word must not be there; OR
    between two words asks for either. UsageError where nothing is asked for.
    """
    if dialect.name == "sqlite":
        index = _index(table)
        return select(index.c.rowid).where(_match(index, words))
    return select(table.c.key).where(matches(table, words, dialect))


def matches(table: Table, words: str, dialect: Dialect) -> ColumnElement[bool]:
    """Return the condition that a row holds words, as `keys_matching` has them, asked of each row for itself."""
    if dialect.name == "sqlite":
        index = _index(table)
        return (
            select(literal_column("1"))
            .where(_match(index, words), index.c.rowid == table.c.key)
            .correlate(table)
            .exists()
        )
    fts5_of(words)
    return literal_column(f"{table.name}.search").bool_op("@@")(func.websearch_to_tsquery("english", words))


def _index(table: Table) -> TableClause:
    return sql_table(f"{table.name}_fts", column("rowid", Integer))


def _match(index: TableClause, words: str) -> ColumnElement[bool]:
    return literal_column(index.name).bool_op("MATCH")(fts5_of(words))


def fts5_of(words: str) -> str:
    """Return the FTS5 query of words, each quoted, so that nothing in them is taken for syntax; UsageError for none.

    >>> fts5_of('ceasefire "prisoner exchange" -Gaza OR talks')
    '("ceasefire" AND "prisoner exchange" NOT "Gaza") OR ("talks")'
    """
    groups: list[tuple[list[str], list[str]]] = [([], [])]
    for part in PART.finditer(words):
        term = part["word"] or part["phrase"] or ""
        if part["word"] == "OR" and groups[-1][0]:
            groups.append(([], []))
        elif any(character.isalnum() for character in term):
            groups[-1][bool(part["minus"])].append('"' + term.replace('"', '""') + '"')
    asked = [
        f"({' AND '.join(wanted)}{''.join(f' NOT {term}' for term in unwanted)})"
        for wanted, unwanted in groups
        if wanted
    ]
    if not asked:
        raise UsageError(f"full text {words!r} asks for no word; give one that must be there")
    return " OR ".join(asked)
