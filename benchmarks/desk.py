"""How fast the desk answers over a large ledger: `python benchmarks/desk.py --ledger /tmp/big.db`.

`benchmarks/ledger.py` makes such a ledger. The desk runs in a process of its own, as `dragoman serve` runs it, and is
asked over loopback; a time is that until the first byte of the answer's body. Pages that take something are asked with
other values each time, drawn as often as the ledger has them. "Changed" is the first answer after somebody wrote into
the ledger, when nothing that was kept is right any more; "whole" is when the parts that such a page counts after its
first byte are there too, as a browser asks for them. The file is in the system's memory, as one in use is. Then users
ask at once, each for one page after another.
"""

import argparse
import asyncio
import json
import random
import resource
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from dragoman import Ledger
from dragoman.web.app import app_of

SEED = 20_220_722
FLOORS = {"map": 1000, "network": 1000}  # milliseconds; of any other page:
FLOOR = 300
LONGEST = 60.0  # seconds that an answer may take
COUNTING, POLL = b'class="counting"', 0.7  # what stands in a page for a part to come; seconds until it is asked for
Draw = Callable[[random.Random], str]


class Known:
    """What the ledger has, drawn as often as it has it."""

    def __init__(self, ledger: Ledger) -> None:
        dyads = [row for row in ledger.count("events", by=["dyad"], counted="rows") if row["dyad"]]
        self.dyads = [str(row["dyad"]) for row in dyads]
        self.weights = [int(row["count"]) for row in dyads]
        self.types = [str(row["type"]) for row in ledger.count("events", by=["type"], counted="rows")]
        self.reports = [row.report for row in ledger.page("reports", limit=500).rows]
        self.people = [row.source for row in ledger.page("statements", limit=500).rows if row.source]

    def dyad(self, draw: random.Random) -> str:
        """Return two countries."""
        return draw.choices(self.dyads, self.weights)[0]

    def country(self, draw: random.Random) -> str:
        """Return a country."""
        return self.dyad(draw)[:3]


def pages(known: Known) -> dict[str, Draw]:
    """Return the pages by name, each as what gives an address."""

    def month(draw: random.Random) -> str:
        return f"{draw.randrange(2015, 2025)}-{draw.randrange(1, 13):02}"

    def of(path: str, *values: Callable[[random.Random], str]) -> Draw:
        return lambda draw: path.format(*(value(draw) for value in values))

    def pick(values: list[str]) -> Callable[[random.Random], str]:
        return lambda draw: draw.choice(values)

    return {
        "desk": of("/"),
        "desk, a filter": of("/?q=actor:{}+type:{}", known.country, pick(known.types)),
        "list of events": of("/list/events"),
        "list of events, a filter": of("/list/events?q=actor:{}+recipient:{}", known.country, known.country),
        "list of statements": of("/list/statements?q=country:{}", known.country),
        "list of reports": of("/list/reports?q=date:{}", month),
        "list of flags": of("/list/flags"),
        "list of occurrences": of("/list/occurrences"),
        "report": of("/report/{}", pick(known.reports)),
        "actor, a country": of("/actor/{}", known.country),
        "actor, a person": of("/actor/{}", pick(known.people)),
        "dyad": of("/dyad/{}", known.dyad),
        "dyad by week": of("/dyad/{}?by=week", known.dyad),
        "negotiations": of("/negotiations"),
        "review": of("/review?who=bench"),
        "review of statements": of("/review?who=bench&kind=statement"),
        "add": of("/add/{}/event?who=bench", pick(known.reports)),
        "quality": of("/quality"),
        "paste": of("/paste"),
        "network": of("/network"),
        "network of a month": of("/network?q=date:{}", month),
        "map": of("/map"),
        "map of a month": of("/map?since={0}&until={0}", month),
        "API, events": of("/api/events?q=dyad:{}", known.dyad),
        "API, entities": of("/api/entities?name={}", pick(["u", "ch", "ka"])),
    }


async def first_byte(client: httpx.AsyncClient, path: str) -> tuple[float, int, bool]:
    """Return the milliseconds until the first byte of an answer, its status, and whether parts of it are to come."""
    began = time.perf_counter()
    async with client.stream("GET", path) as answer:
        took, body = None, b""
        async for piece in answer.aiter_bytes():
            took = took or time.perf_counter() - began
            body += piece
    return (took or time.perf_counter() - began) * 1000, answer.status_code, COUNTING in body


async def whole(client: httpx.AsyncClient, path: str, began: float) -> float:
    """Return the milliseconds until all parts of a page are there."""
    while (await first_byte(client, path))[2]:
        await asyncio.sleep(POLL)
    return (time.perf_counter() - began) * 1000


async def measured(base: str, ledger: Ledger, known: Known, tries: int, only: str) -> dict[str, list[float]]:
    """Return by page: the median, the slowest, the median after a change, and when it was whole, in milliseconds."""
    draw, found = random.Random(SEED), {}
    async with httpx.AsyncClient(base_url=base, timeout=LONGEST) as client:
        for name, path in pages(known).items():
            if only not in name:
                continue
            cold, warm, complete = [], [], []
            for n in range(tries):
                if n % 3 == 0:
                    ledger.begin_run("bench")
                began, asked = time.perf_counter(), path(draw)
                took, status, parts = await first_byte(client, asked)
                assert status == 200, (name, status)
                (warm if n % 3 else cold).append(took)
                complete.append(await whole(client, asked, began) if parts else took)
            found[name] = [
                statistics.median(warm + cold), max(warm + cold), statistics.median(cold),
                statistics.median(complete), max(complete),
            ]  # fmt: skip
            print(f"  {name:<28}" + "".join(f"{value:>9.0f}" for value in found[name]), flush=True)
    return found


async def at_once(base: str, known: Known, users: int, seconds: float, pause: float) -> dict[str, object]:
    """Return what many users see who ask at the same time."""
    took: dict[str, list[float]] = {}
    wrong: Counter[str] = Counter()
    ends = time.perf_counter() + seconds
    asked = pages(known)

    async def user(number: int) -> None:
        draw = random.Random(SEED + number)
        async with httpx.AsyncClient(base_url=base, timeout=LONGEST) as client:
            await asyncio.sleep(draw.random() * pause)
            while time.perf_counter() < ends:
                name = draw.choice(list(asked))
                try:
                    path = asked[name](draw)
                    one, status, parts = await first_byte(client, path)
                except httpx.HTTPError as error:
                    wrong[f"{name}: {type(error).__name__}"] += 1
                    continue
                took.setdefault(name, []).append(one)
                if status != 200:
                    wrong[f"{name}: {status}"] += 1
                while parts and time.perf_counter() < ends:
                    await asyncio.sleep(POLL)
                    one, status, parts = await first_byte(client, path)
                    took[name].append(one)
                await asyncio.sleep(pause * 2 * draw.random())

    await asyncio.gather(*map(user, range(users)))
    every = sorted(value for values in took.values() for value in values)
    return {
        "users": users, "pause in s": pause, "answers": len(every), "errors": dict(wrong),
        "a second": round(len(every) / seconds, 1),
        "p50": round(every[len(every) // 2]), "p95": round(every[int(len(every) * 0.95)]), "slowest": round(every[-1]),
    }  # fmt: skip


@contextmanager
def served(ledger: str) -> Iterator[tuple[str, int]]:
    """Give the address of a desk in a process of its own, and the number of that process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, __file__, "--ledger", ledger, "--serve", str(port)])
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                httpx.get(f"{base}/static/desk.css")
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield base, process.pid
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Serve, or measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--serve", type=int, metavar="PORT", help="only serve it")
    parser.add_argument("--tries", type=int, default=12)
    parser.add_argument("--only", default="", help="pages whose name has this")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with Ledger(given.ledger) as ledger:
        if given.serve:
            uvicorn.run(app_of(ledger), host="127.0.0.1", port=given.serve, log_level="warning", access_log=False)
            return
        if ledger.engine.dialect.name == "sqlite":
            subprocess.run(["cat", given.ledger], stdout=subprocess.DEVNULL, check=True)  # into the system's memory
        known = Known(ledger)
        print(json.dumps(ledger.counts()))
        print(f"  {'page':<28}{'median':>9}{'slowest':>9}{'changed':>9}{'whole':>9}{'slowest':>9}   (ms)")
        with served(given.ledger) as (base, _):
            found = asyncio.run(measured(base, ledger, known, given.tries, given.only))
            over = [name for name, (median, *_) in found.items() if median > FLOORS.get(name.partition(" ")[0], FLOOR)]
            print("over their floor:", ", ".join(over) or "none")
            for pause in (1.0, 0.0) if given.users else ():
                print(json.dumps(asyncio.run(at_once(base, known, given.users, given.seconds, pause))), flush=True)
        print("memory of the desk in MB:", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)


if __name__ == "__main__":
    main()
