"""Antecedents: whom a pronoun or "the two" means, of those mentioned shortly before."""

from spacy.tokens import Doc, Token

from dragoman.entities.participants import Participant
from dragoman.entities.phrases import Phrase
from dragoman.entities.stand_ins import counting
from dragoman.entities.words import rows

REACH = 3  # sentences that a pronoun looks back
LAST = 60  # mentions that a pronoun looks back
SALIENCE = {"nsubj": 2.0, "nsubjpass": 1.5, "poss": 0.2, "pobj": -0.5, "compound": -1.0}  # by the mention's dependency
BY_FORM = {"name": 0.5, "pronoun": 0.3}
WITHIN = 2.0  # for an object of the clause above: its subject is the clause's own
A_SENTENCE, A_WORD = 1.0, 0.002  # what distance costs
SETS = rows("sets")
OPENING, CLOSING = frozenset("“«„"), frozenset("”»")


class Antecedents:
    """Remembers the mentions of a report as they are resolved."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.recent: list[tuple[Phrase, Participant]] = []
        self.by_head: dict[int, Participant] = {}
        self.sentence = _sentence_numbers(doc)
        self.quoted = _quoted(doc)

    def of_set(self, phrase: Phrase) -> list[Participant]:
        """Return whom "the two", "both sides", "the two leaders" mean: the last two that fit; [] if it is no set."""
        if phrase.count != 2 or phrase.form != "nominal" or phrase.country is not None:
            return []
        kinds = SETS.get(phrase.noun, ())
        pairs = (self._last_two(kind, phrase) for kind in kinds)
        found = next((pair for pair in pairs if pair), None) or self._group_of_two(phrase)
        return found or (self._last_countries(phrase) if "country" in kinds else [])

    def _group_of_two(self, phrase: Phrase) -> list[Participant]:
        """The group that was counted before: "the pair" of "two soldiers"."""
        for earlier, participant in reversed(self.recent):
            if earlier.form == "nominal" and earlier.count == 2 and participant.kind == "group":
                return [participant] if phrase.definite else []
        return []

    def _last_countries(self, phrase: Phrase) -> list[Participant]:
        """The two countries that were spoken of last, if only by their people: "Argentine forces", "a British ship"."""
        states = {p.country: p for _, p in self.recent if p.kind == "country"}
        found: dict[str | None, Participant] = {}
        for earlier, participant in reversed(self.recent):
            if self._sentences_between(earlier, phrase) > REACH or len(found) == 2:
                break
            if participant.country in states:
                found.setdefault(participant.country, states[participant.country])
        return list(found.values())[::-1] if len(found) == 2 else []

    def _last_two(self, kind: str, phrase: Phrase) -> list[Participant]:
        found: list[Participant] = []
        for earlier, participant in reversed(self.recent):
            if self._sentences_between(earlier, phrase) > REACH:
                break
            if participant.kind == kind and participant not in found and earlier.form != "pronoun":
                found.append(participant)
            if len(found) == 2:
                return found[::-1]
        return []

    def of_pronoun(self, phrase: Phrase) -> Participant | None:
        """Return whom a pronoun means: the most salient mention that agrees with it."""
        if phrase.pronoun in ("i", "we"):
            return None
        if phrase.pronoun == "who":
            return self._of_relative(phrase)
        best, score = None, 0.0
        for earlier, participant in reversed(self.recent[-LAST:]):
            if self._sentences_between(earlier, phrase) > REACH:
                break
            if self._fits(phrase, earlier, participant):
                value = self._salience(phrase, earlier)
                if value > score:
                    best, score = participant, value
        return best

    def _of_relative(self, phrase: Phrase) -> Participant | None:
        """ "Who" means the noun that its clause describes."""
        verb = self.doc[phrase.head].head
        while verb.dep_ not in ("relcl", "ROOT") and verb.head is not verb:
            verb = verb.head
        return self.by_head.get(verb.head.i) if verb.dep_ == "relcl" else None

    def _sentences_between(self, earlier: Phrase, phrase: Phrase) -> int:
        return self.sentence[phrase.start] - self.sentence[earlier.start]

    def _fits(self, phrase: Phrase, earlier: Phrase, participant: Participant) -> bool:
        if self.quoted[earlier.start] and not self.quoted[phrase.start]:
            return False  # outside a quotation a pronoun does not mean somebody named only within one
        return _agrees(phrase, earlier, participant) and not self._same_clause(phrase, earlier)

    def _same_clause(self, phrase: Phrase, earlier: Phrase) -> bool:
        """Two arguments of one verb are two: in "he met Putin", he is not Putin; "his" may be."""
        token, other = self.doc[phrase.head], self.doc[earlier.head]
        if token.dep_ == "poss" or earlier.start > phrase.start:
            return False
        return _governor(token).i == _governor(other).i

    def _salience(self, phrase: Phrase, earlier: Phrase) -> float:
        value = 4.0 - A_SENTENCE * self._sentences_between(earlier, phrase)
        value += SALIENCE.get(counting(self.doc[earlier.head]).dep_, 0.0) + BY_FORM.get(earlier.form, 0.0)
        value += WITHIN if self._is_below(phrase, earlier) else 0.0
        return value - A_WORD * (phrase.start - earlier.start)

    def _is_below(self, phrase: Phrase, earlier: Phrase) -> bool:
        """Whether an object stands in a clause below the one that has the mention: "left it, accusing it of fraud"."""
        token, other = self.doc[phrase.head], self.doc[earlier.head]
        verb = _governor(token)
        if token.dep_ not in ("dobj", "dative") or verb.dep_ != "advcl" or other.dep_ in ("nsubj", "nsubjpass"):
            return False
        return verb.head.is_ancestor(other) and not verb.is_ancestor(other)


def _agrees(phrase: Phrase, earlier: Phrase, participant: Participant) -> bool:
    """Whether gender, number and kind allow it."""
    kind = participant.kind
    if phrase.pronoun in ("he", "she"):
        single = kind in ("person", "unnamed") and not earlier.plural
        return single and participant.gender in (None, phrase.pronoun)
    if phrase.pronoun == "it":
        return kind in ("organization", "country") and not participant.first.plural
    return kind != "person" and (kind != "unnamed" or earlier.plural)


def _governor(token: Token) -> Token:
    """The word that a token depends on, prepositions skipped."""
    governor = token.head
    while governor.dep_ in ("prep", "agent", "dative") and governor.pos_ == "ADP":
        governor = governor.head
    return governor


def _sentence_numbers(doc: Doc) -> list[int]:
    number, numbers = -1, []
    for token in doc:
        number += bool(token.is_sent_start)
        numbers.append(max(number, 0))
    return numbers


def _quoted(doc: Doc) -> list[bool]:
    """Whether each token stands inside double quotation marks; a paragraph's end closes them."""
    inside, found = False, []
    for token in doc:
        if "\n\n" in token.text:
            inside = False
        opens = token.text in OPENING or (token.text == '"' and not inside)
        found.append(inside or opens)
        if opens:
            inside = True
        elif token.text in CLOSING or token.text == '"':
            inside = False
    return found
