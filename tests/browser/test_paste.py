"""`dragoman serve` as a person meets it: a text is pasted or a file chosen, and its ledger is there."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dragoman import Ledger

REPORT = """TIRANA, May 3 - France urged Albania on Monday to open talks with Greece about the border.

"We are ready to talk," Albanian Foreign Minister Elira Hoxha said. Greece rejected the proposal."""


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the real command, over an empty ledger."""
    where = tmp_path_factory.mktemp("serve") / "news.db"
    Ledger(where, create=True).close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    call = [sys.executable, "-c", "import dragoman.cli; dragoman.cli.main()", "serve", "--ledger", str(where)]
    with subprocess.Popen([*call, "--port", str(port)], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith(f"http://127.0.0.1:{port}/")  # printed before it listens
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the desk does not listen")


def test_an_empty_ledger_is_shown(command: str, page: Page) -> None:
    for path in ("/", "/list/events", "/map", "/network", "/negotiations", "/review?who=Ana", "/quality"):
        page.goto(command + path)
        assert page.locator("h1").count() == 1, path


def test_a_text_is_pasted_and_its_ledger_appears(
    command: str, page: Page, picture: Callable[[Page, str], None]
) -> None:
    page.goto(f"{command}/paste")
    page.get_by_label("Text,").fill(REPORT)
    page.get_by_label("Headline").fill("France urges Albania to talk")
    page.get_by_label("Day").fill("2021-05-03")
    page.get_by_role("button", name="Read").click()
    page.wait_for_selector(".ledger")
    assert page.locator("h1").inner_text() == "France urges Albania to talk"
    assert page.locator(".text .said").count() >= 1
    assert page.locator(".ledger li.event").count() >= 2
    page.locator(".ledger li.statement strong").first.click()
    assert page.locator(".text .found").count() >= 1
    picture(page, "paste")


def test_a_file_is_chosen_and_its_ledger_appears(command: str, page: Page, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    paragraphs = "".join(f"<p>{part}</p>" for part in REPORT.split("\n\n"))
    file.write_text(f"<html><head><title>Talks</title></head><body><article>{paragraphs}</article></body></html>")
    page.goto(f"{command}/paste")
    page.get_by_label("or a file").set_input_files(file)
    page.get_by_role("button", name="Read").click()
    page.wait_for_selector(".ledger")
    assert "report.html" in page.locator(".origin").inner_text()
    assert "ready to talk" in page.locator(".text").inner_text()


def test_what_cannot_be_read_is_told_and_what_was_typed_stays(command: str, page: Page, faults: list[str]) -> None:
    page.goto(f"{command}/paste")
    page.get_by_label("Text,").fill(REPORT)
    page.get_by_label("Day").fill("last Monday")
    page.get_by_role("button", name="Read").click()
    page.wait_for_selector("[role=alert]")
    assert "is no day" in page.locator("[role=alert]").inner_text()
    assert page.get_by_label("Text,").input_value() == REPORT
    assert len(faults) == 1
    assert "422" in faults.pop()
