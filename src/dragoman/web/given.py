"""What the pages and the API are given with a request: the ledger, what is kept of it, the settings, the templates."""

from typing import Annotated

from fastapi import Depends, Request

from dragoman.ledger import Ledger
from dragoman.web.kept import Kept
from dragoman.web.pages import Pages
from dragoman.web.settings import Settings


def _ledger(request: Request) -> Ledger:
    ledger: Ledger = request.app.state.ledger
    return ledger


def _kept(request: Request) -> Kept:
    kept: Kept = request.app.state.kept
    return kept


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _pages(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


TheLedger = Annotated[Ledger, Depends(_ledger)]
TheKept = Annotated[Kept, Depends(_kept)]
TheSettings = Annotated[Settings, Depends(_settings)]
ThePages = Annotated[Pages, Depends(_pages)]
