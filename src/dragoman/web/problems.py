"""What is said when a request cannot be answered: problem documents (RFC 9457), and pages of the same for people."""

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from dragoman.errors import DragomanError, LedgerError
from dragoman.render.characters import visible

PROBLEM = "application/problem+json"
TITLES = {
    404: "There is nothing here",
    405: "That cannot be done here",
    413: "That is too large",
    422: "The request makes no sense",
}


def problem(status: int, title: str, detail: str) -> Response:
    """Return a problem document."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": visible(detail)}
    return Response(msgspec.json.encode(told), status, media_type=PROBLEM)


def install(app: FastAPI) -> None:
    """Answer what goes wrong in the application with a problem, or a page that says the same."""

    def told(request: Request, status: int, detail: str) -> Response:
        title = TITLES.get(status, "That did not work")
        if request.url.path.startswith("/api/"):
            return problem(status, title, detail)
        page: Response = app.state.pages.response(
            request, "problem.html", {"title": title, "detail": detail}, status=status
        )
        return page

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        answer = told(request, error.status_code, str(error.detail))
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        faults = (f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
        return told(request, 422, "; ".join(faults)[:1000])

    @app.exception_handler(DragomanError)
    async def _ours(request: Request, error: DragomanError) -> Response:
        return told(request, 503 if isinstance(error, LedgerError) else 422, str(error)[:2000])

    @app.exception_handler(LookupError)
    async def _missing(request: Request, error: LookupError) -> Response:
        return told(request, 404, str(error.args[0] if error.args else error)[:2000])
