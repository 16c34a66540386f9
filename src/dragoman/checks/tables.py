"""The words and rows of `tables.toml`: what the checks know of English, as data."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "tables.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """Return a list of words.

    >>> "schedule" in words("dates_planning")
    True
    """
    return frozenset(str(_tables()["words"][name]).split())


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table.

    >>> rows("boilerplate")[0]["example"]
    'Click here to read the letter.'
    """
    return tuple(_tables()[name])
