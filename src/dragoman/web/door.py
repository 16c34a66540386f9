"""The page where a person gives the token, on a desk that is open beyond its own machine."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from dragoman.web.given import ThePages, TheSettings
from dragoman.web.guard import KEY, is_token, key_of
from dragoman.web.pages import form_of

router = APIRouter(include_in_schema=False)
Form = Annotated[dict[str, str], Depends(form_of)]


@router.get("/enter")
def ask(request: Request, pages: ThePages, to: str = "/") -> Response:
    """Show the form."""
    return pages.response(request, "enter.html", {"to": to, "wrong": False})


@router.post("/enter")
def enter(request: Request, pages: ThePages, settings: TheSettings, form: Form) -> Response:
    """Let in who knows the token."""
    to = form.get("to", "/")
    if not is_token(settings, form.get("token", "")):
        return pages.response(request, "enter.html", {"to": to, "wrong": True}, status=401)
    # An address that begins with // or /\ leads to another site.
    inside = to.startswith("/") and not to.startswith(("//", "/\\"))
    response = RedirectResponse(to if inside else "/", 303)
    response.set_cookie(KEY, key_of(settings), httponly=True, samesite="strict")
    return response
