"""What the voices that tell one act say, field by field, and which reports say it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dragoman.corpus.linking import Voice
from dragoman.corpus.tellings import Telling
from dragoman.records import Quantity


@dataclass(frozen=True, slots=True)
class Said:
    """A value, the publishers that have it, and the reports, copies too."""

    value: str
    publishers: tuple[str, ...]
    uris: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Everything that is said of an act in each field: the value that most voices have first."""

    types: tuple[Said, ...]
    dates: tuple[Said, ...]  # "2022-03-04", or "2022-03-01/2022-03-31" where it is less precise
    places: tuple[Said, ...]
    actors: tuple[Said, ...]
    recipients: tuple[Said, ...]
    figures: dict[str, tuple[Said, ...]]  # "killed", "injured", "detained", "size"


def spread_of(voices: Sequence[Voice]) -> Spread:
    """Return what each voice says, by field."""
    kinds = sorted({kind for voice in voices for kind, _ in voice.main.figures})
    return Spread(
        types=_said(voices, lambda t: ["–".join((t.type, *t.modes[:1]))]),
        dates=_said(voices, lambda t: [date_text(t)] if t.date else []),
        places=_said(voices, lambda t: [t.place.name] if t.place else []),
        actors=_said(voices, lambda t: [who.name for who in t.actors]),
        recipients=_said(voices, lambda t: [who.name for who in t.recipients]),
        figures={
            kind: _said(voices, lambda t, kind=kind: [figure_text(q) for k, q in t.figures if k == kind])  # type: ignore[misc]
            for kind in kinds
        },
    )


def date_text(telling: Telling) -> str:
    """Return a telling's date: a day, or the first and last apart by a stroke; "" where it has none."""
    if telling.date is None:
        return ""
    start, end = telling.date
    return start if start == end else f"{start}/{end}"


def figure_text(quantity: Quantity) -> str:
    """Return a number as it is said: "20", "at least 20" as "20+", "20 to 30" as "20-30".

    >>> figure_text(Quantity(low=20, high=None, text="at least 20"))
    '20+'
    """
    low, high = quantity.low, quantity.high
    if low is None:
        return f"-{high}" if high is not None else quantity.text
    return str(low) if low == high else f"{low}+" if high is None else f"{low}-{high}"


def votes_of(voices: Sequence[Voice], values: Callable[[Telling], Iterable[str]]) -> dict[str, float]:
    """Return the votes for each value: of each publisher the surest voice that has it, with its confidence."""
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for voice in voices:
        for value in values(voice.main):
            by_publisher = best[value]
            by_publisher[voice.main.publisher] = max(by_publisher.get(voice.main.publisher, 0.0), voice.main.confidence)
    return {value: sum(by_publisher.values()) for value, by_publisher in best.items()}


def ranked(votes: dict[str, float]) -> list[str]:
    """Return values by their votes, most first, equal ones by themselves."""
    return sorted(votes, key=lambda value: (-round(votes[value], 9), value))


def _said(voices: Sequence[Voice], values: Callable[[Telling], Iterable[str]]) -> tuple[Said, ...]:
    votes = votes_of(voices, values)
    having: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        for value in dict.fromkeys(values(voice.main)):
            having[value].append(voice)
    return tuple(
        Said(
            value,
            tuple(sorted({voice.main.publisher for voice in having[value]})),
            tuple(sorted({telling.uri for voice in having[value] for telling in voice.tellings})),
        )
        for value in ranked(votes)
    )
