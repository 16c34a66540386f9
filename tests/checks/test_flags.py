"""Each kind of flag: what an editor would query, and what only looks like it."""

# ruff: noqa: E501  (a row of the table is a report)

from collections.abc import Callable

import pytest

from dragoman.records import Flag

Flags = Callable[..., tuple[Flag, ...]]

# kind, headline, report; the flag is the only one.
FAULTS = [
    ("headline-unsupported", "Envoys meet in Geneva", "The two envoys spoke in Vienna on Thursday, the hosts said in a short note."),
    ("headline-unsupported", "Envoys meet to end war", "The two envoys spoke by telephone on Thursday for an hour, aides of both said."),
    ("headline-unsupported", "Bomb kills nine in Kabul", "A bomb in Kabul killed seven people on Thursday, the interior ministry said."),
    ("headline-unsupported", "Peru and Chile sign pact", "Peru and Ecuador signed a pact on fishing on Thursday, the ministers said in Lima."),
    ("headline-unsupported", "Senate rejects treaty", "The Senate approved the treaty on Thursday after a debate of nine hours, a clerk said."),
    ("date-conflict", None, "The envoys met on Thursday, July 29, 2022, in the capital and spoke for an hour."),
    ("date-conflict", None, "The accord was signed on 31 June 2022 in the capital by both of the ministers."),
    ("date-conflict", None, "The army entered the town on 4 August 2022 and took the bridge without a shot."),
    ("date-conflict", None, "The accord, signed in 1998, holds. Both sides say so. The accord was signed in 1996 in a barn."),
    ("date-conflict", None, "He asks for arrears from 2004 to 2009. The city wants the arrears from 2006 to 2009 as well."),
    ("number-conflict", None, "Two envoys came on Monday. They were met by a band. The three envoys brought a gift of seeds."),
    ("number-conflict", None, "A 10-day truce began in the port. Ships came in. If the 15-day truce holds, talks will follow."),
    ("number-conflict", None, "The pact was signed by three countries: Albania, Kosovo, Serbia and Montenegro, in the old hall."),
    ("number-conflict", None, "Soldiers took 11 men out of a garage and 4 out of a farm, 16 in all, and left the town."),
    ("number-conflict", None, "Rations fell from 9 kilograms a month to 12 kilograms this week, the agency said on Thursday."),
    ("name-conflict", None, "The plan is dead, said spokeswoman Anna. Keller. The ministry did not comment on the matter."),
    ("name-conflict", None, "Foreign Minister Djordje Radulovic left. Radulovic will return. Radulovich met the press on Monday."),
    ("name-conflict", None, "Interior Minister Jan Novak opened the talks. The guests ate. Finance Minister Novak closed them."),
    ("name-conflict", None, "Both are members of the Untied Nations, whose council will meet on the matter next week."),
    ("name-conflict", None, "French President Boris Johnson received the guests in the palace, and they spoke for an hour."),
    ("duplicate-text", None, "The two governments let the men go without a trial. Rain fell. The two governments let the men go without a trial."),
    ("duplicate-text", None, "The envoy went on with with the talks, and the delegations of both sides stayed in the city."),
    ("quote-unclosed", None, 'The door is open. "We will come again, he said to the guests in the yard of the palace.\n\nThen it rained hard.'),
    ("quote-drift", None, '"Iraq will not be a battlefield for the wars of others," he said. Later he wrote: "Iraq must not be a battlefield for the wars of others."'),
    ("anonymous-only", None, "The army will withdraw in May, a source said on Thursday. The source, who asked not to be named, said that the order was signed."),
    ("attribution-missing", None, "It is widely believed that the men in masks were paid by the party. The office was closed."),
    ("self-contradiction", None, "Nobody was hurt. Flights went on. Two people who were hurt by the rocket were taken to a hospital."),
    ("boilerplate-left", None, "The talks went on in the evening. Click here to sign up for our newsletter. The envoys stayed."),
]  # fmt: skip

SOUND = [
    ("Envoys meet in Geneva", "GENEVA - The two envoys met on Thursday for an hour, the Swiss hosts said in a note."),
    ("Parliament in Chisinau votes", "Moldova's parliament voted on Thursday for the bill, by a large majority, after a debate."),
    ("Over 900 rescued off coast", "Fishermen rescued 902 people off the coast on Thursday night, the navy said in a statement."),
    (None, "The envoys met on Friday, July 29, 2022, and agreed to meet again on 4 August 2022 in the capital."),
    (None, "The army killed 12 fighters, the ministry said. The rebels said that 14 of their men were killed."),
    (None, "Five soldiers died in the attack. In a similar attack last month the seven soldiers of a patrol died."),
    (None, "Ivan Petrov spoke first. His sister Anna Petrova spoke later, and the Petrovs left the hall together."),
    (None, "Former Foreign Minister Jan Novak spoke. Finance Minister Novak, as he was then, had closed the bank."),
    (None, 'He said: "We will come.\n\n"We will stay.\n\n"We will win."\n\nThe crowd cheered, and the rain fell on the square.'),
    (None, "The minister denied the allegations. A newspaper had accused him of hiding a flat on the coast."),
    (None, "The talks ended on Monday. The two sides had had enough, and said that that was all for the week."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "title", "text"), FAULTS)
def test_a_fault_is_flagged_and_nothing_else(flags_of: Flags, kind: str, title: str | None, text: str) -> None:
    assert [flag.kind for flag in flags_of(text, title)] == [kind]


@pytest.mark.parametrize(("title", "text"), SOUND)
def test_a_sound_report_has_no_flag(flags_of: Flags, title: str | None, text: str) -> None:
    assert flags_of(text, title) == ()


def test_evidence_stands_in_the_title_or_the_text(flags_of: Flags) -> None:
    title, text = (
        "Envoys meet to end war",
        "The two envoys spoke by telephone on Thursday for an hour, aides of both said.",
    )
    [flag] = flags_of(text, title)
    assert [(span.in_, span.text) for span in flag.evidence] == [("title", "meet"), (None, "telephone")]
    assert all((title if s.in_ else text)[s.start : s.end] == s.text for s in flag.evidence)


def test_a_headline_that_stands_twice_is_flagged_though_the_text_has_lost_it(flags_of: Flags) -> None:
    lead = "The two envoys met on Thursday for an hour, the hosts said in a short note."
    assert [f.kind for f in flags_of(f"Envoys meet\n\nEnvoys meet\n\n{lead}")] == ["duplicate-text"]
    assert flags_of(f"Envoys meet\n\n{lead}") == ()
    assert flags_of(f"Envoys meet\n\n{lead}", title="Envoys meet") == ()
