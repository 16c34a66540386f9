"""Rows as frames, for Polars or pandas: both are the user's choice and no dependency."""

import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

from dragoman.errors import UsageError
from dragoman.ledger.answers import ROWS
from dragoman.records import Struct

Library = Literal["polars", "pandas"]
LIBRARIES: Sequence[Library] = ("polars", "pandas")


def frame_of(of: str, rows: Iterable[Struct], library: Library | None = None) -> Any:
    """Return rows as a frame of Polars, or of pandas where Polars is not installed; `library` asks for one of them."""
    names = ROWS[of].__struct_fields__
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for row in rows:
        for name in names:
            value = getattr(row, name)
            columns[name].append(list(value) if isinstance(value, tuple) else value)
    if (library or _installed()) == "pandas":
        return _import("pandas").DataFrame(columns)
    polars = _import("polars")
    kinds = {str: polars.String, float: polars.Float64, int: polars.Int64, bool: polars.Boolean}
    schema = {name: _kind(kind, kinds, polars) for name, kind in kinds_of(of).items()}
    return polars.DataFrame(columns, schema=schema)


def kinds_of(of: str) -> Mapping[str, Any]:
    """Return the type of each column of a list: str, float, int, bool, or tuple for texts.

    >>> kinds_of("events")["lat"], kinds_of("events")["actors"]
    (<class 'float'>, <class 'tuple'>)
    """
    return {name: _plain(hint) for name, hint in typing.get_type_hints(ROWS[of]).items()}


def _plain(hint: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin is Literal:
        return str
    if origin in (typing.Union, types.UnionType):
        return _plain(next(part for part in typing.get_args(hint) if part is not type(None)))
    return origin or hint


def _kind(kind: Any, kinds: Mapping[Any, Any], polars: Any) -> Any:
    return polars.List(polars.String) if kind is tuple else kinds[kind]


def _installed() -> Library:
    for library in LIBRARIES:
        try:
            import_module(library)
        except ModuleNotFoundError:
            continue
        return library
    raise UsageError("frames need Polars or pandas; install one: pip install polars")


def _import(library: Library) -> Any:
    try:
        return import_module(library)
    except ModuleNotFoundError:
        raise UsageError(f"{library} is not installed; pip install {library}") from None
