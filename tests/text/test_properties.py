"""Whatever comes in: a report whose spans are true, or one of our own errors."""

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import DragomanError
from dragoman.records import id_of
from dragoman.sources import RawDocument
from dragoman.text import report_of

PIECES = (
    "GENEVA (AP) —",
    "WASHINGTON, July 5, 2012 -",
    "Talks on the truce failed on Monday,",
    "the envoy said.",
    "\n",
    "\n\n",
    "\r\n",
    "\u0000",
    "\u202e",
    "\u00ad",
    "\ud800",
    "â€™",
    "“",
    "”",
    '"',
    "((it))",
    "By Jane Doe",
    "Sources",
    "Next Post",
    "Share",
    "Image: Ana Petrova.",
    "<p>",
    "</div>",
    "<script>",
    "<html>",
    "<!--",
    "&amp;",
    "# ",
    "---\n",
    "[a](b)",
    "(29/7/2022)",
    "on Friday",
    "\u00a0",
    "govern-",
    "ment",
    "Переговоры",
    "。",
    "🙂",
    "\u2028",
    "    ",
    "Friday, August 21, 2015",
    "PARIS:",
    "-",
    "—",
    ",",
)
mangled = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(mangled, st.sampled_from(["text", "html", "markdown"]), st.one_of(st.none(), st.text(max_size=40)))
def test_anything_is_a_true_report_or_our_own_error(content: str, kind: str, title: str | None) -> None:
    try:
        report = report_of(RawDocument("a.txt", kind, content, title=title))  # type: ignore[arg-type]
    except DragomanError:
        return
    report.text.encode()
    assert report.id == id_of(report.text)
    assert report.text == report.text.strip()
    assert not {"\r", "\x00", "\u00a0", "\u202e"} & set(report.text)
    assert all(paragraph == paragraph.strip() and paragraph for paragraph in report.text.split("\n\n"))
    assert "\n" not in report.text.replace("\n\n", "")
    if report.dateline:
        span = report.dateline.span
        assert report.text[span.start : span.end] == span.text


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("ABC AÉ.,-'/:()— \n0"), max_size=3000))
def test_no_text_of_capitals_and_marks_takes_long(content: str) -> None:
    try:
        report_of(RawDocument("a.txt", "text", content))
    except DragomanError:
        return
