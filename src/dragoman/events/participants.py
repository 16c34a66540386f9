"""Who takes part in what a verb or an event noun tells, by the grammar: tokens, whoever they may mean."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from dragoman.events.lexicon import Lexicon

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
# "Chad maintains a policy that the court condemned": who does so is condemned with it.
OWNING = frozenset("maintain keep pursue adopt follow have impose launch run continue conduct defend apply".split())
OBJECTS = ("dobj", "dative", "oprd", "attr")
# Prepositions that introduce whom an act is aimed at, by the rank in which they are asked.
RANKED = ("against", "on upon", "to with", "at from between among toward towards", "for", "over into", "of about")
AIMED = {word: rank for rank, words in enumerate(RANKED) for word in words.split()}
TAKING_PART = frozenset("go come take join participate engage be enter resort turn return step".split())
TALKING = frozenset("call meeting conversation talk visit trip".split())  # "in a call with the king, he promised"
SIDE_PREPOSITIONS = {"both": "between among", "recipient": "with on against to of for", "actor": "by from"}
BLAMING = frozenset(("of", "for", "from"))  # "accused X of doing", "criticised X for doing", "kept X from doing"
NOUN_SIDES = {word: side for side, words in SIDE_PREPOSITIONS.items() for word in words.split()}


def _side_of(preposition: Token, noun: Token, lexicon: Lexicon) -> str | None:
    if preposition.lower_ == "of" and noun.lemma_.lower() in lexicon.of_actor:
        return "actor"
    return NOUN_SIDES.get(preposition.lower_)


def who_takes_part(noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Who does what a noun names that is no subject: "escalated the raids", "went on strike", "took part in the march".

    Most objects are others' acts: who condemns a raid, survives it or reports it did not do it.
    """
    preposition = noun.head
    verb = preposition.head
    if noun.dep_ == "dobj" and preposition.lemma_ in lexicon.doing:
        yield from _subjects(preposition)
    elif noun.dep_ == "pobj" and preposition.lower_ in ("on", "in", "into", "under", "to") and verb.pos_ == "VERB":
        if verb.lemma_ in TAKING_PART or (preposition.lower_ == "in" and noun.lemma_.lower() in TALKING):
            yield from _subjects(verb)
    elif noun.dep_ == "pobj" and verb.pos_ == "NOUN" and verb.dep_ == "dobj" and verb.head.lemma_ == "take":
        yield from _subjects(verb.head)


def indices(tokens: Iterable[Token]) -> tuple[int, ...]:
    """Return where these tokens and those listed with them stand, each once."""
    seen: dict[int, None] = {}
    for token in tokens:
        for member in (token, *_conjuncts(token)):
            seen.setdefault(member.i)
    return tuple(seen)


def _conjuncts(token: Token) -> Iterator[Token]:
    """The other members of a list, and the appositions that name who is meant."""
    for child in token.children:
        if child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON"):
            yield child
            yield from _conjuncts(child)


def sides(verb: Token) -> tuple[list[Token], list[Token]]:
    """Who did it and to whom, of a verb."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (
        verb.dep_ in ("acl",) and verb.tag_ == "VBN"
    )
    subject = list(_subjects(verb))
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    aimed = list(prepositional(verb))
    if passive:
        patients = subject or ([verb.head] if verb.dep_ == "acl" else [])
        return list(agents(verb)), [*patients, *aimed]
    return subject, [*_whole(objects), *_relative_objects(verb), *aimed, *_complement_subjects(verb)]


def _relative_objects(verb: Token) -> Iterator[Token]:
    """What a relative clause acts on: "a policy of Malaysia's that the UN criticised", and who keeps that policy."""
    if verb.dep_ == "relcl" and any(c.tag_ in ("WDT", "WP") and c.dep_ in OBJECTS for c in verb.children):
        yield from _whole([verb.head])
        above = verb.head
        while above.dep_ in ("pobj", "prep", "pcomp", "dobj") and above.head.i != above.i:
            above = above.head
        if above.lemma_.lower() in OWNING:
            yield from _subjects(above)


def _whole(objects: Iterable[Token]) -> Iterator[Token]:
    """Objects, and who stands in them, the shallowest first: "condemned Israel's choice", "an end to Syria's war"."""
    layer = list(objects)
    while layer:
        yield from layer
        layer = [inner for token in layer for inner in _parts(token)]


def _parts(token: Token) -> Iterator[Token]:
    """The nouns that stand directly in a noun's phrase; clauses are left out."""
    for child in token.children:
        if child.dep_ in ("poss", "appos", "compound", "nmod", "amod"):
            yield child
        elif child.dep_ in ("prep", "agent"):
            yield from (c for c in child.children if c.dep_ == "pobj")


def _subjects(verb: Token) -> Iterator[Token]:
    """Yield who does what a verb tells, the verb above it asked where it has no subject of its own."""
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own:
        yield from (_antecedent(t, verb) for t in own)
        return
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        passive = any(c.dep_ == "nsubjpass" for c in verb.head.children)
        if not passive or any(c.dep_ == "auxpass" for c in verb.children):
            yield from _subjects(verb.head)
        elif verb.head.dep_ == "ccomp":  # "he fears it was lost and has asked them to search": it is he who asked
            yield from _subjects(verb.head.head)
        return
    if verb.dep_ == "relcl" or (verb.dep_ == "acl" and verb.tag_ == "VBG"):
        yield verb.head
    elif verb.dep_ in ("xcomp", "advcl", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        objects = [c for c in verb.head.children if c.dep_ in ("dobj", "dative")] if verb.dep_ == "xcomp" else []
        yield from objects or _subjects(verb.head)
    elif verb.dep_ == "pcomp" and verb.head.head.pos_ == "VERB":
        yield from _blamed(verb.head) or _subjects(verb.head.head)
    elif verb.dep_ == "pcomp" and verb.head.head.pos_ == "NOUN":  # "has a habit of jailing editors"
        noun = verb.head.head
        owners = [c for c in noun.children if c.dep_ == "poss"]
        yield from owners or (_subjects(noun.head) if noun.dep_ == "dobj" and noun.head.pos_ == "VERB" else ())


def _blamed(preposition: Token) -> list[Token]:
    """Whom a verb takes for the doer: "accused the army of shelling the town", "thanked him for freeing the crew"."""
    if preposition.lower_ not in BLAMING:
        return []
    return [c for c in preposition.head.children if c.dep_ == "dobj" and c.i < preposition.i]


def _antecedent(token: Token, verb: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    return verb.head if token.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else token


def agents(verb: Token) -> Iterator[Token]:
    """Yield by whom something was done."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            yield from (c for c in child.children if c.dep_ == "pobj")


def objects_of(verb: Token, preposition: str) -> Iterator[Token]:
    """Yield what stands behind a word's preposition."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == preposition:
            yield from (c for c in child.children if c.dep_ == "pobj")


def prepositional(token: Token) -> Iterator[Token]:
    """Objects of the prepositions that introduce whom an act is aimed at, the likeliest first."""
    found = []
    for child in token.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in AIMED:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    found.append((AIMED[child.lower_], inner.i, inner))
                elif inner.dep_ == "pcomp":
                    found += [(9, c.i, c) for c in inner.children if c.dep_ in OBJECTS]
    for _, _, inner in sorted(found, key=lambda row: row[:2]):
        yield from _whole([inner])


def _complement_subjects(verb: Token) -> Iterator[Token]:
    """Who the complement speaks of: "said that Israel had broken the truce", "wants Iran to stop"."""
    for child in verb.children:
        if child.dep_ in ("ccomp", "xcomp"):
            yield from _whole(c for c in child.children if c.dep_ in SUBJECTS and c.tag_ not in ("WDT", "WP"))
            yield from _whole(c for c in child.children if c.dep_ in OBJECTS)
            yield from prepositional(child)
            yield from _complement_subjects(child)


def noun_sides(noun: Token, side: str, lexicon: Lexicon) -> Iterator[Token]:
    """Participants around an event noun: "France's talks with Chad", "the Israeli raid on Gaza", "US-China talks"."""
    for child in noun.children:
        if (child.dep_ == "poss" and side == "actor") or (
            child.dep_ in ("compound", "amod", "nmod")
            and side == "actor"
            and (child.ent_type_ in ("NORP", "GPE", "ORG", "PERSON"))
        ):
            yield child
        elif child.dep_ in ("prep", "agent") and _side_of(child, noun, lexicon) == side:
            yield from _whole(c for c in child.children if c.dep_ == "pobj")
