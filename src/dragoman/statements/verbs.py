"""Readings of a verb: its clause, infinitive, object, prepositional phrase, quotation, and the clause around it."""

from collections.abc import Iterator

from dragoman.statements.candidate import Candidate
from dragoman.statements.cues import CueRow, CueTable
from dragoman.statements.nominals import COPULAS, copula_readings
from dragoman.statements.quotations import quotes_near
from dragoman.statements.spans import cut, joined, snapped
from dragoman.statements.subtrees import cue_words, runs, without, words_under
from dragoman.statements.tokens import Interval, Tokens

PASSIVE = ("auxpass", "nsubjpass", "csubjpass")
# Frames in which a verb that the table lacks may attribute: what stands there is a proposition or a quotation.
UNKNOWN = frozenset(["clause", "fronted", "quote", "around", "as-clause", "inf", "pred"])


def verb_readings(tokens: Tokens, v: int, table: CueTable) -> Iterator[Candidate]:
    """Yield the readings of a verb."""
    key, particles = _key(tokens, v, table)
    passive = any(tokens.dep[k] in PASSIVE for k in tokens.kids[v]) and not _has_perfect(tokens, v)
    cue = cue_words(tokens, v, particles)
    if tokens.lemma[v] in COPULAS:
        yield from copula_readings(tokens, v)
    addressee = _addressee(tokens, v)

    def reading(frame: str, content: list[Interval], to: int | None = addressee) -> Candidate | None:
        """Return the reading, or None where nothing is left of its content."""
        pieces = snapped(tokens, cut(tokens, content), v)
        if not pieces:
            return None
        return Candidate(v, cue, key, "verb", frame, pieces, v, passive, to)

    row = table.get(key, "verb")
    found = [
        reading(frame, content)
        for frame, content in _frames(tokens, v, passive)
        if (row is not None and (not frame.startswith("obj") or _takes_object(row)))
        or frame in UNKNOWN
        or (frame.startswith("prep:") and (f"{key} {frame[5:]}", "verb") in table.rows)
    ]
    quotes = quotes_near(tokens, v)
    if quotes:
        found.append(reading("quote", quotes))
    yield from (x for x in found if x is not None)


def _has_perfect(tokens: Tokens, v: int) -> bool:
    """Return whether the 's before a participle is "has": "the envoy, who's called for talks"."""
    contracted = any(tokens.dep[k] == "auxpass" and tokens.lower[k] in ("'s", "’s") for k in tokens.kids[v])
    return contracted and tokens.child(v, "nsubj") is not None


def _takes_object(row: CueRow) -> bool:
    """Return whether an object of a verb may be what is attributed: not the talks of "held talks"."""
    return any(frame.split(":")[0].split("+")[0] in ("obj", "pred", "ing", "prep") for frame in row.frames)


def _key(tokens: Tokens, v: int, table: CueTable) -> tuple[str, list[int]]:
    """Return the lemma of a verb with the particle or adjective that the table knows, and those words."""
    lemma = tokens.lemma[v]
    for kid in tokens.kids[v]:
        if tokens.dep[kid] in ("prt", "acomp", "oprd", "advmod", "ccomp"):
            whole = f"{lemma} {tokens.lower[kid]}"
            if tokens.dep[kid] == "prt" or (whole, "verb") in table.rows:
                return whole, [kid]
    return lemma, []


def _addressee(tokens: Tokens, v: int) -> int | None:
    """Return the head of the phrase that may name who is addressed."""
    dative = tokens.child(v, "dative")
    if dative is not None:
        return tokens.child(dative, "pobj") if tokens.pos[dative] == "ADP" else dative
    return tokens.child(v, "dobj")


def _frames(tokens: Tokens, v: int, passive: bool) -> Iterator[tuple[str, list[Interval]]]:
    """Yield frame and content of each complement of a verb."""
    kids, dep = tokens.kids[v], tokens.dep
    for k in kids:
        if dep[k] == "ccomp":
            yield from _clause(tokens, v, k)
        elif dep[k] == "xcomp":
            to = any(tokens.tag[j] == "TO" for j in tokens.kids[k])
            yield ("inf" if to else "ing" if tokens.tag[k] == "VBG" else "xcomp"), words_under(tokens, k, v)
        elif dep[k] in ("dobj", "nsubjpass"):
            yield from _object(tokens, v, k)
        elif dep[k] in ("prep", "dative") and tokens.pos[k] != "PRON":
            yield from _preposition(tokens, v, k)
        elif dep[k] in ("advcl", "acl") and k > v:
            mark = next((tokens.lower[j] for j in tokens.kids[k] if dep[j] in ("mark", "aux")), "")
            if mark in ("to", "that", "if", "whether"):
                yield ("inf" if mark == "to" else "clause"), words_under(tokens, k, v)
    if passive and tokens.child(v, "nsubjpass") is not None:
        subject = tokens.child(v, "nsubjpass")
        inf = tokens.child(v, "xcomp")
        if subject is not None and inf is not None:
            yield "subj+inf", [*words_under(tokens, subject, v), *words_under(tokens, inf, v)]
    yield from _around(tokens, v)


def _clause(tokens: Tokens, v: int, c: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the readings of a clause under a verb: whole, and without a subject that is the addressee."""
    under = _without_misjoined(tokens, c, words_under(tokens, c, v))
    subject = tokens.child(c, "nsubj", "nsubjpass")
    to = any(tokens.tag[j] == "TO" for j in tokens.kids[c])
    if to and subject is not None and subject < c:
        yield "subj+inf", under
        yield "addressee+inf", [(max(a, tokens.right[subject]), b) for a, b in under if b > tokens.right[subject]]
    elif c > v and subject is not None and tokens.pos[c] in ("NOUN", "PROPN", "ADJ") and not _has_verb(tokens, c):
        yield "pred", under
    else:
        yield ("clause" if c > v else "fronted"), under
        if c > v:
            stop = tokens.sentences[tokens.sentence[v]][1]
            if under and under[-1][1] < stop - 2:
                yield "clause+rest", [*under[:-1], (under[-1][0], stop)]


def _without_misjoined(tokens: Tokens, c: int, under: list[Interval]) -> list[Interval]:
    """Return a clause without what its speaker did besides, which the parse joins to it.

    "He said that they would pay, and appealed for calm": "appealed" does not go on after "would".
    """
    if all(tokens.tag[k] != "MD" for k in tokens.kids[c]):
        return under
    for k in tokens.kids[c]:
        finite = tokens.tag[k] in ("VBD", "VBZ") or any(tokens.lower[j] in ("has", "had") for j in tokens.kids[k])
        if k > c and tokens.dep[k] == "conj" and finite and tokens.child(k, "nsubj", "nsubjpass") is None:
            stop = tokens.left[k]
            while stop > c + 1 and (tokens.blank[stop - 1] or tokens.dep[stop - 1] == "cc"):
                stop -= 1
            return [(a, min(b, stop)) for a, b in under if a < stop]
    return under


def _has_verb(tokens: Tokens, c: int) -> bool:
    """Return whether a nominal predicate has a copula or auxiliary of its own."""
    return any(tokens.dep[k] in ("cop", "aux", "auxpass") for k in tokens.kids[c])


def _object(tokens: Tokens, v: int, o: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the readings of an object: alone, with its predicate, with the phrase that tells what for."""
    under = words_under(tokens, o, v)
    yield "obj", under
    after = [k for k in (*tokens.kids[v], *tokens.kids[o]) if k > o and k > v]
    for k in sorted(after):
        word = tokens.lower[k]
        if tokens.dep[k] in ("oprd", "attr", "acomp"):
            yield "obj+pred", joined([*under, *words_under(tokens, k, v)])
        elif tokens.dep[k] in ("prep", "dative") and word in ("as", "for", "of", "over", "with", "from", "against"):
            phrase = words_under(tokens, k, v)
            whole = joined([*(without(under, phrase)), *phrase])
            yield f"obj+{word}", whole
            yield f"obj/{word}", phrase
            if tokens.head[k] == o:
                yield "obj-prep", without(under, phrase)
        elif tokens.dep[k] in ("relcl", "acl") and tokens.head[k] == o:
            yield "obj-rel", without(under, words_under(tokens, k, v))
        elif tokens.dep[k] in ("advcl", "prep") and tokens.head[k] == v:
            yield "obj+adv", joined([*under, *words_under(tokens, k, v)])


def _preposition(tokens: Tokens, v: int, p: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the readings of a prepositional phrase: what stands after the preposition."""
    word = tokens.lower[p]
    inner = tokens.child(p, "pobj", "pcomp")
    if inner is None:
        deeper = tokens.child(p, "prep")  # "out against", "up for"
        if deeper is not None:
            yield from _preposition(tokens, v, deeper)
        return
    yield f"prep:{word}", [(p + 1, tokens.right[p])] if tokens.left[p] == p else words_under(tokens, inner, v)
    subject = tokens.child(v, "nsubjpass")
    if subject is not None and word in ("as", "for", "of", "over"):
        yield f"subj+{word}", joined([*words_under(tokens, subject, v), *words_under(tokens, p, v)])


def _around(tokens: Tokens, v: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the clause that a verb comments on from within: "The plan, he said, is dead"."""
    h, dep = tokens.head[v], tokens.dep[v]
    if h == v:
        return
    opener = next((tokens.lower[k] for k in tokens.kids[v] if tokens.dep[k] in ("mark", "advmod") and k < v), "")
    subject = tokens.child(v, "nsubj", "nsubjpass")
    if opener in ("", "as") and (dep == "parataxis" or (dep in ("ccomp", "advcl") and subject is not None)):
        if dep == "ccomp" and _is_saying_complement(tokens, v, h):
            return
        root = h
        gone = set(range(tokens.left[v], tokens.right[v]))
        if tokens.left[v] <= h < tokens.right[v]:
            gone = set(tokens.subtree(v))
        rest = [i for i in range(tokens.left[root], tokens.right[root]) if i not in gone]
        if rest and tokens.paragraph[rest[0]] == tokens.paragraph[v]:
            yield ("as-clause" if opener == "as" else "around"), runs(rest)


def _is_saying_complement(tokens: Tokens, v: int, h: int) -> bool:
    """Return whether a clause follows its verb with nothing between: the ordinary complement."""
    return h < v and "," not in tokens.text[h : tokens.left[v] + 1]
