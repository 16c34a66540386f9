"""What might be a statement: one reading of one cue."""

from dataclasses import dataclass

from dragoman.statements.tokens import Interval


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one cue: its head and further words, the frame, and the content as token intervals.

    `role` is the part of speech that the cue plays: verb, noun, adj, prep, mark, none. `governor` is the verb whose
    subject is the source (the light verb of "made a pledge", the copula of "is sure"), else the head itself.
    `under` is the cue of the statement that relays this one: "according to Vesna, quoting the radio".
    """

    head: int
    cue: tuple[int, ...]
    key: str
    role: str
    frame: str
    content: tuple[Interval, ...]
    governor: int
    passive: bool = False
    addressee: int | None = None
    under: int | None = None
