"""Candidates: every predicate and event noun that could carry an event, with who did it and to whom.

Participants are found through passives, conjunctions, relatives, control, nominalisations and possessives. Nothing is
judged here: `coder` says which candidates are events, and of which type.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may carry an event: token offsets of the trigger, its participants and its sentence.

    `head` is the token that tense, negation and dates hang on.
    """

    start: int
    end: int
    head: int
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    sentence: tuple[int, int]


def find_candidates(doc: Doc, lexicon: Lexicon) -> list[Candidate]:
    """Return the candidates of a text in order.

    >>> [(doc[c.start].text, [doc[i].text for i in c.actors]) for c in find_candidates(doc, lexicon)]
    [('condemned', ['Paris'])]
    """
    found = []
    carried: set[int] = set()
    for sentence in doc.sents:
        for token in sentence:
            candidate = _candidate(token, lexicon, carried)
            if candidate is not None:
                found.append(replace(candidate, sentence=(sentence.start, sentence.end)))
    return [c for c in found if c.head not in carried or doc[c.head].pos_ == "NOUN"]


def _candidate(token: Token, lexicon: Lexicon, carried: set[int]) -> Candidate | None:
    if (
        token.pos_ in ("VERB", "AUX")
        and token.dep_ not in ("aux", "auxpass", "amod", "compound")
        and _may_carry(token, lexicon)
    ):
        noun = _light_object(token, lexicon)
        if noun is not None:
            carried.add(noun.i)
            return _of_light_verb(token, noun, lexicon)
        return _of_verb(token, lexicon)
    if (
        token.pos_ in ("NOUN", "PROPN")
        and token.lemma_.lower() in lexicon.nouns
        and token.dep_ != "compound"
        and not _carried_noun(token, lexicon)
    ):
        return _of_noun(token, lexicon)
    return None


def _may_carry(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb may be an event of its own: not a copula without force, not what a governing verb speaks of."""
    if verb.lemma_ in lexicon.empty_verbs and _light_object(verb, lexicon) is None:
        return verb.lemma_ == "be" and any(
            c.dep_ in ("acomp", "attr") and c.lemma_.lower() in lexicon.predicates for c in verb.children
        )
    return not is_spoken_of(verb, lexicon)


def is_spoken_of(verb: Token, lexicon: Lexicon) -> bool:
    """Whether a governing verb decides what became of this one: "refused to sign", "urged them to leave"."""
    governor = verb.head
    if verb.dep_ == "conj" and governor.pos_ == "VERB" and verb.tag_ == governor.tag_ == "VB":
        return is_spoken_of(governor, lexicon)
    if verb.dep_ not in ("xcomp", "ccomp", "acl", "pcomp", "advcl"):
        return False
    infinitive = verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
    if verb.dep_ == "advcl" and infinitive:
        return True  # a purpose: "to end the war"
    if verb.dep_ == "pcomp":
        return governor.head.lemma_ in lexicon.governors
    if verb.dep_ == "acl":
        return infinitive
    bare = verb.tag_ == "VB"
    return (infinitive or bare) and governor.lemma_ in lexicon.governors


def _light_object(verb: Token, lexicon: Lexicon) -> Token | None:
    """The event noun that a light verb carries: "held talks", "launched an attack"."""
    if verb.lemma_ not in lexicon.light_verbs | lexicon.undergo:
        return None
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass") and child.lemma_.lower() in lexicon.nouns:
            return child
    return None


def _carried_noun(noun: Token, lexicon: Lexicon) -> bool:
    verb = noun.head
    carries = verb.lemma_ in lexicon.light_verbs | lexicon.undergo
    return noun.dep_ in ("dobj", "nsubjpass") and carries and verb.pos_ == "VERB"


def _span(a: Token, b: Token) -> tuple[int, int]:
    first, last = sorted((a.i, b.i))
    return (first, last + 1) if last - first <= 3 else (b.i, b.i + 1)


def _of_verb(verb: Token, lexicon: Lexicon) -> Candidate:
    particle = next((c for c in verb.children if c.dep_ == "prt" and c.i == verb.i + 1), None)
    end = (particle or verb).i + 1
    actors, recipients = _sides(verb)
    if verb.lemma_ in lexicon.undergo:
        actors, recipients = [*_agents(verb), *_objects_of(verb, "from")], actors
    return Candidate(verb.i, end, verb.i, _indices(actors), _indices(recipients), (0, 0))


def _of_light_verb(verb: Token, noun: Token, lexicon: Lexicon) -> Candidate:
    start, end = _span(verb, noun)
    actors, _ = _sides(verb)
    own = list(_noun_sides(noun, "actor", lexicon))
    aimed = [*_noun_sides(noun, "recipient", lexicon), *_noun_sides(noun, "both", lexicon), *_prepositional(verb)]
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    agents = list(_agents(verb)) if passive else actors
    if verb.lemma_ in lexicon.undergo:
        agents, aimed = [*_agents(verb), *_objects_of(verb, "from"), *_objects_of(noun, "from")], actors
    return Candidate(start, end, verb.i, _indices([*agents, *own]), _indices(aimed), (0, 0))


def _of_noun(noun: Token, lexicon: Lexicon) -> Candidate:
    own = list(_noun_sides(noun, "actor", lexicon))
    actors = own or list(_noun_sides(noun, "both", lexicon)) or list(_who_takes_part(noun, lexicon))
    recipients = _noun_sides(noun, "recipient", lexicon)
    return Candidate(noun.i, noun.i + 1, noun.i, _indices(actors), _indices(recipients), (0, 0))


def _side_of(preposition: Token, noun: Token, lexicon: Lexicon) -> str | None:
    if preposition.lower_ == "of" and noun.lemma_.lower() in lexicon.of_actor:
        return "actor"
    return NOUN_SIDES.get(preposition.lower_)


def _who_takes_part(noun: Token, lexicon: Lexicon) -> Iterator[Token]:
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


def _indices(tokens: Iterable[Token]) -> tuple[int, ...]:
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


def _sides(verb: Token) -> tuple[list[Token], list[Token]]:
    """Who did it and to whom, of a verb."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children) or (
        verb.dep_ in ("acl",) and verb.tag_ == "VBN"
    )
    subject = list(_subjects(verb))
    objects = [c for c in verb.children if c.dep_ in OBJECTS]
    aimed = list(_prepositional(verb))
    if passive:
        patients = subject or ([verb.head] if verb.dep_ == "acl" else [])
        return list(_agents(verb)), [*patients, *aimed]
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


def _agents(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            yield from (c for c in child.children if c.dep_ == "pobj")


def _objects_of(verb: Token, preposition: str) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ == preposition:
            yield from (c for c in child.children if c.dep_ == "pobj")


def _prepositional(token: Token) -> Iterator[Token]:
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
            yield from _prepositional(child)
            yield from _complement_subjects(child)


def _noun_sides(noun: Token, side: str, lexicon: Lexicon) -> Iterator[Token]:
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
