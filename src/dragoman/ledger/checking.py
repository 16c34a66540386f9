"""Whether a record keeps the contract, before it is written: records read elsewhere are hostile input."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, get_args, get_type_hints

import msgspec

from dragoman.records import FlagSpan, Record, id_of

MOST = 1 << 18  # records of a kind in one report


def fault_of(record: Record) -> str | None:
    """Return what is wrong with a record, None where it may be written.

    Its id is that of its text, ids are given once, and every span's words stand at its offsets.
    """
    report = record.report
    if report.id != id_of(report.text):
        return "has an id that is not that of its text"
    proposals = [proposal for bargain in record.negotiations for proposal in bargain.proposals]
    lists = (record.entities, record.statements, record.events, record.negotiations, proposals)
    if max(map(len, (*lists, record.flags))) > MOST:
        return f"has more than {MOST} records of a kind"
    ids = Counter(id_ for items in lists for id_ in (item.id for item in items))
    twice = next((id_ for id_, count in ids.items() if count > 1), None)
    if twice is not None:
        return f"has the id {twice[:40]!r} twice"
    for span in _spans(record):
        text = report.title or "" if isinstance(span, FlagSpan) and span.in_ == "title" else report.text
        if span.start < 0 or text[span.start : span.end] != span.text:
            return f"has a span whose words do not stand at its offsets ({span.start}-{span.end})"
    return None


def _spans(value: object) -> Iterator[Any]:
    """Yield all spans in a record, whatever they are called."""
    if type(value) is tuple:
        for one in value:
            yield from _spans(one)
    elif isinstance(value, msgspec.Struct):
        is_span, fields = _shape(type(value))
        if is_span:
            yield value
        for name in fields:
            yield from _spans(getattr(value, name))


@cache
def _shape(kind: type[msgspec.Struct]) -> tuple[bool, tuple[str, ...]]:
    """Return whether a type is a span, and which fields may hold others."""
    hints = get_type_hints(kind)
    held = tuple(name for name in kind.__struct_fields__ if hints[name] is not str and _holds_structs(hints[name]))
    return {"start": int, "end": int, "text": str}.items() <= hints.items(), held


def _holds_structs(hint: object) -> bool:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return True
    return any(_holds_structs(part) for part in get_args(hint))
