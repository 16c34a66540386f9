"""date-conflict: a weekday against its date, a day that no calendar has, news from after the publication, two dates
for one act, two spans of years for one thing."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from itertools import combinations, pairwise

from spacy.tokens import Token

from dragoman.checks.reading import TIMES, Finding, Reading
from dragoman.checks.tables import words
from dragoman.events.expressions import MONTHS, WEEKDAYS, Expression, expressions
from dragoman.records import FlagSpan

BESIDE = re.compile(r",? ?\(?(?:the )?")  # between a weekday and its date
NEAR = timedelta(days=183)  # a date without a year is the nearest one
SOON = timedelta(days=20)  # a day without a year so soon after the publication is this year's, not last year's
ENDS = re.compile(r"\s*(?:[.,;)]|$|(?:in|at|and|to|when|as|by|with|but|after)\b)")
DAY_STARTS = re.compile(r"\b(?:on|On)\s+$")
PLANNING = words("dates_planning")
AHEAD = re.compile(
    r"\b(?:will|would|due|deadline|until|scheduled|planned|expected|forthcoming|upcoming|next)\b", re.IGNORECASE
)
# Acts that happen once to a thing, or to a person: a second date is an error, unless it tells of another thing.
ONCE = words("dates_once")
OTHER = words("dates_other")
BY_PREPOSITION = words("dates_by_preposition")
BY_OBJECT = BY_PREPOSITION | {"dobj"}  # "began talks with the rebels in 2017"
YEARS_SPAN = re.compile(
    r"\b(?:from|between) (?P<a>(?:19|20)\d\d) (?:to|and|until|through) (?P<b>(?:19|20)\d\d)\b|"
    r"\b(?P<c>(?:19|20)\d\d)[-–](?P<d>(?:19|20)\d\d)\b"
)
WINDOW = 8  # tokens before a span of years in which the thing that lasted is named
VAGUE_NOUNS = words("dates_vague_nouns")


@dataclass(frozen=True, slots=True)
class Dated:
    """An act and its date: the verb, what it happened to, and the days."""

    verb: str
    theme: str
    post: str  # "crown prince" of "named him crown prince in 1999"
    pronoun: bool
    modifiers: frozenset[str]
    other: bool
    start: str
    end: str
    span: FlagSpan


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the dates that do not agree."""
    dates = expressions(reading.text)
    yield from _weekdays(reading, dates)
    yield from _impossible(reading, dates)
    yield from _after_publication(reading, dates)
    yield from _two_dates(reading, dates)
    yield from _two_spans(reading)


def _weekdays(reading: Reading, dates: tuple[Expression, ...]) -> Iterator[Finding]:
    for day, date in pairwise(dates):
        if "weekday" not in day.match.groupdict() or not BESIDE.fullmatch(reading.text, day.end, date.start):
            continue
        possible = _days(reading, date)
        said = WEEKDAYS[day.match["weekday"].lower()]
        if possible and all(when.weekday() != said for when in possible):
            right = calendar.day_name[possible[0].weekday()]
            message = f"{_shown(possible[0])} was a {right}, not a {calendar.day_name[said]}."
            yield Finding(message, (reading.in_text(day.start, day.end), reading.in_text(date.start, date.end)))


def _days(reading: Reading, date: Expression) -> list[Date]:
    """The days that a date may mean: without a year the one nearest to the publication."""
    groups = date.match.groupdict()
    if "a" in groups:
        return _valid(
            (int(groups["year"]), m, d)
            for d, m in ((int(groups["a"]), int(groups["b"])), (int(groups["b"]), int(groups["a"])))
        )
    if "m" in groups:
        return _valid([(int(groups["year"]), int(groups["m"]), int(groups["d"]))])
    if groups.get("day") is None or groups.get("month") is None:
        return []
    month, day = MONTHS[groups["month"].lower().rstrip(".")], int(groups["day"])
    if groups.get("year"):
        return _valid([(int(groups["year"]), month, day)])
    published = reading.published
    if published is None:
        return []
    return [d for d in _valid((published.year + n, month, day) for n in (-1, 0, 1)) if abs(d - published) <= NEAR]


def _valid(days: Iterator[tuple[int, int, int]] | list[tuple[int, int, int]]) -> list[Date]:
    return [Date(y, m, d) for y, m, d in days if 1 <= m <= 12 and 1 <= d <= calendar.monthrange(y, m)[1]]


def _shown(day: Date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def _impossible(reading: Reading, dates: tuple[Expression, ...]) -> Iterator[Finding]:
    """ "31 April"; not "in March 40 soldiers died"."""
    for date in dates:
        groups = date.match.groupdict()
        if groups.get("day") is None or groups.get("month") is None:
            continue
        month, day = MONTHS[groups["month"].lower().rstrip(".")], int(groups["day"])
        longest = calendar.monthrange(int(groups.get("year") or 2000), month)[1]
        alone = DAY_STARTS.search(reading.text[: date.start]) or groups.get("year") or date.match.group()[0].isdigit()
        if (day > longest or day == 0) and alone and ENDS.match(reading.text, date.end):
            message = f"{calendar.month_name[month]} has {longest} days."
            yield Finding(message, (reading.in_text(date.start, date.end),))


def _after_publication(reading: Reading, dates: tuple[Expression, ...]) -> Iterator[Finding]:
    published = reading.published
    if published is None:
        return
    for date in dates:
        days = _days(reading, date)
        if len(days) != 1 or not DAY_STARTS.search(reading.text[: date.start]):
            continue
        verb = _verb_of(reading, date)
        ahead = days[0] - published
        if (
            verb is None
            or not (date.match.groupdict().get("year") or abs(ahead) <= SOON)
            or reading.is_quoted(date.start)
        ):
            continue
        if ahead > timedelta(days=1) and _is_past(verb) and not AHEAD.search(verb.sent.text):
            message = f"This is told as past, and dated {ahead.days} days after the report ({_shown(published)})."
            yield Finding(
                message, (reading.in_text(verb.idx, verb.idx + len(verb)), reading.in_text(date.start, date.end))
            )
        if ahead < timedelta(days=-1) and _is_future(verb) and reading.claim_at(date.start) is None:
            message = (
                f"This is told as still to come, and dated {-ahead.days} days before the report ({_shown(published)})."
            )
            yield Finding(
                message, (reading.in_text(verb.idx, verb.idx + len(verb)), reading.in_text(date.start, date.end))
            )


def _verb_of(reading: Reading, date: Expression, through: frozenset[str] = BY_PREPOSITION) -> Token | None:
    """The verb that a date hangs on, at once or by its preposition."""
    token = reading.root_of(date.start, date.end)
    while token is not None and token.pos_ not in ("VERB", "AUX"):
        if token.head.i == token.i or token.dep_ not in through:
            return None
        token = token.head
    return token


def _is_past(verb: Token) -> bool:
    if verb.lemma_ in PLANNING or any(c.tag_ in ("MD", "TO") for c in verb.children):
        return False
    passive = verb.tag_ == "VBN" and any(c.lower_ in ("was", "were") for c in verb.children)
    return verb.tag_ == "VBD" or passive


def _is_future(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.lower_ == "will" for c in verb.children)


def _two_dates(reading: Reading, dates: tuple[Expression, ...]) -> Iterator[Finding]:
    found = [d for date in dates for d in _dated(reading, date)]
    for one, other in combinations(found, 2):
        same_post = one.post == other.post != "" and (one.pronoun or other.pronoun)
        if one.verb != other.verb or not (one.theme == other.theme or same_post) or one.other or other.other:
            continue
        apart = one.end < other.start or other.end < one.start
        if apart and (one.modifiers <= other.modifiers or other.modifiers <= one.modifiers):
            yield Finding("The same act has two dates.", (one.span, other.span))
            return


def _dated(reading: Reading, date: Expression) -> Iterator[Dated]:
    if "weekday" in date.match.groupdict() or "word" in date.match.groupdict() or "count" in date.match.groupdict():
        return
    verb = _verb_of(reading, date, BY_OBJECT)
    if verb is None or verb.lemma_ not in ONCE or reading.is_quoted(date.start):
        return
    resolved = date.resolve(date.match, reading.published, False)
    if resolved is None or resolved.precision == "decade":
        return
    post = next((c.lemma_.lower() for c in verb.children if c.dep_ == "oprd"), "")
    for theme in _themes(verb):
        modifiers = frozenset(
            c.lemma_.lower() for c in theme.children if c.dep_ in ("compound", "amod", "poss", "nummod")
        )
        other = (
            bool(modifiers & OTHER)
            or any(c.lower_ in OTHER for c in theme.children)
            or bool(TIMES.search(verb.sent.text))
        )
        start, end = min(verb.idx, date.start), max(verb.idx + len(verb), date.end)
        name = next(iter(reading.entities.at(theme)), "") or theme.lemma_.lower()
        yield Dated(
            verb.lemma_,
            name,
            post,
            theme.pos_ == "PRON",
            modifiers,
            other,
            resolved.start,
            resolved.end,
            reading.in_text(start, end),
        )


def _themes(verb: Token) -> Iterator[Token]:
    """What an act happened to: its object, else its subject, or the noun before a relative clause."""
    objects = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    for token in objects or subjects:
        if token.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            yield from _antecedents(verb.head)
        else:
            yield token
    if not objects and not subjects and verb.dep_ == "acl":
        yield verb.head


def _antecedents(noun: Token) -> Iterator[Token]:
    """The nouns that a relative clause may be about: "the talks with the rebels, which began in 2015"."""
    yield noun
    while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ == "NOUN":
        noun = noun.head.head
        yield noun


def _two_spans(reading: Reading) -> Iterator[Finding]:
    """ "arrears from 2004 to 2009" in one place, "arrears from 2006 to 2009" in another."""
    spans = [(m.start(), m.end(), m["a"] or m["c"], m["b"] or m["d"]) for m in YEARS_SPAN.finditer(reading.text)]
    for one, other in combinations(spans, 2):
        if (one[2] == other[2]) != (one[3] == other[3]) and _things(reading, one[0]) & _things(reading, other[0]):
            message = f"One thing lasts from {one[2]} to {one[3]} here, and from {other[2]} to {other[3]} there."
            yield Finding(message, (reading.in_text(one[0], one[1]), reading.in_text(other[0], other[1])))


def _things(reading: Reading, start: int) -> set[str]:
    token = reading.tokens.get(start)
    if token is None:
        return set()
    window = reading.doc[max(token.sent.start, token.i - WINDOW) : token.i]
    return {t.lemma_.lower() for t in window if t.pos_ == "NOUN"} - VAGUE_NOUNS
