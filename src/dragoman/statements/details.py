"""The rest of a statement's record: kind, source entity, addressee, venue, attribution, nesting."""

import re

from dragoman.entities.lookup import Entities
from dragoman.records import Attribution, Cue, Span, Statement, StatementKind, span_of
from dragoman.statements.choice import Choice
from dragoman.statements.tokens import Interval, Tokens
from dragoman.statements.words import WORDS

VENUE_NOUNS = WORDS["venues"]
VENUE_PREPOSITIONS = frozenset(["in", "at", "on", "during", "to", "by", "via"])
MEDIA = frozenset(["ORG"])
ANONYMOUS = re.compile(
    r"\b(?:sources?|officials?|diplomats?|aides?|people|person|insiders?|witness(?:es)?|analysts?|experts?|critics?|"
    r"observers?|lawmakers?|some|many|others?|anonymous|unnamed|residents?|activists?|officers?|advis[eo]rs?|spokes\w+|man|woman|"
    r"voters?|supporters?|opponents?|protesters?|soldiers?|reporters?|journalists?)\b",
    re.IGNORECASE,
)
PERSONAL = frozenset(["he", "she", "i", "him", "her", "who"])


def as_statements(tokens: Tokens, choices: list[Choice], entities: Entities) -> tuple[Statement, ...]:
    """Return the choices as records, numbered in the order of the text."""
    ids = [f"s{n}" for n in range(1, len(choices) + 1)]
    return tuple(
        _statement(tokens, choice, id, _inside(choice, choices, ids), entities)
        for choice, id in zip(choices, ids, strict=True)
    )


def _statement(tokens: Tokens, choice: Choice, id: str, inside: str | None, entities: Entities) -> Statement:
    """Return a choice as a record."""
    c = choice.candidate
    return Statement(
        id=id,
        kind=_kind(tokens, choice),
        source=_entity(tokens, choice.source, entities),
        source_span=_span(tokens, choice.source) if choice.source else None,
        cue=_cue(tokens, choice),
        content=tuple(_span(tokens, piece) for piece in choice.content),
        addressee=next(iter(entities.at(tokens.doc[c.addressee])), None) if c.addressee is not None else None,
        venue=_venue(tokens, choice),
        attribution=_attribution(tokens, choice, entities),
        inside=inside,
    )


def _span(tokens: Tokens, interval: Interval) -> Span:
    """Return the words of an interval as a span of the text."""
    return span_of(tokens.raw, tokens.start[interval[0]], tokens.end[interval[1] - 1])


def _kind(tokens: Tokens, choice: Choice) -> StatementKind:
    """Return how the words are reported: all in quotation marks, some, or none."""
    words = [i for i in choice.words if not tokens.blank[i]]
    own = tokens.quote[choice.candidate.head] if choice.candidate.role != "none" else -1
    quoted = sum(tokens.quote[i] >= 0 and tokens.quote[i] != own for i in words)
    return "direct" if quoted == len(words) else "mixed" if quoted else "indirect"


def _cue(tokens: Tokens, choice: Choice) -> Cue | None:
    """Return the words of the cue and the lemma of its head; the mark itself of a colon or dash."""
    c = choice.candidate
    if not c.cue:
        return None
    first, last = c.cue[0], c.cue[-1]
    taken = choice.words | set(range(*choice.source) if choice.source else ())
    if last - first > 6 or any(i in taken for i in range(first, last + 1)):
        first = last = c.head
    span = _span(tokens, (first, last + 1))
    return Cue(start=span.start, end=span.end, text=span.text, lemma=tokens.lemma[c.head])


def _entity(tokens: Tokens, interval: Interval | None, entities: Entities) -> str | None:
    """Return the first entity that a phrase means; of a relative pronoun, that of the word it stands for."""
    if interval is None:
        return None
    found = entities.of(tokens.doc[interval[0] : interval[1]])
    last = interval[1] - 1
    if not found and tokens.tag[last] in ("WP", "WDT", "WP$"):
        antecedent = _antecedent(tokens, last)
        found = entities.at(tokens.doc[antecedent]) if antecedent is not None else ()
    return next(iter(found), None)


def _antecedent(tokens: Tokens, pronoun: int) -> int | None:
    """Return the noun that the relative clause of a pronoun hangs on."""
    at = pronoun
    while tokens.head[at] != at:
        at, dep = tokens.head[at], tokens.dep[at]
        if dep == "relcl":
            return at
    return None


def _venue(tokens: Tokens, choice: Choice) -> str | None:
    """Return where or through what it was said: "in a statement", "told CNN"."""
    c = choice.candidate
    if c.role != "verb":
        return None
    taken = choice.words
    for k in tokens.kids[c.head]:
        if tokens.dep[k] == "prep" and tokens.lower[k] in VENUE_PREPOSITIONS and k not in taken:
            noun = tokens.child(k, "pobj")
            if noun is not None and (tokens.lemma[noun] in VENUE_NOUNS or tokens.lower[noun] in VENUE_NOUNS):
                last = next(
                    (i for i in range(k + 1, tokens.right[k]) if i in taken or tokens.text[i] == ","), tokens.right[k]
                )
                return _span(tokens, (k + 1 if tokens.lower[k] == "at" else k, last)).text if last > k + 1 else None
    if c.addressee is not None and tokens.entity[c.addressee] in MEDIA and c.addressee not in taken and c.key == "tell":
        return _span(tokens, (tokens.left[c.addressee], c.addressee + 1)).text
    return None


def _attribution(tokens: Tokens, choice: Choice, entities: Entities) -> Attribution | None:
    """Return what kind of source it is: a named person, a body, or somebody unnamed."""
    if choice.source is None:
        return None
    id = _entity(tokens, choice.source, entities)
    entity = entities.by_id.get(id) if id else None
    if entity is not None:
        return {"person": "named", "unnamed": "anonymous", "group": "anonymous"}.get(entity.kind, "institutional")  # type: ignore[return-value]
    first, last = choice.source
    labels = {tokens.entity[i] for i in range(first, last)}
    text = _span(tokens, choice.source).text
    if "PERSON" in labels or text.lower() in PERSONAL:
        return "named"
    return "anonymous" if ANONYMOUS.search(text) else "institutional"


def _inside(choice: Choice, choices: list[Choice], ids: list[str]) -> str | None:
    """Return the id of the closest statement whose content holds this one's cue, or its words where it has none."""
    if choice.candidate.under is not None:
        return next(
            (id for c, id in zip(choices, ids, strict=True) if c.candidate.head == choice.candidate.under), None
        )
    at = _cue_at(choice)
    own = sum(b - a for a, b in choice.content)
    best: tuple[int, str] | None = None
    for other, id in zip(choices, ids, strict=True):
        if other is choice or not any(a <= at < b for a, b in other.content):
            continue
        size = sum(b - a for a, b in other.content)
        mutual = any(a <= _cue_at(other) < b for a, b in choice.content)
        if (best is None or size < best[0]) and not (mutual and size <= own):
            best = (size, id)
    return best[1] if best else None


def _cue_at(choice: Choice) -> int:
    """Return the token at which a statement is attributed: its cue's head, or its first word where it has none."""
    return choice.candidate.head if choice.candidate.cue else choice.content[0][0]
