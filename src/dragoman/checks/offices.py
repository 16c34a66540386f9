"""name-conflict, the offices: one person in two offices, one office with two holders, a holder out of time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from dragoman.checks.reading import Finding, Reading
from dragoman.checks.tables import words
from dragoman.entities.knowledge import Office
from dragoman.records import FlagSpan

PORTFOLIO = (
    r"(?:[Ff]oreign|[Dd]efen[cs]e|[Ii]nterior|[Ff]inance|[Jj]ustice|[Hh]ealth|[Tt]rade|[Ee]nergy|[Oo]il|[Ee]ducation|"
    r"[Aa]griculture|[Ee]conomy|[Ee]nvironment|[Ll]abou?r|[Tt]ransport|[Ii]nformation|[Pp]rime)"
)
ROLE = (
    rf"(?:{PORTFOLIO} (?:[Aa]ffairs )?(?:[Mm]inister|[Ss]ecretary)|[Vv]ice [Pp]resident|[Pp]resident|[Cc]hancellor|"
    r"[Ss]ecretary of (?:[Ss]tate|[Dd]efense)|[Aa]ttorney [Gg]eneral)"
)
WORD = r"[A-Z][\w'’-]+"
NAME = rf"(?P<name>{WORD}(?: (?:al-|de |van |bin )?{WORD}){{0,2}})"
TITLED = re.compile(rf"\b(?P<role>{ROLE}) {NAME}")
RANK = r"(?:[Dd]eputy|[Aa]cting|[Ff]ormer|[Tt]hen|[Ee]x|[Oo]utgoing|[Ii]ncoming|[Nn]ew|[Vv]ice|[Aa]ssistant|[Ff]irst)"
BEFORE = re.compile(rf"(?:(?P<country>{WORD}(?: {WORD})?) )?(?P<ranks>(?:{RANK}[ -])*)$")
REACH = 60  # characters before an office in which its rank and country stand
PASSING = re.compile(
    r"\b(?:former|then|ex|outgoing|incoming|new|late|previous|next|successor|predecessor|succeed\w*|"
    r"replac\w*|appoint\w*|become|became|nominee|candidate|shadow|when|while|under)\b",
    re.IGNORECASE,
)
TODAY = re.compile(r"\b(?:today|yesterday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
TITLE_WORDS = words("offices_title_words")
SAME = {"defense": "defence", "foreign affairs": "foreign"}
PASSING_RANKS = frozenset(("former", "then", "ex", "acting", "outgoing", "incoming", "new"))


@dataclass(frozen=True, slots=True)
class Titled:
    """A name with its office before it."""

    country: str | None
    rank: str
    role: str
    name: tuple[str, ...]
    span: FlagSpan
    passing: bool  # "former", "then", or a sentence that tells of a change


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the offices that do not agree, with one another or with the tables."""
    found = [titled for match in TITLED.finditer(reading.text) if (titled := _titled(reading, match)) is not None]
    yield from _in_text(found)
    yield from _by_tables(reading, found)


def _titled(reading: Reading, match: re.Match[str]) -> Titled | None:
    name = tuple(re.sub(r"['’]s$", "", word) for word in match["name"].split())
    if name[-1] in TITLE_WORDS or name[0] in TITLE_WORDS:
        return None
    role = match["role"].lower()
    for old, new in SAME.items():
        role = role.replace(old, new)
    before = BEFORE.search(reading.text[max(0, match.start() - REACH) : match.start()])
    ranks = before["ranks"] if before else ""
    rank = ranks.strip(" -").lower()
    sentence = reading.text[slice(*reading.sentence_at(match.start()))]
    passing = bool(PASSING.search(sentence)) or rank in PASSING_RANKS
    span = reading.in_text(match.start() - len(ranks), match.end())
    return Titled(_country(reading, before["country"] if before else None), rank, role, name, span, passing)


def _country(reading: Reading, words: str | None) -> str | None:
    """The country that a word before an office names: "Polish Defence Minister", "US Secretary of State"."""
    for size in (2, 1):
        means = reading.knowledge.names.index.get(tuple((words or "").split()[-size:]), ())
        for name in means:
            if name.kind in ("country", "demonym") and name.body is not None:
                return name.body.country
    return None


def _in_text(found: list[Titled]) -> Iterator[Finding]:
    told: set[tuple[str, ...]] = set()
    for one, other in combinations(found, 2):
        if one.passing or other.passing or (*sorted((one.role, other.role)), one.name[-1]) in told:
            continue
        same_man = one.name[-1] == other.name[-1] and (
            min(len(one.name), len(other.name)) == 1 or one.name[0] == other.name[0]
        )
        same_office = one.role == other.role and one.rank == other.rank and one.country == other.country
        if same_man and (one.role != other.role or {one.rank, other.rank} == {"", "deputy"}) and _exclude(one, other):
            message = f"{one.name[-1]} is {_shown(one)} here and {_shown(other)} there."
        elif same_office and one.name[-1] == other.name[-1] and not same_man and one.role != "president":
            message = f"The {_shown(one)} {one.name[-1]} has two first names."
        elif same_man and same_office is False and one.role == other.role and one.country and other.country:
            message = f"{one.name[-1]} is given two countries."
        else:
            continue
        told.add((*sorted((one.role, other.role)), one.name[-1]))
        yield Finding(message, (one.span, other.span))


def _exclude(one: Titled, other: Titled) -> bool:
    """Whether nobody holds both offices; one may be deputy prime minister and foreign minister."""
    both = {one.role, other.role}
    deputy = "deputy" in (one.rank, other.rank) and len(both) == 2
    if deputy and both & {"prime minister", "chancellor"}:
        return False
    return "president" not in both or bool(both & {"prime minister", "vice president"}) or one.country == other.country


def _shown(titled: Titled) -> str:
    return f"{titled.rank} {titled.role}".strip()


def _by_tables(reading: Reading, found: list[Titled]) -> Iterator[Finding]:
    """A known person in an office that another known person held on the report's day."""
    if reading.published is None:
        return
    date = reading.published.isoformat()
    for titled in found:
        person = _known(reading, titled)
        if (
            person is None
            or titled.passing
            or titled.rank
            or len(titled.name) < 2
            or reading.is_quoted(titled.span.start)
        ):
            continue
        ever = [o for o in person if o.role.lower() == titled.role]
        country = titled.country or next((o.country for o in ever), None)
        holder = reading.knowledge.holder(country, titled.role, date)
        if holder is None or holder.name == person[0].name or any(o.country == country for o in ever if o.held(date)):
            continue
        sentence = reading.text[slice(*reading.sentence_at(titled.span.start))]
        if not ever or TODAY.search(sentence):
            yield Finding(f"{person[0].name} was not {titled.role} on {date}: {holder.name} was.", (titled.span,))


def _known(reading: Reading, titled: Titled) -> tuple[Office, ...] | None:
    means = reading.knowledge.names.index.get(titled.name, ())
    return next((name.offices for name in means if name.kind == "person"), None)
