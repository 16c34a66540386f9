"""The errors of a reader, planted into the codings of the synthetic archive.

The rates are near what our reader gives on annotated reports: the type right in 0.75 of the tellings, recipients found
in 0.75, a date in 0.6. Errors of one act go together: a hard act is misread by most reports, and mostly for the same
type, as it is in the news; `Act.difficulty` and `Act.decoy` hold that.
"""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.records import Status

FIRST_DAY = date(2012, 1, 2)
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WRONG_STATUS: tuple[Status, ...] = ("historical", "hypothetical", "future", "negated")
OTHER_TYPES = ("ACCUSE", "CONSULT", "AGREE", "SUPPORT", "REQUEST", "COERCE", "CONCEDE", "COOPERATE")


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity as the reader finds it."""

    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An event before it has offsets; `day` and `told` count from the archive's first day."""

    act: int  # -1: nothing that was planted
    type: str
    mode: str | None
    actor: Participant | None
    recipient: Participant | None
    day: int | None
    told: int
    place: str | None
    country: str | None
    killed: int | None
    confidence: float
    status: Status
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Phrases:
    """What the sentence says of the day, the place and the dead."""

    day: str
    place: str
    killed: str


def code(
    draft: Draft, difficulty: float, decoy: str, actor_pool: list[Participant], rng: random.Random, noise: bool
) -> tuple[Draft, Phrases]:
    """Return a telling as the reader codes it, and the words that its sentence has for day, place and figure."""
    if not noise:
        return draft, Phrases(_words_of(draft), f"in {draft.place}", str(draft.killed))
    draft = _as_told(draft, rng)
    phrases = Phrases(_words_of(draft), f"in {draft.place}" if draft.place else "", str(draft.killed))
    return _as_read(draft, difficulty, decoy, actor_pool, rng), phrases


def _as_told(draft: Draft, rng: random.Random) -> Draft:
    """What reports themselves leave out or have otherwise."""
    if rng.random() < 0.35:
        draft = replace(draft, day=None)
    elif rng.random() < 0.1:
        draft = replace(draft, day=(draft.day or 0) + rng.choice((-1, -1, 1, 2)))
    elif draft.status == "historical" and rng.random() < 0.5:
        draft = replace(draft, precision="month")
    if rng.random() < 0.5:
        draft = replace(draft, place=None, country=None)
    if draft.killed is not None and rng.random() < 0.35:
        draft = replace(draft, killed=max(1, round(draft.killed * rng.uniform(0.6, 1.6))))
    return draft


def _as_read(draft: Draft, difficulty: float, decoy: str, actor_pool: list[Participant], rng: random.Random) -> Draft:
    """What the reader misses or misreads."""
    if rng.random() > difficulty:
        wrong = decoy if rng.random() < 0.6 else rng.choice(OTHER_TYPES)
        draft = replace(draft, type=wrong, mode=None)
    elif rng.random() < 0.3:
        draft = replace(draft, mode=None)
    chance = rng.random()
    if chance < 0.21:
        draft = replace(draft, recipient=None)
    elif chance < 0.25:
        draft = replace(draft, recipient=Participant("officials", "group", None, "GOV", None, None))
    chance = rng.random()
    if chance < 0.05:
        draft = replace(draft, actor=None)
    elif chance < 0.15:
        draft = replace(draft, actor=rng.choice(actor_pool))
    elif chance < 0.18:
        draft = replace(draft, actor=draft.recipient, recipient=draft.actor)
    if rng.random() < 0.1:
        draft = replace(draft, day=None)
    if rng.random() < 0.05:
        draft = replace(draft, status=rng.choice(WRONG_STATUS))
    if rng.random() < 0.05:
        draft = replace(draft, killed=None)
    return replace(draft, confidence=round(min(0.99, max(0.3, rng.gauss(difficulty, 0.12))), 3))


def _words_of(draft: Draft) -> str:
    if draft.day is None:
        return ""
    day = FIRST_DAY + timedelta(days=draft.day)
    if draft.precision == "month":
        return f"in {day:%B}"
    if 0 <= draft.told - draft.day < 7:
        return f"on {WEEKDAYS[day.weekday()]}"
    return f"on {day.day} {day:%B}"


def spurious(pool: list[Participant], day: int, rng: random.Random) -> Draft:
    """Return an event that the reader finds where there is none."""
    return Draft(
        act=-1, type=rng.choice(OTHER_TYPES), mode=None, actor=rng.choice(pool), recipient=None,
        day=day if rng.random() < 0.2 else None, told=day, place=None, country=None, killed=None,
        confidence=round(rng.uniform(0.3, 0.8), 3), status="actual",
    )  # fmt: skip
