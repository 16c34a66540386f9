"""The application: its pages, its API, and the door before them."""

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


def app_of(ledger: Ledger, settings: Settings | None = None) -> ASGIApp:
    """Return the desk over a ledger, as an ASGI application.

    >>> app_of(ledger)  # doctest: +ELLIPSIS
    <dragoman.web.guard.Guard object at ...>
    """
    settings = settings or Settings()
    app = FastAPI(title="Dragoman", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.ledger, app.state.settings, app.state.pages = ledger, settings, Pages()
    app.state.kept = Kept(ledger)
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
