"""Who is the same as whom: names, surnames, titles, roles, definite descriptions and pronouns within one report.

Names and titles are most of the chains in news. A mention joins the entity that its own words fit best; where two fit
it joins the nearest; where none fits it is a new one. Two Clintons stay two.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc

from dragoman.entities.knowledge import Knowledge
from dragoman.entities.mentions import Phrase
from dragoman.entities.names import HONORIFICS, is_acronym

REACH = 3  # sentences that a pronoun looks back
FEMININE = frozenset(
    "spokeswoman chairwoman congresswoman queen princess mother wife actress widow daughter sister woman baroness duchess".split()
)
MASCULINE = frozenset(
    "spokesman chairman congressman king prince father husband widower son brother man pope emir sultan".split()
)
SETS: dict[str, tuple[str, ...]] = {
    "two": ("person", "country", "organization"), "both": ("person", "country", "organization"), "pair": ("person",),
    "side": ("country", "organization", "person"), "country": ("country",), "nation": ("country",),
    "neighbour": ("country",), "neighbor": ("country",), "government": ("country",), "state": ("country",),
    "power": ("country",), "leader": ("person",), "minister": ("person",), "president": ("person",),
    "diplomat": ("person",), "official": ("person",), "man": ("person",), "party": ("organization", "country"),
}  # fmt: skip
ABOVE_STATES = frozenset("UNO EUR IGO NGO MNC IMG ISM".split())
OFFICIAL = frozenset("GOV LEG JUD MIL COP SPY PTY OPP".split())
BARE = frozenset("minister president spokesman spokeswoman spokesperson secretary chief leader ambassador senator governor mayor "
                 "general envoy chancellor premier commissioner king queen prince judge prosecutor director chairman".split())  # fmt: skip


@dataclass(eq=False, slots=True)
class Participant:
    """An entity in the making: what its mentions said of it so far."""

    first: Phrase
    phrases: list[Phrase] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    country: str | None = None
    sector: str | None = None
    role: str | None = None
    known: str = ""
    gender: str | None = None
    nouns: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The kind that its most telling mention has: a named one before a nominal."""
        named = [p.kind for p in self.phrases if p.form == "name"]
        return named[0] if named else self.first.kind

    @property
    def surname(self) -> str:
        """The last word of its fullest name."""
        return max(self.names, key=len).split()[-1] if self.names else ""

    def join(self, phrase: Phrase) -> None:
        """Take a mention in, with what it tells."""
        self.phrases.append(phrase)
        if phrase.known and self.names and not self.known and is_acronym(phrase.name):
            phrase = replace(
                phrase, known="", country=None, sector=None, wikidata=None
            )  # another body has these initials
        if phrase.form == "name" and phrase.name not in self.names:
            self.names.append(phrase.name)
        self.country = self.country or phrase.country
        self.sector = self.sector or phrase.sector
        if phrase.form != "pronoun":
            self.role = self.role or phrase.role
        self.known = self.known or phrase.known
        self.gender = self.gender or phrase.gender or _gender_of(phrase)
        if phrase.noun:
            self.nouns.add(phrase.noun)


def _gender_of(phrase: Phrase) -> str | None:
    if phrase.pronoun in ("he", "she"):
        return phrase.pronoun
    words = {phrase.noun, *(phrase.role or "").lower().split()}
    return "she" if words & FEMININE else "he" if words & MASCULINE else None


@dataclass(slots=True)
class Chains:
    """The participants of a report, and the mentions that mean them."""

    participants: list[Participant] = field(default_factory=list)
    meant: dict[tuple[int, int, str], tuple[Participant, ...]] = field(default_factory=dict)

    def add(self, phrase: Phrase) -> Participant:
        """Begin a participant with its first mention."""
        new = Participant(phrase)
        self.participants.append(new)
        return new


class Resolver:
    """Goes through a report's mentions in order and joins each to its participant."""

    def __init__(self, doc: Doc, knowledge: Knowledge, date: str | None) -> None:
        self.doc, self.knowledge, self.date = doc, knowledge, date
        self.chains = Chains()
        self.sentence = _sentence_numbers(doc)
        self.quoted = _quoted(doc)
        self.recent: list[tuple[Phrase, Participant]] = []
        self.by_head: dict[int, Participant] = {}

    def resolve(self, phrases: list[Phrase]) -> Chains:
        """Join each mention to its participant; pronouns and descriptions look back only."""
        held = {(p.start, p.end) for p in phrases if p.form == "name"}
        for phrase in phrases:
            who = self._who(phrase)
            if who is None:
                continue
            for participant in who:
                if len(who) == 1:
                    participant.join(phrase)
                self.recent.append((phrase, participant))
            self.chains.meant[phrase.start, phrase.end, phrase.form] = tuple(who)
            if len(who) == 1 and (phrase.form == "name" or (phrase.start, phrase.end) not in held):
                self.by_head[phrase.head] = who[0]
        self._describe_apposed(phrases)
        return self.chains

    def _who(self, phrase: Phrase) -> list[Participant] | None:
        if phrase.pronoun:
            return self._pronoun(phrase)
        if phrase.apposed >= 0:
            found = self.by_head.get(phrase.apposed)
            return [found] if found else None  # the name stands behind: joined in `_describe_apposed`
        if members := self._set(phrase):
            return members
        finder: dict[str, Callable[[Phrase], Participant | None]] = {
            "person": self._person, "country": self._country, "organization": self._organization,
            "group": self._group, "unnamed": self._role,
        }  # fmt: skip
        return [finder[phrase.kind](phrase) or self.chains.add(phrase)]

    def _describe_apposed(self, phrases: list[Phrase]) -> None:
        for phrase in phrases:
            if phrase.apposed >= 0 and (phrase.start, phrase.end, phrase.form) not in self.chains.meant:
                found = self.by_head.get(phrase.apposed)
                if found is not None:
                    found.join(phrase)
                    self.chains.meant[phrase.start, phrase.end, phrase.form] = (found,)

    # names

    def _person(self, phrase: Phrase) -> Participant | None:
        words = _name_words(phrase.name)
        persons = [p for p in self.chains.participants if p.kind in ("person", "organization") and p.names]
        for participant in reversed(persons):
            if phrase.known and participant.known == phrase.known:
                return participant
            if participant.kind == "person" and any(
                _same_person(words, _name_words(name)) for name in participant.names
            ):
                return participant
            if participant.kind == "organization" and not participant.known and phrase.name in participant.names:
                return participant
        return self._holder_by_surname(phrase, words) if len(words) == 1 and not phrase.known else None

    def _holder_by_surname(self, phrase: Phrase, words: list[str]) -> Participant | None:
        """ "Russian Foreign Minister Lavrov" without a first name: the tables know who that was then."""
        rows = [
            row for row in self.knowledge.surnames.get(words[0], ())
            if phrase.country == row.country and phrase.role and _role_fits(phrase.role, row.role)
        ]  # fmt: skip
        held = [row for row in rows if self.date is None or row.held(self.date)]
        if len({row.name for row in held}) != 1:
            return None
        return self.chains.add(replace(phrase, known=held[0].name, wikidata=held[0].wikidata))

    def _country(self, phrase: Phrase) -> Participant | None:
        return next((p for p in self.chains.participants if p.kind == "country" and p.country == phrase.country), None)

    def _organization(self, phrase: Phrase) -> Participant | None:
        if phrase.form == "nominal":
            return self._body(phrase)
        for participant in reversed(self.chains.participants):
            if phrase.known and participant.known == phrase.known and participant.kind == "organization":
                return participant
            if phrase.name in participant.names or self._in_brackets(phrase, participant):
                return participant
            if (
                participant.kind == "person"
                and len(phrase.name.split()) == 1
                and phrase.name == participant.surname
                and not phrase.known
            ):
                return participant
            if participant.kind == "organization" and any(
                _abbreviates(phrase.name, name) for name in participant.names
            ):
                return participant
        return None

    def _in_brackets(self, phrase: Phrase, participant: Participant) -> bool:
        """ "The Union of Teachers (UOT)", "UOT (the Union of Teachers)": one body, whatever the language of its initials."""
        last = participant.phrases[-1]
        between = self.doc[last.end : phrase.start].text.strip() if last.end < phrase.start else ""
        closed = phrase.end < len(self.doc) and self.doc[phrase.end].text in (")", "]")
        return between in ("(", "[", "( the", "(the") and closed and is_acronym(phrase.name) != is_acronym(last.name)

    # descriptions

    def _body(self, phrase: Phrase) -> Participant | None:
        for participant in reversed(self.chains.participants):
            if participant.kind not in ("organization", "country") or not _compatible(
                participant.country, phrase.country
            ):
                continue
            last = {name.split()[-1].lower() for name in participant.names} | participant.nouns
            if phrase.noun in last and (phrase.definite or phrase.country is not None):
                if phrase.country is None or participant.country == phrase.country:
                    return participant
        return None

    def _role(self, phrase: Phrase) -> Participant | None:
        if not phrase.definite and phrase.country is None:
            return None
        opens = self.doc[phrase.start].lower_ in ("a", "an", "another", "one")
        if opens:
            return None
        for participant in reversed(self.chains.participants):
            if participant.kind not in ("person", "unnamed") or not _compatible(participant.country, phrase.country):
                continue
            if participant.role and phrase.role and _role_fits(phrase.role, participant.role):
                return participant
            if phrase.noun in participant.nouns:
                return participant
            if phrase.country and any(o.country == phrase.country and _role_fits(phrase.role or "", o.role) and (self.date is None or o.held(self.date))
                                      for p in participant.phrases for o in p.offices):  # fmt: skip
                return participant
        office = self.knowledge.holder(phrase.country, (phrase.role or "").lower(), self.date)
        if office is not None:
            return self.chains.add(replace(phrase, kind="person", known=office.name, wikidata=office.wikidata))
        return None

    def _group(self, phrase: Phrase) -> Participant | None:
        for participant in reversed(self.chains.participants):
            if participant.kind == "group" and phrase.noun in participant.nouns:
                same = participant.country == phrase.country
                if (same and (phrase.definite or phrase.name == participant.first.name)) or (
                    phrase.definite and phrase.country is None
                ):
                    return participant
        return None

    def _set(self, phrase: Phrase) -> list[Participant]:
        """ "The two", "both sides", "the two leaders": the last two that fit."""
        kinds = SETS.get(phrase.noun)
        if kinds is None or phrase.count != 2 or phrase.form != "nominal" or phrase.country is not None:
            return []
        for kind in kinds:
            found = self._last_two(kind, phrase)
            if found:
                return found
        return []

    def _last_two(self, kind: str, phrase: Phrase) -> list[Participant]:
        found: list[Participant] = []
        for earlier, participant in reversed(self.recent):
            if self.sentence[phrase.start] - self.sentence[earlier.start] > REACH:
                break
            if participant.kind == kind and participant not in found and earlier.form != "pronoun":
                found.append(participant)
            if len(found) == 2:
                return found[::-1]
        return []

    # pronouns

    def _pronoun(self, phrase: Phrase) -> list[Participant] | None:
        if phrase.pronoun in ("i", "we"):
            return None
        if phrase.pronoun == "who":
            verb = self.doc[phrase.head].head
            while verb.dep_ not in ("relcl", "ROOT") and verb.head is not verb:
                verb = verb.head
            found = self.by_head.get(verb.head.i) if verb.dep_ == "relcl" else None
            return [found] if found else None
        best, score = None, 0.0
        for earlier, participant in reversed(self.recent[-60:]):
            distance = self.sentence[phrase.start] - self.sentence[earlier.start]
            if distance > REACH:
                break
            if not self._fits(phrase, earlier, participant):
                continue
            value = self._salience(phrase, earlier, distance)
            if value > score:
                best, score = participant, value
        return [best] if best else None

    def _fits(self, phrase: Phrase, earlier: Phrase, participant: Participant) -> bool:
        kind = participant.kind
        if phrase.pronoun in ("he", "she"):
            if kind not in ("person", "unnamed") or earlier.plural or participant.gender not in (None, phrase.pronoun):
                return False
        elif phrase.pronoun == "it":
            if kind not in ("organization", "country") or participant.first.plural:
                return False
        elif kind == "person" or (kind == "unnamed" and not earlier.plural):
            return False
        if self.quoted[phrase.start] != self.quoted[earlier.start] and not self.quoted[phrase.start]:
            return False  # outside a quotation a pronoun does not mean somebody named only within one
        return not self._same_clause(phrase, earlier)

    def _same_clause(self, phrase: Phrase, earlier: Phrase) -> bool:
        """Two arguments of one verb are two: in "he met Putin", he is not Putin; "his" may be."""
        token, other = self.doc[phrase.head], self.doc[earlier.head]
        if token.dep_ == "poss" or earlier.start > phrase.start:
            return False
        mine, theirs = token.head, other.head
        while theirs.dep_ in ("prep", "agent", "dative") and theirs.pos_ == "ADP":
            theirs = theirs.head
        while mine.dep_ in ("prep", "agent", "dative") and mine.pos_ == "ADP":
            mine = mine.head
        return mine.i == theirs.i

    def _salience(self, phrase: Phrase, earlier: Phrase, distance: int) -> float:
        dep = self.doc[earlier.head].dep_
        value = 4.0 - distance
        value += {"nsubj": 2.0, "nsubjpass": 1.5, "poss": 0.2, "pobj": -0.5, "compound": -1.0}.get(dep, 0.0)
        value += 0.5 * (earlier.form == "name") + 0.3 * (earlier.form == "pronoun")
        value -= 0.002 * (phrase.start - earlier.start)
        return value


def _sentence_numbers(doc: Doc) -> list[int]:
    number, numbers = -1, []
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(max(number, 0))
    return numbers


def _quoted(doc: Doc) -> list[bool]:
    """Whether each token stands inside double quotation marks; a paragraph's end closes them."""
    inside, found = False, []
    for token in doc:
        if "\n\n" in token.text:
            inside = False
        if token.text in ("“", "«", "„") or (token.text == '"' and not inside):
            inside = True
            found.append(True)
            continue
        found.append(inside)
        if token.text in ("”", "»", '"'):
            inside = False
    return found


def _name_words(name: str) -> list[str]:
    return [w.strip(".,") for w in name.split() if w not in HONORIFICS and w.strip(".,") and w not in ("'s", "’s")]


def _same_person(a: list[str], b: list[str]) -> bool:
    """Whether two names may be one person's: the same surname, and first names that do not differ.

    >>> _same_person(["Clinton"], ["Hillary", "Clinton"]), _same_person(["Bill", "Clinton"], ["Hillary", "Clinton"])
    (True, False)
    """
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        return a[-1] == b[-1] or (len(a) == 1 and a[0] in (b[0], " ".join(b[1:]))) or (len(b) == 1 and b[0] == a[0])
    if a[-1] != b[-1]:
        return set(a) <= set(b) or set(b) <= set(a)
    return (
        a[0] == b[0]
        or (a[0][0] == b[0][0] and (len(a[0]) == 1 or len(b[0]) == 1))
        or set(a) <= set(b)
        or set(b) <= set(a)
    )


def _role_fits(a: str, b: str) -> bool:
    """Whether two role phrases may name one office: "the minister" after "Foreign Minister".

    >>> _role_fits("secretary of state", "Secretary of State"), _role_fits("defence minister", "foreign minister")
    (True, False)
    """
    a, b = a.lower().replace("defense", "defence"), b.lower().replace("defense", "defence")
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return short in BARE and short in long.split()


def _compatible(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _abbreviates(short: str, long: str) -> bool:
    """Whether a name is the other's acronym or its last words.

    >>> _abbreviates("KCNA", "Korean Central News Agency"), _abbreviates("Security Council", "National Security Council")
    (True, True)
    """
    if is_acronym(short) and not is_acronym(long):
        initials = "".join(w[0] for w in long.split() if w[0].isupper())
        return short.replace(".", "") == initials and len(initials) > 1
    return len(short.split()) > 1 and (f" {long} ".endswith(f" {short} "))


def home_country(participants: Iterable[Participant], dateline: str | None) -> tuple[str | None, float]:
    """Return the country that a report is mostly about and its share of the mentions; None below a half."""
    count: Counter[str] = Counter()
    for participant in participants:
        if participant.country and participant.country not in ABOVE_STATES:
            count[participant.country] += len(participant.phrases)
    if dateline:
        count[dateline] += 2
    if not count:
        return None, 0.0
    code, most = count.most_common(1)[0]
    share = most / count.total()
    return (code, share) if share >= 0.5 and most > 1 else (None, share)
