"""`dragoman serve`: the desk, a ledger in the browser."""

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.endings import tidy
from dragoman.corpus.join import join
from dragoman.errors import MissingModel, UsageError
from dragoman.language.pipeline import DEFAULT_MODEL
from dragoman.ledger import Ledger
from dragoman.ledger.ingest import Writer, ingest_documents
from dragoman.reader import Reader
from dragoman.records import Failure, Record
from dragoman.render.characters import on_one_line
from dragoman.scale.frames import Setup
from dragoman.scale.process import Lost, Worker
from dragoman.sources import RawDocument, documents

if TYPE_CHECKING:
    from dragoman.web.settings import Settings

SECONDS = 60.0  # that the reading of one text may take
TOKEN = "DRAGOMAN_TOKEN"  # noqa: S105 - the name of a variable
LEAST_TOKEN = 16  # characters
LOOPBACK = ("localhost", "127.0.0.1", "::1")

Sources = Annotated[
    list[str] | None, typer.Argument(metavar="SOURCE", help="Reports to read into a temporary ledger first.")
]
LedgerName = Annotated[
    str | None, typer.Option("--ledger", "-l", metavar="LEDGER", help="The ledger: a file, or postgresql://… by URL.")
]
Host = Annotated[str, typer.Option(metavar="HOST", help="Where to listen; beyond this machine only with a token.")]
Port = Annotated[int, typer.Option(min=0, max=65535, metavar="PORT", help="The port.")]
ReadUrls = Annotated[
    bool, typer.Option("--read-urls", help="Read web pages by their address too: public ones, never this network's.")
]


def serve(
    sources: Sources = None,
    ledger: LedgerName = None,
    host: Host = "127.0.0.1",
    port: Port = 8017,
    read_urls: ReadUrls = False,
) -> None:
    """Open the desk: read, check and correct a ledger in the browser.

    Beyond this machine a token is asked for: that of the variable DRAGOMAN_TOKEN, or one that is made and printed.
    """
    with tidy():
        if bool(sources) == (ledger is not None):
            raise UsageError("name either reports to read or --ledger")
        try:
            import uvicorn

            from dragoman.web.app import app_of
        except ImportError:
            raise MissingModel("the desk", "pip install 'dragoman[web]'") from None
        with _opened(sources or [], ledger) as kept, _reading() as read:
            settings = replace(_settings(host, read), read_urls=read_urls)
            app = app_of(kept, settings)
            shown = f"[{host}]" if ":" in host else host
            typer.echo(f"http://{shown}:{port}/  ({kept.counts()['reports']} reports; Ctrl-C ends it)")
            uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)


def _settings(host: str, read: "Callable[[RawDocument], Record | Failure]") -> "Settings":
    """Return who may come in: anybody on this machine, and who knows the token from elsewhere."""
    from dragoman.web.settings import Settings

    token = os.environ.get(TOKEN)
    if token is not None and len(token) < LEAST_TOKEN:
        raise UsageError(f"{TOKEN} is too short to be safe; give {LEAST_TOKEN} characters or more")
    if host in LOOPBACK:
        return Settings(token=token, read=read)
    if token is None:
        token = secrets.token_urlsafe(24)
        typer.echo(f"token: {token}")
    return Settings(token=token, hosts=frozenset(), read=read)


@contextmanager
def _opened(sources: list[str], ledger: str | None) -> Iterator[Ledger]:
    """Give the ledger that was named, or a temporary one of the reports."""
    if ledger is not None:
        with Ledger(ledger) as kept:
            yield kept
        return
    with (
        tempfile.TemporaryDirectory(prefix="dragoman-") as folder,
        Ledger(Path(folder) / "ledger.db", create=True) as kept,
    ):
        run = kept.begin_run("ingest", sources)
        with Writer(kept, run) as writer:
            for item in ingest_documents(writer, documents(sources), Reader().read_documents):
                if isinstance(item, Failure):
                    typer.echo(f"{on_one_line(item.uri)}: {on_one_line(item.reason)}", err=True)
        kept.end_run(run)
        join(kept)
        yield kept


@contextmanager
def _reading() -> "Iterator[Callable[[RawDocument], Record | Failure]]":
    """Give what reads pasted texts, one after the other, in a process that is ended when it takes too long."""
    worker, turn = Worker(Setup(DEFAULT_MODEL)), Lock()

    def read(document: RawDocument) -> Record | Failure:
        with turn:
            try:
                [item] = worker.read([document], SECONDS)
            except Lost as lost:
                return Failure(uri=document.uri, reason=lost.reason, remedy="paste a shorter text")
        return item

    try:
        yield read
    finally:
        worker.close()
