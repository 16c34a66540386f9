"""What scale costs: `python benchmarks/scale.py WHAT [--reports N] [--size BYTES]`, one JSON object a measurement.

WHAT is one of

    workers   two reading processes against one, both warm; their peak memory
    kills     two processes, one of them killed every few seconds, against one process: the same output?
    ray       Ray on this machine with two workers against the pool, start included, and the same output?
    growth    memory of one process after 1,000 short reports full of new words, and after all (50,000 are meant)
    sources   memory of the source layer over one large JSONL, WARC and packed WARC
    cold      `dragoman read one.txt` from a cold start, with and without a PyTorch that happens to be installed
    quotes    our whole reading against quote extraction by rules on the same parse
    sizes     bytes of a report's text, of its record as JSON, and of that in a part

Reports are put together from sentences that were written for this project (training/events/examples), the same ones in
each run. Ratios mean something on a machine that does nothing else.
"""

import argparse
import gzip
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from dragoman import Failure, Reader, Record, as_json
from dragoman.scale import read_documents_with
from dragoman.scale.pool import Pool
from dragoman.sources import RawDocument, documents

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000
Figures = dict[str, object]


def main() -> None:
    """Measure what is named, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=MEASURES)
    parser.add_argument("--reports", type=int, default=400)
    parser.add_argument("--size", type=int, default=1_000 * MEGABYTE, help="bytes of a large file (default: 1 GB)")
    given = parser.parse_args()
    print(json.dumps({"what": given.what, **MEASURES[given.what](given.reports, given.size)}, indent=1))


def corpus(reports: int) -> Iterator[RawDocument]:
    """Yield reports of 2 to 24 sentences."""
    chance = random.Random(1)
    sentences = event_sentences()
    for number in range(reports):
        left, paragraphs = chance.randint(2, 24), []
        while left > 0:
            paragraphs.append(" ".join(chance.choices(sentences, k=chance.randint(1, 3))))
            left -= 2
        yield RawDocument(f"{number}.txt", "text", "\n\n".join(paragraphs))


def event_sentences() -> list[str]:
    """Return sentences that were written to train the event coder."""
    folder = ROOT / "training" / "events" / "examples"
    return [json.loads(line)["s"] for file in sorted(folder.glob("a*.jsonl")) for line in file.open("rb")]


def workers(reports: int, _: int) -> Figures:
    """Rates of warm pools of one and of two, and what this process itself spends on a report meanwhile."""
    raws = list(corpus(reports))
    rates: dict[int, float] = {}
    own: dict[int, float] = {}
    for number in (1, 2):
        with Pool(number) as pool:
            list(pool.read(raws[: 32 * number]))
            wall, cpu = costs(lambda pool=pool: list(pool.read(raws)))
            rates[number], own[number] = reports / wall, cpu / reports
    return {
        "reports": reports,
        "one worker: reports a second": rates[1],
        "two workers: reports a second": rates[2],
        "two against one": rates[2] / rates[1],
        "this process: milliseconds a report": own[2] * 1e3,
        "peak memory of a worker, MB": getrusage(RUSAGE_CHILDREN).ru_maxrss / 1e3,
    }


def kills(reports: int, _: int) -> Figures:
    """Read while a process is killed every few seconds."""
    raws = list(corpus(reports))
    expected = [written(item) for item in Reader().read_documents(raws)]
    ended = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        while not ended.wait(5.0):
            if alive := children():
                killed.append(random.choice(alive))
                os.kill(killed[-1], signal.SIGKILL)

    threading.Thread(target=kill, daemon=True).start()
    found: list[bytes] = []
    took = seconds(lambda: found.extend(map(written, read_documents_with(2, raws))))
    ended.set()
    return {"reports": reports, "seconds": took, "kills": len(killed), "same output": found == expected}


def ray(reports: int, _: int) -> Figures:
    """Read the same JSONL with the pool and with Ray, two workers each."""
    from dragoman.scale.cluster import read_on_ray
    from dragoman.scale.manifest import How, records_in

    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder, "news.jsonl")
        news.write_text("".join(json.dumps({"text": raw.content, "id": raw.uri}) + "\n" for raw in corpus(reports)))
        one: list[bytes] = []
        pool_took = seconds(lambda: one.extend(map(written, read_documents_with(2, documents([str(news)])))))
        out = Path(folder, "out")
        began = time.perf_counter()
        first = None
        size = max(1, news.stat().st_size // 40)
        for _made in read_on_ray([str(news)], How(str(out)), workers=2, size=size):
            first = first or time.perf_counter() - began
        ray_took = time.perf_counter() - began
        same = sorted(one) == sorted(map(written, records_in(out)))
    return {
        "reports": reports,
        "pool: seconds": pool_took,
        "Ray: seconds": ray_took,
        "Ray: seconds to the first part": first,
        "Ray against the pool": pool_took / ray_took,
        "same output": same,
    }


def growth(reports: int, _: int) -> Figures:
    """Memory of one process after 1,000 reports, on the way, and after all; each holds words never seen before."""
    reader, held = Reader(), {}
    early = min(1_000, reports // 10)
    for number, _item in enumerate(reader.read_documents(brief(reports)), 1):
        if number in (early, reports) or number % max(1, reports // 10) == 0:
            held[number] = memory()
    figures: Figures = {f"after {number} reports, MB": value for number, value in held.items()}
    return {**figures, "growth": held[reports] / held[early] - 1}


def brief(reports: int) -> Iterator[RawDocument]:
    """Yield reports of two sentences, one of them about a person and a village that no other report names."""
    chance = random.Random(2)
    sentences = event_sentences()
    for number in range(reports):
        first, last, village = (word(chance) for _ in range(3))
        witness = f"{first} {last}, a teacher in {village}, said she had heard of it on the radio."
        yield RawDocument(f"{number}.txt", "text", f"{chance.choice(sentences)}\n\n{witness}")


def word(chance: random.Random) -> str:
    """Return an invented name of two to four syllables."""
    return "".join(chance.choice("bdgklmnprstvz") + chance.choice("aeiou") for _ in range(chance.randint(2, 4))).title()


def sources(_: int, size: int) -> Figures:
    """Memory of the source layer alone."""
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("jsonl", "warc", "warc.gz"):
            path = Path(folder, f"large.{suffix}")
            block = b"".join(islice(large(suffix), 1_000))
            with path.open("wb") as file:
                while file.tell() < (size // 10 if suffix == "warc.gz" else size):  # packed, it holds ten times as much
                    file.write(block)
            found = documents([str(path)])
            read = sum(1 for _ in islice(found, 2_000))
            early = memory()
            began = time.perf_counter()
            read += sum(not isinstance(item, Failure) for item in found)
            figures[suffix] = {
                "documents": read,
                "after 2,000, MB": early,
                "after all, MB": memory(),
                "MB a second": path.stat().st_size / MEGABYTE / (time.perf_counter() - began),
            }
            path.unlink()
    return figures


def large(suffix: str) -> Iterator[bytes]:
    """Yield an endless archive, document by document."""
    number = 0
    while True:
        number += 1
        text = f"Report {number}. " + "The talks on the truce failed again on Monday, the envoy said. " * 45
        if suffix == "jsonl":
            yield json.dumps({"text": text, "id": number}).encode() + b"\n"
            continue
        page = f"<html><body><p>{text}</p></body></html>".encode()
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(page), page)
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        record = f"{head}Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        whole = record.encode() + block + b"\r\n\r\n"
        yield gzip.compress(whole, 1) if suffix == "warc.gz" else whole


def cold(_: int, __: int) -> Figures:
    """Wall and processor time of one report from a cold start, medians of five."""
    figures: Figures = {}
    plain = "from dragoman.cli import main; main()"
    for name, code in {
        "as installed": plain,
        "as if PyTorch were not installed": f"import sys; sys.modules['torch'] = None; {plain}",
    }.items():
        command = [sys.executable, "-c", code, "read", str(ROOT / "examples" / "geneva-call.txt")]
        turns: list[tuple[float, float]] = []
        for _turn in range(5):
            before, began = getrusage(RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            after, wall = getrusage(RUSAGE_CHILDREN), time.perf_counter() - began
            turns.append((wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
        wall, cpu = (statistics.median(turn[kind] for turn in turns) for kind in (0, 1))
        figures |= {f"{name}: seconds": wall, f"{name}: processor seconds": cpu}
    return figures


def quotes(reports: int, _: int) -> Figures:
    """Our whole reading against quote extraction by rules, turn by turn: by the clock, and by processor time."""
    from dragoman.language import pipeline
    from quote_rules import extract

    raws, nlp, reader = list(corpus(reports)), pipeline.load(whole=True), Reader()
    texts = [item.report.text for item in reader.read_documents(raws) if isinstance(item, Record)]
    turns: dict[str, list[tuple[float, float]]] = {"ours": [], "rules": [], "parse": []}
    for _turn in range(3):
        turns["ours"].append(costs(lambda: list(reader.read_documents(raws))))
        turns["rules"].append(costs(lambda: list(extract(texts, nlp))))
        turns["parse"].append(costs(lambda: sum(1 for _ in nlp.pipe(texts, batch_size=16))))
    wall, cpu = ({name: statistics.median(c[kind] for c in each) for name, each in turns.items()} for kind in (0, 1))
    return {
        "reports": reports,
        "characters a report": sum(map(len, texts)) / len(texts),
        "quotes found by the rules": sum(map(len, extract(texts, nlp))),
        **{f"{name}: reports a second": reports / value for name, value in wall.items()},
        **{f"{name}: processor seconds a report": value / reports for name, value in cpu.items()},
        "ours, everything, against the rules": wall["rules"] / wall["ours"],
        "the same by processor time": cpu["rules"] / cpu["ours"],
        "ours, everything, against the bare parse": wall["parse"] / wall["ours"],
        "that by processor time": cpu["parse"] / cpu["ours"],
    }


def sizes(reports: int, _: int) -> Figures:
    """Bytes of a report in each form."""
    from dragoman.scale.manifest import How, begun
    from dragoman.scale.parts import parts_of, write_part
    from dragoman.scale.slices import Slice, slices_of

    with tempfile.TemporaryDirectory() as folder:
        news = Path(folder, "news.jsonl")
        news.write_text("".join(json.dumps({"text": raw.content, "id": raw.uri}) + "\n" for raw in corpus(reports)))
        how = How(str(Path(folder, "out")))
        begun(how)
        slices = [one for one in slices_of(str(news)) if isinstance(one, Slice)]
        with Pool(1) as pool:
            made = [write_part(part, how, pool) for part in parts_of(slices)]
        items = [item for item in Reader().read_documents(documents([str(news)])) if isinstance(item, Record)]
    return {
        "reports": len(items),
        "text, bytes a report": sum(len(item.report.text.encode()) for item in items) / len(items),
        "record as JSON, bytes a report": sum(len(as_json(item)) for item in items) / len(items),
        "record in a part, bytes a report": sum(one.bytes for one in made) / len(items),
    }


def written(item: Record | Failure) -> bytes:
    """Return an item as bytes."""
    return repr(item).encode() if isinstance(item, Failure) else as_json(item)


def seconds(run: Callable[[], object]) -> float:
    """Return how long a call takes."""
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def costs(run: Callable[[], object]) -> tuple[float, float]:
    """Return how long a call takes, by the clock and in processor time of all threads."""
    began, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - began, time.process_time() - cpu


def memory() -> float:
    """Return the memory that this process holds now, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE


def children() -> list[int]:
    """Return the processes that this one has started and that still run."""
    threads = Path("/proc/self/task").iterdir()
    return [int(word) for thread in threads for word in (thread / "children").read_text().split()]


MEASURES: dict[str, Callable[[int, int], Figures]] = {
    "workers": workers, "kills": kills, "ray": ray, "growth": growth, "sources": sources, "cold": cold,
    "quotes": quotes, "sizes": sizes,
}  # fmt: skip

if __name__ == "__main__":
    main()
