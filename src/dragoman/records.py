"""What one news report becomes: the public contract.

Every span counts Unicode code points into `report.text`, half-open, and `report.text[start:end] == text` always
holds. `None` is unknown, `()` is none. `as_json` and `from_json` turn a `Record` into the one-line JSON form and back.
"""

import hashlib
from typing import Literal

import msgspec

EntityKind = Literal["person", "organization", "country", "group", "unnamed"]
MentionForm = Literal["name", "nominal", "pronoun", "metonym"]
StatementKind = Literal["direct", "indirect", "mixed"]
Attribution = Literal["named", "institutional", "anonymous"]
Status = Literal["actual", "historical", "future", "hypothetical", "negated", "standing"]
Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Precision = Literal["day", "week", "month", "season", "year", "decade"]
Severity = Literal["note", "warning", "error"]


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all records: immutable, compared by value, made with keywords."""


class Span(msgspec.Struct, frozen=True):
    """A stretch of `report.text`, and the words that stand there.

    >>> Span(0, 6, "Moscow").text
    'Moscow'
    """

    start: int
    end: int
    text: str


class Dateline(Struct):
    """The place that opens a report: "GENEVA (AP) —"."""

    place: str
    country: str | None
    span: Span


class Report(Struct):
    """A news report: where it came from, and its cleaned text."""

    id: str
    uri: str
    title: str | None
    publisher: str | None
    authors: tuple[str, ...]
    language: str | None
    published: str | None
    published_from: Literal["metadata", "text", "given"] | None
    dateline: Dateline | None
    text: str


class Mention(Struct):
    """One place where an entity is named or meant."""

    start: int
    end: int
    text: str
    form: MentionForm


class Entity(Struct):
    """Who or what takes part: one per participant in the world per report."""

    id: str
    name: str
    kind: EntityKind
    country: str | None
    sector: str | None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    wikidata: str | None = None
    mentions: tuple[Mention, ...] = ()


class Cue(Struct):
    """The words that attribute, and the lemma of their head."""

    start: int
    end: int
    text: str
    lemma: str


class DateRange(Struct):
    """A date as the report tells it: ISO 8601 days, how precise, and the words it comes from."""

    start: str
    end: str
    precision: Precision
    text: str


class Statement(Struct):
    """What the report attributes to somebody."""

    id: str
    kind: StatementKind
    source: str | None
    source_span: Span | None
    cue: Cue | None
    content: tuple[Span, ...]
    addressee: str | None = None
    venue: str | None = None
    date: DateRange | None = None
    attribution: Attribution | None = None
    inside: str | None = None


class Place(Struct):
    """Where an act was done, resolved in the gazetteer where it is certain."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonames: int | None
    span: Span


class Quantity(Struct):
    """A number as the report gives it: "at least 20" has no `high`."""

    low: int | None
    high: int | None
    text: str


class Magnitude(Struct):
    """How many were killed, injured or detained, or took part."""

    killed: Quantity | None = None
    injured: Quantity | None = None
    detained: Quantity | None = None
    size: Quantity | None = None


class Event(Struct):
    """Who did what to whom, coded in PLOVER."""

    id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: Quad
    intensity: float
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    date: DateRange | None
    due: DateRange | None
    place: Place | None
    status: Status
    claimed_in: str | None
    hearsay: bool
    trigger: Span
    evidence: tuple[Span, ...]
    confidence: float
    magnitude: Magnitude | None = None


class Item(Struct):
    """One thing that a proposal gives or gets."""

    item: str
    kind: Literal["person", "money", "territory", "sanction", "goods", "arms", "commitment"]
    entity: str | None
    held_by: str | None


class StatusBy(Struct):
    """Where a proposal stands according to one party."""

    entity: str | None
    status: str


class Proposal(Struct):
    """Who offers what to whom for what, in the eyes of `by`."""

    id: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    gives: tuple[Item, ...]
    gets: tuple[Item, ...]
    answers: str | None
    status: Literal["offered", "countered", "accepted", "rejected", "withdrawn", "carried out"]
    status_by: tuple[StatusBy, ...]
    date: DateRange | None
    channel: Literal["public", "private"] | None
    claimed_in: str | None
    evidence: tuple[Span, ...]


class Obstacle(Struct):
    """What stands in the way of a bargain, as the report has it."""

    text: str
    entity: str | None
    evidence: tuple[Span, ...]


class Negotiation(Struct):
    """What is being bargained over."""

    id: str
    subject: str
    parties: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    obstacles: tuple[Obstacle, ...]


class FlagSpan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"in_": "in"}):
    """Evidence of a flag: a span of the text, or of the title where `in_` says so."""

    start: int
    end: int
    text: str
    in_: Literal["title"] | None = None


class Flag(Struct):
    """What a careful editor would query."""

    kind: str
    severity: Severity
    message: str
    evidence: tuple[FlagSpan, ...]


class ReadBy(Struct):
    """The versions that made a record."""

    dragoman: str
    model: str
    ontology: str
    knowledge: str


class Record(Struct):
    """The ledger of one report: what `dragoman read --format json` prints, one a line."""

    report: Report
    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    negotiations: tuple[Negotiation, ...]
    flags: tuple[Flag, ...]
    read_by: ReadBy

    def entity(self, id: str) -> Entity:
        """Return the entity with this id; KeyError where there is none."""
        for entity in self.entities:
            if entity.id == id:
                return entity
        raise KeyError(id)


class Failure(Struct):
    """A report that could not be read: which one, why, and what to do."""

    uri: str
    reason: str
    remedy: str = ""


def span_of(text: str, start: int, end: int) -> Span:
    """Return the span of `text` between two offsets.

    >>> span_of("Talks in Geneva", 9, 15)
    Span(start=9, end=15, text='Geneva')
    """
    return Span(start, end, text[start:end])


def id_of(text: str) -> str:
    """Return the report id of a text: the same text is the same report.

    >>> id_of("")[:14]
    'sha256:e3b0c44'
    """
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def as_json(record: Record) -> bytes:
    """Return a record as one line of JSON, UTF-8, without the line's end."""
    return msgspec.json.encode(record)


def from_json(line: bytes | str) -> Record:
    """Return the record that `as_json` wrote; msgspec.ValidationError where it is none."""
    return msgspec.json.decode(line, type=Record)
