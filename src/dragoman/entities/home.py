"""The home country: the one that a report is mostly about, to which those belong who are told without a country."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dragoman.entities.participants import Participant
from dragoman.entities.words import words

ABOVE_STATES = frozenset("UNO EUR IGO NGO MNC IMG ISM".split())
OFFICIAL = frozenset("GOV LEG JUD MIL COP SPY PTY OPP".split())
UNNAMED = words("unnamed")
DOMESTIC = words("domestic")
FOREIGN = words("foreign")
OTHERS = words("others")
POSSESSIVES = frozenset("its their his her".split())
LOCALS = words("locals")
HALF = 0.5  # of the mentions with a country, for a country to be the home of officials
THIRD = 0.3  # of them, where the report was written there too: "NAIROBI - …" about donors from four countries
MOSTLY = 0.7  # of them, for a report to be one country's own affair; a half where it was written there too
DATELINE = 2  # mentions that a dateline counts for


@dataclass(frozen=True, slots=True)
class Home:
    """A country, whether the report is that country's own affair, and whether it was written there."""

    country: str | None
    own_affair: bool = False
    written_there: bool = False

    def of(self, participant: Participant) -> str | None:
        """Return the country to give a participant who is told without one.

        Officials get it where the report is mostly about a country; the people there where it was written there too;
        others where it is that country's own affair.
        """
        told = participant.kind == "country" or any(p.known for p in participant.phrases)
        if told or _is_anonymous(participant):
            return None
        local = self.written_there and participant.kind == "group" and participant.first.noun in LOCALS
        return self.country if local or self.own_affair or participant.sector in OFFICIAL else None


def _is_anonymous(participant: Participant) -> bool:
    """Whether somebody stays unnamed on purpose or is from elsewhere: "a diplomat", "a Western envoy".

    "A police spokesman" speaks for the country's police.
    """
    first = participant.first
    domestic = (first.role or "").lower().split(" ")[0] in DOMESTIC
    told = first.name.lower().split()
    if FOREIGN & set(told) or (first.noun in OTHERS and told[0] in POSSESSIVES):
        return True
    return participant.kind == "unnamed" and first.noun in UNNAMED and not domestic


def home_of(participants: Iterable[Participant], dateline: str | None) -> Home:
    """Return the country that a report is mostly about."""
    count: Counter[str] = Counter()
    for participant in participants:
        if participant.country and participant.country not in ABOVE_STATES:
            count[participant.country] += len(participant.phrases)
    if dateline:
        count[dateline] += DATELINE
    if not count:
        return Home(None)
    code, most = count.most_common(1)[0]
    share = most / count.total()
    written_there = code == dateline
    is_home = most > 1 and share >= (THIRD if written_there else HALF)
    return Home(code, share >= (HALF if written_there else MOSTLY), written_there) if is_home else Home(None)
