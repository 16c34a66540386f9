"""Lines on a page that are no part of its report: the kinds of `junk.toml`, each matched against a whole line."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

LONGEST = 700  # characters; captions and notices are shorter, and a longer match is a paragraph of the report
WORD = re.compile(r"\{([A-Z]+)\}")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of junk: its patterns for a whole line, lines that go by them, and lines of news that must stay."""

    name: str
    patterns: tuple[re.Pattern[str], ...]
    goes: tuple[str, ...]
    stays: tuple[str, ...]


def junk_of(line: str) -> Kind | None:
    """Return the kind of junk that a whole line or paragraph is, None where it belongs to the report.

    >>> junk_of("Next Post Previous Post").name
    'next and previous'
    >>> junk_of("Next week the two sides meet again.") is None
    True
    """
    if not is_junk(line):
        return None
    return next((kind for kind in kinds() if any(pattern.fullmatch(line) for pattern in kind.patterns)), None)


def is_junk(line: str) -> bool:
    """Return whether a whole line or paragraph is no part of the report.

    >>> is_junk("Share this article"), is_junk("Share prices fell in Seoul.")
    (True, False)
    """
    return len(line) <= LONGEST and _any_kind().fullmatch(line) is not None


@lru_cache(maxsize=1)
def kinds() -> tuple[Kind, ...]:
    """Return the kinds of junk, read and compiled once a process.

    >>> kinds()[0].name
    'navigation'
    """
    table = tomllib.loads(files("dragoman.text").joinpath("junk.toml").read_text("utf-8"))
    words: dict[str, str] = table["words"]
    return tuple(
        Kind(
            name=row["name"],
            patterns=tuple(_compiled(pattern, words, row.get("case", False)) for pattern in row["patterns"]),
            goes=tuple(row["goes"]),
            stays=tuple(row["stays"]),
        )
        for row in table["kind"]
    )


@lru_cache(maxsize=1)
def _any_kind() -> re.Pattern[str]:
    """Return all patterns as one: a line is tried against it once, where the table would try it sixty times."""
    patterns = (pattern for kind in kinds() for pattern in kind.patterns)
    return re.compile(
        "|".join(f"(?{'i' if pattern.flags & re.IGNORECASE else ''}:{pattern.pattern})" for pattern in patterns)
    )


def _compiled(pattern: str, words: dict[str, str], case: bool) -> re.Pattern[str]:
    """Return a pattern compiled, with the words that it names put in."""
    while WORD.search(pattern):
        pattern = WORD.sub(lambda name: words[name.group(1)], pattern)
    return re.compile(pattern, 0 if case else re.IGNORECASE)
