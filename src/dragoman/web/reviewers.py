"""What reviewers said: who judged which record how, and how far they agree."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import krippendorff
import numpy as np
from sqlalchemy import select

from dragoman.ledger import Ledger, schema
from dragoman.ledger.correction import Kind
from dragoman.ledger.review import KINDS

JUDGEMENTS = ("accept", "change", "reject")
Unit = tuple[str, str]  # a report's id, and the id of its record


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far reviewers agree on records that several of them judged; `alpha` is None where it is not defined."""

    reviewers: tuple[str, ...]
    units: int
    alpha: float | None
    same: int


def judgements_in(ledger: Ledger) -> dict[str, dict[Unit, str]]:
    """Return the last judgement of each reviewer on each record, by reviewer; those taken back are left out."""
    said = schema.corrections.c
    asked = (
        select(said.who, said.report, said.target, said.action)
        .where(said.withdrawn.is_(None), said.target.is_not(None), said.action.in_(JUDGEMENTS))
        .order_by(said.key)
    )
    found: defaultdict[str, dict[Unit, str]] = defaultdict(dict)
    with ledger.reading() as connection:
        for who, report, target, action in connection.execute(asked):
            found[who][report, target] = action
    return dict(found)


def judged_by(ledger: Ledger, who: str) -> set[Unit]:
    """Return the records that one reviewer has judged."""
    said = schema.corrections.c
    asked = select(said.report, said.target).where(said.who == who, said.withdrawn.is_(None), said.target.is_not(None))
    with ledger.reading() as connection:
        return {(row.report, row.target) for row in connection.execute(asked)}


def of_kind(judgements: Mapping[str, Mapping[Unit, str]], kind: Kind) -> dict[str, dict[Unit, str]]:
    """Return the judgements on records of a kind; a reviewer who made none is left out."""
    found = {
        who: {unit: value for unit, value in said.items() if KINDS.get(unit[1][:1]) == kind}
        for who, said in judgements.items()
    }
    return {who: said for who, said in found.items() if said}


def agreement_of(judgements: Mapping[str, Mapping[Unit, str]]) -> Agreement:
    """Return Krippendorff's alpha of all reviewers, with judgements as nominal values.

    >>> agreement_of({"A": {("r", "v1"): "accept"}, "B": {("r", "v1"): "reject"}}).same
    0
    """
    reviewers = tuple(sorted(judgements))
    count: defaultdict[Unit, list[str]] = defaultdict(list)
    for said in judgements.values():
        for unit, value in said.items():
            count[unit].append(value)
    shared = sorted(unit for unit, values in count.items() if len(values) > 1)
    same = sum(len(set(count[unit])) == 1 for unit in shared)
    return Agreement(reviewers, len(shared), _alpha(judgements, reviewers, shared), same)


def _alpha(
    judgements: Mapping[str, Mapping[Unit, str]], reviewers: Sequence[str], shared: Sequence[Unit]
) -> float | None:
    values = {judgements[who][unit] for who in reviewers for unit in shared if unit in judgements[who]}
    if len(values) < 2:  # where all say the same of everything there is nothing to be told from chance
        return None
    table = [[_number(judgements[who].get(unit)) for unit in shared] for who in reviewers]
    return float(krippendorff.alpha(reliability_data=np.array(table), level_of_measurement="nominal"))


def _number(value: str | None) -> float:
    return np.nan if value is None else float(JUDGEMENTS.index(value))


def kept_share(judgements: Iterable[str]) -> tuple[int, int]:
    """Return how many of some judgements accept, and how many there are."""
    said = list(judgements)
    return said.count("accept"), len(said)
