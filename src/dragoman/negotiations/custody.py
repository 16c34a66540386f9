"""Custody: who holds the people, the money and the land that a bargain is about.

"Jailed in Germany", "held by Hamas", "in German custody", "serving a sentence in Russia", "frozen in Belgian banks";
and who frees somebody held him. Only words that say so count: a man arrested at an airport may be held anywhere.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import msgspec
from spacy.tokens import Doc, Token

from dragoman.entities import knowledge
from dragoman.entities.gazetteer import locate
from dragoman.entities.lookup import Entities
from dragoman.negotiations.phrases import RELATIVES, SUBJECTS, listed, subjects_of
from dragoman.negotiations.tables import ItemKind
from dragoman.records import Item, Span, span_of

HOLDS: dict[str, Literal["place", "agent"]] = {  # whether "in Russia" says who holds, or only "by Russia"
    "hold": "place", "jail": "place", "imprison": "place", "detain": "place", "keep": "place", "intern": "place",
    "freeze": "place", "block": "place", "lock": "place", "impound": "place", "incarcerate": "place",
    "arrest": "agent", "capture": "agent", "seize": "agent", "occupy": "agent", "control": "agent", "annex": "agent",
    "abduct": "agent", "kidnap": "agent",
}  # fmt: skip
HOLDING = frozenset(("hold", "detain", "jail", "imprison", "occupy", "freeze", "impound", "intern"))  # "Iran holds X"
CELLS = frozenset("custody prison jail captivity cell camp bank account dungeon detention hand penitentiary".split())
TERMS = frozenset("sentence term year month life time".split())  # what is served
FREEING = frozenset(("free", "release", "repatriate", "extradite"))  # only who holds a prisoner can
HOLDERS = ("country", "organization", "group")


@dataclass(frozen=True, slots=True)
class Held:
    """One place where a report says who holds what: the token of what is held, and the id of its holder."""

    thing: Token
    holder: str


def held_in(doc: Doc, entities: Entities, kinds: dict[str, ItemKind]) -> list[Held]:
    """Return who holds what, in the order of the text; `kinds` tells which nouns are people.

    >>> [(held.thing.text, held.holder) for held in held_in(doc, entities, load().kinds)]
    [('pilots', 'e2')]
    """
    found: list[Held] = []
    for token in doc:
        if token.pos_ == "VERB" and token.lemma_ in HOLDS:
            found += _by_verb(token, entities)
        elif token.pos_ == "VERB" and token.lemma_ == "serve":
            found += _by_term(token, entities)
        elif token.pos_ == "VERB" and token.lemma_ in FREEING:
            found += _by_freeing(token, entities, kinds)
        elif token.lemma_.lower() in CELLS:
            found += _by_cell(token, entities)
    return found


def _by_verb(verb: Token, entities: Entities) -> Iterator[Held]:
    if any(c.dep_ == "neg" for c in verb.children):
        return
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    if objects and verb.lemma_ in HOLDING and verb.tag_ != "VBN":
        holders = [c for c in verb.children if c.dep_ == "nsubj"]
        if not any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
            yield from _pairs([m for c in objects for m in listed(c)], _holder(holders, entities))
        return
    things = _done_to(verb)
    if things:
        yield from _pairs(things, _holder(_beside(verb, HOLDS[verb.lemma_]), entities))


def _done_to(verb: Token) -> list[Token]:
    """What is held, of a participle or a passive: the noun it stands at, its subject, the noun before "who was"."""
    if verb.tag_ != "VBN":
        return []
    if verb.dep_ in ("acl", "amod"):
        return [verb.head]
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if subject is None:
        return []
    if subject.tag_ in RELATIVES:
        return [verb.head] if verb.dep_ == "relcl" else []
    return listed(subject)


def _beside(verb: Token, rule: Literal["place", "agent"]) -> list[Token]:
    """The nouns that say by whom or where: "by Russia", "in Belgian banks", "at a prison in Minsk"."""
    words = ("by", "in", "at", "inside") if rule == "place" else ("by",)
    found = [t for c in verb.children if c.lower_ in words for t in c.children if t.dep_ == "pobj"]
    inner = [t for n in found for c in n.children if c.lower_ == "in" for t in c.children if t.dep_ == "pobj"]
    return [*found, *inner]


def _by_term(verb: Token, entities: Entities) -> Iterator[Held]:
    """Of "a diplomat who is serving twenty years in Belgium" the diplomat."""
    term = next((c for c in verb.children if c.dep_ in ("dobj", "npadvmod") and c.lemma_ in TERMS), None)
    if term is None:
        return
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    things = [verb.head if s.tag_ in RELATIVES else s for s in subjects]
    things = things or ([verb.head] if verb.dep_ == "acl" else [])
    places = [t for n in (verb, term) for c in n.children if c.lower_ in ("in", "at") for t in c.children]
    yield from _pairs(things, _holder(places, entities))


def _by_freeing(verb: Token, entities: Entities, kinds: dict[str, ItemKind]) -> Iterator[Held]:
    """Of "Israel is to release 250 prisoners" the prisoners, whom Israel must hold."""
    things = [m for c in verb.children if c.dep_ == "dobj" for m in listed(c)]
    people = [t for t in things if kinds.get(t.lemma_.lower()) == "person" or t.ent_type_ in ("PERSON", "NORP")]
    doers = [t for t in subjects_of(verb) if t.pos_ != "PRON"] if people else []
    ids = {id_ for token in doers for id_ in entities.at(token)}
    if len(ids) == 1 and entities.by_id[min(ids)].kind in HOLDERS:
        yield from _pairs(people, ids.pop())


def _by_cell(noun: Token, entities: Entities) -> Iterator[Held]:
    """Of "commanders in Nigerian prisons", "Orlov was in German custody": who sits there."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "from"):
        return
    above = noun.head.head
    if above.pos_ in ("NOUN", "PROPN"):
        things = [above]
    elif above.lemma_ in ("be", "remain", "sit", "languish"):
        subjects = [c for c in above.children if c.dep_ in SUBJECTS]
        things = [above.head if s.tag_ in RELATIVES else s for s in subjects]
    else:
        return
    places = [t for c in noun.children if c.lower_ == "in" for t in c.children if t.dep_ == "pobj"]
    yield from _pairs(things, _holder([noun, *places], entities))


def _holder(tokens: Iterable[Token], entities: Entities) -> str | None:
    """The one body that these nouns name: whose they are ("in South Korean banks"), themselves, or their country."""
    for token in tokens:
        near = [c for c in token.children if c.dep_ in ("amod", "poss", "compound", "nmod")]
        for word in (*near, token) if token.lemma_.lower() in CELLS else (token, *near):
            ids = entities.at(word) or _country_of(word, entities)
            if len(ids) == 1 and entities.by_id[ids[0]].kind in HOLDERS:
                return ids[0]
    return None


def _country_of(word: Token, entities: Entities) -> tuple[str, ...]:
    """The country of the report that an adjective or a city means: "Nigerian prisons", "held in Damascus"."""
    if word.pos_ not in ("PROPN", "ADJ"):
        return ()
    _, meant = knowledge.load().names.at([word.text], 0) or (0, [])
    codes = {one.body.country for one in meant if one.body is not None}
    place = locate(word.text) if not codes else None
    codes |= {place.country} if place is not None else set()
    return tuple(e.id for e in entities.records if e.kind == "country" and e.country in codes)


def _pairs(things: Iterable[Token], holder: str | None) -> Iterator[Held]:
    if holder is not None:
        yield from (Held(thing, holder) for thing in things)


@dataclass(frozen=True, slots=True)
class Custody:
    """Who holds what in a report, asked by item."""

    rows: tuple[Held, ...]
    by_entity: dict[str, str]
    by_token: dict[int, str]
    by_word: dict[str, str]
    entities: Entities

    def of(self, item: Item, others: int) -> str | None:
        """Return who holds an item told in other words: the person by name, a thing by its one noun.

        `others` is how many items of the bargain have that noun; "the soldiers" of two sides are nobody's in special.
        """
        if item.entity is not None:
            return self.by_entity.get(item.entity)
        found = {self.by_word[word] for word in item.item.lower().split() if word in self.by_word}
        return found.pop() if len(found) == 1 and others == 1 else None

    def sentence_of(self, item: Item) -> Span | None:
        """Return the sentence that says who holds an item."""
        for row in self.rows:
            is_it = item.entity in self.entities.at(row.thing) or row.thing.lower_ in item.item.lower().split()
            if row.holder == item.held_by and is_it:
                words = row.thing.sent
                return span_of(row.thing.doc.text, words.start_char, words.start_char + len(words.text.rstrip()))
        return None

    def words_of(self, item: Item) -> list[str]:
        """Return the nouns of an item that the report says a holder of."""
        return [word for word in item.item.lower().split() if word in self.by_word]


def custody_of(doc: Doc, entities: Entities, kinds: dict[str, ItemKind]) -> Custody:
    """Return who holds what; where a report names two holders of one thing, nobody."""
    rows = held_in(doc, entities, kinds)
    by_entity: dict[str, set[str]] = {}
    by_word: dict[str, set[str]] = {}
    for row in rows:
        for id_ in entities.at(row.thing):
            if entities.by_id[id_].kind in ("person", "unnamed"):
                by_entity.setdefault(id_, set()).add(row.holder)
        if row.thing.pos_ == "NOUN" and _is_told_before(row.thing):
            by_word.setdefault(row.thing.lower_, set()).add(row.holder)
    by_token = {row.thing.i: row.holder for row in rows}
    return Custody(tuple(rows), _single(by_entity), by_token, _single(by_word), entities)


def _is_told_before(noun: Token) -> bool:
    """Whether a noun speaks of something known: "the captives have been held in Damascus"."""
    return any(c.dep_ == "det" and c.lower_ in ("the", "these", "those") for c in noun.children)


def _single(rows: dict[str, set[str]]) -> dict[str, str]:
    return {key: next(iter(found)) for key, found in rows.items() if len(found) == 1}


def with_holders(items: Iterable[Item], custody: Custody, all_items: Iterable[Item]) -> tuple[Item, ...]:
    """Return items with who holds them, where the report says so elsewhere than at the item."""
    count = Counter(word for item in set(all_items) for word in set(custody.words_of(item)))

    def held(item: Item) -> str | None:
        words = custody.words_of(item)
        return item.held_by or custody.of(item, max((count[word] for word in words), default=0))

    return tuple(msgspec.structs.replace(item, held_by=held(item)) for item in items)
