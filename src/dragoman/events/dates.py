"""When: date expressions, what they mean against the publication date, and which act each one dates.

A weekday looks back from the day of publication unless its clause is in the future. What needs the publication date
and has none stays unknown. Nothing is dated by the day of publication alone.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from functools import lru_cache

from msgspec.structs import replace
from spacy.tokens import Doc, Token

from dragoman.events.candidates import Candidate
from dragoman.records import DateRange, Precision, Report

MONTHS = {
    name: number
    for number in range(1, 13)
    for name in (calendar.month_name[number].lower(), calendar.month_abbr[number].lower())
} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
DIGITS = "one two three four five six seven eight nine ten eleven twelve".split()
NUMBERS = {word: number for number, word in enumerate(DIGITS, 1)}
NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "a few": 3, "several": 3, "a dozen": 12}
VAGUE = ("a few", "several", "a couple of")
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_COUNT = rf"(?P<count>\d{{1,3}}|a couple of|a few|several|a dozen|an?|{'|'.join(DIGITS)})"
_WEEKDAY = rf"(?P<weekday>{'|'.join(calendar.day_name)})"
_RELATIVE = (
    "the day before yesterday|yesterday|today|tonight|tomorrow|this morning|this afternoon|this evening|overnight"
)

SHIFTS = {"after": -1, "before": 1}
WIRE = timedelta(days=6)  # a dateline's day is at most so long before publication
SUBJECTS = ("nsubj", "nsubjpass")
ASIDE = frozenset(("acl", "relcl", "pcomp"))  # a clause that tells of another act
SPEAKING_OF = frozenset(
    """
    condemn denounce deplore criticise criticize protest praise welcome hail regret discuss confirm deny report blame
    admit acknowledge defend justify recall remember mention describe
    """.split()
)
Resolve = Callable[[re.Match[str], Date | None, bool], "DateRange | None"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression in the text: character offsets, and how to resolve it."""

    start: int
    end: int
    match: re.Match[str]
    resolve: Resolve


def _range(start: Date, end: Date, precision: Precision, match: re.Match[str]) -> DateRange:
    return DateRange(start=start.isoformat(), end=end.isoformat(), precision=precision, text=match.group().strip())


def _day(when: Date, match: re.Match[str]) -> DateRange:
    return _range(when, when, "day", match)


def _month_number(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower().rstrip(".")]


def _full(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    try:
        return _day(Date(int(match["year"]), _month_number(match), int(match["day"])), match)
    except ValueError:
        return None


def _month_day(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    number, day = _month_number(match), int(match["day"])
    for year in (published.year, published.year + (1 if future else -1)):
        try:
            when = Date(year, number, day)
        except ValueError:
            continue
        if (when >= published) if future else (when <= published + timedelta(days=1)):
            return _day(when, match)
    return None


def _month_year(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    return _month_of(int(match["year"]), _month_number(match), match)


def _month_of(year: int, month: int, match: re.Match[str]) -> DateRange:
    return _range(Date(year, month, 1), Date(year, month, calendar.monthrange(year, month)[1]), "month", match)


def _month_alone(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    month = _month_number(match)
    ahead = (month > published.month) if not future else (month < published.month)
    year = published.year + (0 if not ahead else (1 if future else -1))
    if (match.groupdict().get("which") or "").lower() == "last" and month == published.month:
        year -= 1
    return _month_of(year, month, match)


def _year_alone(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    year = int(match["year"])
    return _range(Date(year, 1, 1), Date(year, 12, 31), "year", match)


def _decade(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    year = int(match["decade"])
    return _range(Date(year, 1, 1), Date(year + 9, 12, 31), "decade", match)


def _numeric(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    """ "29/7/2022": day first or month first, as far as one of the two is possible or a weekday tells."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["year"])
    possible = []
    for day, month in ((a, b), (b, a)):
        try:
            possible.append(Date(year, month, day))
        except ValueError:
            continue
    if len(set(possible)) != 1 and published is not None and published in possible:
        return _day(published, match)
    return _day(possible[0], match) if len(set(possible)) == 1 else None


def _iso(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    try:
        return _day(Date(int(match["year"]), int(match["m"]), int(match["d"])), match)
    except ValueError:
        return None


def _weekday(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    which = (match["which"] or "").lower()
    number = WEEKDAYS[match["weekday"].lower()]
    if which == "next" or (future and which not in ("last", "past")):
        ahead = (number - published.weekday()) % 7
        return _day(published + timedelta(days=ahead or 7), match)
    back = (published.weekday() - number) % 7
    if which in ("last", "past") and back == 0:
        back = 7
    return _day(published - timedelta(days=back), match)


def _relative_day(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    word = match["word"].lower()
    if published is None:
        return None
    days = {"yesterday": -1, "tomorrow": 1, "overnight": 0, "the day before yesterday": -2}.get(word, 0)
    return _day(published + timedelta(days=days), match)


def _unit(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    """ "this week", "last month", "next year"."""
    if published is None:
        return None
    step = {"this": 0, "last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}[match["which"].lower()]
    unit = match["unit"].lower()
    if unit == "week":
        start = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
        end = start + timedelta(days=6)
        return _range(start, min(end, published) if step == 0 and not future else end, "week", match)
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 + step, 12)
        return _month_of(year, month + 1, match)
    if unit == "year":
        return _range(Date(published.year + step, 1, 1), Date(published.year + step, 12, 31), "year", match)
    return None


def _ago(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    if published is None:
        return None
    word = match["count"].lower()
    count = int(word) if word.isdigit() else NUMBERS[word]
    unit = match["unit"].lower().rstrip("s")
    vague = word in VAGUE
    if unit == "day":
        when = published - timedelta(days=count)
        return _range(when - timedelta(days=2), when, "week", match) if vague else _day(when, match)
    if unit == "week":
        when = published - timedelta(weeks=count)
        if vague:
            return _range(when - timedelta(weeks=2), published - timedelta(weeks=2), "month", match)
        return _range(when - timedelta(days=3), when + timedelta(days=3), "week", match)
    if unit == "month":
        year, month = divmod(published.year * 12 + published.month - 1 - count, 12)
        return _month_of(year, month + 1, match)
    if unit in ("year", "decade"):
        year = published.year - count * (10 if unit == "decade" else 1)
        return _range(Date(year, 1, 1), Date(year, 12, 31), "year", match) if year > 1 else None
    return None


def _weekend(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    """ "At the weekend": the last Saturday and Sunday, on a Sunday the one that ends; ahead, the next ones."""
    if published is None:
        return None
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    if future and published.weekday() < 5:
        saturday += timedelta(weeks=1)
    return _range(saturday, saturday + timedelta(days=1), "week", match)


def _past_days(match: re.Match[str], published: Date | None, future: bool) -> DateRange | None:
    return _range(published - timedelta(days=6), published, "week", match) if published else None


# In the order in which they are tried: the longest forms first.
PATTERNS: tuple[tuple[re.Pattern[str], Resolve], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE if "(?i)" not in pattern else 0), resolve)
    for pattern, resolve in (
        (rf"\b{_YEAR}-(?P<m>\d\d)-(?P<d>\d\d)\b", _iso),
        (rf"\b(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.]{_YEAR}\b", _numeric),
        (rf"\b{_MONTH} {_DAY},? {_YEAR}\b", _full),
        (rf"\b{_DAY}(?: of)? {_MONTH},? {_YEAR}\b", _full),
        (rf"\b{_MONTH},? (?:of )?{_YEAR}\b", _month_year),
        (rf"\b{_MONTH} {_DAY}\b(?![:%])", _month_day),
        (rf"\b{_DAY}(?: of)? {_MONTH}\b", _month_day),
        (rf"\b(?:(?P<which>last|next|this|past|coming) )?{_WEEKDAY}\b", _weekday),
        (rf"\b(?P<word>{_RELATIVE})\b", _relative_day),
        (rf"\b{_COUNT} (?P<unit>days?|weeks?|months?|years?|decades?) (?:ago|earlier|before)\b", _ago),
        (r"\b(?:at|over|during) the weekend\b|\b(?:this|last) weekend\b", _weekend),
        (r"\b(?:in|over|during) (?:the )?(?:past|last|recent) (?:few )?days\b", _past_days),
        (
            r"\b(?:earlier |later )?(?P<which>this|last|next|past|previous|coming) (?P<unit>week|month|year)\b(?!.s\b)",
            _unit,
        ),
        (
            rf"\b(?:in|since|until|by|during|of|last|next|this) (?:early |late |mid-)?(?P<which>last )?{_MONTH}\b",
            _month_alone,
        ),
        (r"\b(?:the )?(?:early |late |mid-)?(?P<decade>(?:19|20)\d0)s\b", _decade),
        (rf"(?:(?<=\bin )|(?<=\bsince )|(?<=\bof )){_YEAR}\b", _year_alone),
    )
)  # fmt: skip


@lru_cache(maxsize=8)
def expressions(text: str) -> tuple[Expression, ...]:
    """Return the date expressions of a text in order, none inside another."""
    found: list[Expression] = []
    for pattern, resolve in PATTERNS:
        for match in pattern.finditer(text):
            if "month" in match.groupdict() and match["month"].lower() == "may" and match["month"] != "May":
                continue  # the verb
            if not any(e.start < match.end() and match.start() < e.end for e in found):
                found.append(Expression(match.start(), match.end(), match, resolve))
    return tuple(sorted(found, key=lambda e: e.start))


def dates_of(doc: Doc, candidate: Candidate, report: Report) -> tuple[DateRange | None, DateRange | None]:
    """Return when an act was done, and when what it promises or threatens is due, from the words that date its clause.

    None where the report does not say.
    """
    found = list(_dates(doc, candidate, report))
    done = next((d for d in found if not _is_ahead(d, report)), None)
    return done, next((d for d in found if _is_ahead(d, report)), None)


def _is_ahead(date: DateRange, report: Report) -> bool:
    return report.published is not None and date.start > report.published[:10]


def _dates(doc: Doc, candidate: Candidate, report: Report) -> Iterator[DateRange]:
    published = _written(report)
    start, end = (
        doc[candidate.sentence[0]].idx,
        doc[candidate.sentence[1] - 1].idx + len(doc[candidate.sentence[1] - 1]),
    )
    here = [e for e in expressions(report.text) if start <= e.start < end]
    shift = _shift(doc[candidate.head])
    dated = doc[candidate.head].head if shift else doc[candidate.head]
    ranked = sorted((rank, e.start, e) for e in here if (rank := _attachment(doc, candidate, dated, e)) is not None)
    for _, _, expression in ranked:
        day = _counted_from(expression, here, published) or published
        resolved = expression.resolve(expression.match, day, _is_future(doc, candidate, expression))
        if resolved is not None and shift:
            resolved = _shifted(resolved, shift)
        if resolved is not None:
            yield resolved


@lru_cache(maxsize=8)
def _written(report: Report) -> Date | None:
    """The day from which a report counts: that of its dateline ("LONDON, March 24 -"), else that of publication."""
    published = Date.fromisoformat(report.published[:10]) if report.published else None
    if published is None or report.dateline is None:
        return published
    span = report.dateline.span
    told = (e.resolve(e.match, published, False) for e in expressions(report.text) if span.start <= e.start < span.end)
    days = [Date.fromisoformat(day.start) for day in told if day is not None and day.precision == "day"]
    return next((day for day in days if timedelta(0) <= published - day <= WIRE), published)


def _shift(verb: Token) -> int:
    """How many days before the act above it one was done: -1 in "a day after they hanged him"; 0 where none is told."""
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ in SHIFTS), None)
    if mark is None or verb.dep_ != "advcl":
        return 0
    spans = (c for word in (verb, mark) for c in word.children if c.dep_ == "npadvmod" and c.i < mark.i)
    unit = next((c for c in spans if c.lower_ in ("day", "days")), None)
    if unit is None:
        return 0
    counted = next((c.lower_ for c in unit.children if c.lower_ in NUMBERS and c.lower_ not in VAGUE), None)
    return SHIFTS[mark.lower_] * NUMBERS[counted] if counted else 0


def _shifted(range_: DateRange, days: int) -> DateRange | None:
    if range_.precision != "day":
        return None
    day = (Date.fromisoformat(range_.start) + timedelta(days=days)).isoformat()
    return replace(range_, start=day, end=day)


def _counted_from(expression: Expression, here: list[Expression], published: Date | None) -> Date | None:
    """The day that "two days earlier" counts from: the last one that its sentence names before; None for "ago"."""
    if not expression.match.group().lower().endswith(("earlier", "before")):
        return None
    told = [e.resolve(e.match, published, False) for e in here if e.end <= expression.start]
    days = [day for day in told if day is not None and day.precision == "day"]
    return Date.fromisoformat(days[-1].start) if days else None


def _token_at(doc: Doc, expression: Expression) -> Token | None:
    span = doc.char_span(expression.start, expression.end, alignment_mode="expand")
    return span.root if span is not None else None


def _clause(token: Token) -> Token:
    """The verb whose clause a token stands in."""
    while token.pos_ not in ("VERB", "AUX") or token.dep_ in ("aux", "auxpass", "amod"):
        if token.head.i == token.i:
            break
        token = token.head
    return token


def _attachment(doc: Doc, candidate: Candidate, head: Token, expression: Expression) -> int | None:
    """How closely a date hangs on an act: 0 on its word, 1 in its clause, 2 in one that it shares; None if on
    another's.
    """
    token = _token_at(doc, expression)
    if token is None:
        return None
    trigger = {head.i} | (set(range(candidate.start, candidate.end)) if head.i == candidate.head else set())
    above = token
    while above.head.i != above.i:
        above = above.head
        if above.i in trigger:
            between = [a for a in token.ancestors if a.pos_ == "VERB" and a.i not in trigger]
            nearer = [a for a in between if above.is_ancestor(a)]
            if len(nearer) == 1 and _goes_with(nearer[0], head):
                return 2
            if any(a.dep_ in ASIDE for a in nearer):
                return None  # "urged them to respect a truce signed in 1991"
            return 0 if not nearer else 3
    if head.pos_ == "NOUN" and head.dep_ == "dobj" and head.head.lemma_ in SPEAKING_OF:
        return None  # "condemned the attack on Monday": the day of condemning
    verb, mine = _clause(token), _clause(head)
    if verb.i == mine.i:
        return 1
    if mine.dep_ in ("conj", "xcomp", "advcl", "relcl", "acl", "pcomp") and verb.i == _clause(mine.head).i:
        return 2
    return None


def _goes_with(verb: Token, head: Token) -> bool:
    """Whether a participle beside the subject tells of the same hour: "the council, meeting on Friday, demanded"."""
    subject = verb.head
    return verb.dep_ == "acl" and verb.tag_ == "VBG" and subject.dep_ in SUBJECTS and subject.head.i == head.i


def _is_future(doc: Doc, candidate: Candidate, expression: Expression) -> bool:
    """Whether the clause that holds a date looks ahead."""
    token = _token_at(doc, expression)
    if token is None:
        return False
    verb = _clause(token)
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if auxiliaries & {"will", "shall", "'ll", "’ll"}:
        return True
    infinitive = verb.tag_ == "VB" and "to" in auxiliaries
    return infinitive or (verb.lemma_ in ("schedule", "plan", "expect") and verb.tag_ == "VBN")
