"""A ledger as Markdown: for notes, tickets and wikis."""

import re
from collections.abc import Iterable, Iterator

from dragoman.records import Record
from dragoman.render import phrases
from dragoman.render.characters import on_one_line
from dragoman.render.layout import Layout

MEANT = re.compile(r"[\\`*_{}\[\]<>#|~$]")  # what Markdown would take for its own


def markdown_of(record: Record, layout: Layout) -> str:
    """Return a ledger as Markdown, headings and lists.

    >>> markdown_of(record, Layout()).splitlines()[0]
    '# Talks fail in Geneva'
    """
    lines = [f"# {escaped(phrases.heading(record))}", "", " · ".join(map(escaped, phrases.origin(record)))]
    for title, rows in (
        ("Who", _who(record)),
        ("Who said what", _statements(record)),
        ("Who did what to whom", _events(record)),
        ("What is bargained over", _negotiations(record)),
        ("What an editor would query", _flags(record)),
    ):
        found = list(rows)
        if found:
            lines += ["", f"## {title}", "", *found]
    return "\n".join(lines) + "\n\n"


def escaped(text: str) -> str:
    r"""Return a text as Markdown that shows it and does nothing else.

    >>> escaped("*Talks* failed & ended")
    '\\*Talks\\* failed &amp; ended'
    """
    return MEANT.sub(r"\\\g<0>", on_one_line(text).replace("&", "&amp;"))


def _item(label: str, text: str, marks: Iterable[str], quoted: str = "") -> str:
    notes = " · ".join(map(escaped, marks))
    lines = [f"- **{escaped(label)}** {text}", f"*{notes}*" if notes else "", f"“{quoted}”" if quoted else ""]
    return "  \n  ".join(line for line in lines if line)


def _who(record: Record) -> Iterator[str]:
    yield "| | name | code | role |"
    yield "| --- | --- | --- | --- |"
    for entity in phrases.participants(record):
        cells = (entity.id, entity.name, phrases.affiliation(entity), entity.role or "")
        yield f"| {' | '.join(map(escaped, cells))} |"


def _statements(record: Record) -> Iterator[str]:
    for statement in record.statements:
        said = f"{escaped(phrases.speaker(record, statement))}: {escaped(phrases.words_of(statement.content))}"
        yield _item(statement.id, said, phrases.speech_marks(record, statement))


def _events(record: Record) -> Iterator[str]:
    for event in record.events:
        done = f"`{phrases.code_of(event)}` {escaped(phrases.sides_of(record, event))}"
        quoted = escaped(event.evidence[0].text) if event.evidence else ""
        yield _item(event.id, done, phrases.event_marks(record, event), quoted)


def _negotiations(record: Record) -> Iterator[str]:
    for negotiation in record.negotiations:
        parties = escaped(phrases.names(record, negotiation.parties))
        yield _item(negotiation.id, f"{escaped(negotiation.subject)}: {parties}", ())
        for proposal in negotiation.proposals:
            yield "  " + _item(
                proposal.id, escaped(phrases.offer(record, proposal)), phrases.offer_marks(record, proposal)
            ).replace("\n", "\n  ")
        for obstacle in negotiation.obstacles:
            yield f"  - obstacle: {escaped(obstacle.text)}"


def _flags(record: Record) -> Iterator[str]:
    for flag in record.flags:
        quoted = " ".join(f"“{escaped(span.text)}”" for span in flag.evidence)
        yield f"- **{escaped(flag.severity)}**, {escaped(flag.kind)}: {escaped(flag.message)} {quoted}".rstrip()
