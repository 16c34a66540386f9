"""A ledger for a terminal: aligned, as wide as the window, plain in a pipe."""

from collections.abc import Iterable, Iterator
from textwrap import wrap

from dragoman.records import Record
from dragoman.render import phrases
from dragoman.render.characters import on_one_line, visible
from dragoman.render.layout import Layout

BOLD, DIM, RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"
NARROWEST = 40
SEPARATOR = " · "
INDENT = " " * 7


def text_of(record: Record, layout: Layout) -> str:
    """Return a ledger as lines for a terminal.

    >>> print(text_of(record, Layout(width=60)).splitlines()[0])
    Talks fail in Geneva
    """
    page = _Page(max(NARROWEST, layout.width), layout.colour)
    lines = [page.bold(line) for line in page.folded(phrases.heading(record), "")]
    lines += page.dim_lines(phrases.origin(record), "")
    for title, rows in (
        ("Who", _who(record, page)),
        ("Who said what", _statements(record, page)),
        ("Who did what to whom", _events(record, page)),
        ("What is bargained over", _negotiations(record, page)),
        ("What an editor would query", _flags(record, page)),
    ):
        found = list(rows)
        if found:
            lines += ["", page.bold(title), *found]
    return "\n".join(lines) + "\n\n"


class _Page:
    """The paper: how wide it is, and whether it knows bold and dim."""

    def __init__(self, width: int, colour: bool) -> None:
        self.width, self._colour = width, colour

    def bold(self, line: str) -> str:
        return f"{BOLD}{line}{RESET}" if self._colour else line

    def dim_lines(self, marks: Iterable[str], indent: str) -> list[str]:
        lines = self.folded(SEPARATOR.join(marks), indent)
        return [f"{DIM}{line}{RESET}" for line in lines] if self._colour else lines

    def folded(self, text: str, indent: str, first: str | None = None) -> list[str]:
        """Return a text folded to the width; `first` stands before its first line, blanks before the others."""
        opening = indent if first is None else first
        lines = wrap(on_one_line(text), self.width, initial_indent=opening, subsequent_indent=indent)
        return lines or [opening.rstrip()]

    def entry(self, label: str, text: str) -> list[str]:
        """Return an entry with its label in the margin."""
        return self.folded(text, INDENT, f"  {visible(label):<4} ")


def _who(record: Record, page: _Page) -> Iterator[str]:
    shown = phrases.participants(record)
    columns = [(entity.id, _cut(entity.name, page.width // 3), phrases.affiliation(entity)) for entity in shown]
    widest = max((len(name) for _, name, _ in columns), default=0)
    codes = max((len(code) for _, _, code in columns), default=0)
    for entity, (id_, name, code) in zip(shown, columns, strict=True):
        opening = f"  {visible(id_):<4} {name:<{widest}}  {visible(code):<{codes}}  "
        yield from page.folded(entity.role or "", INDENT, opening)
    others = len(record.entities) - len(shown)
    if shown and others:
        yield f"{INDENT}and {others} more that are only mentioned"


def _cut(words: str, width: int) -> str:
    shown = on_one_line(words)
    return shown if len(shown) <= width else shown[: width - 1] + "…"


def _statements(record: Record, page: _Page) -> Iterator[str]:
    for statement in record.statements:
        said = f"{phrases.speaker(record, statement)}: {phrases.words_of(statement.content)}"
        yield from page.entry(statement.id, said)
        yield from page.dim_lines(phrases.speech_marks(record, statement), INDENT)


def _events(record: Record, page: _Page) -> Iterator[str]:
    for event in record.events:
        yield from page.entry(event.id, f"{phrases.code_of(event)}: {phrases.sides_of(record, event)}")
        yield from page.dim_lines(phrases.event_marks(record, event), INDENT)
        for span in event.evidence[:1]:
            yield from page.folded(f"“{span.text}”", INDENT)


def _negotiations(record: Record, page: _Page) -> Iterator[str]:
    for negotiation in record.negotiations:
        parties = phrases.names(record, negotiation.parties)
        yield from page.entry(negotiation.id, f"{negotiation.subject}: {parties}")
        for proposal in negotiation.proposals:
            yield from page.folded(f"{proposal.id}  {phrases.offer(record, proposal)}", INDENT)
            yield from page.dim_lines(phrases.offer_marks(record, proposal), INDENT)
        for obstacle in negotiation.obstacles:
            yield from page.folded(f"obstacle: {obstacle.text}", INDENT)


def _flags(record: Record, page: _Page) -> Iterator[str]:
    for flag in record.flags:
        yield from page.entry("!", f"{flag.severity}, {flag.kind}: {flag.message}")
        for span in flag.evidence:
            yield from page.folded(f"“{span.text}”", INDENT)
