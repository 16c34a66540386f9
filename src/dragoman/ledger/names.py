"""Names by their words: what finds "Sergei Lavrov" when somebody asks for Lavrov."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, select

from dragoman.errors import UsageError
from dragoman.ledger import schema
from dragoman.ledger.rows import folded

WORD = re.compile(r"\w+")
MOST = 8  # words of a name that are looked up; the first ones


def words_of(name: str) -> list[str]:
    """Return the words by which a folded name is found.

    >>> words_of("the st. petersburg court")
    ['the', 'st', 'petersburg', 'court']
    """
    return list(dict.fromkeys(WORD.findall(name)))


def note_names(connection: Connection, entities: Iterable[Mapping[str, Any]]) -> None:
    """Note the words of entities' names; names that are known stay as they are."""
    found = sorted({(word, row["folded"]) for row in entities for word in words_of(row["folded"])})
    if not found:
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    table = schema.name_words.name
    connection.exec_driver_sql(
        f"INSERT INTO {table} (word, folded) VALUES ({mark}, {mark}) ON CONFLICT DO NOTHING",  # noqa: S608 - names are ours
        found,
    )


def named(name: str) -> Select[str]:
    """Return the question for the folded names that hold all words of a name; UsageError where it has none."""
    words = words_of(folded(name))[:MOST]
    if not words:
        raise UsageError(f"{name!r} is no name; write a word of it")
    table = schema.name_words.c
    asked = select(table.folded).where(table.word == words[0])
    for word in words[1:]:
        asked = asked.where(table.folded.in_(select(table.folded).where(table.word == word)))
    return asked
