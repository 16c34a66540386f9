"""Items: what a proposal gives or gets, from the words that say so."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from dragoman.entities.lookup import Entities
from dragoman.events.assembly import Speakers
from dragoman.negotiations.custody import Custody, custody_of
from dragoman.negotiations.phrases import SUBJECTS, TAGGING, end_of_phrase, listed, subjects_of, trimmed, who
from dragoman.negotiations.tables import ItemKind, Tables, phrasal
from dragoman.records import Item


@dataclass(frozen=True)
class Scene:
    """What the stage reads: the parse and the records of the rooms before."""

    doc: Doc
    entities: Entities
    speakers: Speakers
    tables: Tables

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences, found once."""
        return tuple(self.doc.sents)

    @cached_property
    def custody(self) -> Custody:
        """Who holds what, as the report has it."""
        return custody_of(self.doc, self.entities, self.tables.kinds)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the report in lower case."""
        return frozenset(token.lower_ for token in self.doc)

    def sentence_number(self, i: int) -> int:
        """Return which sentence a token stands in."""
        return bisect_right(self._starts, i) - 1

    def sentence_of(self, i: int) -> Span:
        """Return the sentence that a token stands in."""
        return self.sentences[self.sentence_number(i)]

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def who(self, tokens: Iterable[Token]) -> tuple[str, ...]:
        """Return the ids of who is meant by some nouns."""
        return who(tokens, self.entities, self.speakers)

    def lands(self, ids: Iterable[str]) -> frozenset[str]:
        """Return the ids and the countries of a side: what makes two names one side.

        Rebels, parties and firms do not speak for their country.
        """
        records = [self.entities.by_id[id_] for id_ in ids]
        speaking = (e for e in records if e.sector not in OWN_ACCOUNT)
        return frozenset(e.id for e in records) | frozenset(e.country for e in speaking if e.country)


OWN_ACCOUNT = frozenset(("REB", "PTY", "OPP", "UAF", "CVL", "SOC", "BUS", "CRM", "REF", "PRE"))


@dataclass(frozen=True, slots=True)
class Part:
    """The items of one clause or phrase, who is to do it, and whether it is an aim ("to secure the release")."""

    items: tuple[Item, ...]
    doer: tuple[str, ...] = ()
    is_aim: bool = False


def part_of(scene: Scene, head: Token, limit: int) -> Part:
    """Return what a complement offers or asks: of a clause its deed or what it passes on, of a noun itself."""
    if head.pos_ not in ("VERB", "AUX"):
        return Part(_of_noun(scene, head, limit), _owner(scene, head))
    joined = [c for c in head.children if c.dep_ == "conj" and c.pos_ == "VERB" and head.i < c.i < limit]
    around = [c for c in (*joined[0].children, *head.children) if c.i > head.i] if joined else []
    if any(c.dep_ == "neg" or c.lower_ == "but" for c in around):
        return _own_part(scene, head, _before(joined[0]))
    own = _own_part(scene, head, min([limit, *(_before(c) for c in joined)]))
    if not joined or any(c.dep_ in SUBJECTS for c in joined[0].children):
        return own
    rest = part_of(scene, joined[0], limit)
    return Part((*own.items, *rest.items), own.doer, own.is_aim)


def _owner(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Whose a thing is: "Serbia's support"."""
    return scene.who(c for c in noun.children if c.dep_ == "poss" and c.pos_ == "PROPN")


def _own_part(scene: Scene, head: Token, limit: int) -> Part:
    doer = scene.who(t for c in head.children if c.dep_ in SUBJECTS for t in listed(c))
    lemma = phrasal(head).split(" ")[0]
    labels = ("nsubj", "nsubjpass") if is_passive(head) else ("dobj",)
    passed = [c for c in head.children if c.dep_ in labels and c.pos_ != "PRON" and c.i < limit]
    passed = [c for c in passed if not _is_country(scene, c)]
    if lemma in scene.tables.words["aims"] and passed:
        return Part(_of_noun(scene, passed[0], limit), is_aim=True)
    if lemma == "pay":
        passed = [c for c in passed if scene.tables.kinds.get(c.lemma_.lower()) == "money"]
    if lemma in scene.tables.words["transfers"] and passed and not _gives_up(head):
        own = is_passive(head)
        return Part(_of_noun(scene, passed[0], head.i if own else limit), () if own else doer)
    return Part(_of_deed(scene, head, limit, bool(doer)), doer)


def _is_country(scene: Scene, token: Token) -> bool:
    return any(scene.entities.by_id[id_].kind == "country" for id_ in scene.entities.at(token))


def _of_deed(scene: Scene, verb: Token, limit: int, has_doer: bool) -> tuple[Item, ...]:
    passive = is_passive(verb)
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
    first = subject.left_edge.i if subject is not None and (passive or not has_doer) else verb.i
    end = end_of_phrase(scene.doc, verb.i, max(min(limit, verb.right_edge.i + 1), verb.i + 1), scene.speakers)
    return _item(scene, first, _without_receiver(scene, verb.i + 1, end), verb)


def is_passive(verb: Token) -> bool:
    """Whether something is done to a clause's subject: "are closed", "wanted its soldiers returned"."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in verb.children)


def _gives_up(verb: Token) -> bool:
    return any(c.dep_ == "prt" and c.lower_ in ("up", "in", "way") for c in verb.children)


def _of_noun(scene: Scene, head: Token, limit: int) -> tuple[Item, ...]:
    """The items of a list, each by itself; "the release of" is not part of what is released."""
    inner = _passed_on(scene, head, limit)
    if inner is not None:
        return _of_noun(scene, inner, limit)
    members = [member for member in listed(head) if member.i < limit]
    stops = [*(_before(member) for member in members[1:]), limit]
    found: list[Item] = []
    for member, stop in zip(members, stops, strict=True):
        found += _of_member(scene, member, max(stop, member.i + 1))
    return tuple(found)


def _before(member: Token) -> int:
    """Where the list's previous member ends: before the comma or the "and"."""
    doc, i = member.doc, member.left_edge.i
    while i > 0 and (doc[i - 1].dep_ == "cc" or doc[i - 1].text == ","):
        i -= 1
    return i


def _passed_on(scene: Scene, noun: Token, limit: int) -> Token | None:
    if noun.lemma_.lower() not in scene.tables.words["transfer_nouns"]:
        return None
    of = (c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of")
    return next((t for c in of for t in c.children if t.dep_ == "pobj" and t.i < limit), None)


def _of_member(scene: Scene, head: Token, limit: int) -> tuple[Item, ...]:
    last = max(min(limit, _edge(head) + 1), head.i + 1)
    end = end_of_phrase(scene.doc, head.i, last, scene.speakers)
    return _item(scene, _left(scene, head), _without_receiver(scene, head.i + 1, end), head)


def _edge(head: Token) -> int:
    """The last word of a noun's phrase, with a "for" that the parse hangs on the verb: "two billion for schools"."""
    edge = head.right_edge.i
    after = head.doc[edge + 1] if edge + 1 < len(head.doc) else None
    is_for = after is not None and after.lower_ in ("for", "of") and after.dep_ in ("prep", "dative")
    return after.right_edge.i if after is not None and is_for else edge


def _left(scene: Scene, head: Token) -> int:
    """The first word of a noun's phrase; of a sum the number, not whom it is lent to ("lend Pakistan two billion")."""
    first = head.left_edge.i
    place = scene.doc[first]
    if place.dep_ == "compound" and head.pos_ == "NOUN" and _is_country(scene, place):
        first += 1
    numbers = [t.i for t in scene.doc[first : head.i] if t.pos_ == "NUM"]
    is_sum = scene.tables.kinds.get(head.lemma_.lower()) == "money"
    return numbers[0] if is_sum and numbers else first


def _without_receiver(scene: Scene, start: int, end: int) -> int:
    """Where a phrase ends before "to Uzbekistan": whom it goes to is told in `to`."""
    for token in scene.doc[start:end]:
        if token.lower_ == "to" and token.dep_ in ("prep", "dative") and token.head.pos_ in ("VERB", "NOUN"):
            inner = [t for t in token.children if t.dep_ == "pobj" and scene.entities.at(t)]
            if inner and token.head.lemma_ in RECEIVING:
                return token.i
    return end


RECEIVING = frozenset(
    ("cede", "lease", "sell", "give", "hand", "offer", "send", "return", "transfer", "commission", "propose", "lend")
)


def _item(scene: Scene, first: int, end: int, head: Token) -> tuple[Item, ...]:
    start, end = trimmed(scene.doc, first, end)
    if start >= end or _is_empty(scene, start, end):
        return ()
    person = _person(scene, head)
    text = scene.doc[start:end].text
    if person is not None:
        text = scene.entities.by_id[person].name
    kind = "person" if person else _kind(scene, start, end, head)
    return (Item(item=text, kind=kind, entity=person, held_by=scene.custody.by_token.get(head.i)),)


def _is_empty(scene: Scene, start: int, end: int) -> bool:
    """Whether an item only names the offer itself ("an offer of his own") or a courtesy ("his condolences")."""
    words = scene.tables.words["offers"] | scene.tables.words["pacts"] | {"own", "his", "its", "their", "her"}
    words |= scene.tables.words["courtesies"]
    told = scene.doc[start:end]
    return all(t.lemma_.lower() in words or t.lemma_ in TAGGING or t.pos_ == "PRON" for t in told)


def _person(scene: Scene, head: Token) -> str | None:
    """The named person that a noun means, it or what stands beside it: "the trafficker Karim Bouzidi"."""
    if head.pos_ not in ("NOUN", "PROPN"):
        return None
    near = [head, *(c for c in head.children if c.dep_ == "appos")]
    ids = [id_ for token in near for id_ in scene.entities.at(token)]
    return next((id_ for id_ in ids if _is_named_person(scene, id_)), None)


def _is_named_person(scene: Scene, id_: str) -> bool:
    entity = scene.entities.by_id[id_]
    return entity.kind == "person" and any(m.form == "name" for m in entity.mentions)


def _kind(scene: Scene, start: int, end: int, head: Token) -> ItemKind:
    """The kind of the head noun, else the first in the table's order that a word has, else a commitment."""
    kinds = scene.tables.kinds
    if head.ent_type_ == "NORP" and head.tag_ in ("NNS", "NNPS"):
        return "person"  # "two Americans"
    if head.lemma_.lower() in kinds:
        return kinds[head.lemma_.lower()]
    found = {kinds[t.lemma_.lower()] for t in scene.doc[start:end] if t.lemma_.lower() in kinds}
    return next((kind for kind in kinds.values() if kind in found), "commitment")


def part_of_clause(scene: Scene, start: int, end: int) -> Part:
    """Return the part that a marker's words hold: a clause after "if", a phrase after "in exchange for"."""
    stop = end_of_phrase(scene.doc, start, end, scene.speakers)
    if stop <= start:
        return Part(())
    head = _head_after(scene.doc, start, stop)
    bound = scene.who([head]) if head.pos_ == "PROPN" and head.head.lower_ == "provided" else ()
    if bound:  # the parse takes "provided Sweden guaranteed …" for a provision of Sweden
        verb = next((t for t in scene.doc[head.i + 1 : stop] if t.tag_ in ("VBD", "VBZ", "VBP")), None)
        return replace(part_of(scene, verb, stop), doer=bound) if verb is not None else Part(())
    return part_of(scene, head, stop)


def _head_after(doc: Doc, start: int, stop: int) -> Token:
    """What a marker governs: the object of its preposition, the verb that its conjunction marks."""
    last = doc[start - 1]
    inner = [c for c in last.children if c.dep_ in ("pobj", "pcomp") and start <= c.i < stop]
    if inner:
        return inner[0]
    if last.dep_ == "mark" and start <= last.head.i < stop:
        return last.head
    if last.lower_ == "provided":
        return next((c for c in last.children if start <= c.i < stop), doc[start:stop].root)
    return doc[start:stop].root


PARTIES = ("GOV", "MIL", "REB", "PTY", "LEG", "IGO", "SPY", "OPP", "UAF")


def is_party(scene: Scene, ids: Iterable[str]) -> bool:
    """Return whether one of these can bargain: a country, a body or an office holder, not a hotel or a passenger."""
    records = (scene.entities.by_id[id_] for id_ in ids)
    return any(e.kind == "country" or e.sector in PARTIES or e.country == "IGO" for e in records)


def doers(scene: Scene, verb: Token) -> tuple[str, ...]:
    """Return who acts in a clause."""
    return scene.who(subjects_of(verb))
