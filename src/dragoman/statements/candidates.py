"""What might be a statement: each word that could attribute, with each reading of what it attributes.

The net is wide, since the ranker decides: every verb is asked for its clause, infinitive, object, prepositional
phrase and quotation; nouns, adjectives and prepositions are asked where the table of cues holds them. The readings
of one cue exclude each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.statements.cues import CueTable
from dragoman.statements.spans import cut, joined, snapped
from dragoman.statements.tokens import Interval, Tokens

PASSIVE = ("auxpass", "nsubjpass", "csubjpass")
CLAUSES = ("ccomp", "csubj", "pcomp")
# Frames in which a verb that the table lacks may attribute: what stands there is a proposition or a quotation.
UNKNOWN = frozenset("clause fronted quote around as-clause inf pred".split())
LIGHT = frozenset(
    "make have give take issue express voice offer hold raise show get file release deliver repeat reiterate put send "
    "receive face draw win share lodge register utter feel harbor harbour announce level direct launch".split()
)
DASHES = ("—", "–", "--", "―", "-")
FINITE = ("VBD", "VBZ", "VBP", "MD")
COPULAS = frozenset("be seem remain become feel appear sound look grow get stay".split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one cue: its head and further words, the frame, and the content as token intervals.

    `role` is the part of speech that the cue plays: verb, noun, adj, prep, mark, none. `governor` is the verb whose
    subject is the source (the light verb of "made a pledge", the copula of "is sure"), else the head itself.
    """

    head: int
    cue: tuple[int, ...]
    key: str
    role: str
    frame: str
    content: tuple[Interval, ...]
    governor: int
    passive: bool = False
    addressee: int | None = None


def find_candidates(tokens: Tokens, table: CueTable) -> Iterator[Candidate]:
    """Yield every reading of every word of a document that might be a cue, in order."""
    for i, pos in enumerate(tokens.pos):
        if tokens.lower[i] in ("according", "per"):
            yield from _according(tokens, i)
        elif pos == "VERB":
            yield from _verb(tokens, i, table)
        elif pos == "AUX":
            yield from _copula(tokens, i)
        elif pos == "NOUN" and (tokens.lemma[i], "noun") in table.rows:
            yield from _noun(tokens, i)
        elif pos == "ADJ":
            yield from _adjective(tokens, i, table)
        elif pos == "ADP" or pos == "SCONJ":
            yield from _view(tokens, i, table)
    yield from _colons(tokens)
    yield from _signed(tokens)
    yield from _uncued(tokens)


# ---------------------------------------------------------------- verbs


def _verb(tokens: Tokens, v: int, table: CueTable) -> Iterator[Candidate]:
    """Yield the readings of a verb."""
    key, particles = _key(tokens, v, table)
    passive = any(tokens.dep[k] in PASSIVE for k in tokens.kids[v])
    cue = _cue_words(tokens, v, particles)
    if tokens.lemma[v] in COPULAS:
        yield from _copula(tokens, v)
    addressee = _addressee(tokens, v)

    def reading(frame: str, content: list[Interval], to: int | None = addressee) -> Candidate | None:
        """Return the reading, or None where nothing is left of its content."""
        pieces = snapped(tokens, cut(tokens, content), v)
        if not pieces:
            return None
        return Candidate(v, cue, key, "verb", frame, pieces, v, passive, to)

    known = table.get(key, "verb") is not None
    found = [
        reading(frame, content)
        for frame, content in _frames(tokens, v, passive)
        if known or frame in UNKNOWN or (frame.startswith("prep:") and (f"{key} {frame[5:]}", "verb") in table.rows)
    ]
    quotes = _quotes_near(tokens, v)
    if quotes:
        found.append(reading("quote", quotes))
    yield from (x for x in found if x is not None)


def _key(tokens: Tokens, v: int, table: CueTable) -> tuple[str, list[int]]:
    """Return the lemma of a verb with the particle or adjective that the table knows, and those words."""
    lemma = tokens.lemma[v]
    for kid in tokens.kids[v]:
        if tokens.dep[kid] in ("prt", "acomp", "oprd", "advmod", "ccomp"):
            whole = f"{lemma} {tokens.lower[kid]}"
            if tokens.dep[kid] == "prt" or (whole, "verb") in table.rows:
                return whole, [kid]
    return lemma, []


def _cue_words(tokens: Tokens, v: int, extra: list[int]) -> tuple[int, ...]:
    """Return the words of a verbal cue: the verb, its auxiliaries, negation and particles."""
    words = [k for k in tokens.kids[v] if tokens.dep[k] in ("aux", "auxpass", "neg", "prt") and k < v + 3]
    return tuple(sorted({v, *words, *extra}))


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
            yield ("inf" if to else "ing" if tokens.tag[k] == "VBG" else "xcomp"), _under(tokens, k, v)
        elif dep[k] in ("dobj", "nsubjpass"):
            yield from _object(tokens, v, k)
        elif dep[k] in ("prep", "dative") and tokens.pos[k] != "PRON":
            yield from _preposition(tokens, v, k)
        elif dep[k] in ("advcl", "acl") and k > v:
            mark = next((tokens.lower[j] for j in tokens.kids[k] if dep[j] in ("mark", "aux")), "")
            if mark in ("to", "that", "if", "whether"):
                yield ("inf" if mark == "to" else "clause"), _under(tokens, k, v)
    if passive and tokens.child(v, "nsubjpass") is not None:
        subject = tokens.child(v, "nsubjpass")
        inf = tokens.child(v, "xcomp")
        if subject is not None and inf is not None:
            yield "subj+inf", [*_under(tokens, subject, v), *_under(tokens, inf, v)]
    yield from _around(tokens, v)


def _clause(tokens: Tokens, v: int, c: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the readings of a clause under a verb: whole, and without a subject that is the addressee."""
    under = _under(tokens, c, v)
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


def _has_verb(tokens: Tokens, c: int) -> bool:
    """Return whether a nominal predicate has a copula or auxiliary of its own."""
    return any(tokens.dep[k] in ("cop", "aux", "auxpass") for k in tokens.kids[c])


def _object(tokens: Tokens, v: int, o: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the readings of an object: alone, with its predicate, with the phrase that tells what for."""
    under = _under(tokens, o, v)
    yield "obj", under
    after = [k for k in (*tokens.kids[v], *tokens.kids[o]) if k > o and k > v]
    for k in sorted(after):
        word = tokens.lower[k]
        if tokens.dep[k] in ("oprd", "attr", "acomp"):
            yield "obj+pred", joined([*under, *_under(tokens, k, v)])
        elif tokens.dep[k] in ("prep", "dative") and word in ("as", "for", "of", "over", "with", "from", "against"):
            phrase = _under(tokens, k, v)
            whole = joined([*(_without(under, phrase)), *phrase])
            yield f"obj+{word}", whole
            yield f"obj/{word}", phrase
            if tokens.head[k] == o:
                yield "obj-prep", _without(under, phrase)
        elif tokens.dep[k] in ("relcl", "acl") and tokens.head[k] == o:
            yield "obj-rel", _without(under, _under(tokens, k, v))
        elif tokens.dep[k] in ("advcl", "prep") and tokens.head[k] == v:
            yield "obj+adv", joined([*under, *_under(tokens, k, v)])


def _preposition(tokens: Tokens, v: int, p: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the readings of a prepositional phrase: what stands after the preposition."""
    word = tokens.lower[p]
    inner = tokens.child(p, "pobj", "pcomp")
    if inner is None:
        deeper = tokens.child(p, "prep")  # "out against", "up for"
        if deeper is not None:
            yield from _preposition(tokens, v, deeper)
        return
    yield f"prep:{word}", [(p + 1, tokens.right[p])] if tokens.left[p] == p else _under(tokens, inner, v)
    subject = tokens.child(v, "nsubjpass")
    if subject is not None and word in ("as", "for", "of", "over"):
        yield f"subj+{word}", joined([*_under(tokens, subject, v), *_under(tokens, p, v)])


def _around(tokens: Tokens, v: int) -> Iterator[tuple[str, list[Interval]]]:
    """Yield the clause that a verb comments on from within: "The plan, he said, is dead"."""
    h, dep = tokens.head[v], tokens.dep[v]
    if h == v:
        return
    opener = next((tokens.lower[k] for k in tokens.kids[v] if tokens.dep[k] in ("mark", "advmod") and k < v), "")
    subject = tokens.child(v, "nsubj", "nsubjpass")
    if dep == "parataxis" or (dep in ("ccomp", "advcl") and subject is not None and opener in ("", "as")):
        if dep == "ccomp" and _is_saying_complement(tokens, v, h):
            return
        root = h
        gone = set(range(tokens.left[v], tokens.right[v]))
        if tokens.left[v] <= h < tokens.right[v]:
            gone = set(tokens.subtree(v))
        rest = [i for i in range(tokens.left[root], tokens.right[root]) if i not in gone]
        if rest and tokens.paragraph[rest[0]] == tokens.paragraph[v]:
            yield ("as-clause" if opener == "as" else "around"), _runs(rest)


def _is_saying_complement(tokens: Tokens, v: int, h: int) -> bool:
    """Return whether a clause follows its verb with nothing between: the ordinary complement."""
    return h < v and "," not in tokens.text[h : tokens.left[v] + 1]


# ---------------------------------------------------------------- quotations


def _quotes_near(tokens: Tokens, v: int) -> list[Interval]:
    """Return the quotations that a word outside of them may introduce or follow, with what continues them.

    The nearest one before it and the nearest one after it in its sentence; where the sentence ends its paragraph
    with a colon, the one that opens the next.
    """
    own = tokens.quote[v]
    if own >= 0:
        return []
    first, last = tokens.sentences[tokens.sentence[v]]
    a, b = tokens.paragraphs[tokens.paragraph[v]]
    first, last = max(first, a), min(last, b)
    while first > a and (tokens.quote[first - 1] >= 0 or tokens.blank[first - 1]):
        first -= 1
        if tokens.quote[first] >= 0:
            break
    before = next((tokens.quote[i] for i in range(v - 1, first - 1, -1) if tokens.quote[i] >= 0), -1)
    after = next((tokens.quote[i] for i in range(v + 1, last) if tokens.quote[i] >= 0), -1)
    if before < 0 and after < 0:
        after = _after_colon(tokens, v, last, b)
    if before >= 0 and after >= 0 and _verb_between(tokens, v, tokens.quote_tokens[after][0][0]):
        after = -1
    chosen = [q for q in (before, after) if q >= 0]
    if not chosen:
        return []
    return [piece for q in (*chosen, *_continued(tokens, chosen[-1], v)) for piece in tokens.quote_tokens[q]]


def _after_colon(tokens: Tokens, v: int, last: int, paragraph_end: int) -> int:
    """Return the quotation that opens the next paragraph where a colon ends this one, or -1."""
    at = last
    while at > v and tokens.text[at - 1].isspace():
        at -= 1
    if tokens.text[at - 1] != ":" or any(not tokens.blank[i] for i in range(at, paragraph_end)):
        return -1
    following = next((i for i in range(at, len(tokens)) if not tokens.text[i].isspace()), at)
    return tokens.quote[following] if following < len(tokens) else -1


def _verb_between(tokens: Tokens, v: int, until: int) -> bool:
    """Return whether another verb stands between the cue and a quotation that follows."""
    return any(tokens.pos[i] == "VERB" for i in range(v + 1, until))


def _continued(tokens: Tokens, q: int, v: int) -> list[int]:
    """Return the quotations that go on without a cue after this one, in its paragraph.

    Each must be all of its sentences: nothing but the cue's own sentence before it, a full stop as its last mark.
    """
    found = []
    at = max(tokens.quote_tokens[q][-1][1], v + 1)
    paragraph = tokens.paragraph[at - 1]
    if _ends_in_comma(tokens, q) and tokens.quote_tokens[q][-1][1] > v:
        return []  # '…," she began. "…," and a cue of its own follows
    for following in range(q + 1, len(tokens.quotations)):
        first, end = tokens.quote_tokens[following][0][0], tokens.quote_tokens[following][-1][1]
        if tokens.paragraph[first] != paragraph:
            break
        before = next((i for i in range(first - 1, at - 1, -1) if not tokens.text[i].isspace()), at - 1)
        if tokens.text[before][-1] not in ".?!…:" and tokens.quote[before] < 0:
            break
        if any(tokens.sentence[i] > tokens.sentence[at - 1] for i in range(at, first) if not tokens.blank[i]):
            break
        if _ends_in_comma(tokens, following) or not _ends_sentence(tokens, end):
            break
        found.append(following)
        at, paragraph = end, tokens.paragraph[end - 1]
    return found


def _ends_in_comma(tokens: Tokens, q: int) -> bool:
    """Return whether a comma stands before the closing mark: its cue follows."""
    a, b = tokens.quote_tokens[q][-1]
    return any(tokens.text[i] == "," for i in range(max(a, b - 2), b))


def _ends_sentence(tokens: Tokens, end: int) -> bool:
    """Return whether what follows a quotation begins a new sentence or paragraph."""
    if end >= len(tokens) or tokens.text[end].isspace() or any(tokens.text[end - k] in (".", "?", "!", "…", "...") for k in (1, 2)):
        return end >= len(tokens) or not tokens.text[end][:1].islower()
    return tokens.text[end] in (".", "?", "!")


def _uncued(tokens: Tokens) -> Iterator[Candidate]:
    """Yield the quotations as statements of their own, for those that no cue claims."""
    for pieces in tokens.quote_tokens:
        content = cut(tokens, pieces)
        if content:
            yield Candidate(content[0][0], (), "", "none", "uncued", content, content[0][0])


# ---------------------------------------------------------------- nouns, adjectives, prepositions, marks


def _noun(tokens: Tokens, n: int) -> Iterator[Candidate]:
    """Yield the readings of a noun that the table holds: "his decision to", "a call for", "made the claim that"."""
    head, lemma = tokens.head[n], tokens.lemma[n]
    cue: tuple[int, ...] = (n,)
    governor = n
    light = tokens.lemma[head] in LIGHT and tokens.dep[n] == "dobj"
    if light:
        cue, governor = (*_cue_words(tokens, head, []), n), head

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
                yield from reading("inf" if to else "clause", _under(tokens, k, n))
        elif dep == "prep" and tokens.lower[k] != "by":
            inner = tokens.child(k, "pobj", "pcomp")
            if inner is not None:
                yield from reading(f"prep:{tokens.lower[k]}", [(k + 1, tokens.right[k])])
    if light:
        for k in tokens.kids[head]:
            if k > n and tokens.dep[k] in ("prep", "xcomp", "ccomp", "acl"):
                under = _under(tokens, k, n)
                if tokens.dep[k] == "prep":
                    yield from reading(f"prep:{tokens.lower[k]}", [(k + 1, tokens.right[k])])
                else:
                    yield from reading("inf" if tokens.dep[k] == "xcomp" else "clause", under)
    if tokens.lemma[head] == "be" and tokens.dep[n] == "nsubj":
        for k in tokens.kids[head]:
            if tokens.dep[k] in ("ccomp", "xcomp", "attr") and k > head:
                yield from reading("be", _under(tokens, k, n))
    quotes = _quotes_near(tokens, n)
    if quotes:
        yield from reading("quote", quotes)


def _adjective(tokens: Tokens, a: int, table: CueTable) -> Iterator[Candidate]:
    """Yield the readings of an adjective with a complement: "is confident that", "opposed to"."""
    known = (tokens.lemma[a], "adj") in table.rows
    if not known:
        return
    head = tokens.head[a]
    predicate = tokens.dep[a] in ("acomp", "oprd", "attr") and tokens.pos[head] in ("AUX", "VERB")
    governor = head if predicate else a
    cue = (*_cue_words(tokens, head, []), a) if predicate else (a,)
    beside = [k for k in tokens.kids[head] if k > a] if predicate else []
    for k in sorted({*tokens.kids[a], *beside}):
        if k < a:
            continue
        dep = tokens.dep[k]
        frame, content = "", _under(tokens, k, a)
        if dep in ("ccomp", "advcl") and tokens.head[k] in (a, head):
            frame = "clause"
        elif dep == "xcomp":
            frame = "inf"
        elif dep == "prep":
            frame, content = f"prep:{tokens.lower[k]}", [(k + 1, tokens.right[k])]
        if frame:
            pieces = snapped(tokens, cut(tokens, content), a)
            if pieces:
                yield Candidate(a, cue, tokens.lemma[a], "adj", frame, pieces, governor)


def _copula(tokens: Tokens, b: int) -> Iterator[Candidate]:
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
                yield Candidate(b, (*_cue_words(tokens, b, []), k), f"be {word}", "verb", f"prep:{word}", pieces, b)


def _according(tokens: Tokens, i: int) -> Iterator[Candidate]:
    """Yield the sentence around "according to X" and "per X"."""
    to = i + 1 if i + 1 < len(tokens) and tokens.lower[i + 1] == "to" else i
    if to == i and tokens.lower[i] == "according":
        return
    inner = next((j for j in range(to + 1, min(to + 12, len(tokens))) if tokens.dep[j] == "pobj"), None)
    if inner is None or tokens.left[inner] <= to:
        return
    stop = _phrase_end(tokens, inner)
    yield from _rest_of_clause(tokens, i, tuple(range(i, to + 1)), (i, stop), inner, "according to" if to > i else "per")


def _view(tokens: Tokens, i: int, table: CueTable) -> Iterator[Candidate]:
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


def _colons(tokens: Tokens) -> Iterator[Candidate]:
    """Yield what follows "MERKEL:" at the start of a paragraph, and what follows a colon or dash in a headline."""
    for first, last in tokens.paragraphs:
        for i in range(first + 1, min(first + 9, last - 1)):
            if tokens.quote[i] >= 0 and tokens.quote[first] < 0:
                break
            if tokens.text[i] == ":" or (tokens.text[i] in ("—", "–", "--") and i < first + 6):
                before = [j for j in range(first, i) if not tokens.blank[j]]
                if before and all(tokens.pos[j] not in ("VERB", "AUX") or tokens.text[j][0].isupper() for j in before):
                    pieces = snapped(tokens, cut(tokens, [(i + 1, last)]), i)
                    if pieces:
                        yield Candidate(i, (i,), tokens.text[i], "mark", "colon", pieces, before[-1])
                break


def _signed(tokens: Tokens) -> Iterator[Candidate]:
    """Yield the quotation that a dash and a name sign: '"Never again." — Maria Lopez'."""
    for pieces in tokens.quote_tokens:
        end = pieces[-1][1]
        if end + 1 >= len(tokens):
            continue
        dash = next((i for i in range(end, min(end + 3, len(tokens))) if not tokens.text[i].isspace()), end)
        if tokens.text[dash] not in DASHES:
            continue
        stop = tokens.paragraphs[tokens.paragraph[dash]][1]
        name = [i for i in range(dash + 1, min(stop, dash + 16)) if not tokens.blank[i]]
        if name and tokens.text[name[0]][:1].isupper() and all(tokens.tag[i] not in FINITE for i in name[:4]):
            head = next((i for i in name if tokens.pos[i] in ("PROPN", "NOUN")), name[0])
            while tokens.pos[tokens.head[head]] == "PROPN" and tokens.head[head] in name and tokens.head[head] != head:
                head = tokens.head[head]
            yield Candidate(dash, (dash,), tokens.text[dash], "mark", "signed", cut(tokens, pieces), head)


# ---------------------------------------------------------------- subtrees


def _under(tokens: Tokens, root: int, cue: int) -> list[Interval]:
    """Return the words under a token as intervals, without the cue and what hangs on it from elsewhere."""
    a, b = tokens.left[root], tokens.right[root]
    if not a <= cue < b:
        return [(a, b)]
    return _runs(tokens.subtree(root))


def _runs(indices: list[int]) -> list[Interval]:
    """Return sorted indices as intervals."""
    found: list[Interval] = []
    for i in indices:
        if found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found


def _without(intervals: list[Interval], gone: list[Interval]) -> list[Interval]:
    """Return intervals without the words of others."""
    words = {i for a, b in intervals for i in range(a, b)} - {i for a, b in gone for i in range(a, b)}
    return _runs(sorted(words))
