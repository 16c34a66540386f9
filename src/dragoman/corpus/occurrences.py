"""One act in many reports as one occurrence: what the reports say of it together, and who says otherwise.

An occurrence stands for tellings of one stage: an act announced and the act done are two. What independent voices say
is put to the vote, each with its confidence; copies of one report have one vote, reports of one publisher too.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dragoman import ontology
from dragoman.corpus.agreement import confidence_of
from dragoman.corpus.disagreement import Disagreement, disagreements_of
from dragoman.corpus.duplicates import DuplicateCluster
from dragoman.corpus.identity import Identity
from dragoman.corpus.linking import Link, Voice, linked
from dragoman.corpus.spread import Spread, ranked, spread_of, votes_of
from dragoman.corpus.tellings import Stage, Telling, tellings_of
from dragoman.entities.knowledge import Knowledge
from dragoman.records import Place, Quad, Record

ENOUGH = 0.4  # of the votes for the first: a second actor, mode or context with so many is one too


@dataclass(frozen=True, slots=True)
class Told:
    """Where an occurrence is told: the report's URI, the event's id, its sentence, and how surely it belongs there.

    A `copy` says what another telling of the occurrence says already.
    """

    uri: str
    event: str
    sentence: str
    copy: bool
    sureness: float


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in an occurrence: the commonest name of a side's part in it."""

    key: str | None
    name: str
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One act in the world, in all the reports that tell it.

    `start` and `end` are ISO days; where no report gives a date they are None and `day` falls back on the first
    publication. `claimed` is the share of independent voices that only have it from a source.
    """

    id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: Quad
    intensity: float
    stage: Stage
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    start: str | None
    end: str | None
    place: Place | None
    figures: dict[str, tuple[int, int]]
    claimed: float
    confidence: float
    reports: int
    publishers: int  # independent ones: copies counted once
    first: str
    first_published: str | None
    told: tuple[Told, ...]
    spread: Spread
    disagreements: tuple[Disagreement, ...]

    @property
    def day(self) -> str | None:
        """The day that series count it on: its own, else that of the first publication; None for undatable ones."""
        if self.start is not None:
            return self.start
        return self.first_published


def find_occurrences(
    records: Iterable[Record], duplicates: Iterable[DuplicateCluster], tables: Knowledge
) -> list[Occurrence]:
    """Return the acts that an archive tells, by day, then by their first telling.

    Every event is in exactly one occurrence. Records are streamed; what is kept is about 2 kB an event.
    """
    links = linked(tellings_of(records, duplicates, tables))
    found = [occurrence_of(link) for link in links]
    return sorted(found, key=lambda occurrence: (occurrence.day or "", occurrence.first, occurrence.id))


def occurrence_of(link: Link) -> Occurrence:
    """Return what the voices that tell one act say together."""
    voices = link.voices
    told = sorted(_told(link), key=lambda row: (row[0].published is None, row[0].published or "", row[0].key))
    tellings = [telling for telling, _ in told]
    first = tellings[0]
    type_ = ranked(votes_of(voices, lambda t: [t.type]))[0]
    of_type = [voice for voice in voices if voice.main.type == type_]
    modes = _leading(votes_of(of_type, lambda t: t.modes))
    start, end = _dates(voices)
    spread = spread_of(voices)
    return Occurrence(
        id=_id_of(first),
        type=type_,
        modes=modes,
        contexts=_leading(votes_of(voices, lambda t: t.contexts)),
        quad=ontology.types()[type_].quad,
        intensity=ontology.intensity(type_, modes),
        stage=first.stage,
        actors=_parties(voices, lambda t: t.actors),
        recipients=_parties(voices, lambda t: t.recipients),
        start=start,
        end=end,
        place=_place(voices),
        figures=_figures(voices),
        claimed=sum(voice.main.claimed for voice in voices) / len(voices),
        confidence=confidence_of(voices, type_),
        reports=len({telling.uri for telling in tellings}),
        publishers=len({voice.main.publisher for voice in voices}),
        first=first.uri,
        first_published=first.published,
        told=tuple(row for _, row in told),
        spread=spread,
        disagreements=disagreements_of(spread),
    )


def _told(link: Link) -> Iterator[tuple[Telling, Told]]:
    """Yield the tellings; of each voice the first published is none's copy."""
    for voice, sureness in zip(link.voices, link.sureness, strict=True):
        first = min(voice.tellings, key=lambda t: (t.published is None, t.published or "", t.key))
        for telling in voice.tellings:
            yield telling, Told(*telling.key, telling.sentence, telling is not first, round(sureness, 4))


def _id_of(first: Telling) -> str:
    """Return an id that stays as long as the first telling is the same."""
    return "o" + hashlib.sha256("\n".join(first.key).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _leading(votes: dict[str, float]) -> tuple[str, ...]:
    """Return the value with most votes, and those that come near it."""
    values = ranked(votes)
    return tuple(value for value in values if votes[value] >= ENOUGH * votes[values[0]])


def _parties(voices: Sequence[Voice], who: Callable[[Telling], tuple[Identity, ...]]) -> tuple[Party, ...]:
    """Return who takes part: of each side with votes enough the one whom most name."""
    sides = _leading(votes_of(voices, lambda t: {_side(identity) for identity in who(t)}))
    by_side: dict[str, dict[Party, float]] = defaultdict(lambda: defaultdict(float))
    for voice in voices:
        for identity in who(voice.main):
            party = Party(identity.key, identity.name, identity.country, identity.sector)
            by_side[_side(identity)][party] += voice.main.confidence
    return tuple(
        min(by_side[side], key=lambda party: (-round(by_side[side][party], 9), party.key is None, party.name))
        for side in sides
    )


def _side(identity: Identity) -> str:
    return identity.side or identity.name


def _dates(voices: Sequence[Voice]) -> tuple[str | None, str | None]:
    """Return the day that most name, else the shortest of the ranges that most name."""
    days = votes_of(voices, lambda t: [t.date[0]] if t.date and t.date[0] == t.date[1] else [])
    if days:
        day = ranked(days)[0]
        return day, day
    ranges = votes_of(voices, lambda t: ["/".join(t.date)] if t.date else [])
    if not ranges:
        return None, None
    start, _, end = ranked(ranges)[0].partition("/")
    return start, end


def _place(voices: Sequence[Voice]) -> Place | None:
    votes = votes_of(voices, lambda t: [t.place.name] if t.place else [])
    if not votes:
        return None
    name = ranked(votes)[0]
    named = [voice.main.place for voice in voices if voice.main.place and voice.main.place.name == name]
    return next((place for place in named if place.geonames), named[0])


def _figures(voices: Sequence[Voice]) -> dict[str, tuple[int, int]]:
    """Return the least and the greatest number that is said, by kind."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for voice in voices:
        for kind, quantity in voice.main.figures:
            numbers[kind] += [number for number in (quantity.low, quantity.high) if number is not None]
    return {kind: (min(said), max(said)) for kind, said in sorted(numbers.items()) if said}
