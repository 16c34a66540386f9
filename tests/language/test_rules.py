"""The remembering ruler says of every word what spaCy's own ruler says."""

import pathlib

import pytest
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from dragoman.language import pipeline
from dragoman.language.rules import RememberingRuler, remember_in

EXAMPLES = sorted((pathlib.Path(__file__).parents[2] / "examples").glob("*.txt"))
SAYS = ["TAG", "POS", "LEMMA", "MORPH", "DEP"]
ODD = """They ain't gonna sign it. Let's go, y'all!\n\n  C'mon, I've gotta run; nothin' doin'. There's one of 'em left.
It can't be, won't be, shan't be: that's what it got, and gets.  Who'd have thought?"""


def both(doc: Doc) -> tuple[Doc, Doc]:
    ruler = pipeline.load(whole=True).get_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    return ruler(doc.copy()), RememberingRuler(ruler)(doc.copy())


def unruled(text: str) -> Doc:
    nlp = pipeline.load(whole=True)
    with nlp.select_pipes(enable=["tok2vec", "tagger", "paragraphs", "parser"]):
        return nlp(text)


@pytest.mark.parametrize("text", [ODD, *(path.read_text("utf-8") for path in EXAMPLES)])
def test_every_word_has_the_attributes_that_the_ruler_gives_it(text: str) -> None:
    theirs, ours = both(unruled(text))
    assert ours.to_array(SAYS).tolist() == theirs.to_array(SAYS).tolist()


def test_a_later_rule_goes_over_an_earlier_one_of_more_words() -> None:
    nlp = Language()
    ruler = nlp.add_pipe("attribute_ruler")
    assert isinstance(ruler, AttributeRuler)
    ruler.add([[{"LOWER": "let"}, {"LOWER": "talks"}]], {"POS": "VERB"}, index=1)
    ruler.add([[{"LOWER": "talks"}]], {"POS": "NOUN"})
    ruler.add([[{"LOWER": {"REGEX": "^talk"}}]], {"LEMMA": "talk"})
    remember_in(nlp)
    assert [(t.pos_, t.lemma_) for t in nlp("let talks begin")] == [("", ""), ("NOUN", "talk"), ("", "")]


def test_the_usual_pipeline_has_no_other_ruler() -> None:
    kinds = [type(pipe) for _, pipe in pipeline.load().pipeline]
    assert RememberingRuler in kinds
    assert AttributeRuler not in kinds
