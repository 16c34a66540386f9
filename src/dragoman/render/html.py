"""A ledger as one self-contained page: the report's text with its records marked, and the records beside it.

No script, nothing fetched, all text escaped; the content security policy allows the page's own style and no more.
Kinds of mark differ in form (tint, solid, dotted, double or wavy line, box), so that they can be told apart without
colour and where they overlap.
"""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from importlib.resources import files

from dragoman.records import Entity, Event, Flag, Negotiation, Record, Statement
from dragoman.render import phrases
from dragoman.render.characters import visible
from dragoman.render.layout import Layout
from dragoman.render.marks import Mark, Piece, marks_of, pieces_of

STYLE = (files(__package__) / "page.css").read_text("utf-8")
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{DIGEST}'; base-uri 'none'; form-action 'none'"
OPENING = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Ledger</title>
<style>{STYLE}</style>
</head>
<body>
<main>
"""
CLOSING = "</main>\n</body>\n</html>\n"
LEGEND = """<p class="legend"><span class="entity">who takes part</span> · <span class="cue">attributing word</span> ·
<span class="said">what is said</span> · <span class="trigger">what is done</span> ·
<span class="bargain">what is bargained over</span> · <span class="flag">what an editor would query</span></p>
"""


def section_of(record: Record, layout: Layout) -> str:
    """Return a ledger as one article of the page; its anchors begin with the report's number.

    >>> section_of(record, Layout(number=2)).splitlines()[0]
    '<article class="report" id="r2">'
    """
    page = _Article(record, f"r{layout.number}")
    return (
        f'<article class="report" id="{page.prefix}">\n<h1>{_safe(phrases.heading(record))}</h1>\n'
        f'<p class="origin">{_origin(record)}</p>\n{LEGEND}<div class="columns">\n'
        f'<div class="text">{page.text()}</div>\n<div class="ledger">\n{page.ledger()}</div>\n</div>\n</article>\n'
    )


def _safe(text: str) -> str:
    return escape(visible(text))


def _origin(record: Record) -> str:
    return " · ".join(_safe(part) for part in phrases.origin(record))


def _marks(marks: Iterable[str]) -> str:
    return f'<p class="marks">{" · ".join(map(_safe, marks))}</p>'


class _Article:
    """One report's part of the page; each record has an anchor in the list and one in the text."""

    def __init__(self, record: Record, prefix: str) -> None:
        self.record, self.prefix = record, prefix
        self._marks = marks_of(record)
        self._in_text = {mark.record for mark in self._marks if mark.leads}

    def _ref(self, id_: str) -> str:
        """Return the anchor of a record's entry."""
        return f"{self.prefix}-{_safe(id_)}"

    def text(self) -> str:
        """Return the report's text with its marks."""
        return "".join(self._piece(piece) for piece in pieces_of(self.record.report.text, self._marks))

    def _piece(self, piece: Piece) -> str:
        kinds = " ".join(dict.fromkeys(mark.kind for mark in piece.marks))
        text = f'<span class="{kinds}">{_safe(piece.text)}</span>' if kinds else _safe(piece.text)
        entities = [mark for mark in piece.marks if mark.kind == "entity"]
        if not entities:
            return self._labels(piece) + text
        inner = min(entities, key=lambda mark: mark.end - mark.start)
        anchor = self._anchor(inner) if inner in piece.begin else ""
        outer = [mark for mark in entities if mark in piece.begin and mark.leads and mark != inner]
        anchors = "".join(f"<span{self._anchor(mark)}></span>" for mark in outer)
        return f'{self._labels(piece)}{anchors}<a href="#{self._ref(inner.record)}"{anchor}>{text}</a>'

    def _labels(self, piece: Piece) -> str:
        """Return the labels of the records that begin with a piece: links to their entries."""
        leading = [mark for mark in piece.begin if mark.leads and mark.kind != "entity"]
        return "".join(
            f'<a class="label" href="#{self._ref(mark.record)}"{self._anchor(mark)}>{_safe(mark.record)}</a>'
            for mark in leading
        )

    def _anchor(self, mark: Mark) -> str:
        return f' id="{self._ref(f"at-{mark.record}")}"' if mark.leads else ""

    def ledger(self) -> str:
        """Return the lists of records."""
        record = self.record
        flags = [self._flag(number, flag) for number, flag in enumerate(record.flags, 1)]
        return (
            self._list("Who said what", [self._statement(statement) for statement in record.statements])
            + self._list("Who did what to whom", [self._event(event) for event in record.events])
            + self._list("What is bargained over", [self._negotiation(n) for n in record.negotiations])
            + self._list("What an editor would query", flags)
            + self._list("Who", [self._entity(entity) for entity in record.entities])
        )

    def _list(self, title: str, entries: list[str]) -> str:
        return f"<h2>{title}</h2>\n<ul>\n{''.join(entries)}</ul>\n" if entries else ""

    def _entry(self, id_: str, kind: str, body: str, marks: Iterable[str]) -> str:
        target = f' href="#{self._ref(f"at-{id_}")}"' if id_ in self._in_text else ""
        label = f'<a class="label"{target}>{_safe(id_)}</a>'
        return f'<li class="{kind}" id="{self._ref(id_)}">{label} {body}{_marks(marks)}</li>\n'

    def _named(self, ids: Iterable[str]) -> str:
        links = [f'<a href="#{self._ref(id_)}">{_safe(self.record.entity(id_).name)}</a>' for id_ in ids]
        return phrases.listed(links)

    def _statement(self, statement: Statement) -> str:
        speaker = _safe(phrases.speaker(self.record, statement))
        if statement.source is not None:
            speaker = self._named([statement.source])
        body = f"{speaker}: {_safe(phrases.words_of(statement.content))}"
        return self._entry(statement.id, "statement", body, phrases.speech_marks(self.record, statement))

    def _event(self, event: Event) -> str:
        recipients = self._named(event.recipients)
        sides = (self._named(event.actors) or phrases.NOBODY) + (f" → {recipients}" if recipients else "")
        body = f"<strong>{_safe(phrases.code_of(event))}</strong> {sides}"
        return self._entry(event.id, "event", body, phrases.event_marks(self.record, event))

    def _negotiation(self, negotiation: Negotiation) -> str:
        record = self.record
        rows = [
            f"<li>{_safe(p.id)} {_safe(phrases.offer(record, p))}{_marks(phrases.offer_marks(record, p))}</li>\n"
            for p in negotiation.proposals
        ]
        rows += [f"<li>obstacle: {_safe(obstacle.text)}</li>\n" for obstacle in negotiation.obstacles]
        body = f"{_safe(negotiation.subject)}: {self._named(negotiation.parties)}<ul>{''.join(rows)}</ul>"
        return self._entry(negotiation.id, "negotiation", body, ())

    def _flag(self, number: int, flag: Flag) -> str:
        quoted = " ".join(f"“{_safe(span.text)}”" for span in flag.evidence)
        return self._entry(f"f{number}", "warning", f"{_safe(flag.message)} {quoted}", (flag.severity, flag.kind))

    def _entity(self, entity: Entity) -> str:
        marks = (entity.kind, phrases.affiliation(entity), entity.role or "")
        return self._entry(entity.id, "party", _safe(entity.name), [mark for mark in marks if mark])
