"""Everything an archive has on somebody: offices, aliases, statements, events, negotiations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dragoman.corpus.actors import Actor
from dragoman.corpus.identity import folded
from dragoman.entities.knowledge import WORD, Knowledge, Office
from dragoman.records import Record
from dragoman.render.characters import on_one_line

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that somebody said, did, suffered or bargained for: where, when, and the words."""

    uri: str
    id: str
    day: str | None
    what: str
    text: str


@dataclass(slots=True)
class Dossier:
    """What there is on one actor; `offices` are those of the knowledge tables, `actor.roles` those of the reports."""

    actor: Actor
    offices: tuple[Office, ...]
    statements: list[Trace] = field(default_factory=list)
    events: list[Trace] = field(default_factory=list)
    negotiations: list[Trace] = field(default_factory=list)


def named(actors: Iterable[Actor], name: str) -> list[Actor]:
    """Return the actors that a name may mean, those in most reports first.

    A name is a key, any name that reports have for somebody, or a surname: all who bear it, for the person who asks
    can tell them apart.
    """
    asked = folded(name)
    found = [
        actor
        for actor in actors
        if name == actor.key
        or any(asked == called or called.endswith(f" {asked}") for called in map(folded, (actor.name, *actor.aliases)))
    ]
    return sorted(found, key=lambda actor: (-len(actor.seen), actor.key))


def dossiers(found: Sequence[Actor], records: Iterable[Record], tables: Knowledge) -> list[Dossier]:
    """Return what records have on actors, in the order of the records."""
    files = [Dossier(actor, offices_of(actor, tables)) for actor in found]
    wanted: dict[str, list[tuple[str, Dossier]]] = {}
    for file in files:
        for seen in file.actor.seen:
            wanted.setdefault(seen.uri, []).append((seen.entity, file))
    for record in records:
        for entity, file in wanted.get(record.report.uri, ()):
            _add(file, record, entity)
    return files


def offices_of(actor: Actor, tables: Knowledge) -> tuple[Office, ...]:
    """Return the offices that the knowledge tables have for a person, first to last."""
    for meaning in tables.names.index.get(tuple(WORD.findall(actor.name)), ()):
        if meaning.offices and actor.country in (None, *(office.country for office in meaning.offices)):
            return meaning.offices
    return ()


def _add(file: Dossier, record: Record, entity: str) -> None:
    report = record.report
    day = report.published[:10] if report.published else None
    names = {other.id: other.name for other in record.entities}
    for statement in record.statements:
        if statement.source == entity:
            words = " … ".join(span.text for span in statement.content)
            cue = statement.cue.text if statement.cue else "said"
            said_on = statement.date.start if statement.date else day
            file.statements.append(Trace(report.uri, statement.id, said_on, cue, words))
    for event in record.events:
        if entity in (*event.actors, *event.recipients):
            who, whom = (", ".join(names.get(id_, "?") for id_ in ids) for ids in (event.actors, event.recipients))
            coded = "–".join((event.type, *event.modes[:1])) + f": {who or '?'}" + (f" → {whom}" if whom else "")
            sentence = event.evidence[0].text if event.evidence else event.trigger.text
            done_on = event.date.start if event.date else day
            file.events.append(Trace(report.uri, event.id, done_on, coded, sentence))
    for negotiation in record.negotiations:
        if entity in negotiation.parties:
            others = ", ".join(names.get(id_, "?") for id_ in negotiation.parties if id_ != entity)
            file.negotiations.append(Trace(report.uri, negotiation.id, day, negotiation.subject, f"with {others}"))


def text_of(file: Dossier) -> str:
    """Return a dossier for reading; of each kind the ten newest."""
    actor = file.actor
    place = ", ".join(part for part in (actor.kind, actor.country, actor.sector) if part)
    lines = [f"{actor.name}  ({place})  {actor.key}"]
    if actor.aliases:
        lines.append(f"  also called: {', '.join(actor.aliases[:SHOWN])}")
    for office in file.offices:
        lines.append(f"  held: {office.role}, {office.country}, {office.start} to {office.end or 'now'}")
    for role in actor.roles[:SHOWN]:
        days = role.first if role.first == role.last else f"{role.first} to {role.last}"
        lines.append(f"  called {role.role} in {role.reports} report{'s' * (role.reports != 1)}, {days}")
    for title, traces in (("statements", file.statements), ("events", file.events), ("bargains", file.negotiations)):
        lines += _traces(title, traces)
    return "".join(f"{_indent(line)}{on_one_line(line)}\n" for line in lines)


def _indent(line: str) -> str:
    return " " * (len(line) - len(line.lstrip(" ")))


def _traces(title: str, traces: list[Trace]) -> list[str]:
    if not traces:
        return []
    newest = sorted(traces, key=lambda trace: (trace.day or "", trace.uri, trace.id), reverse=True)
    lines = [f"  {len(traces)} {title}:"]
    for trace in newest[:SHOWN]:
        lines.append(f"    {trace.day or '?'}  {trace.what}: {trace.text}  [{trace.uri} {trace.id}]")
    return lines
