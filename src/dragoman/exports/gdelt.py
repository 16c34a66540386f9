"""GDELT 2.0: events (61 columns) and mentions (16), tab-separated, no header row; and notes, which lead back.

A row is a pair of actors, as GDELT has it, so an event of several is several rows. The ids there are numbers, so the
ledger's own ids are in `notes.tsv`, with what the 61 columns cannot say: status, claim, and how the CAMEO code was
chosen.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from dragoman.exports.actor_codes import codes_of
from dragoman.exports.cells import one_line
from dragoman.exports.choice import Settings, chosen, dated, event_id, marked_id
from dragoman.exports.countries import country
from dragoman.exports.sentences import Sentences, is_lead
from dragoman.exports.sides import pairs_of
from dragoman.exports.words import utc
from dragoman.ontology.cameo import CameoCode, cameo_of
from dragoman.records import Entity, Event, Place, Record, Span

GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
EVENT_COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{name}" for name in ACTOR), *(f"Actor2{name}" for name in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"Actor1Geo_{name}" for name in GEO), *(f"Actor2Geo_{name}" for name in GEO),
    *(f"ActionGeo_{name}" for name in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GLOBALEVENTID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
NOTE_COLUMNS = (
    "GLOBALEVENTID", "event", "actor1", "actor2", "type", "modes", "contexts", "status", "claimed_in", "hearsay",
    "EventCode", "code_from", "geonames",
)  # fmt: skip
QUADS = {"verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3, "material conflict": 4}
WEB, CITATION = 1, 2
COUNTRY, US_CITY, WORLD_CITY = 1, 3, 4
NOT_FOUND = -1
UNKNOWN_GEO = ("",) * len(GEO)
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class _Row:
    """One pair of one event, and what its rows in the three files share."""

    number: int
    record: Record
    event: Event
    actor: Entity | None
    recipient: Entity | None
    code: CameoCode
    day: str | None


class Gdelt:
    """Writes the chosen events into a folder: `events.export.CSV`, `events.mentions.CSV` and `notes.tsv`."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._choice = settings.choice
        self._events, self._mentions, self._notes = (
            (target / name).open("w", encoding="utf-8", newline="\n")
            for name in ("events.export.CSV", "events.mentions.CSV", "notes.tsv")
        )
        self._notes.write(_line(NOTE_COLUMNS))

    def write(self, record: Record) -> None:
        """Write the rows of a record's events."""
        sentences = Sentences(record)
        for row in self._rows(record):
            mentions = [_line(_mention(row, sentence, sentences)) for sentence in _told_in(row.event)]
            self._events.write(_line(_event(row, len(mentions))))
            self._mentions.writelines(mentions)
            self._notes.write(_line(_note(row, marked_id(record, row.event, self._choice))))

    def finish(self) -> None:
        """Close the files."""
        for file in (self._events, self._mentions, self._notes):
            file.close()

    def _rows(self, record: Record) -> Iterator[_Row]:
        by_id = {entity.id: entity for entity in record.entities}
        for event in chosen(record, self._choice):
            code = cameo_of(event.type, event.modes, event.contexts)
            day = dated(event, record, self._choice)
            for actor, recipient in pairs_of(event):
                number = number_of(event_id(record, event), actor, recipient)
                yield _Row(number, record, event, by_id.get(actor or ""), by_id.get(recipient or ""), code, day)


def number_of(id_: str, actor: str | None, recipient: str | None) -> int:
    """Return the number of an event's pair, the same in every export: 53 bits, which every reader's numbers hold.

    >>> number_of("sha256:e3b0c442/v1", "e1", None)
    2475239821670830
    """
    digest = hashlib.sha256(f"{id_}\n{actor or ''}\n{recipient or ''}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 11


def fraction_of(day: date) -> float:
    """Return a day as a year and its part, as GDELT counts: every month has 30 days.

    >>> fraction_of(date(2022, 7, 29))
    2022.6548
    """
    return round(day.year + (day.month * 30 + day.day) / 365, 4)


def _told_in(event: Event) -> tuple[Span, ...]:
    """Return the sentences that tell an event; its trigger where the record has none."""
    return event.evidence or (event.trigger,)


def _event(row: _Row, mentions: int) -> Iterator[Cell]:
    event, report = row.event, row.record.report
    yield row.number
    yield from _date_columns(row)
    yield from _actor(row.actor)
    yield from _actor(row.recipient)
    yield int(is_lead(report.text, event.trigger.start))
    yield from (row.code.code, row.code.base, row.code.root, QUADS[event.quad], row.code.goldstein)
    yield from (mentions, 1, 1, None)
    yield from UNKNOWN_GEO
    yield from UNKNOWN_GEO
    yield from _geo(event.place)
    yield _timestamp(report.published)
    yield one_line(report.uri)


def _date_columns(row: _Row) -> tuple[Cell, ...]:
    """Return day, month, year and fraction; of an event dated to its month or year, as much as is known."""
    if row.day is not None:
        day = date.fromisoformat(row.day)
        return f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", fraction_of(day)
    told = row.event.date
    if told is None:
        return None, None, None, None
    month = told.start[:7].replace("-", "") if told.start[:7] == told.end[:7] else None
    year = told.start[:4] if told.start[:4] == told.end[:4] else None
    return None, month, year, None


def _actor(entity: Entity | None) -> Iterator[Cell]:
    codes = codes_of(entity)
    yield codes.code
    yield one_line(entity.name.upper()) if entity else ""
    yield from (codes.country, codes.group, "", "", "", *codes.types)


def _geo(place: Place | None) -> tuple[Cell, ...]:
    state = country(place.country) if place else None
    if place is None:
        return UNKNOWN_GEO
    fips = state.fips if state else None
    if state and place.name == state.name:
        return COUNTRY, one_line(place.name), fips, fips, None, place.lat, place.lon, fips
    full = f"{place.name}, {state.name}" if state else place.name
    kind = None if place.geonames is None else US_CITY if place.country == "USA" else WORLD_CITY
    return kind, one_line(full), fips, None, None, place.lat, place.lon, None


def _mention(row: _Row, sentence: Span, sentences: Sentences) -> Iterator[Cell]:
    report, event = row.record.report, row.event
    published = _timestamp(report.published)
    web = report.uri.startswith(("http://", "https://"))
    inside = sentence.start <= event.trigger.start < sentence.end
    yield from (row.number, published, published, WEB if web else CITATION)
    yield one_line((urlsplit(report.uri).hostname if web else report.publisher) or "")
    yield one_line(report.uri)
    yield sentences.number_at(sentence.start)
    yield _offset(row.actor, sentence)
    yield _offset(row.recipient, sentence)
    yield event.trigger.start if inside else sentence.start
    yield from (1, round(event.confidence * 100), len(report.text), None, None, event_id(row.record, event))


def _offset(entity: Entity | None, sentence: Span) -> int:
    """Return where a sentence first names somebody."""
    mentions = entity.mentions if entity else ()
    return min((m.start for m in mentions if sentence.start <= m.start < sentence.end), default=NOT_FOUND)


def _note(row: _Row, marked: str) -> Iterator[Cell]:
    event = row.event
    yield from (row.number, marked, row.actor.id if row.actor else None, row.recipient.id if row.recipient else None)
    yield from (event.type, "; ".join(event.modes), "; ".join(event.contexts), event.status)
    yield from (event.claimed_in, "hearsay" if event.hearsay else None)
    yield from (row.code.code, row.code.basis, event.place.geonames if event.place else None)


def _timestamp(published: str | None) -> str | None:
    """Return when a report was published as YYYYMMDDHHMMSS in UTC; a day alone is its midnight.

    >>> _timestamp("2022-07-29T14:05:00+02:00")
    '20220729120500'
    """
    time = utc(published)
    return f"{time:%Y%m%d%H%M%S}" if time else None


def _line(cells: Iterable[Cell]) -> str:
    return "\t".join("" if cell is None else str(cell) for cell in cells) + "\n"
