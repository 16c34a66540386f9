"""Candidates and their participants, told as claims about news."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from dragoman.events.candidates import Candidate, find_candidates
from dragoman.events.lexicon import load as load_lexicon
from dragoman.language import pipeline


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline.load()


def found(nlp: Language, text: str) -> tuple[Doc, dict[str, Candidate]]:
    doc = nlp(text)
    return doc, {doc[c.start : c.end].text: c for c in find_candidates(doc, load_lexicon())}


def words(doc: Doc, tokens: tuple[int, ...]) -> list[str]:
    return [doc[i].text for i in tokens]


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "recipient"),
    [
        ("France condemned the raid by Libya.", "condemned", "France", "Libya"),
        ("The envoy was expelled by Norway.", "expelled", "Norway", "envoy"),
        ("Greek ministers met Turkish officials.", "met", "ministers", "officials"),
        ("Ghana urged Togo to free the sailors.", "urged", "Ghana", "Togo"),
        ("Chile launched an attack on Peru.", "launched an attack", "Chile", "Peru"),
        ("Talks between Cairo and Tripoli began.", "Talks", "Cairo", "Tripoli"),
        ("India, which had accused Nepal, apologised.", "accused", "India", "Nepal"),
        ("Soldiers surrounded the town and arrested the mayor.", "arrested", "Soldiers", "mayor"),
        ("Two pilots held by Iran came home.", "held", "Iran", "pilots"),
    ],
)
def test_participants_are_found_through_the_grammar(
    nlp: Language, text: str, trigger: str, actor: str, recipient: str
) -> None:
    doc, candidates = found(nlp, text)
    candidate = candidates[trigger]
    everyone = words(doc, candidate.actors), words(doc, candidate.recipients)
    assert actor in everyone[0]
    assert recipient in everyone[0] + everyone[1]


def test_what_a_governing_verb_speaks_of_is_no_candidate(nlp: Language) -> None:
    _, candidates = found(nlp, "Serbia refused to sign the treaty.")
    assert list(candidates) == ["refused"]


def test_a_purpose_is_no_candidate(nlp: Language) -> None:
    _, candidates = found(nlp, "Envoys arrived in Lima to end the war.")
    assert "end" not in candidates


@pytest.mark.parametrize(
    ("text", "trigger", "is_aimed"),
    [
        ("Peru maintains a tariff that Chile condemned.", "condemned", True),
        ("Peru phoned Lima to discuss the accord that Chile signed.", "signed", False),
    ],
)
def test_who_keeps_a_policy_is_meant_by_what_is_said_of_it(
    nlp: Language, text: str, trigger: str, is_aimed: bool
) -> None:
    doc, candidates = found(nlp, text)
    assert ("Peru" in words(doc, candidates[trigger].recipients)) == is_aimed


@pytest.mark.parametrize(
    ("text", "noun", "actors"),
    [
        ("France condemned the violence.", "violence", []),
        ("Chad survived the attack.", "attack", []),
        ("Chad escalated the attacks.", "attacks", ["Chad"]),
        ("Chad launched the attack.", "launched the attack", ["Chad"]),
    ],
)
def test_an_act_that_is_only_spoken_of_is_not_the_speakers(
    nlp: Language, text: str, noun: str, actors: list[str]
) -> None:
    doc, candidates = found(nlp, text)
    assert words(doc, candidates[noun].actors) == actors
