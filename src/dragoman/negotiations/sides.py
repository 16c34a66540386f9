"""Sides: of a word of offering, what it offers, who offers it, and to whom."""

from spacy.tokens import Token

from dragoman.negotiations.items import Scene, doers
from dragoman.negotiations.phrases import SUBJECTS, listed
from dragoman.negotiations.tables import phrasal


def complement(token: Token) -> Token | None:
    """What a move's word says is offered or asked: an infinitive, a clause, an object, "for …", "with …"."""
    children = [c for c in token.children if c.tag_ not in ("WP", "WDT")]
    for labels in (("xcomp", "ccomp"), ("acl",) if token.pos_ == "NOUN" else ()):
        found = next((c for c in children if c.dep_ in labels and c.i > token.i and c.tag_ != "VBN"), None)
        if found is not None:
            return found
    above = list(token.head.children) if token.pos_ == "NOUN" and token.dep_ == "dobj" else []
    below = (c for c in (*children, *above) if c.dep_ in ("advcl", "xcomp") and c.tag_ == "VB" and c.i > token.i)
    infinitive = next(below, None)
    if infinitive is not None and any(c.lower_ == "to" for c in infinitive.children):
        return infinitive
    if token.dep_ == "acl" and token.tag_ == "VBN" and any(c.dep_ == "agent" for c in children):
        return token.head  # "a ceasefire proposed by Portugal"
    objects = [c for c in children if c.dep_ in ("dobj", "nsubjpass") and c.pos_ != "PRON"]
    direct = objects[-1] if objects else None  # of two the first is to whom: "offered the rebels a truce"
    return direct or _after_preposition(token)


def _after_preposition(token: Token) -> Token | None:
    wanted = ("of", "for") if token.pos_ == "NOUN" else ("for", "with", "on", "to")
    relative = [c for v in token.children if v.dep_ == "relcl" for c in v.children]
    for word in wanted:
        for c in (*token.children, *relative):
            if c.dep_ in ("prep", "dative") and c.lower_ == word:
                inner = next((t for t in c.children if t.dep_ in ("pobj", "pcomp")), None)
                if inner is not None:
                    return inner if inner.lemma_ not in ("offer", "proposal") else (_after_preposition(inner) or inner)
    return None


def noun_doers(scene: Scene, noun: Token) -> tuple[str, ...]:
    """Whose an offer is: "Washington's proposal", "the American bid", "made an offer", "proposals we put forward"."""
    around = [c for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod")]
    by = [t for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from") for t in c.children]
    ids = scene.who([*around, *(m for t in by for m in listed(t))])
    if ids:
        return ids
    relative = next((c for c in noun.children if c.dep_ == "relcl"), None)
    if relative is not None:
        return scene.who(c for c in relative.children if c.dep_ in SUBJECTS and c.tag_ not in ("WDT", "WP"))
    return doers(scene, noun.head) if _is_made(noun) else ()


def verb_doers(scene: Scene, token: Token) -> tuple[str, ...]:
    """Whose an offer told by a verb is: its subject's, or in "a ceasefire proposed by Portugal" the agent's."""
    if token.dep_ == "acl" and token.tag_ == "VBN":
        agents = [t for c in token.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]
        return scene.who(m for t in agents for m in listed(t))
    return doers(scene, token.head if token.pos_ == "ADJ" else token)


def _is_made(noun: Token) -> bool:
    """Whether an offer is the object of a verb that makes it."""
    made = ("make", "table", "submit", "present", "extend")
    return noun.pos_ == "NOUN" and noun.dep_ == "dobj" and noun.head.lemma_ in made


def addressees(scene: Scene, token: Token) -> tuple[str, ...]:
    """To whom: "offered Greece", "asked Washington", "a bid with Russia", "to Uzbekistan"."""
    tokens = [c for c in token.children if c.dep_ == "dative" and c.pos_ != "ADP"]
    tokens += _missed_receivers(scene, token)
    objects = [c for c in token.children if c.dep_ == "dobj"]
    tokens += objects[:1] if len(objects) > 1 and token.pos_ == "VERB" else []
    has_clause = any(c.dep_ in ("xcomp", "ccomp", "advcl") for c in token.children)
    if phrasal(token) in ("ask", "offer", "promise") and has_clause:
        tokens += [c for c in token.children if c.dep_ == "dobj"]
    inner = [token, *(c for c in token.children if c.dep_ in ("xcomp", "advcl", "dobj", "acl"))]
    inner += [token.head] if token.pos_ == "NOUN" and token.head.lemma_ == "make" else []
    for outer in inner:
        for c in outer.children:
            if c.dep_ in ("prep", "dative") and c.lower_ in ("to", "with", "from"):
                tokens += [t for t in c.children if t.dep_ == "pobj" and _is_named(scene, t)]
    return scene.who(m for t in tokens for m in listed(t))


def _missed_receivers(scene: Scene, verb: Token) -> list[Token]:
    """Receivers that the parse takes for part of the thing: "is offering Tehran relief"."""
    things = [c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "NOUN"] if verb.pos_ == "VERB" else []
    around = [c for thing in things for c in thing.children if c.dep_ == "compound"]
    return [c for c in around if any(scene.entities.by_id[i].kind == "country" for i in scene.entities.at(c))]


def _is_named(scene: Scene, token: Token) -> bool:
    kinds = ("country", "organization", "person")
    return any(scene.entities.by_id[id_].kind in kinds for id_ in scene.entities.at(token))
