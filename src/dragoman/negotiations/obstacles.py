"""Obstacles: what stands in the way, as the report has it."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Span as Sentence

from dragoman.negotiations.drafts import Draft
from dragoman.negotiations.items import Scene
from dragoman.records import Obstacle, span_of

TEXTS = {
    "custody": "{item} is held by {holder}, not by who would have to give it",
    "channel": "{by} wants the talks held in private",
    "precondition": "{by} refuses the condition",
    "dispute": "{by} denies what is told of the offer",
}


def obstacles_of(scene: Scene, drafts: Sequence[Draft]) -> tuple[Obstacle, ...]:
    """Return what stands in the way of a bargain, one of each kind and who is behind it."""
    told = (*_custody(scene, drafts), *_disputes(scene, drafts))
    found = {(obstacle.text, obstacle.entity): obstacle for obstacle in told}
    first = min(move.sentence[0] for draft in drafts for move in draft.moves)
    for sentence in scene.sentences:
        for kind, pattern in _patterns(scene):
            match = pattern.search(sentence.text)
            if match is not None and (kind == "channel" or sentence.start >= first):
                obstacle = _obstacle(scene, kind, sentence, match)
                if obstacle is not None:
                    found.setdefault((kind, obstacle.entity), obstacle)
    return tuple(found.values())


def _patterns(scene: Scene) -> Iterator[tuple[str, re.Pattern[str]]]:
    for kind, phrases in scene.tables.obstacles:
        yield kind, _pattern(phrases)


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """The phrases of a row as one pattern; a star stands for one word or two, or the end of one."""
    parts = (re.escape(p).replace(r"\ \*\ ", r" (?:\w+ ){1,2}").replace(r"\*", r"\w*") for p in phrases)
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b", re.IGNORECASE)


def _obstacle(scene: Scene, kind: str, sentence: Sentence, match: re.Match[str]) -> Obstacle | None:
    words = sentence.char_span(match.start(), match.end(), alignment_mode="expand")
    if words is None:
        return None
    evidence = (span_of(scene.doc.text, sentence.start_char, sentence.start_char + len(sentence.text.rstrip())),)
    subject = [t for head in (words.root, sentence.root) for t in head.children if t.dep_ == "nsubj"][:1]
    who = scene.who(subject)
    if not who:
        return None
    text = TEXTS[kind].format(by=scene.entities.by_id[who[0]].name)
    return Obstacle(text=text, entity=who[0], evidence=evidence)


def _disputes(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Obstacle]:
    """Who denies what is told of an offer."""
    for reply in (reply for draft in drafts for reply in draft.replies if reply.is_denial):
        who = reply.said_by or next(iter(reply.by), None)
        if who is not None:
            sentence = scene.sentence_of(reply.token)
            start = sentence.start_char
            evidence = span_of(scene.doc.text, start, start + len(sentence.text.rstrip()))
            text = TEXTS["dispute"].format(by=scene.entities.by_id[who].name)
            yield Obstacle(text=text, entity=who, evidence=(evidence,))


def _custody(scene: Scene, drafts: Sequence[Draft]) -> Iterator[Obstacle]:
    """The items that a third party holds: "the pilot was in Kenyan custody"."""
    own = scene.lands(id_ for draft in drafts for id_ in (*draft.by, *draft.to))
    for item in dict.fromkeys(item for draft in drafts for item in (*draft.gives, *draft.gets)):
        if item.held_by is not None and not scene.lands([item.held_by]) & own:
            sentence = scene.custody.sentence_of(item)
            text = TEXTS["custody"].format(item=item.item, holder=scene.entities.by_id[item.held_by].name)
            yield Obstacle(text=text, entity=item.held_by, evidence=(sentence,) if sentence else ())
