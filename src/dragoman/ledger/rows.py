"""A record as rows: what each table gets from one report."""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations, product
from typing import Any

from sqlalchemy import Table

from dragoman.ledger import schema
from dragoman.ledger.keys import key_of, short_of
from dragoman.records import (
    DateRange,
    Entity,
    Event,
    Flag,
    Magnitude,
    Negotiation,
    Place,
    Proposal,
    Quantity,
    Record,
    Report,
    Span,
    Statement,
)

Row = dict[str, Any]
Rows = Mapping[Table, list[Row]]
BETWEEN = " … "  # between the spans of a statement's content
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")  # NUL, which PostgreSQL refuses; lone surrogates, which UTF-8 lacks
LARGEST = 2**63 - 1  # what a database counts up to


@dataclass(frozen=True, slots=True)
class Reading:
    """Which reading of a report rows belong to, and what a person said of its records: id → review."""

    report: int
    raw: bool = True
    shown: bool = True
    corrected: bool = False
    reviews: Mapping[str, str] | None = None


def plain(text: str) -> str:
    """Return a text as a database takes it, of the same length: without NUL and halves of characters.

    >>> ascii(plain("a\\x00b"))
    "'a\\\\ufffdb'"
    """
    return UNSTORABLE.sub("\ufffd", text)


def folded(name: str) -> str:
    """Return a name without case and diacritics, as names are looked up.

    >>> folded("Recep Tayyip Erdoğan")
    'recep tayyip erdogan'
    """
    letters = unicodedata.normalize("NFKD", plain(name).replace("ı", "i"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())


def day_of(moment: str | None) -> str | None:
    """Return the day of an ISO 8601 date or date-time.

    >>> day_of("2022-07-29T10:00:00Z")
    '2022-07-29'
    """
    return moment[:10] if moment else None


def report_row(report: Report) -> Row:
    """Return what the table of reports gets, but for who read it when."""
    dateline = report.dateline
    return {
        "id": report.id,
        "short": short_of(report.id),
        "uri": plain(report.uri),
        "title": _plain(report.title),
        "publisher": _plain(report.publisher),
        "authors": json.dumps(report.authors, ensure_ascii=False),
        "language": report.language,
        "published": report.published,
        "published_from": report.published_from,
        "day": day_of(report.published),
        "dateline_place": _plain(dateline.place) if dateline else None,
        "dateline_country": dateline.country if dateline else None,
        "text": plain(report.text),
    }


def rows_of(record: Record, reading: Reading) -> Rows:
    """Return the rows of a record's entities, statements, events, negotiations and flags, in the order of need."""
    return _Maker(record, reading).rows


class _Maker:
    """Makes the rows of one record; what it holds is the numbers of the rows that others point at."""

    def __init__(self, record: Record, reading: Reading) -> None:
        self.reading = reading
        self.report = record.report
        self.day = day_of(record.report.published)
        self.rows: defaultdict[Table, list[Row]] = defaultdict(list)
        proposals = [proposal for bargain in record.negotiations for proposal in bargain.proposals]
        lists = (record.entities, record.statements, record.events, record.negotiations, proposals)
        self.keys = {id_: self._key(n) for items in lists for n, id_ in enumerate(item.id for item in items)}
        self.entities = {entity.id: entity for entity in record.entities}
        for entity in record.entities:
            self._entity(entity)
        for statement in record.statements:
            self._statement(statement)
        for event in record.events:
            self._event(event)
        for bargain in record.negotiations:
            self._negotiation(bargain)
        for n, flag in enumerate(record.flags):
            self._flag(n, flag)

    def _key(self, n: int) -> int:
        return key_of(self.reading.report, n, corrected=self.reading.corrected)

    def _ref(self, id_: str | None) -> int | None:
        return None if id_ is None else self.keys.get(id_)

    def _common(self, key: int, id_: str) -> Row:
        reviews = self.reading.reviews or {}
        flags = {"raw": self.reading.raw, "shown": self.reading.shown, "review": reviews.get(id_)}
        return {"key": key, "report": self.reading.report, "id": id_, **flags}

    def _add(self, table: Table, row: Row) -> None:
        self.rows[table].append(row)

    def _spans(self, table: Table, owner: Row, spans: Iterable[Any]) -> None:
        """Add a row for each span of a list."""
        self.rows[table] += [{**owner, "n": n, **_ends("span_", span)} for n, span in enumerate(spans)]

    def _entity(self, entity: Entity) -> None:
        key = self.keys[entity.id]
        self._add(
            schema.entities,
            {
                **self._common(key, entity.id),
                "name": plain(entity.name),
                "folded": folded(entity.name),
                "kind": entity.kind,
                "country": entity.country,
                "sector": entity.sector,
                "sectors": " ".join(entity.sectors),
                "role": _plain(entity.role),
                "wikidata": entity.wikidata,
            },
        )
        self.rows[schema.mentions] += [
            {"entity": key, "n": n, **_ends("span_", mention), "form": mention.form}
            for n, mention in enumerate(entity.mentions)
        ]

    def _statement(self, statement: Statement) -> None:
        key = self.keys[statement.id]
        self._add(
            schema.statements,
            {
                **self._common(key, statement.id),
                "kind": statement.kind,
                "source": self._ref(statement.source),
                **_ends("source_", statement.source_span),
                **_ends("cue_", statement.cue),
                "cue": _plain(statement.cue.text) if statement.cue else None,
                "lemma": _plain(statement.cue.lemma) if statement.cue else None,
                "content": plain(BETWEEN.join(span.text for span in statement.content)),
                "addressee": self._ref(statement.addressee),
                "venue": _plain(statement.venue),
                **_dates("date", statement.date),
                "attribution": statement.attribution,
                "inside": self._ref(statement.inside),
                "day": statement.date.start if statement.date else self.day,
                "publisher": _plain(self.report.publisher),
            },
        )
        self._spans(schema.contents, {"statement": key}, statement.content)

    def _event(self, event: Event) -> None:
        key = self.keys[event.id]
        claimed = event.claimed_in is not None or event.hearsay
        day = event.date.start if event.date else self.day
        self._add(
            schema.events,
            {
                **self._common(key, event.id),
                "type": event.type,
                "modes": " ".join(event.modes),
                "contexts": " ".join(event.contexts),
                "quad": event.quad,
                "intensity": event.intensity,
                "status": event.status,
                "day": day,
                "dated": event.date is not None,
                **_dates("date", event.date),
                **_dates("due", event.due),
                **_place(event.place),
                "claimed_in": self._ref(event.claimed_in),
                "claimed": claimed,
                "hearsay": event.hearsay,
                **_ends("trigger_", event.trigger),
                "trigger": plain(event.trigger.text),
                "sentence": plain(event.evidence[0].text) if event.evidence else "",
                "confidence": event.confidence,
                **_magnitude(event.magnitude),
                "published": self.report.published,
                "publisher": _plain(self.report.publisher),
            },
        )
        self._spans(schema.evidence, {"event": key}, event.evidence)
        self.rows[schema.modes] += [{"event": key, "mode": mode} for mode in dict.fromkeys(event.modes)]
        self.rows[schema.contexts] += [{"event": key, "context": one} for one in dict.fromkeys(event.contexts)]
        self._participants(key, event, day)
        self._pairs(key, event, day, claimed=claimed)

    def _participants(self, key: int, event: Event, day: str | None) -> None:
        common = {"event": key, "raw": self.reading.raw, "shown": self.reading.shown, "day": day}
        for side, ids in (("actor", event.actors), ("recipient", event.recipients)):
            for n, entity in enumerate(self._known(ids)):
                self._add(
                    schema.participants,
                    {
                        **common,
                        "side": side,
                        "n": n,
                        "entity": self.keys[entity.id],
                        "name": plain(entity.name),
                        "folded": folded(entity.name),
                        "country": entity.country,
                        "sector": entity.sector,
                    },
                )

    def _pairs(self, key: int, event: Event, day: str | None, *, claimed: bool) -> None:
        """Add a row for each pair of countries, first actor to recipient; of a meeting of equals, in both orders."""
        actors, recipients = list(self._known(event.actors)), list(self._known(event.recipients))
        mutual = not recipients
        found = permutations(actors, 2) if mutual else product(actors, recipients)
        self.rows[schema.pairs] += [
            {
                "event": key,
                "actor": actor,
                "recipient": recipient,
                "mutual": mutual,
                "raw": self.reading.raw,
                "shown": self.reading.shown,
                "day": day,
                "type": event.type,
                "quad": event.quad,
                "intensity": event.intensity,
                "claimed": claimed,
            }
            for actor, recipient in dict.fromkeys((one.country, other.country) for one, other in found)
            if actor and recipient
        ]

    def _known(self, ids: Iterable[str]) -> Iterable[Entity]:
        return (self.entities[id_] for id_ in ids if id_ in self.entities)

    def _negotiation(self, bargain: Negotiation) -> None:
        key = self.keys[bargain.id]
        self._add(schema.negotiations, {**self._common(key, bargain.id), "subject": plain(bargain.subject)})
        self.rows[schema.parties] += [
            {"negotiation": key, "n": n, "entity": self.keys[entity.id]}
            for n, entity in enumerate(self._known(bargain.parties))
        ]
        self.rows[schema.obstacles] += [
            {
                "negotiation": key,
                "n": n,
                "text": plain(obstacle.text),
                "entity": self._ref(obstacle.entity),
                **_ends("span_", next(iter(obstacle.evidence), None)),
            }
            for n, obstacle in enumerate(bargain.obstacles)
        ]
        for proposal in bargain.proposals:
            self._proposal(key, proposal)

    def _proposal(self, bargain: int, proposal: Proposal) -> None:
        key = self.keys[proposal.id]
        self._add(
            schema.proposals,
            {
                **self._common(key, proposal.id),
                "negotiation": bargain,
                "answers": self._ref(proposal.answers),
                "status": proposal.status,
                **_dates("date", proposal.date),
                "channel": proposal.channel,
                "claimed_in": self._ref(proposal.claimed_in),
                "sentence": plain(proposal.evidence[0].text) if proposal.evidence else "",
                "day": proposal.date.start if proposal.date else self.day,
            },
        )
        self.rows[schema.proposal_sides] += [
            {"proposal": key, "side": side, "n": n, "entity": self.keys[entity.id]}
            for side, ids in (("by", proposal.by), ("to", proposal.to))
            for n, entity in enumerate(self._known(ids))
        ]
        self.rows[schema.proposal_items] += [
            {
                "proposal": key,
                "side": side,
                "n": n,
                "item": plain(item.item),
                "kind": item.kind,
                "entity": self._ref(item.entity),
                "held_by": self._ref(item.held_by),
            }
            for side, items in (("gives", proposal.gives), ("gets", proposal.gets))
            for n, item in enumerate(items)
        ]
        self.rows[schema.proposal_status] += [
            {"proposal": key, "n": n, "entity": self._ref(by.entity), "status": plain(by.status)}
            for n, by in enumerate(proposal.status_by)
        ]
        self._spans(schema.proposal_evidence, {"proposal": key}, proposal.evidence)

    def _flag(self, n: int, flag: Flag) -> None:
        key = self._key(n)
        row = {"kind": flag.kind, "severity": flag.severity, "message": plain(flag.message)}
        self._add(schema.flags, {**self._common(key, f"f{n + 1}"), **row})
        self.rows[schema.flag_evidence] += [
            {"flag": key, "n": m, **_ends("span_", span), "in_title": span.in_ == "title"}
            for m, span in enumerate(flag.evidence)
        ]


def _plain(text: str | None) -> str | None:
    return None if text is None else plain(text)


def _ends(prefix: str, span: Any) -> Row:
    """Return a span's two offsets; null where there is none."""
    return {f"{prefix}start": span.start if span else None, f"{prefix}end": span.end if span else None}


def _dates(prefix: str, date: DateRange | None) -> Row:
    return {
        f"{prefix}_start": date.start if date else None,
        f"{prefix}_end": date.end if date else None,
        f"{prefix}_precision": date.precision if date else None,
        f"{prefix}_text": plain(date.text) if date else None,
    }


def _place(place: Place | None) -> Row:
    return {
        "place": plain(place.name) if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "geonames": place.geonames if place else None,
        **_ends("place_", _span_of(place)),
    }


def _span_of(place: Place | None) -> Span | None:
    return place.span if place else None


def _magnitude(magnitude: Magnitude | None) -> Row:
    """Return the columns of what was counted; a sum that no database holds is not known."""
    return {
        f"{name}_{end}": _counted(getattr(magnitude, name, None), end)
        for name in ("killed", "injured", "detained", "size")
        for end in ("low", "high")
    }


def _counted(quantity: Quantity | None, end: str) -> int | None:
    number = getattr(quantity, end, None)
    return number if number is not None and abs(number) <= LARGEST else None
