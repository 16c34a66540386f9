"""What the small net labels in place of the pipeline's own recogniser, and what it leaves alone."""

import numpy as np
import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from dragoman.entities import knowledge
from dragoman.entities.labels import features, label_names, load, spans_of
from dragoman.language import pipeline

NEWS = (
    "GENEVA - Foreign Minister Karin Holmqvist told reporters on 4 March that 300 soldiers from Sweden would join the "
    "Norwegian mission. Mr Pedersen of the United Nations called it welcome."
)


@pytest.fixture(scope="module")
def parsed() -> Doc:
    return pipeline.load()(NEWS)


def labelled(doc: Doc) -> dict[str, str]:
    label_names(doc, knowledge.load())
    return {ent.text: ent.label_ for ent in doc.ents}


def test_names_dates_and_numbers_are_labelled(parsed):
    found = labelled(parsed)
    wanted = {
        "Karin Holmqvist": "PERSON",
        "Sweden": "GPE",
        "Norwegian": "NORP",
        "300": "CARDINAL",
        "Pedersen": "PERSON",
    }
    assert {name: found.get(name) for name in wanted} == wanted
    assert found["4 March"] == "DATE"


def test_a_pipelines_own_labels_stay():
    doc = pipeline.load()("Sweden sent troops.")
    doc.set_ents([Span(doc, 2, 3, "PRODUCT")])
    assert labelled(doc) == {"troops": "PRODUCT"}


def test_the_vectors_of_another_pipeline_are_not_read():
    doc = Doc(Vocab(), words=["Sweden", "sent", "troops"])
    doc.tensor = np.zeros((3, 300), dtype=np.float32)
    assert labelled(doc) == {}


def test_an_empty_text_has_no_names():
    assert labelled(Doc(Vocab())) == {}


def test_the_usual_pipeline_is_loaded_without_its_recogniser():
    assert "ner" not in pipeline.load().pipe_names
    assert "ner" in pipeline.load(whole=True).pipe_names


def test_the_net_fits_what_it_is_shown(parsed):
    assert features(parsed, knowledge.load()).shape == (len(parsed), load().width)


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["B-ORG", "I-ORG", "O"], [("a b", "ORG")]),
        (["B-ORG", "B-ORG", "O"], [("a", "ORG"), ("b", "ORG")]),
        (["O", "I-GPE", "I-ORG"], [("b", "GPE"), ("c", "ORG")]),
        (["O", "O", "O"], []),
    ],
)
def test_a_name_goes_on_as_long_as_its_label(labels, names):
    doc = Doc(Vocab(), words=["a", "b", "c"])
    assert [(span.text, span.label_) for span in spans_of(doc, labels)] == names
