"""One record where it stands: its sentences in their paragraphs, and the words that carry it marked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from dragoman.records import Entity, Event, Negotiation, Proposal, Record, Statement
from dragoman.render import phrases
from dragoman.render.characters import on_one_line, visible
from dragoman.render.text import BOLD, RESET

WORDS = "\x1b[1;7m"  # bold and reversed
MOST = 20  # paragraphs shown
Ends = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is said of a record in a line or two, and where its sentences and words are."""

    lines: Sequence[str]
    sentences: Sequence[Ends] = ()
    words: Sequence[Ends] = ()
    title: Sequence[Ends] = field(default=())


def passage_of(record: Record, id_: str, *, colour: bool = False) -> str:
    """Return a record of a report with the paragraphs that tell it; LookupError where the report has none of the id.

    Sentences stand between « and », words between [[ and ]]; on a terminal with colour they are bold and reversed.
    `id_` is that of an entity, a statement, an event, a negotiation or a proposal, or f1, f2 … of a flag.
    """
    shown = _shown(record, id_)
    if shown is None:
        raise LookupError(f"{record.report.uri} has no {id_}")
    report = record.report
    lines = [*map(on_one_line, shown.lines), "", on_one_line(phrases.heading(record))]
    if shown.title and report.title:
        lines[-1] = _marked(report.title, 0, (), shown.title, colour=colour)
    lines.append(on_one_line(" · ".join(phrases.origin(record))))
    told = [*shown.sentences, *shown.words]
    paragraphs = [(start, text) for start, text in _paragraphs(report.text) if _meets(start, text, told)]
    for start, text in paragraphs[:MOST]:
        lines += ["", _marked(text, start, shown.sentences, shown.words, colour=colour)]
    if len(paragraphs) > MOST:
        lines += ["", f"and {len(paragraphs) - MOST} more paragraphs"]
    return "\n".join(lines) + "\n"


def _shown(record: Record, id_: str) -> _Shown | None:
    """Return what is to be shown of the record with an id."""
    for statement in record.statements:
        if statement.id == id_:
            return _statement(record, statement)
    for event in record.events:
        if event.id == id_:
            return _event(record, event)
    for entity in record.entities:
        if entity.id == id_:
            return _entity(entity)
    for bargain in record.negotiations:
        if bargain.id == id_:
            return _negotiation(record, bargain)
        for proposal in bargain.proposals:
            if proposal.id == id_:
                return _Shown([phrases.offer(record, proposal)], sentences=_ends(proposal.evidence))
    return _flag(record, id_)


def _event(record: Record, event: Event) -> _Shown:
    sentences = _ends(event.evidence)
    sides = (record.entity(one) for one in (*event.actors, *event.recipients))
    mentions = [ends for entity in sides for ends in _ends(entity.mentions) if _inside(ends, sentences)]
    said = f"{phrases.code_of(event)}: {phrases.sides_of(record, event)}"
    return _Shown(
        [said, " · ".join(phrases.event_marks(record, event))], sentences, [*_ends([event.trigger]), *mentions]
    )


def _statement(record: Record, statement: Statement) -> _Shown:
    words = [span for span in (statement.source_span, statement.cue) if span is not None]
    said = f"{phrases.speaker(record, statement)}: {phrases.words_of(statement.content)}"
    return _Shown([said, " · ".join(phrases.speech_marks(record, statement))], _ends(statement.content), _ends(words))


def _entity(entity: Entity) -> _Shown:
    said = "  ".join(part for part in (entity.name, phrases.affiliation(entity), entity.role) if part)
    return _Shown([said], words=_ends(entity.mentions))


def _negotiation(record: Record, bargain: Negotiation) -> _Shown:
    proposals: Iterable[Proposal] = bargain.proposals
    spans = [span for proposal in proposals for span in proposal.evidence]
    spans += [span for obstacle in bargain.obstacles for span in obstacle.evidence]
    offers = [phrases.offer(record, proposal) for proposal in bargain.proposals]
    return _Shown([f"{bargain.subject}: {phrases.names(record, bargain.parties)}", *offers], _ends(spans))


def _flag(record: Record, id_: str) -> _Shown | None:
    for number, flag in enumerate(record.flags, 1):
        if f"f{number}" == id_:
            text = [(span.start, span.end) for span in flag.evidence if span.in_ is None]
            title = [(span.start, span.end) for span in flag.evidence if span.in_ == "title"]
            return _Shown([f"{flag.severity}, {flag.kind}: {flag.message}"], words=text, title=title)
    return None


def _ends(spans: Iterable[object]) -> list[Ends]:
    return [(span.start, span.end) for span in spans]  # type: ignore[attr-defined]


def _inside(ends: Ends, wider: Sequence[Ends]) -> bool:
    return any(start <= ends[0] and ends[1] <= end for start, end in wider)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs of a text and where they begin."""
    start = 0
    for paragraph in text.split("\n\n"):
        yield start, paragraph
        start += len(paragraph) + 2


def _meets(start: int, text: str, spans: Sequence[Ends]) -> bool:
    return any(first < start + len(text) and start < last for first, last in spans)


def _marked(text: str, start: int, sentences: Sequence[Ends], words: Sequence[Ends], *, colour: bool) -> str:
    """Return a text with sentences and words marked."""

    def within(offset: int, spans: Sequence[Ends]) -> bool:
        return any(first <= offset < last for first, last in spans)

    levels = [(within(start + n, sentences), within(start + n, words)) for n in range(len(text))]
    parts: list[str] = []
    before = (False, False)
    for now, run in groupby(range(len(text)), levels.__getitem__):
        offsets = list(run)
        parts.append(_change(before, now, colour=colour) + visible(text[offsets[0] : offsets[-1] + 1]))
        before = now
    return "".join(parts) + _change(before, (False, False), colour=colour)


def _change(before: tuple[bool, bool], now: tuple[bool, bool], *, colour: bool) -> str:
    """Return what is written where marks begin or end."""
    if colour:
        return "" if before == now else RESET + (WORDS if now[1] else BOLD if now[0] else "")
    sentence, words = (after - was for was, after in zip(before, now, strict=True))
    closing = ("]]" if words < 0 else "") + ("»" if sentence < 0 else "")
    return closing + ("«" if sentence > 0 else "") + ("[[" if words > 0 else "")
