"""Who is the source: the words at the cue that name who speaks, thinks or decides.

A verb's source is its subject; where it has none of its own, that of the verb it is joined to, controlled by or
hung on; of a passive its agent; of a noun its possessor.
"""

from dataclasses import dataclass

from dragoman.statements.candidate import Candidate
from dragoman.statements.tokens import Interval, Tokens
from dragoman.statements.words import WORDS

SUBJECTS = ("nsubj", "csubj", "expl")
STEPS = ("conj", "advcl", "pcomp", "prep", "ccomp", "parataxis", "dep", "acomp", "attr", "xcomp")
SUBJECT_CONTROL = ("promise", "vow", "threaten")
NOUNS = ("PROPN", "NOUN", "PRON")
MAX_STEPS = 6  # verbs between a cue and the subject it shares; more is a parse gone astray
OFFICE = ("appos", "prep", "compound", "amod", "det", "poss", "nmod", "nummod", "case", "conj", "cc", "quantmod")
DASHES = frozenset(["—", "–", "--", "―"])
AGENT_NOUNS = frozenset(["by", "from", "of"])


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
        return Source(candidate.governor, candidate.frame)
    if candidate.role == "noun":
        return _of_noun(tokens, candidate)
    if candidate.role == "none":
        return None
    quoted = _who_is_quoted(tokens, candidate.governor)
    if quoted is not None:
        return quoted
    found = of_verb(
        tokens,
        candidate.governor,
        candidate.passive,
        inverted="quote" in candidate.frame and candidate.content[0][0] < candidate.head,
    )
    if found is None and candidate.role == "adj":  # "was stunned", "are concerned": who feels is the subject
        felt = tokens.child(candidate.governor, "nsubjpass")
        found = Source(felt, "passive") if felt is not None else None
    if found is None and candidate.role == "verb" and not candidate.passive:
        found = _adjacent(tokens, candidate)
    if found is None or _fits(tokens, found.head, candidate):
        return None if found is not None and _expletive(tokens, found.head, candidate) else found
    return _nearest(tokens, candidate, found.head)


def _who_is_quoted(tokens: Tokens, v: int) -> Source | None:
    """Return who speaks in "he was quoted as saying", "the agency quoted him as saying", at either of the two verbs."""
    quote = tokens.head[tokens.head[v]] if tokens.dep[v] == "pcomp" and tokens.lower[tokens.head[v]] == "as" else v
    as_saying = any(
        tokens.lower[k] == "as" and any(tokens.dep[j] == "pcomp" for j in tokens.kids[k]) for k in tokens.kids[quote]
    )
    if tokens.lemma[quote] != "quote" or not as_saying:
        return None
    speaker = tokens.child(quote, "nsubjpass", "dobj")
    return Source(speaker, "quoted") if speaker is not None else None


def _expletive(tokens: Tokens, head: int, candidate: Candidate) -> bool:
    """Return whether a subject is the "it" of "it was unclear whether"."""
    return tokens.lower[head] in ("it", "there") and candidate.role == "adj" and candidate.frame == "clause"


def _adjacent(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Return the phrase right before a finite verb that the parse has left without a subject."""
    v = candidate.governor
    if tokens.tag[v] not in ("VBD", "VBZ", "VBP", "NNS") or tokens.dep[v] in ("conj", "relcl", "acl"):
        return None
    at = v - 1
    while at > 0 and (tokens.pos[at] in ("ADV", "AUX", "PART")) and tokens.sentence[at] == tokens.sentence[v]:
        at -= 1
    if at < 0 or tokens.pos[at] not in NOUNS or not _fits(tokens, at, candidate):
        return None
    return Source(at, "adjacent")


def _fits(tokens: Tokens, head: int, candidate: Candidate) -> bool:
    """Return whether a source stands in the cue's paragraph, and in no quotation that the cue stands outside of."""
    at = candidate.head
    if head < _body_start(tokens, at) <= at:
        return False
    return tokens.paragraph[head] == tokens.paragraph[at] and tokens.quote[head] in (-1, tokens.quote[at])


def _nearest(tokens: Tokens, candidate: Candidate, astray: int) -> Source | None:
    """Return who a verb belongs to where the parse has taken its subject from a dateline or a quotation.

    From a dateline or the paragraph before: the first phrase of the body. From a quotation: the phrase right after
    the verb ('"…," said Lopez'), else the one before it; of a participle nobody, since it shares a subject.
    """
    v = candidate.governor
    a, b = tokens.paragraphs[tokens.paragraph[v]]
    start = _body_start(tokens, v)
    if astray < start <= v:
        opening = next((k for k in range(start, v) if _heads_phrase(tokens, k)), None)
        return Source(opening, "opening") if opening is not None else None
    after = next((k for k in range(v + 1, min(b, v + 8)) if _names(tokens, k, candidate)), None)
    if after is not None and tokens.left[after] == v + 1 and candidate.content[0][0] < v:
        return Source(after, "nearest")
    if tokens.tag[v] == "VBG":
        shared = _shared(tokens, v)
        return shared if shared is not None and _fits(tokens, shared.head, candidate) else None
    before = next((k for k in range(v - 1, max(a, v - 12) - 1, -1) if _names(tokens, k, candidate)), None)
    return Source(before, "nearest") if before is not None else None


def _heads_phrase(tokens: Tokens, k: int) -> bool:
    """Return whether a token is the last noun of its compound, outside of quotations."""
    if tokens.pos[k] not in NOUNS or tokens.dep[k] in ("compound", "poss", "npadvmod") or tokens.quote[k] >= 0:
        return False
    return k + 1 >= len(tokens) or (tokens.pos[k + 1] not in NOUNS and tokens.tag[k + 1] != "POS")


def _names(tokens: Tokens, k: int, candidate: Candidate) -> bool:
    """Return whether a token heads a noun phrase outside of quotations that are not the cue's."""
    if tokens.pos[k] not in NOUNS or tokens.dep[k] in ("compound", "npadvmod", "poss", "pobj"):
        return False
    return _fits(tokens, k, candidate)


def _body_start(tokens: Tokens, at: int) -> int:
    """Return where a token's paragraph begins, after its dateline: "GENEVA (Wire) — ", "12:15 p.m." """
    a, b = tokens.paragraphs[tokens.paragraph[at]]
    if not tokens.text[a].isupper() or len(tokens.text[a]) < 3:
        return a
    return next((i + 1 for i in range(a + 1, min(b, a + 10)) if tokens.text[i] in ("—", "–", "--", "―")), a)


def of_verb(tokens: Tokens, v: int, passive: bool = False, inverted: bool = False) -> Source | None:
    """Return the subject of a verb, its own or shared; of a passive the agent."""
    if passive or tokens.tag[v] == "VBN" or tokens.child(v, "auxpass") is not None:
        agent = tokens.child(v, "agent")
        by = tokens.child(agent, "pobj") if agent is not None else None
        if by is not None:
            return Source(by, "agent")
        if passive or (tokens.dep[v] in ("advcl", "acl", "amod") and tokens.child(v, "aux") is None):
            return None  # "Asked about it, he shrugged": the asker is not told
    own = _own(tokens, v, "")
    if own is not None:
        return own
    if inverted:
        swapped = tokens.child(v, "dobj", "attr", "dep")
        if swapped is not None and swapped == _next_phrase(tokens, v):
            return Source(swapped, "inverted")
    return _shared(tokens, v)


def _own(tokens: Tokens, v: int, route: str) -> Source | None:
    """Return the subject that hangs on a verb."""
    kid = tokens.child(v, *SUBJECTS)
    if kid is None:  # the parse may hang it on the auxiliary
        auxiliary = tokens.child(v, "auxpass", "aux")
        kid = tokens.child(auxiliary, *SUBJECTS) if auxiliary is not None else None
    if kid is not None and tokens.dep[kid] != "expl":
        return Source(kid, route + "subject")
    logical = tokens.child(v, "nsubjpass")
    return Source(logical, route + "passive") if logical is not None and route else None


def _shared(tokens: Tokens, v: int) -> Source | None:
    """Return the subject that a verb without one shares: up through conjunctions, participles and control."""
    at = v
    for _ in range(MAX_STEPS):
        dep, up = tokens.dep[at], tokens.head[at]
        if up == at:
            return None
        noun = tokens.pos[up] in ("NOUN", "PROPN", "PRON")
        if dep == "acl" and tokens.tag[at] == "VBG" and tokens.dep[up] == "dobj" and not _is_person(tokens, up):
            sender = _own(tokens, tokens.head[up], "acl ")
            if sender is not None:
                return sender  # "They sent a letter opposing the plan": they oppose it
        if dep in ("relcl", "acl", "amod") or (noun and dep in ("pcomp", "prep", "advcl")):
            return Source(up, f"{dep}") if noun else None
        if dep == "xcomp" or (dep == "ccomp" and not _finite(tokens, at)):
            controller = tokens.child(up, "dobj")
            if controller is not None and controller < at and tokens.lemma[up] not in SUBJECT_CONTROL:
                return Source(controller, "object")
        elif dep not in STEPS or (dep in ("ccomp", "parataxis") and _finite(tokens, at)):
            return None
        if tokens.pos[up] in ("ADP", "SCONJ") and tokens.pos[tokens.head[up]] == "NOUN":
            owner = tokens.child(tokens.head[up], "poss")
            if owner is not None:
                return Source(owner, "poss")
        at = _out_of_content(tokens, v, up) if at == v else up
        found = _own(tokens, at, f"{dep} ")
        if found is not None:
            return found
    return None


def _is_person(tokens: Tokens, noun: int) -> bool:
    """Return whether a noun names somebody who can speak."""
    return tokens.entity[noun] in ("PERSON", "ORG", "NORP", "GPE") or tokens.lemma[noun] in WORDS["people"]


def _out_of_content(tokens: Tokens, v: int, up: int) -> int:
    """Return the verb that a participle after a comma, or a finite verb after a modal one, belongs to.

    "He said that it would rain, adding …": the parse hangs "adding" on "rain"; "said he would vote and dared them":
    it joins "dared" to "vote".
    """
    participle = tokens.tag[v] == "VBG" and tokens.dep[v] == "advcl" and tokens.text[tokens.left[v] - 1] == ","
    misjoined = tokens.dep[v] == "conj" and tokens.tag[v] in ("VBD", "VBZ") and tokens.tag[up] in ("VB", "VBG")
    if participle or misjoined:
        while tokens.dep[up] in ("ccomp", "xcomp", "pcomp") and tokens.head[up] < up:
            up = tokens.head[up]
            if misjoined and tokens.tag[up] in ("VBD", "VBZ", "VBP"):
                break
    return up


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
        return of_verb(
            tokens, candidate.governor, any(tokens.dep[k] == "auxpass" for k in tokens.kids[candidate.governor])
        )
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
    if tokens.dep[n] == "pobj":
        head = tokens.head[head]
    if tokens.dep[n] in ("attr", "dobj", "pobj") and tokens.pos[head] in ("VERB", "AUX"):
        return of_verb(tokens, head)
    return None


def _of_preposition(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Return who the sentence is according to, or whose view it is."""
    noun = candidate.governor
    if candidate.key in ("according to", "per"):  # of a relay, who is quoted
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
    if source.route == "signed":
        first = head
        while tokens.pos[first - 1] == "PROPN" and tokens.quote[first - 1] < 0:
            first -= 1
        return first, head + 1
    if tokens.dep[head] == "poss":
        case = tokens.child(head, "case")
        return tokens.left[head], (case + 1 if case is not None else tokens.right[head])
    start = _body_start(tokens, head)
    first, last = max(tokens.left[head], start if start <= head else 0), head + 1
    for k in tokens.kids[head]:
        if k > head and tokens.dep[k] in OFFICE and not (tokens.dep[k] == "amod" and tokens.text[k - 1] == ","):
            last = max(last, tokens.right[k])
        elif k > head and tokens.dep[k] in ("relcl", "acl", "advcl"):
            break
    last = next((i for i in range(head + 1, last) if tokens.tag[i] in ("WP", "WDT", "WP$", "WRB")), last)
    while tokens.blank[first] and first < head:
        first += 1
    taken = set(candidate.cue)
    for a, b in candidate.content:
        taken.update(range(a, b))
    before = [i for i in range(first, head) if i in taken or tokens.text[i] in DASHES]
    if before:
        first = before[-1] + 1
    after = next(
        (i for i in range(head + 1, last) if i in taken or tokens.paragraph[i] != tokens.paragraph[head]), last
    )
    while after > head + 1 and tokens.blank[after - 1]:
        after -= 1
    return first, after
