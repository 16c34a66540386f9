"""What a report attributes, to whom, in which words: claims about news, each with a sentence of our own."""

import pytest
from conftest import Reading

from dragoman.records import Statement


def outer(statements: tuple[Statement, ...]) -> list[Statement]:
    return [s for s in statements if s.inside is None]


def contents(statement: Statement) -> list[str]:
    return [span.text for span in statement.content]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The mayor said that the bridge would open.", "The mayor", ["that the bridge would open"]),
        ("The bridge would open, the mayor said.", "the mayor", ["The bridge would open"]),
        ("The bridge, the mayor said, would open in May.", "the mayor", ["The bridge", "would open in May"]),
        ("According to the ministry, the road is open.", "the ministry", ["the road is open"]),
        ("The road is open, according to the ministry.", "the ministry", ["The road is open"]),
        ("The president vowed to crush the revolt.", "The president", ["to crush the revolt"]),
        ("The opposition called for an inquiry.", "The opposition", ["an inquiry"]),
        ("The governor accused the army of lying.", "The governor", ["of lying"]),
        ("The senator called the deal a disaster.", "The senator", ["the deal a disaster"]),
        ("It was announced that the talks had failed.", None, ["that the talks had failed"]),
        ('"The dam will hold," said Maria Lopez.', "Maria Lopez", ['"The dam will hold,"']),
        ("The spokesman would not say whether he would resign.", "The spokesman", ["whether he would resign"]),
        ("LOPEZ: The dam will hold until spring.", "LOPEZ", ["The dam will hold until spring"]),
    ],
)
def test_each_form_of_attribution_is_read(read: Reading, text: str, source: str | None, content: list[str]) -> None:
    found = outer(read(text))[0]
    assert (found.source_span.text if found.source_span else None, contents(found)) == (source, content)


def test_a_quotation_split_by_its_cue_is_one_statement(read: Reading) -> None:
    found = outer(read('"We tried," the envoy said. "It was too late to stop them."'))
    assert [contents(s) for s in found] == [['"We tried,"', '"It was too late to stop them."']]


def test_a_quotation_over_two_paragraphs_is_one_statement(read: Reading) -> None:
    text = "“The dam will hold. We checked it,” the mayor said. “Nobody needs to leave.\n\n“The town is safe.”"
    assert len(outer(read(text))) == 1


def test_an_indirect_sentence_and_an_uncued_quotation_are_two_statements_of_one_source(read: Reading) -> None:
    text = 'The mayor said that the town was safe. "Nobody needs to leave the valley tonight."'
    found = outer(read(text))
    assert [s.source_span.text for s in found if s.source_span] == ["The mayor", "The mayor"]
    assert [s.kind for s in found] == ["indirect", "direct"]


def test_two_cues_are_two_statements(read: Reading) -> None:
    found = outer(read("The minister denied the report and promised to publish the list."))
    assert [s.cue.lemma for s in found if s.cue] == ["deny", "promise"]


def test_what_a_source_says_that_another_said_is_inside(read: Reading) -> None:
    outermost, inner = read("The general said that the king believed that the war was lost.")
    assert outermost.inside is None
    assert inner.inside == outermost.id


def test_a_clause_with_some_words_quoted_is_mixed(read: Reading) -> None:
    assert read('The envoy said that the talks were "all but dead" on Friday.')[0].kind == "mixed"


def test_a_relative_pronoun_is_the_source_at_its_cue(read: Reading) -> None:
    found = read("The general, who said that the war was lost, left the city.")
    assert found[0].source_span is not None
    assert found[0].source_span.text == "who"


def test_a_participle_after_a_comma_has_the_speaker_of_its_sentence(read: Reading) -> None:
    found = read("The envoy said that it would rain, adding that the road was closed.")
    assert {s.source_span.text for s in found if s.source_span and s.inside is None} == {"The envoy"}


def test_a_dateline_is_no_source(read: Reading) -> None:
    found = read("GENEVA — Mediators said on Friday that the talks had failed.")
    assert found[0].source_span is not None
    assert found[0].source_span.text == "Mediators"


def test_a_name_after_a_dash_signs_a_quotation(read: Reading) -> None:
    found = outer(read("“Nobody asked us whether we wanted the dam.” — Maria Lopez"))
    assert [s.source_span.text for s in found if s.source_span] == ["Maria Lopez"]


@pytest.mark.parametrize(
    "text",
    [
        "The dam holds eleven million tons of water.",
        'Children danced on the so-called "bridge" all night.',
        "The road leads to the border and ends there.",
        "",
        "\n\n",
    ],
)
def test_the_reports_own_words_are_no_statement(read: Reading, text: str) -> None:
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "attribution"),
    [
        ("Officials said that the road was mined.", "anonymous"),
        ("A source close to the talks said that the road was mined.", "anonymous"),
        ("The ministry said that the road was mined.", "institutional"),
        ("Maria Lopez said that the road was mined.", "named"),
    ],
)
def test_the_kind_of_source_is_told(read: Reading, text: str, attribution: str) -> None:
    assert read(text)[0].attribution == attribution


def test_the_venue_is_told(read: Reading) -> None:
    found = read("The minister said at a press conference in Cairo that the road was mined.")
    assert found[0].venue == "a press conference in Cairo"
    assert read("The ministry said in a statement that the road was mined.")[0].venue == "in a statement"


def test_a_relay_is_two_statements_one_inside_the_other(read: Reading) -> None:
    found = read("According to Vesna news agency, quoting the state radio, the army has been put on alert.")
    assert [(s.source_span.text, s.inside) for s in found if s.source_span] == [
        ("Vesna news agency", None),
        ("the state radio", "s1"),
    ]
    assert [contents(s) for s in found] == [["the army has been put on alert"]] * 2


def test_an_answer_by_saying_something_is_one_statement(read: Reading) -> None:
    found = read("Lima responded to Holm's warning by saying that arms would prolong the war.")
    assert [contents(s) for s in found] == [["that arms would prolong the war"]]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy held talks with the Foreign Minister over a phone call.",
        "Kenya and Chad have maintained a joint office in the port.",
    ],
)
def test_what_is_held_or_kept_is_not_said(read: Reading, text: str) -> None:
    assert read(text) == ()


def test_a_comma_may_stand_behind_the_closing_mark(read: Reading) -> None:
    [found] = read('"The bridge is closed to lorries", the mayor added.')
    assert (found.source_span.text if found.source_span else None) == "the mayor"


def test_a_feeling_belongs_to_the_subject_of_its_passive(read: Reading) -> None:
    [found] = read("Farmers' associations are concerned the Government will change the law.")
    assert (found.source_span.text if found.source_span else None) == "Farmers' associations"


def test_a_contracted_perfect_is_no_passive(read: Reading) -> None:
    [found] = outer(read("The aide, who’s called for big tariffs, left early."))
    assert (found.source_span.text if found.source_span else None) == "who"


def test_initials_may_stand_in_a_signature(read: Reading) -> None:
    [found] = read("“The dam will never hold another winter.” ― Ana P. Lopez")
    assert (found.source_span.text if found.source_span else None) == "Ana P. Lopez"


def test_a_passive_names_who_condemns_behind_by(read: Reading) -> None:
    [found] = read("The raid was condemned by the European Commission.")
    assert (found.source_span.text if found.source_span else None, contents(found)) == (
        "the European Commission",
        ["The raid"],
    )


def test_a_long_lead_belongs_to_who_is_named_behind_it(read: Reading) -> None:
    clause = (
        "A bus with forty pilgrims left the road above the gorge in thick fog and was caught by two pines "
        "that held it until firemen with ropes had brought all but the driver up to the road"
    )
    [found] = outer(read(f"{clause}, hospital workers said."))
    assert (contents(found), found.source_span and found.source_span.text) == ([clause], "hospital workers")


def test_an_office_between_a_quotation_and_its_speaker_is_not_said(read: Reading) -> None:
    [found] = outer(read('"This is theft," a member of the council, Doris Hale, told a local station.'))
    assert contents(found) == ['"This is theft,"']


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("She said that the town would pay within weeks, and appealed to the firms to wait.", "within weeks"),
        ("He believes the row can be settled by talks and has asked the bishop to help.", "by talks"),
    ],
)
def test_what_a_speaker_did_besides_is_not_said(read: Reading, text: str, content: str) -> None:
    assert outer(read(text))[0].content[-1].text.endswith(content)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"Nobody was hurt," Captain Amos Birch was quoted as saying by a local paper.', "Captain Amos Birch"),
        ('"Nobody was hurt," the agency quoted him as saying.', "him"),
    ],
)
def test_who_is_quoted_as_saying_something_is_its_source(read: Reading, text: str, speaker: str) -> None:
    [found] = outer(read(text))
    assert found.source_span is not None
    assert found.source_span.text == speaker
