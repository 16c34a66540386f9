"""Proper names in the text: those that the tables know, and runs of capitals that they do not.

The parse's entity labels are a hint only: it takes "Antony Blinken" for a building and "Blinken" for a country.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.entities.knowledge import WORD, Knowledge, Name
from dragoman.entities.words import heads, words

NAMED = frozenset("PERSON ORG GPE FAC LOC PRODUCT".split())
NOT_NAMES = frozenset(
    "DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL LANGUAGE EVENT LAW WORK_OF_ART".split()  # the parse's labels
)
HALVES = words("halves")
PARTICLES = words("particles")
INNER = words("inner") | PARTICLES
BODIES = words("bodies")
CALENDAR = words("calendar")
HONORIFICS = {title: None if pronoun == "either" else pronoun for title, pronoun in heads("honorifics").items()}


@dataclass(frozen=True, slots=True)
class Found:
    """A proper name in the text, as token offsets; `means` is empty where the tables do not know it."""

    start: int
    end: int
    means: tuple[Name, ...] = ()
    label: str = ""  # the parse's own label, a hint

    @property
    def kinds(self) -> set[str]:
        """The kinds of thing it may mean."""
        return {name.kind for name in self.means}

    def of(self, kind: str) -> Name | None:
        """Return the first meaning of this kind."""
        return next((name for name in self.means if name.kind == kind), None)


def find_names(doc: Doc, knowledge: Knowledge) -> list[Found]:
    """Return the proper names of a text in order, none inside another."""
    known = list(_known(doc, knowledge))
    taken = {i for found in known for i in range(found.start, found.end)}
    runs = [_halved(doc, run, known, knowledge) for run in _runs(doc, taken, known)]
    covered = [(run.start, run.end) for run in runs]
    kept = [k for k in known if not any(a <= k.start and k.end <= b for a, b in covered)]
    return sorted([*kept, *runs], key=lambda found: found.start)


def _halved(doc: Doc, run: Found, known: list[Found], knowledge: Knowledge) -> Found:
    """ "The North", "North and South Korea": the half of a country that the report names in full beside it."""
    half = doc[run.start].text
    if run.end - run.start != 1 or half not in HALVES:
        return run
    for name in known:
        parts = doc[name.start : name.end].text.split()
        if len(parts) == 2 and parts[0] in HALVES:
            means = knowledge.names.index.get((half, parts[1]))
            if means and means[0].kind == "country":
                return Found(run.start, run.end, tuple(means))
    return run


def _known(doc: Doc, knowledge: Knowledge) -> Iterator[Found]:
    """Yield the names that the tables know, the longest at each place."""
    matches = list(WORD.finditer(doc.text))
    texts = [m.group() for m in matches]
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    i = 0
    while i < len(texts):
        size, means = _listed_at(texts, i, knowledge)
        start, stop = starts.get(matches[i].start()), matches[i + size - 1].end()
        end = ends.get(stop) or ends.get(stop + 1)  # "U.S." before a full stop: the tokenizer keeps the stop
        if means and start is not None and end and not _is_part_of_a_longer_name(doc, start, end, means, knowledge):
            yield Found(start, end, tuple(means))
            i += size
        else:
            i += 1


def _listed_at(texts: list[str], i: int, knowledge: Knowledge) -> tuple[int, list[Name]]:
    """Return the words and the meanings of the listed name that begins at a word; no meanings where none does."""
    first = texts[i][0]
    return (knowledge.names.at(texts, i) if first.isupper() or first.isdigit() else None) or (1, [])


def _is_part_of_a_longer_name(doc: Doc, start: int, end: int, means: list[Name], knowledge: Knowledge) -> bool:
    """Whether a known name is only part of a longer one: "Paris Hilton", "Jack London"."""
    following = doc[end] if end < len(doc) else None
    if doc[start].text == "The" and following is not None and following.pos_ == "PROPN" and following.is_title:
        return True  # "The National" of "The National Teachers Association"
    if any(name.kind == "person" for name in means):
        return False
    if end - start == 1 and _is_first_name(doc, start, knowledge):
        return True
    if any(name.kind == "organization" for name in means):
        return False
    if means[0].kind == "demonym" and doc[end - 1].pos_ == "ADJ":
        return False
    if means[0].kind == "capital" and _is_surname(doc, start, end):
        return True
    neighbours = [*doc[max(0, start - 1) : start], *doc[end : end + 1]]
    return doc[start].ent_type_ == "PERSON" and any(
        t.ent_type_ == "PERSON" and t.pos_ == "PROPN" and t.text[0].isupper() for t in neighbours
    )


def _is_first_name(doc: Doc, start: int, knowledge: Knowledge) -> bool:
    """Whether a person's surname follows a word that elsewhere names a country or body: "Salvador Ruiz said"."""
    if start + 1 >= len(doc):
        return False
    first, last = doc[start], doc[start + 1]
    is_person = last.ent_type_ == "PERSON" and last.pos_ == "PROPN" and last.is_title
    is_noun = last.lower_ in knowledge.roles or last.lower_ in knowledge.bodies
    return is_person and not is_noun and first.is_title and first.dep_ == "compound" and first.head.i == last.i


def _is_surname(doc: Doc, start: int, end: int) -> bool:
    """Whether a first name stands before a capital's name: "Ana Lima", but not "Greater Lima"."""
    if not start or end - start > 1:
        return False
    first, last = doc[start - 1], doc[start]
    is_name = first.pos_ == "PROPN" and first.is_title and first.head.i == last.i and first.dep_ == "compound"
    return is_name and first.ent_type_ not in ("GPE", "LOC", "NORP") and first.text not in HONORIFICS


def _is_proper(token: Token, surnames: frozenset[str] = frozenset()) -> bool:
    if token.text in surnames:
        return True
    if token.text in CALENDAR or not token.text[0].isupper() or token.ent_type_ in NOT_NAMES:
        return False
    if token.pos_ == "PROPN":
        return True
    return token.ent_type_ in NAMED and token.pos_ in ("NOUN", "ADJ", "VERB", "X") and not token.is_sent_start


def _runs(doc: Doc, taken: set[int], known: list[Found]) -> Iterator[Found]:
    """Yield runs of capitalised words that no table knows."""
    countries = {k.start: k for k in known if "country" in k.kinds}
    surnames = _surnames(doc)
    i = 0
    while i < len(doc):
        if i in taken or not _is_proper(doc[i], surnames) or doc[i].text in HONORIFICS:
            i += 1
            continue
        end = _end_of_run(doc, i, taken, surnames)
        follower = countries.get(end)
        if follower and doc[end - 1].head.i == follower.end - 1 and doc[end - 1].dep_ == "compound":
            end = follower.end  # "Environment Canada"
        yield from _parted(doc, i, end)
        i = end


def _surnames(doc: Doc) -> frozenset[str]:
    """Words that the parse takes for a person's name somewhere: they are names everywhere."""
    return frozenset(t.text for t in doc if t.pos_ == "PROPN" and t.ent_type_ == "PERSON" and len(t) > 3 and t.is_title)


def _end_of_run(doc: Doc, start: int, taken: set[int], surnames: frozenset[str]) -> int:
    end = start + 1
    while end < len(doc):
        if (end not in taken and _is_proper(doc[end], surnames)) or _is_inner(doc, end, taken):
            end += 1
        elif _is_suffix(doc, end):
            end += 2
        elif _is_stray_stop(doc, start, end, taken):
            end += 1
        else:
            break
    return end


def _parted(doc: Doc, start: int, end: int) -> Iterator[Found]:
    """Yield a run, cut where an office's field ends and a name begins: "Minister of Education | Jane Smith"."""
    first = doc[start]
    if end - start > 1 and first.dep_ == "pobj" and first.head.i == start - 1:
        cut = start + 1
        while cut < end and (doc[cut].head.i < cut or doc[cut - 1].dep_ == "compound"):
            cut += 1
        if cut < end:
            yield Found(start, cut, (), _label(doc, start, cut))
            start = cut
    if end - start > 2 and doc[start + 1].text in HONORIFICS:
        start += 2  # "Education Dr. Jane Smith"
    yield Found(start, end, (), _label(doc, start, end))


def _is_inner(doc: Doc, i: int, taken: set[int]) -> bool:
    """Whether a small word stands inside a name: "Union of Rationalists", "Mohammed bin Salman"."""
    token = doc[i]
    if token.lower_ not in INNER or i + 1 >= len(doc) or i + 1 in taken:
        return False
    following = doc[i + 1]
    if token.lower_ in ("'s", "’s"):
        return following.ent_iob_ == "I" and following.ent_type_ == "ORG" and _is_proper(following)
    in_one_entity = token.ent_iob_ == "I" and following.ent_iob_ == "I"
    if token.lower_ == "of" and i and doc[i - 1].is_title and doc[i - 1].lower_ in BODIES:
        return _is_proper(following)
    return _is_proper(following) and (in_one_entity or token.text in PARTICLES)


def _is_suffix(doc: Doc, i: int) -> bool:
    """Whether a hyphen and a small syllable end a name, as in "Kim Dae-jung"."""
    if doc[i].text != "-" or doc[i].whitespace_ or doc[i - 1].whitespace_ or i + 1 >= len(doc):
        return False
    syllable = doc[i + 1]
    is_small = syllable.text.isalpha() and syllable.text.islower() and len(syllable) <= 5
    return is_small and doc[i - 1].ent_type_ in ("PERSON", "ORG", "GPE", "")


def _is_stray_stop(doc: Doc, start: int, i: int, taken: set[int]) -> bool:
    """Whether a full stop broke a name in two, as in "Jane. Smith," with one word before and one behind."""
    if doc[i].text != "." or i + 2 >= len(doc) or i + 1 in taken or i - start != 1:
        return False
    before, after = doc[i - 1], doc[i + 1]
    if not _is_proper(after) or after.ent_type_ == "GPE" or doc[i + 2].text not in (".", ","):
        return False
    is_word = before.text.isalpha() and len(before.text) > 2 and before.ent_type_ in NAMED | {""}
    return is_word and before.dep_ in ("nsubj", "compound", "dobj", "pobj", "ROOT")


def _label(doc: Doc, start: int, end: int) -> str:
    """The label that the parse gives most of these words."""
    labels = [doc[i].ent_type_ for i in range(start, end) if doc[i].ent_type_]
    return max(labels, key=labels.count) if labels else ""


def is_acronym(text: str) -> bool:
    """Whether a name is written in capitals only, as acronyms are.

    >>> is_acronym("OPCW"), is_acronym("Li")
    (True, False)
    """
    return bool(re.fullmatch(r"[A-Z][A-Z0-9&.-]{1,9}[A-Z0-9.]", text) or re.fullmatch(r"[A-Z]{2,}", text))
