"""Where the reports of one act differ so far that an editor would ask which is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dragoman.corpus.spread import Said, Spread

Field = Literal["type", "date", "place", "killed", "injured", "detained", "size", "denied"]
FIGURES_APART = 1.1  # the greater over the lesser: "about 100" and "104" do not disagree


@dataclass(frozen=True, slots=True)
class Disagreement:
    """That independent reports differ in a field, as one sentence; the values with who says which are in `spread`."""

    field: Field
    message: str


def disagreements_of(spread: Spread) -> tuple[Disagreement, ...]:
    """Return the fields in which publishers differ.

    Types differ where their names do, modes apart; days where two single days are named; figures where none of two
    ranges comes near the other.
    """
    found = [
        _differing("type", spread.types, _other_type),
        _differing("date", spread.dates, _other_day),
        _differing("place", spread.places, lambda one, other: one != other),
    ]
    for kind in ("killed", "injured", "detained", "size"):
        found.append(_differing(kind, spread.figures.get(kind, ()), _other_figure))
    return tuple(disagreement for disagreement in found if disagreement is not None)


def _differing(field: Field, said: tuple[Said, ...], differ: Callable[[str, str], bool]) -> Disagreement | None:
    others = [row for row in said[1:] if differ(said[0].value, row.value) and set(row.publishers) - {""}]
    if not others:
        return None
    values = "; ".join(f"{row.value} ({', '.join(row.publishers)})" for row in (said[0], *others))
    return Disagreement(field, f"reports differ on the {field}: {values}")


def _other_type(one: str, other: str) -> bool:
    return one.partition("–")[0] != other.partition("–")[0]


def _other_day(one: str, other: str) -> bool:
    """Whether two dates exclude one another: days, or ranges, that do not meet."""
    (first, _, last), (start, _, end) = one.partition("/"), other.partition("/")
    return max(first, start) > min(last or first, end or start)


def _other_figure(one: str, other: str) -> bool:
    (low, high), (least, most) = _range(one), _range(other)
    return max(low, least) > FIGURES_APART * min(high, most)


def _range(said: str) -> tuple[float, float]:
    low, _, high = said.rstrip("+").partition("-")
    try:
        least = float(low or 0)
        return least, float("inf") if said.endswith("+") else float(high or low)
    except ValueError:
        return 0.0, float("inf")
