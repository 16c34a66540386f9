"""Every reading of every cue with its source and its features: what the ranker is trained on and asked about."""

from collections import defaultdict
from dataclasses import dataclass

from dragoman.statements.candidate import Candidate
from dragoman.statements.candidates import find_candidates
from dragoman.statements.cues import CueTable
from dragoman.statements.features import features_of
from dragoman.statements.sources import Source, source_of
from dragoman.statements.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """A candidate, its source, and what the ranker sees of both."""

    candidate: Candidate
    source: Source | None
    features: list[str]


def readings_of(tokens: Tokens, table: CueTable) -> list[Reading]:
    """Return all readings of a document in order."""
    candidates = list(find_candidates(tokens, table))
    frames: dict[tuple[int, str], set[str]] = defaultdict(set)
    for c in candidates:
        frames[c.head, c.role].add(c.frame)
    found = []
    for c in candidates:
        source = source_of(tokens, c)
        rivals = frozenset(frames[c.head, c.role])
        found.append(Reading(c, source, features_of(tokens, c, source, table, rivals)))
    return found
