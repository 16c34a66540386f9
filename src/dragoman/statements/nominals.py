"""Readings of cues that are no verbs: nouns, adjectives, "according to", "in X's view", "is against"."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from dragoman.statements.candidate import Candidate
from dragoman.statements.cues import CueTable
from dragoman.statements.quotations import quotes_near
from dragoman.statements.spans import cut, snapped
from dragoman.statements.subtrees import cue_words, words_under
from dragoman.statements.tokens import Interval, Tokens
from dragoman.statements.words import WORDS

LIGHT = WORDS["light_verbs"]
COPULAS = WORDS["copulas"]
RELAYS = frozenset(["quoting", "citing"])


def noun_readings(tokens: Tokens, n: int) -> Iterator[Candidate]:
    """Yield the readings of a noun that the table holds: "his decision to", "a call for", "made the claim that"."""
    head, lemma = tokens.head[n], tokens.lemma[n]
    cue: tuple[int, ...] = (n,)
    governor = n
    light = tokens.lemma[head] in LIGHT and tokens.dep[n] == "dobj"
    if light:
        cue, governor = (*cue_words(tokens, head, []), n), head

    def reading(frame: str, content: list[Interval]) -> Iterator[Candidate]:
        """Yield the reading where something is left of its content."""
        pieces = snapped(tokens, cut(tokens, content), n)
        if pieces:
            yield Candidate(n, cue, lemma, "noun", frame, pieces, governor)

    for k in tokens.kids[n]:
        dep = tokens.dep[k]
        if dep in ("acl", "ccomp", "relcl") and k > n:
            to = any(tokens.tag[j] == "TO" for j in tokens.kids[k])
            mark = any(tokens.lower[j] in ("that", "whether", "if") and tokens.dep[j] == "mark" for j in tokens.kids[k])
            if to or mark or dep == "ccomp":
                yield from reading("inf" if to else "clause", words_under(tokens, k, n))
        elif dep == "prep" and tokens.lower[k] != "by":
            inner = tokens.child(k, "pobj", "pcomp")
            if inner is not None:
                yield from reading(f"prep:{tokens.lower[k]}", [(k + 1, tokens.right[k])])
    if light:
        for k in tokens.kids[head]:
            if k > n and tokens.dep[k] in ("prep", "xcomp", "ccomp", "acl"):
                under = words_under(tokens, k, n)
                if tokens.dep[k] == "prep":
                    yield from reading(f"prep:{tokens.lower[k]}", [(k + 1, tokens.right[k])])
                else:
                    yield from reading("inf" if tokens.dep[k] == "xcomp" else "clause", under)
    if tokens.lemma[head] == "be" and tokens.dep[n] == "nsubj":
        for k in tokens.kids[head]:
            if tokens.dep[k] in ("ccomp", "xcomp", "attr") and k > head:
                yield from reading("be", words_under(tokens, k, n))
    quotes = quotes_near(tokens, n)
    if quotes:
        yield from reading("quote", quotes)


def adjective_readings(tokens: Tokens, a: int, table: CueTable) -> Iterator[Candidate]:
    """Yield the readings of an adjective with a complement: "is confident that", "opposed to"."""
    key = tokens.lower[a] if (tokens.lower[a], "adj") in table.rows else tokens.lemma[a]
    if (key, "adj") not in table.rows:
        return
    head = tokens.head[a]
    predicate = tokens.dep[a] in ("acomp", "oprd", "attr") and tokens.pos[head] in ("AUX", "VERB")
    governor = head if predicate else a
    cue = (*cue_words(tokens, head, []), a) if predicate else (a,)
    beside = [k for k in tokens.kids[head] if k > a] if predicate else []
    for k in sorted({*tokens.kids[a], *beside}):
        if k < a:
            continue
        dep = tokens.dep[k]
        frame, content = "", words_under(tokens, k, a)
        if dep in ("ccomp", "advcl") and tokens.head[k] in (a, head):
            frame = "clause"
        elif dep == "xcomp":
            frame = "inf"
        elif dep in ("prep", "agent"):
            frame, content = f"prep:{tokens.lower[k]}", [(k + 1, tokens.right[k])]
        if frame:
            pieces = snapped(tokens, cut(tokens, content), a)
            if pieces:
                yield Candidate(a, cue, key, "adj", frame, pieces, governor)


def copula_readings(tokens: Tokens, b: int) -> Iterator[Candidate]:
    """Yield "is for / against / in favour of X", where the copula's preposition tells the stance."""
    if tokens.lemma[b] not in COPULAS:
        return
    for k in tokens.kids[b]:
        if tokens.dep[k] != "prep" or k < b:
            continue
        word = tokens.lower[k]
        if word in ("against", "for"):
            pieces = snapped(tokens, cut(tokens, [(k + 1, tokens.right[k])]), b)
            if pieces:
                yield Candidate(b, (*cue_words(tokens, b, []), k), f"be {word}", "verb", f"prep:{word}", pieces, b)


def according_readings(tokens: Tokens, i: int) -> Iterator[Candidate]:
    """Yield the sentence around "according to X" and "per X"."""
    to = i + 1 if i + 1 < len(tokens) and tokens.lower[i + 1] == "to" else i
    if to == i and (tokens.lower[i] == "according" or i == 0 or tokens.text[i - 1] != ","):
        return  # "a fee per student" is no source
    inner = next((j for j in range(to + 1, min(to + 12, len(tokens))) if tokens.dep[j] == "pobj"), None)
    if inner is None or tokens.left[inner] <= to:
        return
    stop = _phrase_end(tokens, inner)
    relay = _relay(tokens, stop)
    whole = (i, relay.stop if relay else stop)
    key = "according to" if to > i else "per"
    yield from _rest_of_clause(tokens, i, tuple(range(i, to + 1)), whole, inner, key)
    if relay is not None:
        for reading in _rest_of_clause(tokens, i, (relay.verb,), whole, relay.quoted, key):
            yield replace(reading, head=relay.verb, under=i)


class _Relay(NamedTuple):
    """Whom a source quotes in its turn: the verb, who is quoted, and where the phrase ends."""

    verb: int
    quoted: int
    stop: int


def _relay(tokens: Tokens, stop: int) -> _Relay | None:
    """Return the "quoting Y" that follows "according to X,", up to its comma."""
    verb = stop + 1 if stop < len(tokens) and tokens.text[stop] == "," else stop
    if verb >= len(tokens) or tokens.lower[verb] not in RELAYS:
        return None
    quoted = tokens.child(verb, "dobj")
    if quoted is None:
        return None
    end = next(
        (j for j in range(quoted + 1, tokens.sentences[tokens.sentence[verb]][1]) if tokens.text[j] == ","), None
    )
    return _Relay(verb, quoted, end) if end is not None else None


def view_readings(tokens: Tokens, i: int, table: CueTable) -> Iterator[Candidate]:
    """Yield the sentence around "in X's view", "in the words of X"."""
    if tokens.lower[i] != "in":
        return
    noun = tokens.child(i, "pobj")
    if noun is None or (f"in {tokens.lemma[noun]}", "prep") not in table.rows:
        return
    if tokens.child(noun, "poss") is None and tokens.child(noun, "prep") is None:
        return
    cue = (i, noun)
    stop = _phrase_end(tokens, noun)
    yield from _rest_of_clause(tokens, i, cue, (i, stop), noun, f"in {tokens.lemma[noun]}")


def _phrase_end(tokens: Tokens, noun: int) -> int:
    """Return where a noun phrase ends: before a comma that a clause of the sentence follows."""
    stop = tokens.right[noun]
    for j in range(noun + 1, stop):
        if tokens.text[j] in (",", ";") and tokens.dep[j] == "punct":
            following = tokens.text[j + 1 : j + 2]
            if following and tokens.dep[j + 1] in ("nsubj", "det") and tokens.head[j] != noun:
                return j
    return stop


def _rest_of_clause(
    tokens: Tokens, head: int, cue: tuple[int, ...], phrase: Interval, source: int, key: str
) -> Iterator[Candidate]:
    """Yield the readings of the clause that a phrase like "according to X" hangs on, without the phrase."""
    first, last = tokens.sentences[tokens.sentence[head]]
    first = max(first, tokens.paragraphs[tokens.paragraph[head]][0])
    last = min(last, tokens.paragraphs[tokens.paragraph[head]][1])
    whole = [(first, phrase[0]), (phrase[1], last)]
    readings = {"sentence": whole}
    if phrase[0] - first > 2:
        readings["before"] = [(first, phrase[0])]
    up = tokens.head[head]
    while tokens.pos[up] not in ("VERB", "AUX") and tokens.head[up] != up:
        up = tokens.head[up]
    a, b = tokens.left[up], tokens.right[up]
    if a <= phrase[0] < b and (a, b) != (first, last):
        readings["governing"] = [(max(a, first), phrase[0]), (phrase[1], min(b, last))]
    if last - phrase[1] > 3:
        readings["after"] = [(phrase[1], last)]
    for frame, content in readings.items():
        pieces = snapped(tokens, cut(tokens, content), head)
        if pieces:
            yield Candidate(head, cue, key, "prep", frame, pieces, source)
