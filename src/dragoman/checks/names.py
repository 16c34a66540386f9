"""name-conflict: one person or body under two names; offices are in `offices`, first names and ranks in `persons`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from spacy.tokens import Token

from dragoman.checks import offices, persons
from dragoman.checks.likeness import distance
from dragoman.checks.reading import Finding, Reading
from dragoman.checks.tables import words
from dragoman.entities.knowledge import Knowledge
from dragoman.records import FlagSpan

STOPPED = re.compile(
    r"(?P<before>[\w'’]+) (?P<first>[A-Z][a-z]{2,})\. (?P<last>[A-Z][a-z]{2,})(?=(?P<after>[.,]| \w+))"
)
TITLES = words("names_titles")
ENDING = re.compile(r"(?:s|a|as|es|an|n|ians?|i|is|ns)$")  # a plural, a feminine, an adjective of the name
SHORTEST = 5  # letters; shorter surnames are one slip apart by nature: "Hart" and "Harp"
EXPANSION = re.compile(
    r"(?P<name>(?:[A-Z][\w'’-]+ (?:(?:of|for|the|and|against|on|in|to) ){0,3}){2,}[A-Z][\w'’-]+) "
    r"\((?P<short>[A-Z]{3,8})\)"
)
CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}(?: (?:of |the )?[A-Z][a-z]{3,})+")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the names that do not agree."""
    yield from _broken(reading)
    yield from _spellings(reading)
    yield from _expansions(reading)
    yield from _misprints(reading)
    yield from offices.find(reading)
    yield from persons.find(reading)


def _broken(reading: Reading) -> Iterator[Finding]:
    """ "spokeswoman Anna. Smith.": no sentence is one name, and none begins right after a first name with its title."""
    for match in STOPPED.finditer(reading.text):
        whole = f"{match['first']} {match['last']}"
        titled = match["before"].lower() in TITLES
        ended = match["after"] == "."
        if whole in reading.text or (
            titled and ended and not _stands_alone(reading.text, match["first"], match.start("first"))
        ):
            span = reading.in_text(match.start("first"), match.end("last"))
            yield Finding(f'A full stop breaks the name "{whole}".', (span,))


def _stands_alone(text: str, name: str, but: int) -> bool:
    """Whether a word stands elsewhere as a whole name: then it may end its sentence here as well."""
    return any(m.start() != but for m in re.finditer(rf"\b{name}\b", text))


def _spellings(reading: Reading) -> Iterator[Finding]:
    """ "Radulovic" and "Radulovich": a word that is one slip away from the surname of somebody in the report."""
    words: dict[str, list[Token]] = {}
    for token in reading.tokens.values():
        if token.pos_ == "PROPN" and len(token) >= SHORTEST and token.text.isalpha() and _ends_name(token):
            words.setdefault(token.text, []).append(token)
    surnames = {e.name.split()[-1] for e in reading.entities.records if e.kind == "person" and " " in e.name}
    for right in sorted(surnames & words.keys()):
        for wrong in words:
            if wrong[0] == right[0] and _alike(right, wrong) and _is_slip(reading, right, wrong, words):
                spans = (words[name][0] for name in (right, wrong))
                evidence = tuple(reading.in_text(t.idx, t.idx + len(t)) for t in spans)
                yield Finding(f'One name is spelled "{right}" and "{wrong}".', evidence)


def _ends_name(token: Token) -> bool:
    """Whether a capitalised word ends a name: not "Osama" of "Osama bin Laden", nor "Peace" of "Peace Corps"."""
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return token.text[0].isupper() and (
        following is None or not (following.pos_ == "PROPN" or following.text[0].isupper())
    )


def _is_slip(reading: Reading, right: str, wrong: str, words: dict[str, list[Token]]) -> bool:
    """Whether a word can only be meant for the name: no name of its own, no first name of its own."""
    if len(words[wrong]) > len(words[right]) or _is_word(reading, wrong):
        return False
    if reading.knowledge.names.index.get((wrong,)) or wrong in reading.knowledge.surnames:
        return False
    mine, its = _first_names(reading.text, right), _first_names(reading.text, wrong)
    return bool(mine & its) if its else True


def _is_word(reading: Reading, word: str) -> bool:
    """Whether the text has a word in small letters too, so that it is no name."""
    return any(t.text == word.lower() for t in reading.tokens.values())


def _first_names(text: str, surname: str) -> set[str]:
    """The words that stand before a surname in the text, titles left out."""
    found = re.findall(rf"\b([A-Z][\w'’-]+) {re.escape(surname)}\b", text)
    return {name for name in found if name.lower() not in TITLES and name not in offices.TITLE_WORDS}


def _alike(one: str, other: str) -> bool:
    """Whether two words are one slip apart, and no plural, possessive or feminine of one another.

    >>> _alike("Radulovic", "Radulovich"), _alike("Petrov", "Petrova"), _alike("Clinton", "Clintons")
    (True, False, False)
    """
    if one[0] != other[0] or abs(len(one) - len(other)) > 2 or one.casefold() == other.casefold():
        return False
    if ENDING.sub("", one) == ENDING.sub("", other):
        return False
    short = min(one, other, key=len)
    return distance(one, other) == 1 or (len(short) >= 7 and one[:5] == other[:5] and distance(one, other) == 2)


def _expansions(reading: Reading) -> Iterator[Finding]:
    """Two names in full for one acronym; "the UN refugee agency (UNHCR)" is a description, and passes."""
    seen: dict[str, tuple[str, FlagSpan]] = {}
    for match in EXPANSION.finditer(reading.text):
        words = match["name"].split()
        skipped = next((i for i, word in enumerate(words) if word[0] == match["short"][0]), 0)
        name = " ".join(words[skipped:]).casefold()
        span = reading.in_text(match.start() + len(" ".join(words[:skipped])) + bool(skipped), match.end())
        if match["short"] in seen:
            known, first = seen[match["short"]]
            if known not in name and name not in known and known[0] == name[0]:
                yield Finding(f"{match['short']} is written out in two ways.", (first, span))
        seen.setdefault(match["short"], (name, span))


def _misprints(reading: Reading) -> Iterator[Finding]:
    """ "Untied Nations": a body's name with two letters changed about."""
    known = _by_letters(reading.knowledge)
    for match in CAPITALISED.finditer(reading.text):
        words = match.group().split()
        for pair in pairwise(words):
            right = known.get(_letters(pair))
            if right is not None and right != pair and sum(a != b for a, b in zip(right, pair, strict=True)) == 1:
                at = match.start() + match.group().index(" ".join(pair))
                span = reading.in_text(at, at + len(" ".join(pair)))
                yield Finding(f'"{" ".join(pair)}" is a misprint of "{" ".join(right)}".', (span,))


def _letters(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("".join(sorted(word)) for word in words)


def _by_letters(knowledge: Knowledge) -> dict[tuple[str, ...], tuple[str, ...]]:
    """The known bodies' names of two words, by their letters in order."""
    return _names_by_letters(_Same(knowledge))


class _Same:
    """The tables as a key of a cache: the same object is the same tables."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.knowledge is self.knowledge

    def __hash__(self) -> int:
        return id(self.knowledge)


@lru_cache(maxsize=2)
def _names_by_letters(tables: _Same) -> dict[tuple[str, ...], tuple[str, ...]]:
    names = tables.knowledge.names.index.items()
    return {_letters(words): words for words, means in names if len(words) == 2 and means[0].kind != "person"}
