"""Mentions: every phrase that may mean a participant, with what the phrase itself says of it.

A phrase is read from the words around a name, a role noun ("foreign minister"), a body noun ("army"), a demonym
("Americans") or a pronoun. Who is the same as whom is for `coreference`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dragoman.entities.knowledge import Body, Knowledge, Office
from dragoman.entities.names import HONORIFICS, Found, find_names, is_acronym
from dragoman.records import EntityKind, MentionForm

PRONOUNS = {
    "he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
    "they": "they", "them": "they", "their": "they", "theirs": "they", "themselves": "they", "it": "it", "its": "it",
    "itself": "it", "who": "who", "whom": "who", "whose": "who", "which": "which", "i": "i", "me": "i", "my": "i", "myself": "i",
    "we": "we", "us": "we", "our": "we", "ours": "we", "ourselves": "we",
}  # fmt: skip
PLACE_PREPOSITIONS = frozenset(
    "in at near outside around inside across throughout into via from to toward towards through off above over of on".split()
)
LOCATING = frozenset(
    "in at near outside around inside across throughout into via through off above over on from".split()
)
GOVERNMENT = frozenset(
    "government governments administration authorities side regime leadership officialdom state republic".split()
)
ROLE_PREPOSITIONS = frozenset("of for at in to with from".split())
LEFT_OF_ROLE = frozenset("ADJ NOUN PROPN NUM".split())
UNNAMED = frozenset(
    "source sources official officials diplomat diplomats aide aides spokesman spokeswoman spokesperson".split()
)
# A field and its country are a department: "Environment Canada", "Statistics Norway".
DEPARTMENTS = frozenset("Environment Health Transport Statistics Immigration Justice Industry Fisheries Parks Finance Energy Elections "
                        "Agriculture Defence Customs Revenue Education Correctional Veterans Citizenship".split())  # fmt: skip
PAIRED = frozenset("side country nation neighbour neighbor government state power leader man party".split())
SEVERAL = {"two": 2, "both": 2, "three": 3, "four": 4}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention, as token offsets, and what its own words tell of who is meant."""

    start: int
    end: int
    head: int
    form: MentionForm
    kind: EntityKind
    name: str = ""
    known: str = ""  # the canonical name, where the tables gave one
    country: str | None = None
    sector: str | None = None
    sectors: tuple[str, ...] = ()
    role: str | None = None
    offices: tuple[Office, ...] = ()
    wikidata: str | None = None
    gender: str | None = None
    plural: bool = False
    definite: bool = False
    pronoun: str = ""
    noun: str = ""  # the lemma that heads a nominal
    apposed: int = -1  # the head of the phrase that this one describes: "Rathke, the spokesman"
    body: int = -1  # the start of the body whose officer this is
    count: int = 0


@dataclass(frozen=True, slots=True)
class _Noun:
    """A role or body noun found in the text."""

    start: int
    end: int
    text: str
    is_role: bool


def find_phrases(doc: Doc, knowledge: Knowledge, date: str | None, dateline_end: int = 0) -> list[Phrase]:
    """Return the mentions of a text in order; the dateline, which ends at a character, takes part in nothing."""
    found = [f for f in find_names(doc, knowledge) if doc[f.start].idx >= dateline_end]
    inside = {i: f for f in found for i in range(f.start, f.end)}
    nouns = list(_nouns(doc, knowledge, inside))
    home = _home(found)
    surnames = {
        doc[f.end - 1].text for f in found if f.end - f.start > 1 and ("person" in f.kinds or f.label == "PERSON")
    }
    names = [p for f in found if (p := _name_phrase(doc, f, knowledge, date, nouns, home, surnames)) is not None]
    names = _persons_by_surname(names)
    by_start, by_end = {p.start: p for p in names}, {p.end: p for p in names}
    phrases: list[Phrase] = []
    renamed: dict[int, Phrase] = {}
    bodies: dict[int, Phrase] = {}
    for noun in nouns:
        nominal = _nominal(doc, noun, knowledge, inside, by_start, by_end, bodies)
        if not noun.is_role:
            bodies[noun.end - 1] = nominal
            name = _named_body(by_end.get(noun.start)) or _named_body(by_start.get(noun.end))
            if name is not None:
                renamed[name.start] = replace(
                    name, kind="organization", sector=nominal.sector, noun="", country=name.country or nominal.country
                )
            else:
                phrases.append(nominal)
            continue
        holder = _holder(doc, nominal, noun, by_start, by_end)
        if holder is None:
            phrases.append(nominal)
            continue
        known = renamed.get(holder.start, holder)
        renamed[holder.start] = _with_role(known, nominal)
        if nominal.end <= holder.start and doc[nominal.end - 1].is_punct is False and nominal.end >= holder.start - 1:
            renamed[holder.start] = replace(renamed[holder.start], start=min(nominal.start, known.start))
        else:
            phrases.append(replace(nominal, apposed=holder.head))
    named = [renamed.get(p.start, p) for p in names]
    covered = {i for p in [*phrases, *named] if p.noun != "demonym" for i in range(p.start, p.end)}
    phrases += [p for p in named if p.noun != "demonym" or p.start not in covered]
    phrases += _pairs(doc, {i for p in phrases for i in range(p.start, p.end)})
    phrases += _pronouns(doc)
    return sorted(phrases, key=lambda p: (p.start, -p.end))


def _named_body(name: Phrase | None) -> Phrase | None:
    """A name that a body noun beside it explains: "Yonhap news agency", "the magazine Vesna"."""
    return name if name is not None and name.kind != "country" and not name.known and name.noun != "demonym" else None


def _home(found: list[Found]) -> str | None:
    """The country that most of a report's known names belong to."""
    codes = Counter(n.body.country for f in found for n in f.means[:1] if n.body is not None and n.kind != "shared")
    return codes.most_common(1)[0][0] if codes else None


def _persons_by_surname(names: list[Phrase]) -> list[Phrase]:
    """A name of two or three words whose last one stands alone elsewhere is a person's: "Vadim K…" and "K…"."""
    alone = {p.name for p in names if " " not in p.name and not p.known and not is_acronym(p.name)}
    full = {
        p.name for p in names
        if not p.known and p.kind != "country" and p.sector is None and 2 <= len(p.name.split()) <= 3 and p.name.split()[-1] in alone
        and all(word[0].isupper() for word in p.name.split())
    }  # fmt: skip
    last = {name.split()[-1] for name in full}
    return [
        replace(p, kind="person", noun="") if not p.known and (p.name in full or p.name in last) else p for p in names
    ]


def _nouns(doc: Doc, knowledge: Knowledge, inside: dict[int, Found]) -> Iterator[_Noun]:
    """Yield role and body nouns, the longest at each place; not those that are part of a known name."""
    longest = max(knowledge.longest_role, knowledge.longest_body)
    lower = [t.lower_ for t in doc]
    i = 0
    while i < len(doc):
        noun = None
        if not (i in inside and inside[i].means):
            for size in range(min(longest, len(doc) - i), 0, -1):
                text = " ".join(lower[i : i + size]).replace(" - ", "-")
                is_role, is_body = text in knowledge.roles, text in knowledge.bodies
                last = doc[i + size - 1]
                if (
                    (is_role or is_body)
                    and (last.pos_ in ("NOUN", "PROPN") or last.lower_ != last.text)
                    and not _modifies(doc, i, size)
                ):
                    noun = _Noun(i, i + size, text, is_role)
                    break
        if noun and not (i in inside and not noun.is_role and doc[i].text[0].isupper()):
            yield noun
            i = noun.end
        else:
            i += 1


def _modifies(doc: Doc, i: int, size: int) -> bool:
    """Whether the noun only qualifies another that is no name: "police stations", "army helicopters"."""
    last = doc[i + size - 1]
    return last.dep_ == "compound" and last.head.i >= i + size and last.head.pos_ == "NOUN" and not last.is_title


def _name_phrase(
    doc: Doc,
    found: Found,
    knowledge: Knowledge,
    date: str | None,
    nouns: list[_Noun],
    home: str | None,
    surnames: set[str],
) -> Phrase | None:
    span = doc[found.start : found.end]
    head = span.root.i
    blank = Phrase(found.start, found.end, head, "name", "organization", span.text)
    if not found.means and span.text in surnames:
        return replace(blank, kind="person", gender=_gender(doc, found.start))
    if (person := found.of("person")) is not None:
        office = office_on(person.offices, date)
        return replace(
            blank, kind="person", known=office.name, country=office.country, sector=office.sector, role=None,
            offices=person.offices, wikidata=office.wikidata, gender=_gender(doc, found.start),
        )  # fmt: skip
    if (name := found.of("country")) is not None and name.body is not None:
        return replace(_of_body(blank, name.body), kind="country", definite=True)
    if (name := found.of("organization") or found.of("territory")) is not None and name.body is not None:
        return _of_body(blank, name.body)
    if "shared" in found.kinds:
        return _shared(doc, blank, found, knowledge, home)
    if (name := found.of("metonym")) is not None and name.body is not None:
        return replace(_of_body(blank, name.body), kind="country", form="metonym")
    if (name := found.of("capital")) is not None and name.body is not None:
        return replace(_of_body(blank, name.body), kind="country", form="metonym") if acts(doc[head]) else None
    if (name := found.of("demonym")) is not None and name.body is not None:
        return _demonym(doc, blank, name.body)
    return _unknown(doc, found, blank, knowledge, nouns)


def _shared(doc: Doc, blank: Phrase, found: Found, knowledge: Knowledge, home: str | None) -> Phrase:
    """A name that bodies of several countries share is the one whose country stands before it, else the report's own."""
    before = {n.body.country for i in range(max(0, found.start - 3), found.start)
              for n in knowledge.names.index.get((doc[i].text,), ()) if n.body is not None}  # fmt: skip
    bodies = [n.body for n in found.means if n.kind == "shared" and n.body is not None]
    if len(set(bodies)) == 1 and not before - {bodies[0].country}:
        return _of_body(blank, bodies[0])
    fits = [b for b in bodies if b.country in before] or [b for b in bodies if not before and b.country == home]
    if fits:
        return _of_body(blank, fits[0])
    return replace(blank, sector=bodies[0].sector, country=next(iter(before), None))


def _of_body(blank: Phrase, body: Body) -> Phrase:
    return replace(
        blank, known=body.name, country=body.country, sector=body.sector, sectors=body.sectors, wikidata=body.wikidata
    )


def _demonym(doc: Doc, blank: Phrase, body: Body) -> Phrase | None:
    """ "Two Americans" are a group; "Russian" alone is an adjective, kept for what it modifies."""
    token = doc[blank.end - 1]
    if token.pos_ == "ADJ" or token.dep_ in ("amod", "compound", "nmod"):
        return replace(_of_body(blank, body), kind="country", noun="demonym")
    start = blank.start
    while start and doc[start - 1].head.i == token.i and doc[start - 1].pos_ in ("DET", "NUM", "ADJ"):
        start -= 1
    return replace(
        blank, start=start, name=doc[start : blank.end].text, kind="group", country=body.country, sector="CVL",
        form="nominal", plural=token.tag_ in ("NNS", "NNPS"), noun=token.lower_, count=_count(doc, start, blank.end),
    )  # fmt: skip


def _count(doc: Doc, start: int, end: int) -> int:
    return next((SEVERAL[t.lower_] for t in doc[start:end] if t.lower_ in SEVERAL), 0)


def _unknown(doc: Doc, found: Found, blank: Phrase, knowledge: Knowledge, nouns: list[_Noun]) -> Phrase | None:
    """A name that no table has: person, body, or a place, which is no participant."""
    inner = [n for n in nouns if found.start <= n.start and n.end <= found.end]
    roles = [n for n in inner if n.is_role]
    if (roles and roles[-1].end == found.end) or any(
        n.is_role and n.start <= found.start and found.end <= n.end for n in nouns
    ):
        return None  # "Foreign Minister", "Secretary" of "Secretary of State": a role, no name
    if roles and roles[0].start == found.start and not roles[0].end == found.end:
        found = Found(roles[0].end, found.end, (), found.label)  # "President Sarr"
        blank = Phrase(
            found.start,
            found.end,
            doc[found.start : found.end].root.i,
            "name",
            "person",
            doc[found.start : found.end].text,
        )
        return replace(blank, kind="person", gender=_gender(doc, found.start))
    text = blank.name
    sector, body_noun = _body_noun_in(text, knowledge)
    country = _country_in(doc, found, knowledge)
    before = doc[found.start - 1] if found.start else None
    titled = before is not None and (
        before.text in HONORIFICS or any(n.end == found.start and n.is_role for n in nouns)
    )
    if titled and not body_noun:
        return replace(blank, kind="person", gender=_gender(doc, found.start))
    if body_noun or is_acronym(text):
        return replace(blank, kind="organization", sector=sector, country=country)
    if country is not None and text.split()[0] in DEPARTMENTS and len(text.split()) > 1:
        return replace(blank, kind="organization", sector="GOV", country=country)
    if found.label == "PERSON":
        return replace(blank, kind="person", gender=_gender(doc, found.start))
    words = found.end - found.start
    apposed = (
        found.end + 1 < len(doc)
        and doc[found.end].text == ","
        and any(n.is_role and found.end < n.start <= found.end + 4 for n in nouns)
    )
    speaks = doc[blank.head].dep_ == "nsubj" and doc[blank.head].head.lemma_ in (
        "say",
        "tell",
        "add",
        "ask",
        "warn",
        "write",
    )
    if (
        2 <= words <= 3
        and (apposed or (speaks and found.label in ("", "GPE", "FAC", "PRODUCT")))
        and text.replace(" ", "").isalpha()
    ):
        return replace(blank, kind="person")
    if found.label == "ORG":
        return replace(blank, kind="organization", country=country)
    if found.label in ("GPE", "LOC", "FAC"):
        return replace(blank, kind="organization", noun="place") if words == 1 and speaks else None
    return replace(blank, kind="organization", noun="unsure", country=country) if words > 1 or speaks else None


def _body_noun_in(text: str, knowledge: Knowledge) -> tuple[str | None, bool]:
    words = text.lower().split()
    for size in range(min(4, len(words)), 0, -1):
        for i in range(len(words) - size + 1):
            noun = " ".join(words[i : i + size])
            if noun in knowledge.bodies:
                return knowledge.bodies[noun], True
    return None, False


def _country_in(doc: Doc, found: Found, knowledge: Knowledge) -> str | None:
    """The country that a name carries in itself or just before it: "Environment Canada", "Italian Episcopal Conference"."""
    for i in range(max(0, found.start - 1), found.end):
        for name in knowledge.names.index.get((doc[i].text,), ()):
            if name.kind in ("country", "demonym") and name.body is not None:
                return name.body.country
    return None


def _gender(doc: Doc, start: int) -> str | None:
    before = doc[start - 1].text if start else ""
    return HONORIFICS.get(before)


def office_on(offices: tuple[Office, ...], date: str | None) -> Office:
    """Return the office held on a date, else the last one begun before it, else the last of all."""
    if date is None:
        return offices[-1]
    held = [office for office in offices if office.held(date)]
    begun = [office for office in offices if office.start <= date]
    return (held or begun or offices)[-1]


def acts(token: Token) -> bool:
    """Whether a capital or a seat of government acts here rather than locates.

    "Moscow rejected…", "Washington's offer", "talks between Cairo and Tripoli" act; "in Moscow", "to Cairo", "the Geneva talks" do not.
    """
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    if token.dep_ in ("nsubj", "nsubjpass", "poss", "dobj", "dative", "agent"):
        return True
    if token.dep_ == "pobj":
        return token.head.lower_ in ("by", "with", "between", "against", "for") or (
            token.head.lower_ in ("on", "from", "to") and token.head.head.pos_ == "NOUN"
        )
    return False


def _nominal(
    doc: Doc,
    noun: _Noun,
    knowledge: Knowledge,
    inside: dict[int, Found],
    by_start: dict[int, Phrase],
    by_end: dict[int, Phrase],
    bodies: dict[int, Phrase],
) -> Phrase:
    """Read the phrase around a role or body noun: determiner, nationality, body, and "of …" behind it."""
    start, country, body, definite, owner = noun.start, None, -1, False, None
    i = noun.start - 1
    while i >= 0:
        token = doc[i]
        if i in inside:
            found = inside[i]
            phrase = by_end.get(found.end)
            if phrase is not None and phrase.kind == "person" and token.i + 1 == noun.start:
                break
            country = country or (phrase.country if phrase else None) or _country_of(found)
            if phrase is not None and phrase.kind in ("organization", "country") and phrase.noun != "demonym":
                owner, body = owner or phrase, phrase.start
            start, i = found.start, found.start - 1
        elif i in bodies and token.i in bodies:
            owner = owner or bodies[i]
            country, body, start = country or bodies[i].country, bodies[i].start, bodies[i].start
            i = start - 1
        elif (token.lower_ in ("'s", "’s", "'", "’") and token.dep_ == "case") or token.text == "-":
            i -= 1
        elif token.pos_ == "DET" or (token.dep_ == "poss" and token.pos_ == "PRON"):
            definite = definite or token.lower_ in (
                "the",
                "this",
                "that",
                "these",
                "those",
                "its",
                "his",
                "her",
                "their",
            )
            start = i
            break
        elif (
            (token.pos_ in LEFT_OF_ROLE or token.dep_ == "amod")
            and token.head.i >= i
            and not token.is_punct
            and token.ent_type_ != "DATE"
        ):
            start, i = i, i - 1
        else:
            break
    end = noun.end
    if noun.is_role:
        owner_right, country_right, end = _behind(doc, noun, inside, by_start, knowledge)
        owner = owner or owner_right
        country = country or country_right
    last = doc[noun.start : noun.end].root  # "secretary" of "secretary of state"
    plural = last.tag_ in ("NNS", "NNPS")
    role = knowledge.roles.get(noun.text) if noun.is_role else None
    sector = role.sector if role else knowledge.bodies.get(noun.text)
    if noun.is_role and sector is None and owner is not None:
        sector = owner.sector
    if noun.is_role and role is not None and not role.group and country is None and owner is not None:
        country = owner.country
    kind: EntityKind = "organization"
    if noun.is_role:
        kind = "group" if plural or (role is not None and role.group) else "unnamed"
    if not noun.is_role and noun.text in GOVERNMENT and country is not None:
        kind = "country"
    former = any(doc[k].lower_ in ("former", "ex", "late", "onetime") for k in range(start, noun.start))
    return Phrase(
        start, end, last.i, "nominal", kind, doc[start:end].text, country=country,
        sector="ELI" if former and sector in ("GOV", "LEG", "MIL", "SPY", "JUD") else sector,
        role=_role_text(doc, noun) if noun.is_role else None, plural=plural or kind == "group",
        definite=definite, noun=last.lemma_.lower(), body=body, count=_count(doc, start, noun.start),
        known=knowledge.countries[country].name if kind == "country" and country in knowledge.countries else "",
    )  # fmt: skip


def _role_text(doc: Doc, noun: _Noun) -> str:
    """The office in words: "Minister of Education", "foreign minister"."""
    end = noun.end
    if (
        end + 1 < len(doc)
        and doc[end].lower_ in ("of", "for")
        and doc[end + 1].text[0].isupper()
        and doc[end + 1].text not in ("The",)
    ):
        last = end + 1
        while (
            last + 1 < len(doc)
            and doc[last + 1].pos_ == "PROPN"
            and doc[last + 1].ent_type_ != "PERSON"
            and doc[last].ent_type_ != "GPE"
        ):
            last += 1
        if doc[end + 1].ent_type_ not in ("GPE", "NORP", "PERSON") and last - end <= 3:
            return doc[noun.start : last + 1].text
    return doc[noun.start : noun.end].text


def _country_of(found: Found) -> str | None:
    name = next((n for n in found.means if n.body is not None and n.kind != "shared"), None)
    return name.body.country if name and name.body else None


def _behind(
    doc: Doc, noun: _Noun, inside: dict[int, Found], by_start: dict[int, Phrase], knowledge: Knowledge
) -> tuple[Phrase | None, str | None, int]:
    """Read "of the Lombardy region", "for the Indonesian military" behind a role: body, country, new end."""
    i = noun.end
    if i + 1 >= len(doc) or doc[i].lower_ not in ROLE_PREPOSITIONS:
        return None, None, noun.end
    abroad = doc[i].lower_ in ("to", "in", "with", "from") and noun.text.startswith(("ambassador", "envoy", "delegate"))
    country = None
    for k in range(i + 1, min(i + 7, len(doc))):
        if k in inside:
            phrase = by_start.get(inside[k].start)
            country = country or (phrase.country if phrase else None) or _country_of(inside[k])
            following = inside[k].end
            body = following < len(doc) and _body_ending_at(doc, following, knowledge)
            end = body or _whole_object(doc, inside[k].end)
            return (phrase if not abroad else None), (None if abroad else country), end
        if doc[k].pos_ not in ("DET", "ADJ", "NOUN", "PROPN", "ADP") or doc[k].is_punct:
            break
    return None, None, noun.end


def _whole_object(doc: Doc, end: int) -> int:
    """Where the phrase ends that a name only qualifies: "the Lombardy region"."""
    head = doc[end - 1].head.i
    return head + 1 if doc[end - 1].dep_ in ("amod", "compound", "nmod") and end <= head <= end + 2 else end


def _body_ending_at(doc: Doc, i: int, knowledge: Knowledge) -> int:
    for size in (3, 2, 1):
        if doc[i : i + size].text.lower() in knowledge.bodies:
            return i + size
    return 0


def _holder(
    doc: Doc, nominal: Phrase, noun: _Noun, by_start: dict[int, Phrase], by_end: dict[int, Phrase]
) -> Phrase | None:
    """Return the named person whom a role phrase describes, beside it or in apposition."""
    for at in (noun.end, _past_brackets(doc, nominal.end)):
        right = by_start.get(at)
        if right is not None and right.kind in ("person", "organization") and _may_be_person(doc, right):
            return right
        if at < len(doc) and doc[at].text == "," and nominal.definite | (nominal.country is not None):
            right = by_start.get(at + 1)
            if right is not None and right.kind == "person" and not nominal.plural and _closes(doc, right.end):
                return right
    before = nominal.start - 1
    if before > 0 and doc[before].text in (",", "(", "—", "–") and not nominal.plural:
        left = by_end.get(before)
        if (
            left is not None
            and left.kind == "person"
            and doc[noun.end - 1].dep_ in ("appos", "nsubj", "conj", "ROOT", "dobj", "pobj", "attr", "compound", "nmod")
        ):
            return left
    return None


def _past_brackets(doc: Doc, i: int) -> int:
    """Skip what is in brackets: "the head of the UOT (Union of Teachers), Jane Smith"."""
    if i < len(doc) and doc[i].text == "(":
        close = next((k for k in range(i, min(i + 12, len(doc))) if doc[k].text == ")"), None)
        return i if close is None else close + 1
    return i


def _may_be_person(doc: Doc, phrase: Phrase) -> bool:
    return phrase.kind == "person" or (
        (phrase.noun in ("unsure", "place") or doc[phrase.start].ent_type_ in ("GPE", "FAC", "PRODUCT", ""))
        and not phrase.known
        and not is_acronym(phrase.name)
        and phrase.sector is None
    )


def _closes(doc: Doc, i: int) -> bool:
    return i < len(doc) and (doc[i].text in (",", ")", "—", "–") or doc[i].pos_ in ("VERB", "AUX"))


def _with_role(name: Phrase, nominal: Phrase) -> Phrase:
    """Give a named person what the role phrase beside the name says; the tables' country stands."""
    return replace(
        name,
        kind="person",
        noun="",
        country=name.country if name.offices else nominal.country or name.country,
        sector=nominal.sector or name.sector,
        role=name.role or nominal.role,
        body=nominal.body if nominal.body >= 0 else name.body,
    )


def _pairs(doc: Doc, covered: set[int]) -> Iterator[Phrase]:
    """ "Both countries", "the two": a set of two that was named before."""
    for token in doc:
        if token.i in covered or token.dep_ in ("compound", "nummod", "det"):
            continue
        counters = [c for c in token.children if c.i < token.i and c.lower_ in ("two", "both")]
        alone = token.lower_ in ("two", "both") and (
            token.lower_ == "both" or any(c.lower_ == "the" for c in token.children)
        )
        if alone or (counters and token.lemma_.lower() in PAIRED):
            start = min([token.i, *(c.i for c in token.children if c.i < token.i)])
            span = doc[start : token.i + 1]
            yield Phrase(start, token.i + 1, token.i, "nominal", "group", span.text, plural=True, definite=True, count=2,
                         noun=token.lower_ if alone else token.lemma_.lower())  # fmt: skip


def _pronouns(doc: Doc) -> Iterator[Phrase]:
    for token in doc:
        kind = PRONOUNS.get(token.lower_)
        if kind is None or (token.text == "US") or token.tag_ not in ("PRP", "PRP$", "WP", "WP$", "WDT"):
            continue
        if token.lower_ in ("it",) and token.dep_ == "expl":
            continue
        yield Phrase(
            token.i, token.i + 1, token.i, "pronoun", "unnamed", token.text, pronoun=kind, plural=kind in ("they", "we")
        )
