"""`dragoman serve` asks for a ledger or reports, and for a token beyond this machine."""

import pytest
from typer.testing import CliRunner

from dragoman import Failure
from dragoman.cli import app
from dragoman.cli.serve import TOKEN, _settings
from dragoman.errors import UsageError
from dragoman.sources import RawDocument


def unread(document: RawDocument) -> Failure:
    return Failure(uri=document.uri, reason="is not read here")


@pytest.mark.parametrize("words", [[], ["examples", "--ledger", "news.db"], ["--ledger", "no/such.db"]])
def test_a_call_that_makes_no_sense_opens_nothing(words: list[str]) -> None:
    assert CliRunner().invoke(app, ["serve", *words]).exit_code == 2


def test_this_machine_needs_no_token_and_all_others_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TOKEN, raising=False)
    assert _settings("127.0.0.1", unread).token is None
    made = _settings("0.0.0.0", unread)
    assert made.token
    assert len(made.token) >= 32
    assert made.token in capsys.readouterr().out


def test_a_token_that_is_too_short_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "1234")
    with pytest.raises(UsageError):
        _settings("0.0.0.0", unread)
