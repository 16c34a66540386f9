"""What tests in the browser share: a desk that listens on loopback, and pages in Chromium that let nothing pass.

A page fails its test when the browser logs an error, refuses something under the Content-Security-Policy, opens a
dialogue, or asks for anything outside loopback. With DRAGOMAN_SCREENSHOTS=docs/screenshots the tests write the manual's
pictures.
"""

import base64
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright
from starlette.types import ASGIApp

from dragoman import Ledger, Record
from dragoman.corpus.join import join
from dragoman.ledger.ingest import Writer
from dragoman.ledger.prepared import records_of
from dragoman.web.app import app_of

READ = Path(__file__).with_name("read.jsonl")  # `python tests/refresh.py` reads it again
NEEDED = "DRAGOMAN_TEST_BROWSER"  # set where its absence is a failure, as in continuous integration
PICTURES = "DRAGOMAN_SCREENSHOTS"
PATIENCE = 30_000  # milliseconds, on a machine that has much else to do
LARGEST = 150_000  # bytes of a picture
WIDE: ViewportSize = {"width": 1280, "height": 800}
DeskOf = Callable[[list[Record]], tuple[str, Ledger]]
SERIOUS = ("serious", "critical")


def ledger_at(path: Path, records: list[Record]) -> Ledger:
    ledger = Ledger(path, create=True)
    with Writer(ledger, ledger.begin_run("ingest")) as writer:
        for record in records:
            writer.add(record)
    join(ledger)
    return ledger


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Answer on a free port of loopback; gives the address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # who comes before the server is there waits
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", server_header=False, lifespan="off"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def read() -> list[Record]:
    return [item for item in records_of(str(READ)) if isinstance(item, Record)]


@pytest.fixture(scope="session")
def ledger(read: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with ledger_at(tmp_path_factory.mktemp("browser") / "read.db", read) as kept:
        yield kept


@pytest.fixture(scope="session")
def desk(ledger: Ledger) -> Iterator[str]:
    """The address of a desk over all records."""
    with served(app_of(ledger)) as address:
        yield address


@pytest.fixture
def desk_of(tmp_path: Path) -> Iterator[DeskOf]:
    """What opens a desk over records of a test's own, which it may change."""
    with ExitStack() as stack:

        def desk_of(records: list[Record]) -> tuple[str, Ledger]:
            kept = stack.enter_context(ledger_at(tmp_path / "own.db", records))
            return stack.enter_context(served(app_of(kept))), kept

        yield desk_of


# A browser a module, not a session: while Playwright is there, no other test of this process can run an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        if os.environ.get(NEEDED):
            pytest.fail("there is no Chromium, which continuous integration must have: apt-get install chromium")
        pytest.skip("there is no Chromium: apt-get install chromium")
    options = ["--no-sandbox"] if os.geteuid() == 0 else []  # which Chromium does not start with as root
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=options)
        yield found
        found.close()


@pytest.fixture
def faults() -> list[str]:
    """What the pages of a test did wrong; a test takes out what it means to happen."""
    return []


@pytest.fixture
def context(browser: Browser, faults: list[str]) -> Iterator[BrowserContext]:
    """A fresh browser; what any of its pages was refused or logged as an error fails the test."""
    context = browser.new_context(viewport=WIDE)
    context.set_default_timeout(PATIENCE)
    context.expose_function("violated", lambda what: faults.append(what))
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => violated(`refused ${e.violatedDirective} ${e.blockedURI}`))"
    )
    context.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on("dialog", lambda dialog: (faults.append(f"a dialogue: {dialog.message}"), dialog.dismiss()))
    context.on("request", lambda asked: None if is_ours(asked.url) else faults.append(f"asks for {asked.url}"))
    yield context
    context.close()
    assert not faults


def is_ours(url: str) -> bool:
    """Whether an address is on this machine."""
    return urlsplit(url).hostname == "127.0.0.1" or url == "about:blank"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture(scope="session")
def named(read: list[Record], ledger: Ledger) -> dict[str, str]:
    """What addresses have in them: reports by what they tell, the act that most reports tell."""
    reports = {record.report.uri: record.report.id[7:23] for record in read}
    return {
        "geneva": reports["examples/geneva-call.txt"],
        "shalit": next(short for uri, short in reports.items() if "/2011/10/11/" in uri),
        "act": max(ledger.occurrences(), key=lambda row: row.reports).id,
    }


@pytest.fixture(scope="session")
def audited() -> Callable[..., list[str]]:
    """What names the serious faults that axe finds on a page."""
    axe = Axe()

    def audited(page: Page, **options: object) -> list[str]:
        found = axe.run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
        return [
            f"{one['id']}: {node['html'][:200]} {node['failureSummary']}"
            for one in found
            if one["impact"] in SERIOUS
            for node in one["nodes"][:3]
        ]

    return audited


@pytest.fixture(scope="session")
def picture() -> Callable[..., None]:
    """What writes the manual's picture of a page, where pictures are asked for."""
    folder = os.environ.get(PICTURES)

    def picture(page: Page, name: str) -> None:
        if not folder:
            return
        made = Path(folder) / f"{name}.webp"
        made.parent.mkdir(parents=True, exist_ok=True)
        browser = page.context.new_cdp_session(page)  # Playwright's own pictures are PNG or JPEG, which are larger
        taken = browser.send("Page.captureScreenshot", {"format": "webp", "quality": 75})
        made.write_bytes(base64.b64decode(taken["data"]))
        assert made.stat().st_size < LARGEST, f"{made} is too large for the manual"

    return picture
