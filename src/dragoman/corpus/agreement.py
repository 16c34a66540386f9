"""How sure an occurrence is, from how sure its voices are.

Independent voices would be joined by a noisy-or: all are wrong with the product of their chances to be wrong. Voices
are not independent: reports lean on one another, and an act that is hard to code is miscoded by most. So each voice
beyond the surest counts only for a part of its evidence, DEPENDENT, and a voice for another type counts AGAINST the
one that is chosen. Agreement never lowers a confidence. Both constants were fitted on a synthetic archive
(`benchmarks/corpus.py --confidence`): there the log loss is 0.39, of a plain noisy-or 0.49, of a constant 0.56. How far
voices depend on one another there is an assumption.
"""

from collections.abc import Sequence
from math import exp, log

from dragoman.corpus.linking import Voice

DEPENDENT = 0.5
AGAINST = 1.0
MOST, LEAST = 0.99, 0.01


def confidence_of(voices: Sequence[Voice], type_: str) -> float:
    """Return the chance that a type is right, from 0 to 1; one voice keeps its own confidence."""
    if len(voices) == 1:
        return voices[0].main.confidence
    odds = evidence_of(voices, type_, DEPENDENT, AGAINST)
    return round(1 / (1 + exp(-odds)), 4)


def evidence_of(voices: Sequence[Voice], type_: str, dependent: float, against: float) -> float:
    """Return the log-odds that a type is right: the surest voice in full, the others and the contrary ones in part."""
    best: dict[tuple[str, bool], float] = {}
    for voice in voices:
        key = voice.main.publisher, voice.main.type == type_
        best[key] = max(best.get(key, 0.0), voice.main.confidence)
    for_ = sorted((_wrong(p) for (_, agrees), p in best.items() if agrees), reverse=True)
    contrary = sum(_wrong(p) for (_, agrees), p in best.items() if not agrees)
    wrong = exp(-(for_[0] + dependent * sum(for_[1:]))) if for_ else 1.0
    wrong = min(MOST, max(LEAST / 10, wrong))
    return log((1 - wrong) / wrong) - against * contrary


def _wrong(confidence: float) -> float:
    """Return the evidence of one voice: minus the logarithm of its chance to be wrong."""
    return -log(1 - min(MOST, max(LEAST, confidence)))
