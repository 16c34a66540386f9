"""Candidates: every predicate and event noun that could carry an event, with who did it and to whom.

Participants are found through passives, conjunctions, relatives, control, nominalisations and possessives. Nothing is
judged here: `coder` says which candidates are events, and of which type.
"""

from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dragoman.events.lexicon import Lexicon
from dragoman.events.participants import agents, indices, noun_sides, objects_of, prepositional, sides, who_takes_part


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
    actors, recipients = sides(verb)
    if verb.lemma_ in lexicon.undergo:
        actors, recipients = [*agents(verb), *objects_of(verb, "from")], actors
    return Candidate(verb.i, end, verb.i, indices(actors), indices(recipients), (0, 0))


def _of_light_verb(verb: Token, noun: Token, lexicon: Lexicon) -> Candidate:
    start, end = _span(verb, noun)
    actors, _ = sides(verb)
    own = list(noun_sides(noun, "actor", lexicon))
    aimed = [*noun_sides(noun, "recipient", lexicon), *noun_sides(noun, "both", lexicon), *prepositional(verb)]
    passive = any(c.dep_ == "nsubjpass" for c in verb.children)
    doers = list(agents(verb)) if passive else actors
    if verb.lemma_ in lexicon.undergo:
        doers, aimed = [*agents(verb), *objects_of(verb, "from"), *objects_of(noun, "from")], actors
    return Candidate(start, end, verb.i, indices([*doers, *own]), indices(aimed), (0, 0))


def _of_noun(noun: Token, lexicon: Lexicon) -> Candidate:
    own = list(noun_sides(noun, "actor", lexicon))
    actors = own or list(noun_sides(noun, "both", lexicon)) or list(who_takes_part(noun, lexicon))
    recipients = noun_sides(noun, "recipient", lexicon)
    return Candidate(noun.i, noun.i + 1, noun.i, indices(actors), indices(recipients), (0, 0))
