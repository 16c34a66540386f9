"""What people said of who is who across reports: actors that are one, and one that is two."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dragoman.ledger.correction import Correction
from dragoman.ledger.deciding import Parted, parted


@dataclass(frozen=True, slots=True)
class Rulings:
    """What was decided, in its order; `names` are those given to actors, `ids` the reports' ids by their addresses.

    >>> Rulings.of([]).key("Q1124", "sha256:0")
    'Q1124'
    """

    steps: tuple[tuple[str, frozenset[str] | Parted], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Iterable[Correction], ids: Mapping[str, str] | None = None) -> "Rulings":
        """Return what corrections of actors come to; `ids` where reports are known by their addresses."""
        steps = tuple((one.target or "", parted(one) if one.action == "split" else _others(one)) for one in decisions)
        names = {new.key: new.name for _, new in steps if isinstance(new, Parted) and new.name}
        return cls(steps, names, ids or {})

    def __bool__(self) -> bool:
        return bool(self.steps)

    @property
    def keys(self) -> set[str]:
        """The keys that somebody goes by only because a person wants it."""
        return {what.key if isinstance(what, Parted) else target for target, what in self.steps}

    def key(self, key: str, report: str) -> str:
        """Return the key of who goes by a key in a report."""
        for target, what in self.steps:
            if isinstance(what, Parted):
                if key == target and self.ids.get(report, report) in what.reports:
                    key = what.key
            elif key in what:
                key = target
        return key


def _others(correction: Correction) -> frozenset[str]:
    said = correction.said
    return frozenset(said) if isinstance(said, list) else frozenset()


NONE = Rulings()
