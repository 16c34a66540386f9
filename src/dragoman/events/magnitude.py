"""How many: killed, injured, detained, or taking part."""

from spacy.tokens import Doc

from dragoman.events.candidates import Candidate
from dragoman.records import Magnitude


def magnitude_of(doc: Doc, candidate: Candidate) -> Magnitude | None:
    """Return the figures that an event's clause gives; None where it gives none."""
    return None
