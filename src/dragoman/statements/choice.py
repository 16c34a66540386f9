"""Which readings stand: the best of each cue, one cue a quotation, and what to do with quotations without a cue."""

from collections import defaultdict
from dataclasses import dataclass, replace

from dragoman.statements.candidate import Candidate
from dragoman.statements.cues import CueTable
from dragoman.statements.ranker import Ranker
from dragoman.statements.ranking import Reading
from dragoman.statements.sources import Source, of_verb, phrase_of
from dragoman.statements.spans import joined
from dragoman.statements.tokens import Interval, Tokens

CERTAIN = ("signed", "speaker")  # a dash and a name after a quotation, a name in capitals and a colon before a speech
PROPOSITIONS = frozenset(["clause", "clause+rest", "fronted", "quote", "around", "as-clause"])
TELLING = frozenset(["say", "claim", "believe", "write", "reveal", "warn", "admit", "deny", "predict", "show"])
SPEAKER_ITSELF = frozenset(["i", "we", "you", "one", "it", "that", "which"])
SAME = 0.6  # two cues whose contents overlap so much report the same words


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement in tokens: the reading that stands, its content and its source's words."""

    candidate: Candidate
    content: tuple[Interval, ...]
    source: Interval | None
    route: str
    probability: float

    @property
    def words(self) -> frozenset[int]:
        """The tokens of the content."""
        return frozenset(i for a, b in self.content for i in range(a, b))


def chosen(tokens: Tokens, readings: list[Reading], ranker: Ranker, table: CueTable) -> list[Choice]:
    """Return the readings that stand, in the order of the text.

    The readings of a cue exclude each other, so that it attributes with the sum of their probabilities; which of
    them is right is a second question.
    """
    readings_at: dict[tuple[int, str], list[tuple[float, Reading]]] = defaultdict(list)
    loose: list[tuple[float, Reading]] = []
    for reading in readings:
        c = reading.candidate
        certain = c.frame in CERTAIN or _is_tagged_on(tokens, reading, table)
        p = 1.0 if certain else ranker.probability(reading.features)
        if c.role != "none":
            readings_at[c.head, c.role].append((p, reading))
        elif p >= ranker.threshold:
            loose.append((p, reading))
    best = {
        cue: _likeliest(found) for cue, found in readings_at.items() if sum(p for p, _ in found) >= ranker.threshold
    }
    cued = _without_doubles([_choice(tokens, p, r) for p, r in best.values()])
    outer = _without_asides(tokens, _without_manners(tokens, cued), table)
    return _without_asides(tokens, _with_uncued(tokens, outer, loose), table)


def _is_tagged_on(tokens: Tokens, reading: Reading, table: CueTable) -> bool:
    """Return whether a clause ends in a comma and who says it: "…, hospital workers said". However long it is."""
    c, source = reading.candidate, reading.source
    if c.frame != "fronted" or c.role != "verb" or c.passive or source is None or len(c.content) != 1:
        return False
    row, (start, end) = table.get(c.key, "verb"), c.content[0]
    if any(quote >= 0 for quote in tokens.quote[start:end]):
        return False
    says = (
        row is not None and row.sense in TELLING and tokens.tag[c.head] in ("VBD", "VBZ") and tokens.quote[c.head] < 0
    )
    return says and source.head < c.head and tokens.text[end] == "," and tokens.left[source.head] == end + 1


def _likeliest(readings: list[tuple[float, Reading]]) -> tuple[float, Reading]:
    """Return the reading that most of the probability agrees with: words count for those that share them."""
    if len(readings) == 1:
        return readings[0]
    words = [frozenset(i for a, b in r.candidate.content for i in range(a, b)) for _, r in readings]
    support = [
        sum(p * 2 * len(own & other) / (len(own) + len(other)) for (p, _), other in zip(readings, words, strict=True))
        for own in words
    ]
    return readings[support.index(max(support))]


def _choice(tokens: Tokens, p: float, reading: Reading) -> Choice:
    """Return a reading as a choice, its source spelt out."""
    c = reading.candidate
    source: Source | None = reading.source
    words = phrase_of(tokens, source, c) if source is not None else None
    return Choice(c, c.content, words, source.route if source else "", p)


def _without_doubles(choices: list[Choice]) -> list[Choice]:
    """Return choices without those whose words a likelier cue reports, nested ones kept."""
    kept: list[tuple[Choice, frozenset[int]]] = []
    for choice in sorted(choices, key=lambda c: -c.probability):
        words = choice.words
        if not any(_doubles(choice, words, other, theirs) for other, theirs in kept):
            kept.append((choice, words))
    return sorted((c for c, _ in kept), key=_position)


def _doubles(choice: Choice, words: frozenset[int], other: Choice, theirs: frozenset[int]) -> bool:
    """Return whether two choices report the same words side by side."""
    common = len(words & theirs)
    if choice.candidate.under == other.candidate.head or other.candidate.under == choice.candidate.head:
        return False
    if not common or choice.candidate.head in theirs or other.candidate.head in words:
        return False
    return 2 * common / (len(words) + len(theirs)) > SAME


def _without_manners(tokens: Tokens, choices: list[Choice]) -> list[Choice]:
    """Return choices without those that only lead to another: "answered the warning by saying that …" is said once."""
    spoken = {c.candidate.head for c in choices if c.candidate.frame in PROPOSITIONS}
    return [c for c in choices if not any(v in spoken for v in _by_doing(tokens, c.candidate.head))]


def _by_doing(tokens: Tokens, v: int) -> list[int]:
    """Return the verbs of "by saying" behind a verb."""
    by = [k for k in tokens.kids[v] if tokens.lower[k] == "by" and k > v]
    return [j for k in by for j in tokens.kids[k] if tokens.dep[j] == "pcomp"]


def _without_asides(tokens: Tokens, choices: list[Choice], table: CueTable) -> list[Choice]:
    """Return choices without those inside another that say nothing on their own.

    Of what a source says, what somebody else says or thinks is kept; what the source itself wants or likes
    ("we would like to see progress", in a quotation) is part of what it says.
    """
    held = [(c, c.words) for c in choices]
    return [
        choice
        for choice in choices
        if _tells(tokens, choice, table)
        or not any(choice.candidate.head in words for c, words in held if c is not choice)
    ]


def _tells(tokens: Tokens, choice: Choice, table: CueTable) -> bool:
    """Return whether somebody but the speaker states a proposition here."""
    c = choice.candidate
    row = table.get(c.key, c.role)
    if c.role == "mark" or c.role == "prep":
        return True
    named = choice.source is not None and tokens.lower[choice.source[1] - 1] not in SPEAKER_ITSELF
    return named and row is not None and row.sense in TELLING and c.frame in PROPOSITIONS


def _position(choice: Choice) -> int:
    """Return where a choice stands in the text: at the first of its words."""
    return min(choice.content[0][0], *(choice.candidate.cue or (choice.content[0][0],)))


def _with_uncued(tokens: Tokens, cued: list[Choice], loose: list[tuple[float, Reading]]) -> list[Choice]:
    """Return the choices with the uncued quotations: joined to the one they continue, else on their own."""
    found = list(cued)
    for p, reading in loose:
        content = reading.candidate.content
        own = tokens.quote[content[0][0]]
        if any(c.candidate.frame in CERTAIN and _overlaps(content, c.content) for c in found):
            continue
        if any(_overlaps(content, c.content) and tokens.quote[c.candidate.head] != own for c in found):
            continue
        before = _before(tokens, found, content)
        around = _subject_around(tokens, reading.candidate)
        if around is not None:
            words = phrase_of(tokens, around, reading.candidate)
            found.append(Choice(reading.candidate, content, words, "around", p))
        elif before is None:
            found.append(Choice(reading.candidate, content, None, "", p))
        elif _continues(tokens, before, content):
            found[found.index(before)] = replace(before, content=tuple(joined([*before.content, *content])))
        else:
            found.append(Choice(reading.candidate, content, before.source, "before", p))
        found.sort(key=_position)
    return found


def _subject_around(tokens: Tokens, candidate: Candidate) -> Source | None:
    """Return the subject of the verb before a quotation in its own sentence: "Lopez has used the phrase “…”"."""
    start = candidate.content[0][0]
    first = max(tokens.sentences[tokens.sentence[start]][0], tokens.paragraphs[tokens.paragraph[start]][0])
    verb = next((i for i in range(start - 1, first - 1, -1) if tokens.pos[i] == "VERB" and tokens.quote[i] < 0), None)
    source = of_verb(tokens, verb) if verb is not None else None
    return source if source is not None and first <= source.head < start and tokens.quote[source.head] < 0 else None


def _overlaps(a: tuple[Interval, ...], b: tuple[Interval, ...]) -> bool:
    """Return whether two contents share a word."""
    return any(x < v and u < y for x, y in a for u, v in b)


def _before(tokens: Tokens, found: list[Choice], content: tuple[Interval, ...]) -> Choice | None:
    """Return the last outer statement before a quotation, in its paragraph or the one before."""
    start = content[0][0]
    paragraph = tokens.paragraph[start]
    near = [
        c for c in found
        if c.content[-1][1] <= start and tokens.paragraph[c.content[-1][0]] >= paragraph - 2 and c.source is not None
        and tokens.quote[c.candidate.head] < 0
    ]  # fmt: skip
    return max(near, key=lambda c: max(c.candidate.head, c.content[-1][1]), default=None)


def _continues(tokens: Tokens, before: Choice, content: tuple[Interval, ...]) -> bool:
    """Return whether a quotation goes on with a direct one: nothing but the cue's own sentence between."""
    if any(tokens.quote[i] < 0 and not tokens.blank[i] for a, b in before.content for i in range(a, b)):
        return False
    start = content[0][0]
    at = max(before.content[-1][1] - 1, before.candidate.head)
    if tokens.paragraph[at] != tokens.paragraph[start]:
        return False
    return all(tokens.blank[i] for i in range(tokens.sentences[tokens.sentence[at]][1], start))
