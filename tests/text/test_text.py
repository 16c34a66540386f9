"""From a raw document to the text of its report."""

import pytest

from dragoman.errors import EmptyDocument, OtherLanguage
from dragoman.records import Report
from dragoman.sources import RawDocument
from dragoman.text import report_of

LEAD = "Talks on the truce between the two sides failed on Monday, the envoy said."
MORE = "The minister left the city before the second round, which was to open the crossing."


def report(content: str, **fields: object) -> Report:
    return report_of(RawDocument("a.txt", fields.pop("kind", "text"), content, **fields))  # type: ignore[arg-type]


def test_a_headline_becomes_the_title_and_leaves_the_text() -> None:
    found = report(f"Envoys fail to agree in Geneva\n\n{LEAD}\n\n{MORE}")
    assert (found.title, found.text) == ("Envoys fail to agree in Geneva", f"{LEAD}\n\n{MORE}")


def test_a_repeated_headline_leaves_the_text() -> None:
    title = "Envoys fail to agree in Geneva"
    assert report(f"{title}\n\n{title.upper()}\n\n{LEAD}").text == LEAD
    assert report(f"{title}\n\n{LEAD}", title=f"{title} | Example News").text == LEAD


def test_a_first_sentence_is_no_headline() -> None:
    found = report(f"The envoys met.\n\n{LEAD}")
    assert (found.title, found.text) == (None, f"The envoys met.\n\n{LEAD}")


@pytest.mark.parametrize("text", ["Envoys fail to agree in Geneva", "Talks failed.", "Two killed in border clash"])
def test_a_report_of_one_line_is_kept(text: str) -> None:
    assert report(text).text == text


def test_a_byline_and_a_date_over_the_report_become_fields() -> None:
    found = report(f"Envoys fail to agree\nBy JANE DOE and John Smith\nThursday, July 5, 2012\n\n{LEAD}")
    assert found.title == "Envoys fail to agree"
    assert found.authors == ("Jane Doe", "John Smith")
    assert (found.published, found.published_from) == ("2012-07-05", "text")
    assert found.text == LEAD


def test_a_byline_may_hold_the_date() -> None:
    found = report(f"Envoys fail to agree\n\nBy Jane Doe | July 5, 2012\n\n{LEAD}")
    assert (found.authors, found.published, found.text) == (("Jane Doe",), "2012-07-05", LEAD)


def test_the_day_of_publication_goes_before_that_of_the_last_change() -> None:
    found = report(f"Envoys fail to agree\n\nPublished: 5 July 2012\nLast updated: 6 July 2012, 14:05 GMT\n\n{LEAD}")
    assert (found.published, found.text) == ("2012-07-05", LEAD)


def test_a_day_in_brackets_is_the_reports_when_it_agrees_with_its_weekday() -> None:
    assert (
        report("The two envoys met on Thursday (5/7/2012) in Geneva and agreed to meet again.").published
        == "2012-07-05"
    )
    assert (
        report("The two envoys met on Thursday (7/5/2012) in Geneva and agreed to meet again.").published
        == "2012-07-05"
    )
    assert report("The two envoys met on Friday (5/7/2012) in Geneva and agreed to meet again.").published is None
    assert report("The two envoys will meet on Thursday (5/7/2012) in Geneva, the ministry said.").published is None


def test_what_metadata_says_goes_before_what_the_text_says() -> None:
    text = f"Thursday, July 5, 2012\n\n{LEAD}"
    found = report(text, published="2012-07-06", published_from="metadata")
    assert (found.published, found.published_from) == ("2012-07-06", "metadata")


@pytest.mark.parametrize(
    "line",
    [
        "5 July 2012, 14:05 GMT",
        "Posted on Thu 5 Jul 2012 at 2:05 p.m. EST",
        "2012-07-05T14:05:00Z",
        "Updated: 5 July 2012",
    ],
)
def test_a_line_with_a_date_and_a_time_dates_the_report(line: str) -> None:
    found = report(f"Envoys fail to agree\n\n{line}\n\n{LEAD}")
    assert (found.published, found.text) == ("2012-07-05", LEAD)


def test_a_line_of_many_times_is_judged_at_once() -> None:
    line = "July 5, 2012 " + "1:00 " * 15 + "x"
    assert line in report(f"{LEAD}\n\n{line}\n\n{MORE}").text
    assert report(f"Envoys fail\n\n{line}\n\n{LEAD}").published is None


def test_a_date_inside_the_report_is_not_its_own() -> None:
    assert report(f"{LEAD} The war began on February 24, 2022.").published is None


def test_lines_wrapped_by_a_terminal_are_joined() -> None:
    wrapped = (
        "Talks on the truce between the two sides failed on Monday, the envoy of the United\n"
        "Nations said in Geneva. The minister left the city before the second round, which\n"
        "was to open the crossing. No new date was set by the two governments, whose repre-\n"
        "sentatives did not speak to Reuters.\n\nBoth sides left."
    )
    paragraphs = report(wrapped).text.split("\n\n")
    assert len(paragraphs) == 2
    assert "United Nations said" in paragraphs[0]
    assert "\n" not in paragraphs[0]


def test_a_word_cut_at_a_line_end_is_mended_and_a_compound_keeps_its_hyphen() -> None:
    lines = "Talks between the two govern-\nments on a cease-\nfire failed on Monday in Geneva."
    assert report(lines).text == "Talks between the two governments on a cease-fire failed on Monday in Geneva."


def test_a_break_inside_a_sentence_is_healed() -> None:
    broken = "The minister said on Monday that the\n\nAdvertisement\n\ntalks would resume in the autumn."
    assert report(broken).text == "The minister said on Monday that the talks would resume in the autumn."


def test_the_end_of_a_wrapped_sentence_is_not_junk() -> None:
    text = "The parliament voted on Monday in the capital for the ministry's new\nprivacy policy."
    assert report(text).text == text.replace("\n", " ")


def test_each_line_that_ends_a_sentence_is_a_paragraph() -> None:
    assert report(f"{LEAD}\n{MORE}\n“We left,” he said.").text == f"{LEAD}\n\n{MORE}\n\n“We left,” he said."


def test_a_list_stays_a_list() -> None:
    text = f"{LEAD}\nHis demands are:\nOpen the crossing\nFree the prisoners\n{MORE}"
    assert report(text).text.split("\n\n")[1:4] == ["His demands are:", "Open the crossing", "Free the prisoners"]


def test_mojibake_is_mended_and_curly_quotes_stay() -> None:
    assert report("The ministerâ€™s reply: â€œWe will not go.â€\x9d François agreed.").text == (
        "The minister’s reply: “We will not go.” François agreed."
    )


def test_invisible_characters_are_dropped() -> None:
    assert report("The\u200b min\u00adister\u202e said\ufeff\x07\u00a0no\u2028to\ttalks \ud800.").text == (
        "The minister said no to talks \ufffd."
    )


def test_entities_are_read() -> None:
    assert report("The minister&rsquo;s reply &mdash; &quot;no&quot; &amp; no more.").text == (
        'The minister’s reply — "no" & no more.'
    )


@pytest.mark.parametrize(
    "content", ["", " \n", "\u200b", "___\n\n* * *", "Share\n\nAdvertisement", "<script>x</script>"]
)
def test_a_document_without_text_is_empty(content: str) -> None:
    with pytest.raises(EmptyDocument, match=r"a\.txt"):
        report(content, kind="html" if "<" in content else "text")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Die Gespräche über den Waffenstillstand sind am Montag gescheitert, teilte der Gesandte mit.",
        ),
        (
            "fr",
            "Les négociations sur la trêve ont échoué lundi, a déclaré l'envoyé spécial des Nations unies à Genève.",
        ),
        ("ru", "Переговоры о перемирии между двумя сторонами провалились в понедельник, сообщил посланник в Женеве."),
        (
            "nl",
            "De onderhandelingen over het bestand zijn maandag mislukt, zei de gezant na het overleg.",
        ),
    ],
)
def test_a_report_in_another_language_is_named(language: str, text: str) -> None:
    with pytest.raises(OtherLanguage) as caught:
        report(text)
    assert caught.value.language == language


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong-un. Xi Jinping. Lavrov. Netanyahu. Zelensky.",
        "Putin, Xi.",
        "Najib Razak: “Selamat pagi.” He left the talks.",
    ],
)
def test_names_alone_are_no_other_language(text: str) -> None:
    assert report(text).text == text


def test_an_english_report_that_quotes_another_language_is_read() -> None:
    assert report(f"{LEAD} “Nous ne céderons pas un pouce de notre territoire,” he told the press.").language == "en"


PAGE = """<!doctype html><html lang="en"><head><title>Envoys fail to agree | Example News</title>
<meta property="og:site_name" content="Example News"><meta name="author" content="Jane Doe">
<meta property="og:title" content="Envoys fail to agree">
<meta property="article:published_time" content="2012-07-05T14:05:00Z">
</head><body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<div class="cookie">We use cookies to give you the best experience.</div>
<article><h1>Envoys fail to agree</h1><p>GENEVA (AP) — Talks on the truce between the two sides failed on Monday, the
envoy of the <b>United Nations</b> said.</p><div class="share"><a>Facebook</a> <a>Twitter</a></div>
<p>The minister left the city before the second round, which was to open the crossing between the two zones.</p>
<p>No new date was set by the two governments, officials said on Tuesday in the capital.</p></article>
<footer>© 2012 Example News. All rights reserved.</footer></body></html>"""


def test_a_page_gives_its_main_text_and_its_metadata() -> None:
    found = report(PAGE, kind="html")
    assert found.text.startswith(
        "GENEVA (AP) — Talks on the truce between the two sides failed on Monday, the envoy of the United"
    )
    assert found.text.endswith("in the capital.")
    assert not any(word in found.text for word in ("cookies", "Facebook", "rights reserved", "Home", "fail to agree"))
    assert (found.title, found.publisher, found.authors) == ("Envoys fail to agree", "Example News", ("Jane Doe",))
    assert (found.published, found.published_from) == ("2012-07-05", "metadata")
    assert found.dateline is not None
    assert found.dateline.place == "Geneva"


@pytest.mark.parametrize("depth", [200, 5_000, 200_000])
def test_deeply_nested_html_is_read(depth: int) -> None:
    page = f"<html><body>{'<div>' * depth}<p>{LEAD}</p>{'</div>' * depth}</body></html>"
    assert report(page, kind="html").text == LEAD


def test_unclosed_tags_and_quotes_are_read() -> None:
    assert LEAD in report(f"<html><body><p>{LEAD}<p class=\"x>{MORE}<div><div><a href='>", kind="html").text


def test_a_fragment_of_a_feed_is_read_whole() -> None:
    assert report(f"<p>{LEAD}</p><p>{MORE}</p>", kind="html").text == f"{LEAD}\n\n{MORE}"


def test_markdown_is_read_without_its_marks() -> None:
    found = report(
        "---\ntitle: Envoys fail\ndate: 2012-07-05\nauthor: Jane Doe\n---\n# Envoys fail\n\n"
        f"> {LEAD}\n\n## The *next* round\n\n"
        "The [minister](http://a.org) **left** the city. ![map](a.png)\n",
        kind="markdown",
    )
    assert (found.title, found.published, found.published_from, found.authors) == (
        "Envoys fail",
        "2012-07-05",
        "metadata",
        ("Jane Doe",),
    )
    assert found.text == f"{LEAD}\n\nThe next round\n\nThe minister left the city."
