"""Read and check the marked paragraphs: `python training/statements/check.py [FILE...]`."""

import collections
import pathlib
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple

HERE = pathlib.Path(__file__).parent
MARK = re.compile(r"\{([sqca])(\d+):|\}")
ROLES = {"s": "source", "q": "cue", "c": "content", "a": "addressee"}


class Marked(NamedTuple):
    """A report without its marks, and its statements as spans: number to role to pieces."""

    name: str
    text: str
    statements: dict[int, dict[str, list[tuple[int, int]]]]


def unmark(name: str, raw: str) -> Marked:
    """Take the marks out of a report; ValueError where they do not close.

    >>> unmark("x", "{s1:He} {q1:said} {c1:no}.").statements[1]["source"]
    [(0, 2)]
    """
    text, last, open_marks = "", 0, []
    statements: dict[int, dict[str, list[tuple[int, int]]]] = collections.defaultdict(
        lambda: {role: [] for role in ROLES.values()}
    )
    for mark in MARK.finditer(raw):
        text += raw[last : mark.start()]
        last = mark.end()
        if mark[1]:
            open_marks.append((mark[1], int(mark[2]), len(text)))
        elif not open_marks:
            raise ValueError(f"a brace closes nothing after {text[-40:]!r}")
        else:
            role, number, start = open_marks.pop()
            statements[number][ROLES[role]].append((start, len(text)))
    if open_marks:
        raise ValueError(f"{open_marks[-1][:2]} is not closed")
    return Marked(name, text + raw[last:], dict(statements))


def read_marked(path: pathlib.Path) -> Iterator[Marked]:
    """Yield the reports of a file of marked paragraphs."""
    parts = re.split(r"^=== *(.+)$", path.read_text("utf-8"), flags=re.M)
    for name, raw in zip(parts[1::2], parts[2::2], strict=True):
        yield unmark(f"{path.stem} {name.strip()}", raw.strip("\n"))


def main(paths: list[str]) -> int:
    """Print each fault and the counts; 1 if there is a fault."""
    count: collections.Counter[str] = collections.Counter()
    bad = 0
    for path in [pathlib.Path(p) for p in paths] or sorted((HERE / "examples").glob("*.txt")):
        parts = re.split(r"^=== *(.+)$", path.read_text("utf-8"), flags=re.M)
        for name, raw in zip(parts[1::2], parts[2::2], strict=True):
            try:
                marked = unmark(name, raw.strip("\n"))
            except ValueError as error:
                bad += 1
                print(f"{path.name} {name}: {error}")
                continue
            count["reports"] += 1
            count["paragraphs"] += len(marked.text.split("\n\n"))
            if "{" in marked.text or "}" in marked.text:
                bad += 1
                print(f"{path.name} {name}: a stray brace")
            for number, roles in marked.statements.items():
                count["statements"] += 1
                count.update(role for role, pieces in roles.items() if pieces)
                if not roles["content"]:
                    bad += 1
                    print(f"{path.name} {name}: statement {number} has no content")
    print(dict(count), f"{bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
