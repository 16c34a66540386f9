"""One event of one report, as far as it is needed to find the same act in other reports.

Days are counted as `date.toordinal` does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dragoman.corpus.duplicates import DuplicateCluster
from dragoman.corpus.identity import Identity, identity_of
from dragoman.corpus.shingles import words_of
from dragoman.entities.knowledge import Knowledge
from dragoman.records import Place, Quad, Quantity, Record, Status

Stage = Literal["done", "planned", "considered", "denied", "standing"]
STAGES: dict[Status, Stage] = {
    "actual": "done",
    "historical": "done",
    "future": "planned",
    "hypothetical": "considered",
    "negated": "denied",
    "standing": "standing",
}
NEWS = 4  # days before publication on which news without a day may have happened
BACKGROUND = 35  # days, of background without a day: older acts without a day cannot be placed
LONGEST = 31  # days: a date that is less precise than a month places nothing
STEM = 6  # letters: enough to tell words apart, few enough to join "sanction", "sanctions" and "sanctioned"
COMMON = frozenset("""
    a about after again against all also an and any are as at be been before but by can could did do for from had has
    have he her his how if in into is it its may more most new no not of on one only or other our out over said say
    says she so some than that the their them then there they this to two up was we were what when where which while
    who will with would monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december year years month months week weeks day days people killed
""".split())  # fmt: skip
NUMBER = re.compile(r"\d+$")


class Telling(Struct, frozen=True, array_like=True, eq=False):
    """An event of a report; `source` is the same for copies of one report: the URI of the first publication."""

    uri: str
    event: str
    source: str
    publisher: str
    published: str | None
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    quad: Quad
    intensity: float
    stage: Stage
    claimed: bool
    actors: tuple[Identity, ...]
    recipients: tuple[Identity, ...]
    date: tuple[str, str] | None  # first and last ISO day
    day: int | None  # of the act, where the report gives one day
    window: tuple[int, int] | None  # the days on which it may have happened, as far as that is known
    place: Place | None
    killed: Quantity | None
    figures: tuple[tuple[str, Quantity], ...]
    words: frozenset[str]
    sentence: str
    confidence: float

    @property
    def key(self) -> tuple[str, str]:
        """The report's URI and the event's id."""
        return self.uri, self.event

    @property
    def order(self) -> tuple[bool, str, str, str]:
        """What tellings are sorted by, whatever order their reports came in: the first published first."""
        return self.published is None, self.published or "", self.uri, self.event


def tellings_of(
    records: Iterable[Record], duplicates: Iterable[DuplicateCluster], tables: Knowledge
) -> Iterator[Telling]:
    """Yield the events of an archive as tellings, in the order of the records."""
    first = firsts_of(duplicates)
    interned: dict[Identity, Identity] = {}  # one object for "Russia" in 100,000 reports
    for record in records:
        for telling in tellings_in(record, tables):
            yield of_source(telling, first.get(telling.uri, telling.uri), interned)


def firsts_of(duplicates: Iterable[DuplicateCluster]) -> dict[str, str]:
    """Return the first publication of each report that has copies."""
    return {copy.uri: cluster.first for cluster in duplicates for copy in cluster.members}


def of_source(
    telling: Telling,
    source: str,
    interned: dict[Identity, Identity],
    decided: Mapping[tuple[str, str | None], str] | None = None,
) -> Telling:
    """Return a telling as one of the copies of a first publication.

    `decided` are the keys that people want identities to have: by report and by the key that they have there.
    """

    def kept(identity: Identity) -> Identity:
        key = decided.get((telling.uri, identity.key)) if decided else None
        identity = identity if key is None else replace(identity, key=key)
        return interned.setdefault(identity, identity)

    actors, recipients = (tuple(map(kept, who)) for who in (telling.actors, telling.recipients))
    return replace(telling, source=source, actors=actors, recipients=recipients)


def tellings_in(record: Record, tables: Knowledge) -> Iterator[Telling]:
    """Yield the events of one report."""
    report = record.report
    who = {entity.id: identity_of(entity, report.published, tables) for entity in record.entities}
    published = _day(report.published)
    for event in record.events:
        start, end = (_day(event.date.start), _day(event.date.end)) if event.date else (None, None)
        actors, recipients = (
            tuple(who[id_] for id_ in ids if id_ in who) for ids in (event.actors, event.recipients)
        )  # fmt: skip
        sentence = event.evidence[0].text if event.evidence else event.trigger.text
        figures = event.magnitude
        yield Telling(
            uri=report.uri,
            event=event.id,
            source=report.uri,
            publisher=report.publisher or report.uri,
            published=report.published[:10] if report.published else None,
            type=event.type,
            modes=event.modes,
            contexts=event.contexts,
            quad=event.quad,
            intensity=event.intensity,
            stage=STAGES[event.status],
            claimed=event.claimed_in is not None or event.hearsay,
            actors=actors,
            recipients=recipients,
            date=(event.date.start, event.date.end) if event.date and start is not None and end is not None else None,
            day=start if start == end else None,
            window=_window(start, end, published, event.status),
            place=event.place,
            killed=figures.killed if figures else None,
            figures=tuple(
                (name, quantity)
                for name in ("killed", "injured", "detained", "size")
                if figures is not None and (quantity := getattr(figures, name)) is not None
            ),
            words=content_words(sentence, (*actors, *recipients), event.place),
            sentence=sentence,
            confidence=event.confidence,
        )


def content_words(sentence: str, who: Iterable[Identity] = (), place: Place | None = None) -> frozenset[str]:
    """Return what a sentence says beside who, where, when and how many: its words, cut to their first letters.

    >>> sorted(content_words("Moscow imposed new sanctions on three banks on Friday."))
    ['banks', 'impose', 'moscow', 'sancti', 'three']
    """
    names = " ".join([*(identity.name for identity in who), place.name if place else ""])
    left_out = set(words_of(names))
    return frozenset(
        word[:STEM]
        for word in words_of(sentence)
        if len(word) > 2 and word not in COMMON and word not in left_out and not NUMBER.match(word)
    )


def _window(start: int | None, end: int | None, published: int | None, status: Status) -> tuple[int, int] | None:
    if start is not None and end is not None:
        return (start, end) if 0 <= end - start <= LONGEST else None
    if published is None:
        return None
    return published - (BACKGROUND if status == "historical" else NEWS), published


def _day(written: str | None) -> int | None:
    try:
        return date.fromisoformat(written[:10]).toordinal() if written else None
    except ValueError:
        return None
