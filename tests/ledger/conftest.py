"""What tests of the ledger share: records written as literals, and an empty ledger in SQLite and in PostgreSQL."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from glob import glob
from pathlib import Path

import pytest

from dragoman import Entity, Event, Ledger, Mention, Record, Report, Span, Statement, ontology
from dragoman.records import Cue, ReadBy, id_of, span_of

READ_BY = ReadBy(dragoman="0.1.0", model="en_test 1", ontology="plover 2021", knowledge="2026")
SERVER_NEEDED = "DRAGOMAN_TEST_POSTGRESQL"  # set where its absence is a failure, as in continuous integration

Told = tuple[str, str, Sequence[str], Sequence[str]]  # type, trigger, actors, recipients
Said = tuple[str, str, str]  # source, cue, content


def words(text: str, part: str) -> Span:
    start = text.index(part)
    return span_of(text, start, start + len(part))


def before(text: str, part: str, other: str) -> Span:
    start = text.rindex(part, 0, text.index(other))
    return span_of(text, start, start + len(part))


def mentions_of(text: str, name: str) -> tuple[Mention, ...]:
    starts = [start for start in range(len(text)) if text.startswith(name, start)]
    return tuple(Mention(start=start, end=start + len(name), text=name, form="name") for start in starts)


def record_of(
    text: str,
    entities: dict[str, str | None] | None = None,
    events: Sequence[Told] = (),
    statements: Sequence[Said] = (),
    *,
    uri: str = "https://news.example/a",
    title: str | None = None,
    publisher: str | None = "Example News",
    published: str | None = "2022-03-04",
    read_by: ReadBy = READ_BY,
) -> Record:
    """A record whose spans are where the words stand; entities are names with their countries."""
    ids = {name: f"e{n}" for n, name in enumerate(entities or {}, 1)}
    return Record(
        report=Report(
            id=id_of(text), uri=uri, title=title, publisher=publisher, authors=(), language="en", published=published,
            published_from="metadata" if published else None, dateline=None, text=text,
        ),
        entities=tuple(
            Entity(
                id=ids[name], name=name, kind="country" if country else "person", country=country,
                sector="GOV" if country else None, mentions=mentions_of(text, name),
            )
            for name, country in (entities or {}).items()
        ),
        statements=tuple(
            Statement(
                id=f"s{n}", kind="indirect", source=ids[source], source_span=before(text, source, cue),
                cue=Cue(start=words(text, cue).start, end=words(text, cue).end, text=cue, lemma=cue),
                content=(words(text, content),),
            )
            for n, (source, cue, content) in enumerate(statements, 1)
        ),
        events=tuple(
            Event(
                id=f"v{n}", type=type_, modes=(), contexts=("diplomatic",), quad=ontology.types()[type_].quad,
                intensity=ontology.types()[type_].score, actors=tuple(ids[name] for name in actors),
                recipients=tuple(ids[name] for name in recipients), date=None, due=None, place=None, status="actual",
                claimed_in=None, hearsay=False, trigger=words(text, trigger),
                evidence=(next(span for span in sentences(text) if trigger in span.text),), confidence=0.75,
            )
            for n, (type_, trigger, actors, recipients) in enumerate(events, 1)
        ),
        negotiations=(),
        flags=(),
        read_by=read_by,
    )  # fmt: skip


def sentences(text: str) -> Iterator[Span]:
    for part in text.split(". "):
        yield words(text, part)


@pytest.fixture(scope="session")
def news() -> Callable[..., Record]:
    return record_of


@pytest.fixture(scope="session")
def condemned() -> Record:
    """France condemned Iran, and Iran rejected it."""
    text = "France condemned Iran on Friday. Iran rejected the criticism. France said that the talks would go on."
    return record_of(
        text,
        {"France": "FRA", "Iran": "IRN"},
        [("ACCUSE", "condemned", ["France"], ["Iran"]), ("REJECT", "rejected", ["Iran"], ["France"])],
        [("France", "said", "that the talks would go on")],
    )


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of the socket of a PostgreSQL server of our own, in a cluster that goes with the tests."""
    if reason := _why_none():
        if os.environ.get(SERVER_NEEDED):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = Path(tempfile.mkdtemp(prefix="dragoman-"))
    user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    if user:
        shutil.chown(folder, user)
    log, data = folder / "log", folder / "data"

    def run(program: str, *options: str) -> None:
        with log.open("ab") as said:
            subprocess.run([_program(program), "-D", str(data), *options], check=True, user=user, stdout=said,
                           stderr=said, cwd=folder, timeout=120)  # fmt: skip

    settings = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
    try:
        run("initdb", "--username=dragoman", "--auth=trust", "--encoding=UTF8", "--no-sync")
        run("pg_ctl", "--wait", "--options", settings, "start")
        yield str(folder)
    finally:
        if (data / "postmaster.pid").exists():
            run("pg_ctl", "--mode=immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    """The program, where Debian keeps it if not on the path."""
    places = [shutil.which(name) or "", *sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)]
    return next((place for place in places if place), "")


def _why_none() -> str | None:
    try:
        import psycopg  # noqa: F401 - the driver, which is an extra
    except ImportError:
        return "psycopg is not installed: pip install 'dragoman[postgres]'"
    return None if _program("initdb") and _program("pg_ctl") else "PostgreSQL's server is not installed"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty ledger may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "news.db")
    import psycopg

    folder, name = request.getfixturevalue("server"), f"news_{uuid.uuid4().hex}"
    with psycopg.connect(host=folder, user="dragoman", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://dragoman@/{name}?host={folder}"


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    with Ledger(place, create=True) as made:
        yield made
