"""Who is the source: the words at the cue that name who speaks, thinks or decides.

A verb's source is its subject; where it has none of its own, that of the verb it is joined to, controlled by or
hung on; of a passive its agent; of a noun its possessor.
"""

from dataclasses import dataclass

from dragoman.statements.candidates import Candidate
from dragoman.statements.tokens import Interval, Tokens

SUBJECTS = ("nsubj", "csubj", "expl")
MAX_STEPS = 6  # verbs between a cue and the subject it shares; more is a parse gone astray
OFFICE = ("appos", "prep", "compound", "amod", "det", "poss", "nmod", "nummod", "case", "conj", "cc", "quantmod")
AGENT_NOUNS = frozenset("by from of".split())


@dataclass(frozen=True, slots=True)
class Source:
    """A source as the parse has it: the head of its phrase, and how it was reached."""

    head: int
    route: str


def source_of(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Return the source of a candidate; None where nobody is named."""
    if candidate.role == "prep":
        return _of_preposition(tokens, candidate)
    if candidate.role == "mark":
        return Source(candidate.governor, "mark")
    if candidate.role == "noun":
        return _of_noun(tokens, candidate)
    if candidate.role == "none":
        return None
    found = of_verb(tokens, candidate.governor, candidate.passive, inverted="quote" in candidate.frame)
    if found is None or _fits(tokens, found.head, candidate):
        return found
    return _nearest(tokens, candidate)


def _fits(tokens: Tokens, head: int, candidate: Candidate) -> bool:
    """Return whether a source stands in the cue's paragraph, and in no quotation that the cue stands outside of."""
    at = candidate.head
    return tokens.paragraph[head] == tokens.paragraph[at] and tokens.quote[head] in (-1, tokens.quote[at])


def _nearest(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Return the phrase beside a verb, where the parse has taken a subject from a quotation or another paragraph."""
    v = candidate.governor
    a, b = tokens.paragraphs[tokens.paragraph[v]]
    after = [k for k in range(v + 1, min(b, v + 8)) if _names(tokens, k, candidate)]
    before = [k for k in range(v - 1, max(a, v - 12) - 1, -1) if _names(tokens, k, candidate)]
    inverted = bool(after) and tokens.left[after[0]] == v + 1
    order = (*after[:1], *before[:1]) if inverted else (*before[:1], *after[:1])
    return Source(order[0], "nearest") if order else None


def _names(tokens: Tokens, k: int, candidate: Candidate) -> bool:
    """Return whether a token heads a noun phrase outside of quotations that are not the cue's."""
    if tokens.pos[k] not in ("PROPN", "PRON", "NOUN") or tokens.dep[k] in ("compound", "npadvmod", "poss", "pobj"):
        return False
    return _fits(tokens, k, candidate)


def of_verb(tokens: Tokens, v: int, passive: bool = False, inverted: bool = False) -> Source | None:
    """Return the subject of a verb, its own or shared; of a passive the agent."""
    at, route = v, ""
    for _ in range(MAX_STEPS):
        if tokens.tag[at] == "VBN" or passive or tokens.child(at, "auxpass") is not None:
            agent = tokens.child(at, "agent")
            by = tokens.child(agent, "pobj") if agent is not None else None
            if by is not None and at == v:
                return Source(by, "agent")
        kid = tokens.child(at, *SUBJECTS)
        if kid is not None and tokens.dep[kid] != "expl" and not (passive and at == v):
            return Source(kid, route + "subject")
        if inverted and at == v:
            swapped = tokens.child(at, "dobj", "attr", "dep")
            if swapped is not None and tokens.quote[swapped] != tokens.quote[at] - 1 and swapped == _next_phrase(tokens, at):
                return Source(swapped, "inverted")
        logical = tokens.child(at, "nsubjpass")
        if logical is not None and at != v:
            return Source(logical, route + "passive")
        if passive and at == v and tokens.dep[at] not in ("relcl",):
            return None
        dep, up = tokens.dep[at], tokens.head[at]
        if up == at:
            return None
        if dep in ("relcl", "acl", "amod") or (dep in ("pcomp", "prep", "advcl") and tokens.pos[up] in ("NOUN", "PROPN")):
            return Source(up, route + dep) if tokens.pos[up] in ("NOUN", "PROPN", "PRON") else None
        if dep == "xcomp" or (dep == "ccomp" and not _finite(tokens, at)):
            controller = tokens.child(up, "dobj")
            if controller is not None and controller < at and tokens.lemma[up] not in ("promise", "vow", "threaten"):
                return Source(controller, route + "object")
        elif dep not in ("conj", "advcl", "pcomp", "prep", "ccomp", "parataxis", "dep", "acomp", "attr"):
            return None
        elif dep in ("ccomp", "parataxis") and _finite(tokens, at):
            return None
        if dep == "pcomp" or tokens.pos[up] in ("ADP", "SCONJ"):
            noun = tokens.head[up]
            if tokens.pos[noun] == "NOUN":
                owner = tokens.child(noun, "poss")
                if owner is not None:
                    return Source(owner, route + "poss")
        at, route = up, f"{dep} "
        passive = False
    return None


def _finite(tokens: Tokens, v: int) -> bool:
    """Return whether a verb is inflected for tense, itself or by an auxiliary."""
    if tokens.tag[v] in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(tokens.tag[k] in ("VBD", "VBZ", "VBP", "MD") for k in tokens.kids[v] if tokens.dep[k].startswith("aux"))


def _next_phrase(tokens: Tokens, v: int) -> int | None:
    """Return the head of the phrase that begins right after a verb."""
    for k in tokens.kids[v]:
        if k > v and tokens.left[k] == v + 1:
            return k
    return None


def _of_noun(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Return the possessor of a cue noun, its "by" or "from", or the subject of its light verb."""
    n = candidate.head
    owner = tokens.child(n, "poss")
    if owner is not None:
        return Source(owner, "poss")
    if candidate.governor != n:
        return of_verb(tokens, candidate.governor, any(tokens.dep[k] == "auxpass" for k in tokens.kids[candidate.governor]))
    content = candidate.content
    for k in tokens.kids[n]:
        if tokens.dep[k] == "prep" and tokens.lower[k] in AGENT_NOUNS and not any(a <= k + 1 < b for a, b in content):
            inner = tokens.child(k, "pobj")
            if inner is not None:
                return Source(inner, "of")
    for k in tokens.kids[n]:
        if tokens.dep[k] in ("compound", "amod", "nmod") and (tokens.entity[k] or tokens.pos[k] == "PROPN"):
            return Source(k, "modifier")
    head = tokens.head[n]
    if tokens.dep[n] in ("dobj", "attr") and tokens.pos[head] in ("VERB", "AUX"):
        return of_verb(tokens, head)
    return None


def _of_preposition(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Return who the sentence is according to, or whose view it is."""
    noun = candidate.governor
    if candidate.key in ("according to", "per"):
        return Source(noun, "pobj")
    owner = tokens.child(noun, "poss")
    if owner is None:
        of = tokens.child(noun, "prep")
        owner = tokens.child(of, "pobj") if of is not None else None
    return Source(owner, "poss") if owner is not None else None


def phrase_of(tokens: Tokens, source: Source, candidate: Candidate) -> Interval:
    """Return the words that name a source: its phrase, without relative clauses and without the cue or the content."""
    head = source.head
    if source.route == "modifier":
        return head, head + 1
    if tokens.dep[head] == "poss":
        case = tokens.child(head, "case")
        return tokens.left[head], (case + 1 if case is not None else tokens.right[head])
    first, last = max(tokens.left[head], tokens.paragraphs[tokens.paragraph[head]][0]), head + 1
    for k in tokens.kids[head]:
        if k > head and tokens.dep[k] in OFFICE:
            last = max(last, tokens.right[k])
        elif k > head and tokens.dep[k] in ("relcl", "acl", "advcl"):
            break
    while tokens.blank[first] and first < head:
        first += 1
    taken = set(candidate.cue)
    for a, b in candidate.content:
        taken.update(range(a, b))
    before = [i for i in range(first, head) if i in taken]
    if before:
        first = before[-1] + 1
    after = next((i for i in range(head + 1, last) if i in taken or tokens.paragraph[i] != tokens.paragraph[head]), last)
    while after > head + 1 and tokens.blank[after - 1]:
        after -= 1
    return first, after
