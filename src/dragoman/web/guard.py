"""The door: which requests are answered at all, and with which headers. It stands before every page and the API."""

import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.web.problems import TITLES, problem
from dragoman.web.settings import Settings

SESSION, KEY = "dragoman_session", "dragoman_key"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN = ("/static/", "/enter")  # what may be had without the token
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Lets a request through to the application, or answers it with what is wrong with it."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":  # the server leaves the body out
            scope = {**scope, "method": "GET"}
        headers = Headers(scope=scope)
        cookies = _cookies(headers.get("cookie", ""))
        session, is_new = cookies.get(SESSION, ""), False
        if len(session) != 32 or not session.isalnum():
            session, is_new = secrets.token_hex(16), True
        scope.setdefault("state", {})["csrf"] = signed(self.settings, f"csrf:{session}")
        limited = _Limited(receive, self.settings.max_body)

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                put = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    put[name] = value
                if not scope["path"].startswith("/static/"):
                    put.setdefault("cache-control", "no-store")
                    if is_new:
                        put.append("set-cookie", f"{SESSION}={session}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        refused = self._refusal(scope, headers, cookies)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        await self.app(scope, limited, answer)

    def _refusal(self, scope: Scope, headers: Headers, cookies: dict[str, str]) -> Response | None:
        path, settings = scope["path"], self.settings
        if settings.hosts and _host(headers.get("host", "")) not in settings.hosts:
            return problem(421, "This desk does not answer to that name", "Open it under the address that it printed.")
        if settings.token is not None and not path.startswith(OPEN) and not self._knows_token(headers, cookies):
            if path.startswith("/api/"):
                told = problem(401, "A token is needed", "Send it as Authorization: Bearer TOKEN.")
                told.headers["www-authenticate"] = "Bearer"
                return told
            return RedirectResponse(f"/enter?to={quote(_address(scope), safe='')}", 303)
        if scope["method"] not in SAFE and _is_foreign(headers):
            return problem(403, "The request comes from another site", "Changes are made from the desk's own pages.")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > settings.max_body:
            return problem(413, TITLES[413], _bound(settings.max_body))
        return None

    def _knows_token(self, headers: Headers, cookies: dict[str, str]) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer" and is_token(self.settings, given.strip()):
            return True
        return hmac.compare_digest(cookies.get(KEY, "").encode(), key_of(self.settings).encode())


class _Limited:
    """A request's body, which is refused where it says nothing of its length and has no end."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most, self.taken = receive, most, 0

    async def __call__(self) -> Message:
        message = await self.receive()
        self.taken += len(message.get("body", b""))
        if self.taken > self.most:
            raise HTTPException(413, _bound(self.most))
        return message


def _bound(most: int) -> str:
    return f"Send {most:,} bytes at most."


def signed(settings: Settings, words: str) -> str:
    """Return what only this desk can have made of some words."""
    return hmac.new(settings.secret, words.encode(), hashlib.sha256).hexdigest()


def key_of(settings: Settings) -> str:
    """Return what a browser keeps to show that the token was given."""
    return signed(settings, f"key:{settings.token}")


def is_token(settings: Settings, given: str) -> bool:
    """Whether a word is the token."""
    return settings.token is not None and hmac.compare_digest(given.encode(), settings.token.encode())


def _cookies(header: str) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _host(header: str) -> str:
    """Return the name in a Host header, without its port."""
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def _is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another site's page makes the request."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host", "")


def _address(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    path: str = scope["path"]
    return path + (f"?{query}" if query else "")
