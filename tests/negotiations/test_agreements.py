"""Claims about agreements whose terms are urged or said to be broken."""

import pytest

from .reading import bargains

AT_ISSUE = {
    "Norway urged Serbia to honour the agreement with Kosovo reached in Oslo to open the bridge at Mitrovica.":
        "Serbia is called on to keep its commitment: open the bridge at Mitrovica",
    "Kenya said that Somalia must respect the accord with Ethiopia signed in May to withdraw its tanks.":
        "Somalia is called on to keep its commitment: withdraw its tanks",
    "Peru accused Chile of violating the treaty with Bolivia signed in 1904 to share the port.":
        "Chile is said to break its commitment: share the port",
}  # fmt: skip

NOT_AT_ISSUE = (
    "Serbia and Kosovo reached an agreement in Oslo to open the bridge.",
    "Norway urged Serbia to sign the agreement with Kosovo to open the bridge.",
    "The club broke its agreement with the singer to open the season.",
    "Norway praised the agreement with Kosovo.",
)


@pytest.mark.parametrize(("text", "expected"), AT_ISSUE.items())
def test_a_commitment_that_is_not_kept_stands_in_the_way_of_its_agreement(text: str, expected: str) -> None:
    read = bargains(text)
    assert [(len(b.proposals), [o.text for o in b.obstacles]) for b in read.negotiations] == [(0, [expected])]


def test_the_parties_of_an_agreement_are_who_is_bound_and_to_whom() -> None:
    read = bargains(next(iter(AT_ISSUE)))
    assert read.names(read.negotiations[0].parties) == ["Serbia", "Kosovo"]


@pytest.mark.parametrize("text", NOT_AT_ISSUE)
def test_an_agreement_that_nobody_holds_against_a_side_is_no_bargaining(text: str) -> None:
    assert bargains(text).negotiations == ()
