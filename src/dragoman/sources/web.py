"""Web addresses: one fetch, bounded in size, in redirects and in time as a whole."""

import asyncio
import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from threading import Thread
from typing import Any, Final

import anyio
import httpx
from anyio.from_thread import start_blocking_portal

from dragoman.errors import UnreadableSource
from dragoman.sources.limits import too_large
from dragoman.sources.options import SourceOptions

MAX_REDIRECTS: Final = 5
# Only what unpacks at most a thousandfold: a piece of brotli can unpack to gigabytes before its size is known.
ENCODINGS: Final = ("", "identity", "gzip", "deflate")
PORTS: Final = (80, 443)
UNICAST: Final = IPv6Network("2000::/3")
# Where another address stands inside, which a gateway would connect to (Teredo, 6to4), and the way to such a gateway.
CARRIERS: Final = (IPv6Network("2001::/32"), IPv6Network("2002::/16"), IPv4Network("192.88.99.0/24"))
HEADERS: Final = {"Accept-Encoding": "gzip", "User-Agent": "dragoman (reads news reports; one page at a time)"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered: its bytes, their declared type and charset, and the address after redirects."""

    data: bytes
    content_type: str
    charset: str | None
    address: str


def fetch(address: str, options: SourceOptions) -> Fetched:
    """Return what a web address answers; UnreadableSource where it does not, too slowly, or too much.

    >>> fetch("http://localhost:news/", SourceOptions())
    Traceback (most recent call last):
    dragoman.errors.UnreadableSource: http://localhost:news/: is not a web address (Invalid port: 'news'); check it
    """
    # A loop of its own, in a thread of its own: it works under a notebook's or a server's running loop too, and
    # cancelling it ends a fetch whose bytes come slowly enough to pass every time-out of a single read.
    loop = _PublicLoop if options.public_only else _Loop
    with start_blocking_portal("asyncio", {"loop_factory": loop}) as portal:
        return portal.call(_fetch_in_time, address, options)


class _Loop(asyncio.SelectorEventLoop):
    """A loop that lets go of the look-up of a name: the system gives no way to end one, and it may take minutes."""

    async def getaddrinfo(self, *args: Any, **kwargs: Any) -> Any:
        """Look a name up in a thread that nobody waits for, neither at the end of the fetch nor at that of the run."""
        found: asyncio.Future[Any] = self.create_future()

        def settle(answer: Any, error: Exception | None) -> None:
            if found.done():
                return
            if error is None:
                found.set_result(answer)
            else:
                found.set_exception(error)

        def look_up() -> None:
            answer: Any = None
            problem: Exception | None = None
            try:
                answer = socket.getaddrinfo(*args, **kwargs)
            except (OSError, UnicodeError) as error:
                problem = error
            with suppress(RuntimeError):  # the loop is closed: the fetch was given up
                self.call_soon_threadsafe(settle, answer, problem)

        Thread(target=look_up, daemon=True).start()
        return await found


class _PublicLoop(_Loop):
    """A loop that connects to public addresses alone, at the ports of web pages.

    It is asked with the very address that is connected to, after names were looked up and redirects followed, so a
    name that means another address the next time it is asked for gains nothing.
    """

    refused: str | None = None

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Connect, or note what was refused."""
        if not is_public(address[0]) or address[1] not in PORTS:
            self.refused = f"{address[0]}, port {address[1]}"
            raise ConnectionRefusedError(self.refused)
        await super().sock_connect(sock, address)


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not this machine's, its network's, or kept for other uses.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1"), is_public("64:ff9b::1")
    (True, False, False, False)
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None and found not in UNICAST:
            return False
        found = found.ipv4_mapped or found
    outside = found.is_multicast or found.is_reserved or any(found in network for network in CARRIERS)
    return found.is_global and not outside


async def _fetch_in_time(address: str, options: SourceOptions) -> Fetched:
    """Fetch, and name in a sentence what went wrong."""
    try:
        with anyio.fail_after(options.timeout):
            return await _fetch(address, options)
    except (TimeoutError, httpx.TimeoutException) as error:
        reason = f"did not answer in full within {options.timeout:g} seconds"
        raise UnreadableSource(address, reason, "try again later, or raise timeout") from error
    except httpx.InvalidURL as error:
        raise UnreadableSource(address, f"is not a web address ({error})", "check it") from error
    except httpx.TooManyRedirects as error:
        reason = f"redirects more than {MAX_REDIRECTS} times"
        raise UnreadableSource(address, reason, "give the address it ends at") from error
    except httpx.HTTPError as error:
        loop = asyncio.get_running_loop()
        if isinstance(loop, _PublicLoop) and loop.refused:
            reason = "leads to an address that is not a public web page's"
            raise UnreadableSource(address, reason, "save the page and give the file") from error
        reason = f"could not be fetched ({str(error)[:200] or type(error).__name__})"
        raise UnreadableSource(address, reason, "check the address and the connection") from error


async def _fetch(address: str, options: SourceOptions) -> Fetched:
    """Fetch the address, piece by piece, up to the limit."""
    async with (
        httpx.AsyncClient(
            follow_redirects=True,
            max_redirects=MAX_REDIRECTS,
            timeout=options.timeout,
            trust_env=not options.public_only,  # a proxy would look names up itself, and reach what it can
        ) as client,
        client.stream("GET", address, headers=HEADERS) as response,
    ):
        if not response.is_success:
            reason = f"answered {response.status_code} {response.reason_phrase}".rstrip()
            raise UnreadableSource(address, reason, "check the address")
        if response.headers.get("Content-Encoding", "").lower() not in ENCODINGS:
            raise UnreadableSource(address, "answered in a packing that was not asked for", "save the page by hand")
        pieces: list[bytes] = []
        size = 0
        async for piece in response.aiter_bytes():
            size += len(piece)
            if size > options.max_bytes:
                raise too_large(address, options.max_bytes)
            pieces.append(piece)
        content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Fetched(b"".join(pieces), content_type, response.charset_encoding, str(response.url))
