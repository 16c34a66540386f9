"""Phrases: who acts in a clause, who is meant, and where the words of an item end."""

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from dragoman.entities.lookup import Entities
from dragoman.events.assembly import Speakers

FIRST_PERSON = frozenset(("i", "we", "me", "us", "my", "our"))
SUBJECTS = ("nsubj", "nsubjpass")
RELATIVES = ("WDT", "WP", "WP$", "WRB")
AROUND = ("poss", "compound", "amod", "nmod", "appos")  # where a phrase names whose it is


def subjects_of(verb: Token) -> list[Token]:
    """Return who acts in a clause: its own subject, or that of the clause that it depends on.

    >>> [t.text for t in subjects_of(doc[4])]
    ['Turkey']
    """
    own = [c for c in verb.children if c.dep_ in SUBJECTS]
    if own and any(c.dep_ == "nsubjpass" for c in own):
        agents = [t for c in verb.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]
        return [member for head in agents for member in listed(head)]
    if own:
        heads = [verb.head if t.tag_ in RELATIVES and verb.dep_ == "relcl" else t for t in own]
        return [member for head in heads for member in listed(head)]
    if verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
        return [verb.head] if verb.tag_ == "VBG" else []
    if verb.dep_ in ("conj", "xcomp", "advcl", "acomp", "ccomp") and verb.head.i != verb.i:
        return subjects_of(verb.head)
    return []


def listed(head: Token) -> list[Token]:
    """Return a noun and those listed with it.

    >>> [t.text for t in listed(doc[0])]
    ['Norway', 'Britain']
    """
    return [head, *(m for c in head.children if c.dep_ == "conj" and c.pos_ != "VERB" for m in listed(c))]


def who(tokens: Iterable[Token], entities: Entities, speakers: Speakers) -> tuple[str, ...]:
    """Return the ids of who is meant by some nouns, else of whose they are ("Colombia's largest rebel group")."""
    ids: dict[str, None] = {}
    for token in tokens:
        ids.update(dict.fromkeys(_meant(token, entities, speakers) or _owners(token, entities, speakers)))
    return tuple(ids)


def _meant(token: Token, entities: Entities, speakers: Speakers) -> tuple[str, ...]:
    if (token.lower_ in FIRST_PERSON and token.pos_ == "PRON") or _is_own_subject(token):
        statement = speakers.around(token.idx, token.idx + len(token))
        if statement is not None and statement.source is not None:
            return (statement.source,)
    return entities.at(token)


def _is_own_subject(token: Token) -> bool:
    """Whether a pronoun means who speaks: the "it" of "the movement said that it was ready"."""
    if token.lower_ not in ("it", "they") or token.dep_ != "nsubj":
        return False
    return token.head.dep_ == "ccomp" and token.head.head.lemma_ in TAGGING


def _owners(token: Token, entities: Entities, speakers: Speakers) -> tuple[str, ...]:
    if token.pos_ not in ("NOUN", "PROPN"):
        return ()
    around = [c for c in token.children if c.dep_ in AROUND]
    return next((ids for c in around if (ids := _meant(c, entities, speakers))), ())


def end_of_phrase(doc: Doc, start: int, limit: int, speakers: Speakers) -> int:
    """Return where the words of an item end: before a relative, a new clause, a speaker's tag or a stop.

    >>> doc[3:end_of_phrase(doc, 3, len(doc), speakers)].text
    'eight officers'
    """
    statement = speakers.around(doc[start].idx, doc[start].idx + 1)
    pieces = [p for p in statement.content if p.start <= doc[start].idx < p.end] if statement else []
    for i in range(start, limit):
        if i > start and (_opens_aside(doc, i) or _opens_clause(doc[i]) or any(doc[i].idx >= p.end for p in pieces)):
            return i
    return limit


def _opens_aside(doc: Doc, i: int) -> bool:
    """Whether what follows no longer belongs: ", who fled", ", according to", "; ", a quotation mark, a dash."""
    token = doc[i]
    if token.text in (";", ":", "—", "–", '"', "“", "”", "(") or token.is_space:
        return True
    if token.text != "," or i + 1 >= len(doc):
        return False
    after = doc[i + 1]
    return after.tag_ in RELATIVES or after.lower_ in ASIDES or _is_tag(after) or _is_said(doc, i)


TAGGING = frozenset(
    ("say", "tell", "announce", "report", "write", "add", "state", "declare", "reply", "warn", "insist", "claim")
)


def _is_said(doc: Doc, comma: int) -> bool:
    """Whether a comma opens a tag that the parse missed: ", the prime minister, Marat Isakov, told parliament"."""
    last = min(len(doc), comma + 16)
    end = next((i for i in range(comma + 1, last) if doc[i].is_sent_start), last)
    verb = next((t for t in doc[comma + 1 : end] if t.tag_ in ("VBD", "VBZ")), None)
    if verb is None or verb.lemma_ not in TAGGING:
        return False
    return all(t.pos_ in NOMINAL or t.text in (",", "'s", "-") for t in doc[comma + 1 : verb.i])


NOMINAL = frozenset(("DET", "NOUN", "PROPN", "ADJ", "PART", "ADP", "NUM", "PRON"))


ASIDES = frozenset(
    ("according", "while", "although", "though", "but", "which", "adding", "saying", "said", "among", "none", "because",
     "so", "after", "instead", "as")
)  # fmt: skip


def _is_tag(token: Token) -> bool:
    """Whether a word after a comma opens the tag of who says so: ", Greek officials said"."""
    head = next((a for a in (token, *token.ancestors) if a.dep_ in ("nsubj", "nsubjpass")), None)
    return head is not None and head.left_edge.i == token.i and head.head.pos_ == "VERB"


def _opens_clause(token: Token) -> bool:
    """Whether an "and" or a "but" joins a clause with a subject of its own, or one that says or offers anew."""
    if token.dep_ != "cc":
        return False
    joined = next((c for c in token.head.children if c.dep_ == "conj" and c.i > token.i), None)
    if joined is None or joined.pos_ not in ("VERB", "AUX"):
        return False
    return any(c.dep_ in SUBJECTS for c in joined.children) or joined.tag_ == "VBD" or _is_perfect(joined)


def _is_perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without its opening determiners and its closing stops, times and small words.

    >>> doc[slice(*trimmed(doc, 0, 6))].text
    'release of forty prisoners'
    """
    while start < end and (doc[start].pos_ in OPENING or doc[start].dep_ == "aux" or doc[start].lower_ == "over"):
        start += 1
    while end > start and (doc[end - 1].pos_ in ("PUNCT", "CCONJ", "ADP", "SPACE", "SCONJ") or _is_time(doc[end - 1])):
        end -= 1
    return start, end


OPENING = ("DET", "PUNCT", "PART", "SCONJ", "SPACE")


def _is_time(token: Token) -> bool:
    return (token.ent_type_ == "DATE" and token.pos_ == "PROPN") or token.lower_ in ("only", "instead")
