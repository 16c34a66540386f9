"""The ranker: how probable it is that a candidate is a statement.

A logistic regression over the named features, trained by `training/statements/train.py` on paragraphs written for
this project; its weights are a JSON object. At run time it is a sum and a curve.
"""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True)
class Ranker:
    """A weight for each feature, and the probability from which a candidate is taken."""

    weights: dict[str, float]
    threshold: float

    def probability(self, features: Iterable[str]) -> float:
        """Return how probable it is that a candidate with these features is a statement.

        >>> Ranker({"bias": 0.0}, 0.5).probability(["bias", "never met"])
        0.5
        """
        total = sum(self.weights.get(name, 0.0) for name in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=1)
def shipped_ranker() -> Ranker:
    """Return the shipped ranker, read once."""
    raw = json.loads(files("dragoman.statements").joinpath("ranker.json").read_text("utf-8"))
    return Ranker(raw["weights"], raw["threshold"])
