"""The home country: the one that a report is mostly about, to which those belong who are told without a country."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.entities.participants import Participant
from dragoman.entities.words import words

ABOVE_STATES = frozenset("UNO EUR IGO NGO MNC IMG ISM".split())
OFFICIAL = frozenset("GOV LEG JUD MIL COP SPY PTY OPP".split())
UNNAMED = words("unnamed")
HALF = 0.5  # of the mentions with a country, for a country to be the home of officials
MOSTLY = 0.7  # of them, for a report to be one country's own affair
DATELINE = 2  # mentions that a dateline counts for


@dataclass(frozen=True, slots=True)
class Home:
    """A country and its share of the mentions that have one; no country below a half."""

    country: str | None
    share: float

    def of(self, participant: Participant) -> str | None:
        """Return the country to give a participant who is told without one.

        Officials get it where a country has half of the report; other people and bodies where it has nearly all.
        """
        told = participant.kind == "country" or any(p.known for p in participant.phrases)
        anonymous = participant.kind == "unnamed" and participant.first.noun in UNNAMED
        if told or anonymous or not (participant.sector in OFFICIAL or self.share >= MOSTLY):
            return None
        return self.country


def home_of(participants: Iterable[Participant], dateline: str | None) -> Home:
    """Return the country that a report is mostly about."""
    count: Counter[str] = Counter()
    for participant in participants:
        if participant.country and participant.country not in ABOVE_STATES:
            count[participant.country] += len(participant.phrases)
    if dateline:
        count[dateline] += DATELINE
    if not count:
        return Home(None, 0.0)
    code, most = count.most_common(1)[0]
    share = most / count.total()
    return Home(code if share >= HALF and most > 1 else None, share)
