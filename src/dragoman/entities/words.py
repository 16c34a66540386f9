"""The words that the rules ask about, from `words.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("dragoman.entities") / "words.toml").read_text("utf-8"))


def names() -> list[str]:
    """Return the names of all lists and tables.

    >>> "genders" in names()
    True
    """
    return list(_tables())


def words(name: str) -> frozenset[str]:
    """Return a list of words.

    >>> "Environment" in words("departments")
    True
    """
    return frozenset(str(_tables()[name]).split())


def rows(name: str) -> dict[str, tuple[str, ...]]:
    """Return a table of lists by what heads each.

    >>> rows("sets")["party"]
    ('organization', 'country')
    """
    return {key: tuple(cell.split()) for key, cell in _tables()[name].items()}


def heads(name: str) -> dict[str, str]:
    """Return what heads the list that each word of a table is in.

    >>> heads("pronouns")["them"]
    'they'
    """
    return {word: key for key, listed in rows(name).items() for word in listed}
