"""The filters that questions are asked with: `actor:USA type:REJECT date:2022-07`, and the same as keyword arguments.

A filter is a name, a colon and a value. All must hold; values apart by commas are alternatives; `-` before the name
asks for what does not match; blanks are kept inside double quotes. Words without a name are looked for in the text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches

from dragoman.errors import UsageError
from dragoman.ledger import filter_values as values
from dragoman.ledger.filter_values import KNOWN, Read, Value, Where
from dragoman.ledger.rows import plain

LONGEST = 10_000  # characters of a filter
MANY = 1000  # alternatives in one
TERM = re.compile(r'(?P<minus>-?)(?:(?P<name>[A-Za-z][\w-]*):)?(?P<value>(?:"[^"]*"|[^\s"])*)')
POINT = re.compile(r"-?[\d.]+,-?[\d.]+")
POINTED = ("place", "point")
NAMED = re.compile(r"(?:^|\s)-?[A-Za-z][\w-]*:")
PART = re.compile(r'(?:"[^"]*"|[^,"])+')
UNWANTED = "not_"


@dataclass(frozen=True, slots=True)
class Field:
    """What can be asked for: its name, of which lists, how its value is read, what it means, an example."""

    name: str
    of: tuple[str, ...]
    read: Read
    meaning: str
    example: str


def _field(name: str, of: str, read: Read, meaning: str, example: str) -> Field:
    return Field(name, tuple(of.split()), read, meaning, example)


ALL = "events statements reports negotiations flags occurrences"
ACTS = "events occurrences"
FIELDS: Sequence[Field] = (
    _field("actor", ACTS, values.who, "who does it: a country or sector by code, a name or part of one", "actor:USA"),
    _field("recipient", ACTS, values.who, "to whom it is done, written alike", 'recipient:"Sergei Lavrov"'),
    _field("dyad", "events", values.pair, "one country to another, and both in a meeting of equals", "dyad:USA-RUS"),
    _field("source", "statements", values.who, "who says it", "source:Lavrov"),
    _field("addressee", "statements", values.who, "to whom it is said", "addressee:USA"),
    _field("party", "negotiations", values.who, "who bargains", "party:HAMAS"),
    _field("entity", ACTS, values.who, "who takes part on either side, written alike", "entity:Lavrov"),
    _field("entity", "reports", values.who, "who is named in the report", "entity:Lavrov"),
    _field("country", "events statements occurrences", values.country, "a country on either side", "country:UKR"),
    _field("sector", "events statements occurrences", values.sector, "a sector on either side", "sector:MIL"),
    _field("type", ACTS, KNOWN["type"], "PLOVER type", "type:REJECT,THREATEN"),
    _field("mode", ACTS, KNOWN["mode"], "PLOVER mode", "mode:drone"),
    _field("context", ACTS, KNOWN["context"], "PLOVER context", "context:military"),
    _field("quad", ACTS, KNOWN["quad"], "one of the four classes", "quad:material-conflict"),
    _field("status", ACTS, KNOWN["status"], "whether it happened", "status:actual"),
    _field("status", "negotiations", KNOWN["proposal"], "where one of the proposals stands", "status:rejected"),
    _field("claimed", ACTS, values.yes, "whether only a source says so", "claimed:no"),
    _field("hearsay", "events", values.yes, "whether nobody is named who says so", "hearsay:no"),
    _field("dated", "events", values.yes, "whether the report gives the day of the act", "dated:yes"),
    _field("date", ALL, values.days, "day of the act or statement, else of publication", "date:2022-07..2022-08"),
    _field("place", ACTS, values.where, "a place or a country by name, a country code, or a point", "place:Kyiv"),
    _field("within", ACTS, values.distance, "how far from the place it may be", "within:50km"),
    _field("point", ACTS, values.point, "whether its place is known to a point, or at which", "point:34.008,71.5785"),
    _field("confidence", ACTS, values.number, "from 0 to 1", "confidence:>0.6"),
    _field("intensity", ACTS, values.number, "from -10 (conflict) to 10", "intensity:<-5"),
    _field("killed", ACTS, values.number, "how many at least", "killed:>=10"),
    _field("injured", ACTS, values.number, "how many at least", "injured:1..5"),
    _field("detained", ACTS, values.number, "how many at least", "detained:>100"),
    _field("size", ACTS, values.number, "how many took part, at least", "size:>=1000"),
    _field("reports", "occurrences", values.number, "how many reports tell it", "reports:>=3"),
    _field("publishers", "occurrences", values.number, "how many independent publishers", "publishers:>=2"),
    _field("kind", "statements", KNOWN["statement"], "form of the statement", "kind:direct"),
    _field("attribution", "statements", KNOWN["attribution"], "how the source is named", "attribution:anonymous"),
    _field("cue", "statements", values.text, "lemma of the word that attributes", "cue:deny"),
    _field("subject", "negotiations", values.text, "words of what is bargained over", "subject:prisoner"),
    _field("kind", "flags", values.text, "kind of the flag", "kind:number-conflict"),
    _field("severity", "flags", KNOWN["severity"], "how grave it is", "severity:error"),
    _field("publisher", ALL, values.text, "publisher of the report", 'publisher:"The Daily Record"'),
    _field("language", "reports", values.text, "language of the report", "language:en"),
    _field("report", ALL, values.report, "the report by the beginning of its id", "report:3f01ca0cbbc605d7"),
    _field("occurrence", "events", values.text, "the events that tell one act", "occurrence:o83c0e9d24c0ffee1"),
    _field("review", "events statements negotiations flags", KNOWN["review"], "what a person said", "review:changed"),
    _field("text", ALL, values.text, "words of the sentence, statement or report", 'text:"grain deal"'),
)
LISTS = tuple(ALL.split())


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, the values of which one must hold, whether it is turned around."""

    name: str
    values: tuple[Value, ...]
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked of one of the lists; `within` is in kilometres and goes with the place."""

    of: str
    terms: tuple[Filter, ...] = ()
    within: float | None = None

    def first(self, name: str) -> Filter | None:
        """Return the first filter of a name that is not turned around."""
        return next((term for term in self.terms if term.name == name and not term.unwanted), None)


def fields_of(of: str) -> dict[str, Field]:
    """Return what can be asked of a list, by name; UsageError where there is no such list."""
    if of not in LISTS:
        raise UsageError(f"there is no list {of!r}; ask for one of {', '.join(LISTS)}")
    return {field.name: field for field in FIELDS if of in field.of}


def parsed(of: str, written: str | Iterable[str] = (), **given: object) -> Filters:
    """Return the filters that words and keyword arguments mean; UsageError names the word that means nothing.

    >>> parsed("events", "actor:USA -type:REJECT").terms[1]
    Filter(name='type', values=('REJECT',), unwanted=True)
    >>> parsed("events", actor="USA", not_type="REJECT") == parsed("events", "actor:USA -type:REJECT")
    True
    """
    arguments = [written] if isinstance(written, str) else [_requoted(argument) for argument in written]
    known = fields_of(of)
    terms = [term for argument in arguments for term in _terms(argument, known)]
    terms += [_keyword(name, value, known) for name, value in given.items() if value is not None]
    words = [str(word) for term in terms if term.name == "" for word in term.values]
    terms = [term for term in terms if term.name]
    if words:
        terms.append(Filter("text", (plain(" ".join(words)),)))
    return _with_distance(of, terms)


def _requoted(argument: str) -> str:
    """Return a shell's argument as it was written before the shell took the quotes: one filter keeps its blanks."""
    if '"' in argument or not re.search(r"\s", argument) or len(NAMED.findall(argument)) != 1:
        return argument
    name, colon, value = argument.partition(":")
    return f'{name}{colon}"{value}"' if re.fullmatch(r"-?[A-Za-z][\w-]*", name) else argument


def _terms(written: str, known: Mapping[str, Field]) -> Iterable[Filter]:
    if len(written) > LONGEST:
        raise UsageError(f"the filter is longer than {LONGEST} characters")
    if written.count('"') % 2:
        raise UsageError(f"a quotation mark is open in {written!r}; close it")
    for match in TERM.finditer(written):
        minus, name, value = match["minus"], match["name"], match["value"]
        if not match[0]:
            continue
        if name is None:
            yield Filter("", (match[0],))
            continue
        if not value:
            raise UsageError(f"{match[0]!r} says nothing after the colon; write the value right behind it")
        parts = [value] if name.casefold() == "text" else [_unquoted(part) for part in PART.findall(value)]
        if name.casefold() in POINTED and POINT.fullmatch(value):
            parts = [value]
        yield _read(name, parts, bool(minus), known)


def _unquoted(part: str) -> str:
    return part.replace('"', "").strip()


def _keyword(name: str, value: object, known: Mapping[str, Field]) -> Filter:
    """Return the filter of a keyword argument: a list is alternatives, a pair of ends is a range, not_… is a `-`."""
    unwanted = name.startswith(UNWANTED)
    alternatives = value if isinstance(value, list | set | frozenset) else [value]
    between = "," if name.removeprefix(UNWANTED) in POINTED else ".."
    parts = [_written(one, between) for one in alternatives]
    return _read(name.removeprefix(UNWANTED), parts, unwanted, known)


def _written(value: object, between: str = "..") -> str:
    """Return a Python value as it is written in a filter; a pair is a range, or a point."""
    match value:
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case (first, last):
            return between.join("" if one is None else _written(one) for one in (first, last))
        case _:
            return str(value)


def _read(name: str, parts: Sequence[str], unwanted: bool, known: Mapping[str, Field]) -> Filter:
    field = known.get(name.casefold())
    if field is None:
        near = get_close_matches(name.casefold(), list(known), n=1)
        meant = f"; is {near[0]} meant?" if near else ""
        raise UsageError(f"there is no filter {name!r}{meant}; known are {', '.join(sorted(known))}")
    if not parts or len(parts) > MANY:
        raise UsageError(f"{name} takes from 1 to {MANY} values")
    found = []
    for part in parts:
        if not part:
            raise UsageError(f"{name} has an empty value")
        try:
            found.append(field.read(plain(part)))
        except UsageError as error:
            raise UsageError(f"{name}:{part} {error}") from None
    return Filter(field.name, tuple(found), unwanted)


def _with_distance(of: str, terms: Sequence[Filter]) -> Filters:
    """Return filters with the distance put to the place that it is measured from."""
    distances = [term for term in terms if term.name == "within"]
    rest = tuple(term for term in terms if term.name != "within")
    filters = Filters(of, rest)
    place = filters.first("place")
    points = [value for value in place.values if isinstance(value, Where)] if place else []
    if not distances:
        if any(value.point for value in points):
            raise UsageError("a point needs a distance; add within:50km")
        return filters
    if len(distances) > 1 or distances[0].unwanted or len(distances[0].values) != 1:
        raise UsageError("within takes one distance, as within:50km")
    if place is None:
        raise UsageError("within needs a place to measure from; add place:Kyiv or place:50.45,30.52")
    if any(value.country for value in points):
        raise UsageError("within measures from a city or a point, not from a country")
    for value in points:
        try:
            values.located(value)
        except UsageError as error:
            raise UsageError(f"place:{value.name} {error}") from None
    within = distances[0].values[0]
    assert isinstance(within, float)
    return Filters(of, rest, within)
