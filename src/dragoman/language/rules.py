"""spaCy's attribute ruler, with what its rules say of a word remembered.

The ruler tries nearly two hundred patterns on every word, a fifth of the parse. Almost all of them look at one word's
tag, form and dependency, of which a language has a few thousand combinations: what they say of one is asked once, of
the ruler itself. Patterns of several words, and those with regular expressions, are tried as before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Token

SEEN = frozenset(("TAG", "LOWER", "DEP", "IS_SPACE"))  # what a remembered pattern may look at
CHOICES = frozenset(("IN", "NOT_IN"))

Pattern = Sequence[Mapping[str, Any]]
Match = tuple[int, int, int, int]  # as the ruler has them: its attributes' number, the match's id, start, end


class RememberingRuler:
    """Does what an attribute ruler does; made after its rules are complete."""

    def __init__(self, ruler: AttributeRuler) -> None:
        self._ruler: Any = ruler  # not all of it is typed
        self._rest = Matcher(ruler.vocab, validate=False)
        self._words: set[int] = set()
        self._known: dict[tuple[int, int, int, bool], list[tuple[int, int]]] = {}
        self._remembered: set[int] = set()
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            if all(map(_is_of_one_word, patterns)):
                self._remembered.add(number)
                self._words |= {ruler.vocab.strings.add(form) for pattern in patterns for form in _forms(pattern[0])}
            else:
                self._rest.add(str(number), patterns)

    def __call__(self, doc: Doc) -> Doc:
        """Set the attributes that the rules say, later rules over earlier ones."""
        matches: list[Match] = [
            (number, id_, i, i + 1) for i, token in enumerate(doc) for number, id_ in self._of_word(token)
        ]
        strings = self._ruler.vocab.strings
        matches += [(int(strings[id_]), id_, a, b) for id_, a, b in self._rest(doc, allow_missing=True)]
        self._ruler.set_annotations(doc, sorted(matches))
        return doc

    def _of_word(self, token: Token) -> list[tuple[int, int]]:
        key = (token.tag, token.lower if token.lower in self._words else 0, token.dep, token.is_space)
        known = self._known.get(key)
        if known is None:
            alone = Doc(token.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0])
            known = [(n, id_) for n, id_, _, _ in self._ruler.match(alone) if n in self._remembered]
            self._known[key] = known
        return known


def _is_of_one_word(pattern: Pattern) -> bool:
    return len(pattern) == 1 and all(name in SEEN and _is_plain(wanted) for name, wanted in pattern[0].items())


def _is_plain(wanted: object) -> bool:
    return wanted.keys() <= CHOICES if isinstance(wanted, Mapping) else True


def _forms(of_word: Mapping[str, Any]) -> list[str]:
    """The word forms that a pattern names."""
    wanted = of_word.get("LOWER", [])
    if isinstance(wanted, Mapping):
        return [form for forms in wanted.values() for form in forms]
    return [wanted] if isinstance(wanted, str) else []


def remember_in(nlp: Language) -> None:
    """Put a remembering ruler into the place of a pipeline's own."""
    for name, pipe in nlp.pipeline:
        if type(pipe) is AttributeRuler:
            nlp.add_pipe("remembering_ruler", name=f"{name}, remembered", after=name, config={"ruler": name})
            nlp.remove_pipe(name)


@Language.factory("remembering_ruler")
def _of_pipeline(nlp: Language, name: str, ruler: str) -> RememberingRuler:
    found = nlp.get_pipe(ruler)
    assert isinstance(found, AttributeRuler)
    return RememberingRuler(found)
