"""The progress bar: when it shows, and what it can know."""

import gzip
from pathlib import Path

from dragoman import Failure
from dragoman.cli.progress import Bar, bar_for, size_of
from dragoman.sources import RawDocument


def test_the_whole_is_known_for_plain_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Talks failed.")
    (tmp_path / "b.md").write_text("Talks went on.")
    assert size_of([str(tmp_path)]) == 27


def test_the_whole_is_not_known_for_packed_files_and_streams(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b"Talks failed."))
    assert size_of([str(tmp_path)]) is None
    assert size_of(["-"]) is None
    assert size_of(["https://example.org/a"]) is None


def test_a_bar_passes_on_what_it_follows() -> None:
    documents = [RawDocument("a", "text", "Talks failed."), RawDocument("b", "text", "Talks went on.")]
    assert list(Bar(27).following(documents)) == documents


def test_a_bar_moves_when_a_report_is_done_not_when_it_is_taken() -> None:
    documents = [RawDocument("a", "text", "Talks failed."), RawDocument("b", "text", "Talks went on.")]
    bar = Bar(27)
    assert list(bar.taking(documents)) == documents
    assert bar._progress.tasks[0].completed == 0
    failures = [Failure(uri="a", reason="is empty"), Failure(uri="b", reason="is empty")]
    assert list(bar.done(failures)) == failures
    [task] = bar._progress.tasks
    assert (task.completed, task.fields["reports"], task.fields["failures"]) == (27, 2, 2)


def test_no_bar_is_shown_in_a_pipe() -> None:
    with bar_for(["-"], to_file=True, quiet=False) as bar:
        assert bar is None
