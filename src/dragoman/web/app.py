"""The application: its pages, its API, and the door before them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dragoman.ledger import Ledger
from dragoman.web import (
    actors,
    adding,
    api,
    bargains,
    desk,
    door,
    downloads,
    follows,
    map,
    network,
    paste,
    problems,
    quality,
    report,
    review,
)
from dragoman.web.guard import Guard
from dragoman.web.kept import Kept
from dragoman.web.pages import Pages
from dragoman.web.settings import Settings

AT_ONCE = 12  # pages in the making: each holds one of the ledger's 15 connections


def app_of(ledger: Ledger, settings: Settings | None = None) -> ASGIApp:
    """Return the desk over a ledger, as an ASGI application.

    >>> app_of(ledger)  # doctest: +ELLIPSIS
    <dragoman.web.guard.Guard object at ...>
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def begun(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = AT_ONCE
        for room in (desk, quality, network, map):
            room.begin(ledger, kept)
        yield

    kept = Kept(ledger)
    app = FastAPI(title="Dragoman", docs_url=None, redoc_url=None, openapi_url=None, lifespan=begun)
    app.state.ledger, app.state.settings, app.state.pages = ledger, settings, Pages()
    app.state.kept = kept
    app.mount("/static", StaticFiles(packages=[("dragoman.web", "static")]))
    for room in (
        door,
        desk,
        downloads,
        report,
        review,
        adding,
        paste,
        actors,
        follows,
        bargains,
        quality,
        map,
        network,
        api,
    ):
        app.include_router(room.router)
    api.describe(app)
    problems.install(app)
    return Guard(app, settings)
