"""Where quotation marks open and close, whatever their kind, and what they hold together.

A quotation is a list of pieces: one that runs over paragraphs has a piece a paragraph, each opened by a mark of its
own and only the last one closed. Marks nested in a quotation belong to it. A mark that is never closed is closed
where a reader would close it: before an attribution that follows a comma, else at the paragraph's end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARKS = re.compile(r"""``|''|["“”„‟«»‹›‘’'`]""")
OPENERS = "“„‟«‹‘`"
CLOSERS = "”»›’"
SINGLES = ("‘", "’", "'", "`", "‹", "›")
DASHES = "-–—―"
PARAGRAPH = re.compile(r"[^\r\n]+")
# "We will go, he said." with the closing mark forgotten: the reader stops at the comma.
ATTRIBUTION = re.compile(
    r",(?= (?:he|she|they|it|[A-Z][\w.]+(?: [A-Z][\w.]+){0,3}) (?:said|says|told|added|asked|wrote|tweeted)\b"
    r"| (?:said|says) (?:he|she|[A-Z]))"
)


# A transcript in quotation marks: each paragraph opens with a mark and its own speaker.
SPEAKER = re.compile(r"""["“„«]\s*[A-Z][A-Z.' -]+:""")


@dataclass(frozen=True, slots=True)
class Quotation:
    """The pieces of one quotation, marks inside, as offsets; `closed` where its last mark is in the text."""

    pieces: tuple[tuple[int, int], ...]
    closed: bool

    @property
    def start(self) -> int:
        """Where the first mark stands."""
        return self.pieces[0][0]

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self.pieces[-1][1]


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark: where it stands and what it can do."""

    start: int
    end: int
    opens: bool
    closes: bool
    single: bool


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Return the outermost quotations of a text, in order.

    >>> [q.pieces for q in find_quotations('He said "yes" and “no.”')]
    [((8, 13),), ((18, 23),)]
    """
    runs: list[Quotation] = []
    for paragraph in PARAGRAPH.finditer(text):
        pieces = list(_pieces(text, paragraph.start(), paragraph.end()))
        if pieces and runs and _runs_on(text, runs[-1], paragraph.start(), pieces[0][0]):
            start, end, closed = pieces.pop(0)
            runs[-1] = Quotation((*runs[-1].pieces, (start, end)), closed)
        runs.extend(Quotation(((start, end),), closed) for start, end, closed in pieces)
    return tuple(runs)


def _runs_on(text: str, quotation: Quotation, start: int, mark: int) -> bool:
    """Return whether a mark that opens a paragraph goes on with the unclosed quotation that ended the one before."""
    unclosed = not quotation.closed and quotation.end >= len(text[:start].rstrip())
    return unclosed and not text[start:mark].strip() and not SPEAKER.match(text, mark)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the quotations of one paragraph: start, end, closed."""
    marks = list(_marks(text, start, end))
    at = 0
    while at < len(marks):
        if not marks[at].opens:
            at += 1
            continue
        last = _closing(marks, at)
        if last is not None:
            yield marks[at].start, marks[last].end, True
            at = last + 1
        elif marks[at].single:  # an apostrophe: "'Tis", "the '90s"
            at += 1
        else:
            stop = ATTRIBUTION.search(text, marks[at].end, end)
            following = next((m.start for m in marks[at + 1 :] if m.opens and not m.closes and not m.single), end)
            close = min(stop.end() if stop else end, following)
            yield marks[at].start, marks[at].end + len(text[marks[at].end : close].rstrip()), False
            at += 1
            while at < len(marks) and marks[at].start < close:
                at += 1


def _closing(marks: list[Mark], at: int) -> int | None:
    """Return the index of the mark that closes the one at `at`, nested pairs skipped; None where none does."""
    depth = 0
    for i in range(at + 1, len(marks)):
        if marks[i].single != marks[at].single:
            if marks[at].single and marks[i].opens and not marks[i].closes:
                return None  # a single mark that holds double ones is an apostrophe more often
            continue
        if marks[i].closes and (not marks[i].opens or depth == 0):
            if depth == 0:
                return i
            depth -= 1
        elif marks[i].opens:
            if not any(m.closes and m.single == marks[at].single for m in marks[i + 1 + depth + 1 :]):
                return None  # too few closing marks are left: this one opens the next quotation
            depth += 1
    return None


def _marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """Yield the quotation marks of a paragraph; apostrophes left out where they are plain."""
    for found in MARKS.finditer(text, start, end):
        mark, a, b = found.group(), found.start(), found.end()
        before = text[a - 1] if a > start else " "
        after = text[b] if b < end else " "
        single = mark in SINGLES
        if single and before.isalnum() and after.isalnum():
            continue
        free_before = before.isspace() or before in "([{/" or before in DASHES or before in OPENERS + '"'
        free_after = after.isspace() or after in ".,;:!?)]}…/" or after in DASHES or after in CLOSERS + '"'
        opens = free_before and not after.isspace()
        closes = not before.isspace() and (free_after or not free_before)
        if mark[0] in OPENERS and not single:
            opens, closes = True, closes and not opens
        elif mark in CLOSERS and not single:
            opens, closes = opens and not closes, True
        elif not opens and not closes:
            opens = closes = not single
        if single and closes and before == "s" and not free_after:
            closes = False
        if opens or closes:
            yield Mark(a, b, opens, closes, single)
