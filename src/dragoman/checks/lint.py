"""Flags as a linter prints them: `file:line:column kind message`, and SARIF 2.1.0 for editors and code hosts."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TypedDict

import msgspec

from dragoman.checks import CHECKS
from dragoman.records import Flag, FlagSpan, Record, Severity

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
CONTEXT = 24  # characters on each side by which a stretch is found again in its source


class Region(TypedDict):
    """Where a flag points in its file, lines and columns from 1."""

    startLine: int
    startColumn: int


def lines_of(record: Record, source: str | None = None) -> Iterator[str]:
    """Yield a line a flag, down the file; `source` is the document as it was before cleaning, where that is known.

    >>> list(lines_of(record, "On 31 April the envoys met."))
    ['a.txt:1:4 date-conflict April has 30 days.']
    """
    placed = [(place_of(record, flag.evidence[0], source), flag) for flag in record.flags]
    for (line, column), flag in sorted(placed, key=lambda pair: pair[0]):
        yield f"{record.report.uri}:{line}:{column} {flag.kind} {flag.message}"


def reaches(flags: Iterable[Flag], severity: Severity) -> bool:
    """Return whether a flag is at or above a severity.

    >>> reaches((), "note")
    False
    """
    least = SEVERITIES.index(severity)
    return any(SEVERITIES.index(flag.severity) >= least for flag in flags)


def without(record: Record, kinds: Collection[str]) -> Record:
    """Return the record without the flags of these kinds.

    >>> without(record, {"date-conflict"}).flags
    ()
    """
    return msgspec.structs.replace(record, flags=tuple(flag for flag in record.flags if flag.kind not in kinds))


def place_of(record: Record, span: FlagSpan, source: str | None = None) -> tuple[int, int]:
    """Return the line and column of a span: in the source where it is found there, else in the cleaned text."""
    if span.in_ == "title":
        at = _found(span.text, source) if source else None
        return _line_and_column(source or "", at or 0)
    text = record.report.text
    at = _offset_in(source, text, span) if source else None
    return _line_and_column(source, at) if source and at is not None else _line_and_column(text, span.start)


def _offset_in(source: str, text: str, span: FlagSpan) -> int | None:
    """Where a stretch of the cleaned text stands in its source: found with its neighbours, else by itself."""
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    for ahead, behind in ((before, after), (before, ""), ("", after), ("", "")):
        pattern = f"(?P<ahead>{_loose(ahead)})(?P<here>{_loose(span.text)}){_loose(behind)}"
        match = re.search(pattern, source)
        if match is not None:
            return match.start("here")
    return None


def _found(words: str, source: str) -> int | None:
    match = re.search(_loose(words), source)
    return match.start() if match else None


def _loose(words: str) -> str:
    """A pattern for words whatever white space stands between them."""
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", words))


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def sarif_of(records: Iterable[tuple[Record, str | None]], version: str) -> dict[str, object]:
    """Return the flags of records, each with its source or None, as a SARIF log.

    >>> sarif_of([], "1.0")["version"]
    '2.1.0'
    """
    rules = [{"id": check.kind, "defaultConfiguration": {"level": check.severity}} for check in CHECKS]
    driver = {"name": "dragoman", "version": version, "rules": rules}
    results = [_result(record, flag, source) for record, source in records for flag in record.flags]
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _result(record: Record, flag: Flag, source: str | None) -> dict[str, object]:
    places = [_location(record, span, source) for span in flag.evidence]
    return {
        "ruleId": flag.kind,
        "level": flag.severity,
        "message": {"text": flag.message},
        "locations": places[:1],
        "relatedLocations": places[1:],
    }


def _location(record: Record, span: FlagSpan, source: str | None) -> dict[str, object]:
    line, column = place_of(record, span, source)
    region = Region(startLine=line, startColumn=column)
    return {"physicalLocation": {"artifactLocation": {"uri": record.report.uri}, "region": region}}
