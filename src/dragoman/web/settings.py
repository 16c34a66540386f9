"""What a desk is told at its start: who may come in, from where, and how much it takes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from anyio import CapacityLimiter

from dragoman.records import Failure, Record
from dragoman.sources import RawDocument

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
Read = Callable[[RawDocument], Record | Failure]


@dataclass(frozen=True, slots=True)
class Settings:
    """`token` is what a person must know to come in, None on loopback; `hosts` are the names that the desk answers to.

    An empty `hosts` answers to any name, which only a desk with a token may do: a page elsewhere on the web could
    otherwise point a name of its own at this machine and read the ledger. Sizes are in bytes and in characters.
    """

    token: str | None = None
    hosts: frozenset[str] = LOOPBACK
    max_body: int = 2_000_000
    max_text: int = 200_000
    read_urls: bool = False  # whether the desk fetches what an address names, if that is public
    max_page: int = 3_000_000
    fetch_seconds: float = 20.0
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    read: Read | None = None  # what reads pasted text; None where nothing is read here
    # Who waits for a reading or a page's bytes holds none of the threads that answer everybody else.
    reading: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1), repr=False)
    fetching: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(4), repr=False)
