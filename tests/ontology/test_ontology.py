"""PLOVER as data holds together."""

import re
from pathlib import Path

from dragoman import ontology

ROOT = Path(__file__).parents[2]


def test_every_leaf_has_a_type_and_a_mode_that_the_type_has() -> None:
    for leaf in ontology.leaves().values():
        if leaf.type is not None:
            assert leaf.type in ontology.types()
            assert leaf.mode is None or leaf.mode in ontology.types()[leaf.type].modes


def test_there_are_16_types_and_37_contexts() -> None:
    assert (len(ontology.types()), len(ontology.contexts())) == (16, 37)


def test_the_mode_gives_the_intensity_where_it_has_its_own() -> None:
    assert ontology.intensity("CONSULT", ("phone",)) == 1.5
    assert ontology.intensity("CONSULT", ()) == 2.5


def test_the_writers_guide_lists_the_leaves_that_the_ontology_has() -> None:
    guide = (ROOT / "training/events/GUIDE.md").read_text("utf-8")
    listed = set(re.findall(r"^\| ([A-Z]+(?:\.[a-z-]+)?) \|", guide, re.M))
    assert listed == set(ontology.leaves())


def test_imposed_sanctions_are_coerce_under_the_older_convention() -> None:
    assert ontology.leaves()["SANCTION.embargo"].cameo == "COERCE"
