"""What is counted: acts with their day and sides, made of occurrences or of the events of single reports."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from dragoman.corpus.duplicates import DuplicateCluster
from dragoman.corpus.identity import folded, identity_of
from dragoman.corpus.occurrences import Occurrence, Party
from dragoman.corpus.tellings import STAGES, Stage
from dragoman.entities.knowledge import Knowledge
from dragoman.records import Quad, Record


@dataclass(frozen=True, slots=True)
class Act:
    """An act to be counted; `claimed` is the share of its reports that only have it from a source."""

    id: str
    day: str | None
    type: str
    quad: Quad
    intensity: float
    stage: Stage
    claimed: float
    confidence: float
    reports: int
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many acts were done on a day, of a quad, with an intensity.

    Of a type too, with the share of reports that only have them from a source, where that was asked for; `ids` where
    acts were looked at one by one.
    """

    day: str | None
    quad: str
    intensity: float
    number: int
    type: str = ""
    claimed: float = 0.0
    ids: tuple[str, ...] = ()


def acts_of_occurrences(occurrences: Iterable[Occurrence]) -> Iterator[Act]:
    """Yield each occurrence as one act."""
    for occurrence in occurrences:
        yield Act(
            occurrence.id, occurrence.day, occurrence.type, occurrence.quad, occurrence.intensity, occurrence.stage,
            occurrence.claimed, occurrence.confidence, occurrence.reports, occurrence.actors, occurrence.recipients,
            occurrence.told[0].sentence,
        )  # fmt: skip


def acts_of_reports(records: Iterable[Record], tables: Knowledge) -> Iterator[Act]:
    """Yield each event of each report as one act, on its own day, else on that of publication."""
    for record in records:
        report = record.report
        who = {}
        for entity in record.entities:
            identity = identity_of(entity, report.published, tables)
            who[entity.id] = Party(identity.key, identity.name, identity.country, identity.sector)
        for event in record.events:
            yield Act(
                f"{report.uri}#{event.id}", (event.date.start if event.date else report.published or "")[:10] or None,
                event.type, event.quad, event.intensity, STAGES[event.status],
                float(event.claimed_in is not None or event.hearsay), event.confidence, 1,
                tuple(who[id_] for id_ in event.actors if id_ in who),
                tuple(who[id_] for id_ in event.recipients if id_ in who),
                event.evidence[0].text if event.evidence else event.trigger.text,
            )  # fmt: skip


def volume_of(records: Iterable[Record], duplicates: Iterable[DuplicateCluster] = ()) -> dict[str, int]:
    """Return how many reports were published on each day; of the copies in `duplicates` only the first counts."""
    copies = {copy.uri for cluster in duplicates for copy in cluster.members[1:]}
    days = Counter(
        record.report.published[:10]
        for record in records
        if record.report.published and record.report.uri not in copies
    )
    return dict(sorted(days.items()))


def is_side(party: Party, term: str) -> bool:
    """Return whether a party is meant by a term.

    A term is a key (`RUS`, `Q1124`), a country's code for everybody of that country, country and sector (`RUS:MIL`),
    or a full name.

    >>> is_side(Party("Q1124", "Bill Clinton", "USA", "GOV"), "USA")
    True
    """
    if term in (party.key, party.country, f"{party.country}:{party.sector}"):
        return True
    name = folded(term)
    return " " in name and name == folded(party.name)


def between(act: Act, one: str, other: str | None, directed: bool) -> bool:
    """Return whether an act is of a dyad, or of one side where `other` is None.

    A meeting that has both as actors is of the dyad either way. `directed` leaves out what `other` does to `one`, or,
    for one side, what is done to it.
    """
    acts_one, gets_one = _holds(act.actors, one), _holds(act.recipients, one)
    if other is None:
        return acts_one or (gets_one and not directed)
    acts_other, gets_other = _holds(act.actors, other), _holds(act.recipients, other)
    together = acts_one and acts_other
    return together or (acts_one and gets_other) or (not directed and acts_other and gets_one)


def _holds(parties: tuple[Party, ...], term: str) -> bool:
    return any(is_side(party, term) for party in parties)


def day_of(written: str | None) -> date | None:
    """Return an ISO day as a date; None where it is none."""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None
