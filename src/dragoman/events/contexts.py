"""Why: PLOVER's contexts of an event, from the words of its sentence."""

from spacy.tokens import Doc

from dragoman.events.candidates import Candidate


def contexts_of(doc: Doc, candidate: Candidate) -> tuple[str, ...]:
    """Return the contexts that an event's sentence tells of, in the codebook's order."""
    return ()
