"""Proper names in the text: those that the tables know, and runs of capitals that they do not.

The parse's entity labels are a hint only: it takes "Antony Blinken" for a building and "Blinken" for a country.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dragoman.entities.knowledge import WORD, Knowledge, Name

NAMED = {"PERSON", "ORG", "GPE", "FAC", "LOC", "PRODUCT"}
NOT_NAMES = {
    "DATE",
    "TIME",
    "MONEY",
    "PERCENT",
    "QUANTITY",
    "ORDINAL",
    "CARDINAL",
    "LANGUAGE",
    "EVENT",
    "LAW",
    "WORK_OF_ART",
}
HALVES = frozenset(("North", "South"))
INNER = {
    "of",
    "and",
    "for",
    "the",
    "de",
    "del",
    "della",
    "di",
    "da",
    "dos",
    "van",
    "von",
    "bin",
    "ibn",
    "al",
    "el",
    "la",
    "-",
    "&",
    "'s",
    "’s",
}
HONORIFICS = {"Mr.": "he", "Mr": "he", "Mrs.": "she", "Mrs": "she", "Ms.": "she", "Ms": "she", "Miss": "she",
              "Dr.": None, "Dr": None, "Sir": "he", "Lady": "she", "Lord": "he", "Dame": "she"}  # fmt: skip
CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)


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
    if run.end - run.start != 1 or doc[run.start].text not in HALVES:
        return run
    for name in known:
        words = doc[name.start : name.end].text.split()
        if len(words) == 2 and words[0] in HALVES:
            means = knowledge.names.index.get((doc[run.start].text, words[1]))
            if means and means[0].kind == "country":
                return Found(run.start, run.end, tuple(means))
    return run


def _known(doc: Doc, knowledge: Knowledge) -> Iterator[Found]:
    matches = list(WORD.finditer(doc.text))
    words = [m.group() for m in matches]
    starts = {token.idx: token.i for token in doc}
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    i = 0
    while i < len(words):
        hit = knowledge.names.at(words, i) if words[i][0].isupper() or words[i][0].isdigit() else None
        size, means = hit if hit else (1, [])
        start, end = starts.get(matches[i].start()), ends.get(matches[i + size - 1].end())
        if means and end is None:  # "U.S." before a full stop: the tokenizer keeps the stop
            end = ends.get(matches[i + size - 1].end() + 1)
        if means and start is not None and end is not None and not _is_part_of_a_longer_name(doc, start, end, means):
            yield Found(start, end, tuple(means))
            i += size
        else:
            i += 1


def _is_part_of_a_longer_name(doc: Doc, start: int, end: int, means: list[Name]) -> bool:
    """Whether a country's or city's name is part of a person's: "Paris Hilton", "Jack London"."""
    if any(name.kind in ("person", "organization") for name in means):
        return False
    if means[0].kind == "demonym" and doc[end - 1].pos_ == "ADJ":
        return False
    neighbours = (doc[start - 1] if start else None, doc[end] if end < len(doc) else None)
    return any(t is not None and t.ent_type_ == "PERSON" and t.pos_ == "PROPN" and t.text[0].isupper()
               and doc[start].ent_type_ == "PERSON" for t in neighbours)  # fmt: skip


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
    country_at = {k.start: k for k in known if k.kinds & {"country"}}
    surnames = frozenset(
        t.text for t in doc if t.pos_ == "PROPN" and t.ent_type_ == "PERSON" and len(t) > 3 and t.is_title
    )
    i = 0
    while i < len(doc):
        if i in taken or not _is_proper(doc[i], surnames) or doc[i].text in HONORIFICS:
            i += 1
            continue
        start = end = i
        while end < len(doc):
            token = doc[end]
            if (end not in taken and _is_proper(token, surnames)) or (end > start and _is_inner(doc, end, taken)):
                end += 1
            elif end > start and _is_suffix(doc, end):
                end += 2
            elif end > start and _is_stray_stop(doc, start, end, taken):
                end += 1
            else:
                break
        follower = country_at.get(end)
        if follower and doc[end - 1].head.i == follower.end - 1 and doc[end - 1].dep_ == "compound":
            end = follower.end  # "Environment Canada"
        yield from _parted(doc, start, end)
        i = end


def _parted(doc: Doc, start: int, end: int) -> Iterator[Found]:
    """Yield a run, cut where an office's field ends and its holder's name begins: "Minister of Education | Jane Smith"."""
    first = doc[start]
    if end - start > 1 and first.dep_ == "pobj" and first.head.i == start - 1:
        cut = start + 1
        while cut < end and (doc[cut].head.i < cut or doc[cut - 1].dep_ == "compound"):
            cut += 1
        if cut < end:
            yield Found(start, cut, (), _label(doc, start, cut))
            start = cut
    if end - start > 2 and doc[start + 1].text in HONORIFICS:
        start += 2
    yield Found(start, end, (), _label(doc, start, end))


def _is_inner(doc: Doc, i: int, taken: set[int]) -> bool:
    """Whether a small word stands inside a name: "Union of Rationalists", "Mohammed bin Salman"."""
    token = doc[i]
    if token.lower_ not in INNER or i + 1 >= len(doc) or i + 1 in taken:
        return False
    nxt = doc[i + 1]
    if token.lower_ in ("'s", "’s"):
        return nxt.ent_iob_ == "I" and nxt.ent_type_ == "ORG" and _is_proper(nxt)
    same = token.ent_iob_ == "I" and nxt.ent_iob_ == "I"
    return _is_proper(nxt) and (
        same or token.text in {"-", "bin", "ibn", "al", "el", "van", "von", "de", "del", "da", "di"}
    )


def _is_suffix(doc: Doc, i: int) -> bool:
    """Whether a hyphen and a small syllable end a name, as in "Kim Dae-jung"."""
    if doc[i].text != "-" or doc[i].whitespace_ or doc[i - 1].whitespace_ or i + 1 >= len(doc):
        return False
    return (
        doc[i + 1].text.isalpha()
        and doc[i + 1].text.islower()
        and len(doc[i + 1]) <= 5
        and doc[i - 1].ent_type_ in ("PERSON", "ORG", "GPE", "")
    )


def _is_stray_stop(doc: Doc, start: int, i: int, taken: set[int]) -> bool:
    """Whether a full stop broke a name in two, as in "Jane. Smith," with one word before and one behind."""
    if doc[i].text != "." or i + 2 >= len(doc) or i + 1 in taken or i - start != 1:
        return False
    after = doc[i + 1]
    return (
        _is_proper(after)
        and not after.ent_type_ == "GPE"
        and doc[i + 2].text in {".", ","}
        and doc[i - 1].text.isalpha()
        and len(doc[i - 1].text) > 2
        and doc[i - 1].dep_ in {"nsubj", "compound", "dobj", "pobj", "ROOT"}
        and doc[i - 1].ent_type_ in NAMED | {""}
    )


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
