"""What is joined across the reports of a ledger, kept in its tables, and joined again when reports came.

Copies and actors are found in the whole archive each time, for a new report may be the first publication of an old
story, or tell two people of one name apart; what is compared is kept with each report, so that no record is taken apart
twice. Of acts only what new tellings touch is compared anew (`relinking`). What comes out is what joining everything
anew would give. All of it changes in one transaction: readers see the old or the new.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import msgspec
from sqlalchemy import Connection, bindparam, delete, insert, literal, select, update

from dragoman.corpus import joined_rows, remembered
from dragoman.corpus.actors import Actor, Sighting, actors_of
from dragoman.corpus.duplicates import DuplicateCluster, clusters_of
from dragoman.corpus.identity import Identity
from dragoman.corpus.linking import Voice, link_of, rarity_of, voices_of
from dragoman.corpus.occurrences import occurrence_of
from dragoman.corpus.rarity import Rarity
from dragoman.corpus.relinking import Past, Relinked, past_of, relinked
from dragoman.corpus.remembered import Remembered
from dragoman.corpus.rulings import Rulings
from dragoman.corpus.tellings import firsts_of, of_source
from dragoman.entities import knowledge
from dragoman.entities.knowledge import Knowledge
from dragoman.errors import LedgerError
from dragoman.ledger import Ledger, schema
from dragoman.ledger.deciding import decisions_of, note_places
from dragoman.records import Record

TOGETHER = 500  # reports taken apart in one transaction
FORMAT = 1  # of what is kept
REMEMBERED, JOININGS = schema.joined_reports.c, schema.joinings.c
PASTS = msgspec.msgpack.Decoder(Past)


@dataclass(frozen=True, slots=True)
class Joined:
    """How much was joined, and how many of the occurrences were looked at anew."""

    reports: int
    copies: int
    actors: int
    events: int
    occurrences: int
    anew: int


@dataclass(frozen=True, slots=True)
class _Archive:
    """What is joined: the reports by number, what is kept of each, what tells it from any other."""

    reports: Mapping[str, int]  # Report.id → number
    turns: Mapping[int, int]
    parts: Sequence[Remembered]
    digests: Mapping[str, bytes]
    last: int | None  # the joining before
    past: Past


def join(ledger: Ledger, *, anew: bool = False) -> Joined:
    """Find copies, actors and occurrences in a ledger and keep them there, in the place of those it had.

    `anew` forgets what earlier joinings kept, and makes all of it again; the result is the same.
    """
    run = ledger.begin_run("join")
    tables = knowledge.load()
    _remember(ledger, run, tables, anew=anew)
    archive = _archive(ledger)
    with ledger.reading() as connection:
        rulings = Rulings.of(decisions_of(connection))
    clusters = clusters_of(part.print for part in archive.parts)
    sightings = [sighting for part in archive.parts for sighting in part.sightings]
    actors = actors_of(sightings, rulings)
    voices, marks = _voices(archive, clusters, _decided(sightings, actors, rulings))
    rarity = rarity_of(voices)
    found = relinked(voices, marks, rarity, archive.past)
    with ledger.writing() as connection:
        lost = _lost(connection, ledger, archive)
        keys = joined_rows.Keys(connection, {id_: key for id_, key in archive.reports.items() if id_ not in lost})
        joined_rows.write_clusters(connection, clusters, keys)
        moved = joined_rows.write_actors(connection, actors, keys, tables)
        groups = _write_acts(connection, voices, rarity, found, keys, moved)
        _keep(connection, run, past_of(marks, rarity, found.edges, groups))
        note_places(connection)
    ledger.end_run(run)
    copies = sum(len(cluster.members) - 1 for cluster in clusters)
    events = sum(len(part.tellings) for part in archive.parts)
    return Joined(len(archive.parts), copies, len(actors), events, len(groups), len(found.fresh))


def _remember(ledger: Ledger, run: int, tables: Knowledge, *, anew: bool) -> None:
    """Take the reports apart that are new, or were read or corrected since."""
    made_by = f"{version('dragoman')} {tables.version} {FORMAT}"
    with ledger.writing() as connection:
        before = connection.execute(select(JOININGS.made_by)).scalar()
        if anew or before != made_by:
            connection.execute(delete(schema.joined_reports))
            connection.execute(delete(schema.joinings))
            nothing = msgspec.msgpack.encode(Past())
            connection.execute(insert(schema.joinings), {"key": run, "made_by": made_by, "data": nothing})
        reports = schema.reports.c
        new = select(reports.key, literal(run)).where(reports.current, reports.key.not_in(select(REMEMBERED.report)))
        connection.execute(insert(schema.joined_reports).from_select(["report", "turn"], new))
        # What a joining that was killed left without data is of this turn now.
        connection.execute(update(schema.joined_reports).where(REMEMBERED.data.is_(None)).values(turn=run))
    for some in _lacking(ledger):
        rows = [
            {"number": key, "packed": remembered.packed(remembered.remembered(_under_its_id(record), tables))}
            for key, record in some.items()
        ]
        with ledger.writing() as connection:
            lacks = update(schema.joined_reports).where(
                REMEMBERED.report == bindparam("number"), REMEMBERED.turn == run
            )
            connection.execute(lacks.values(data=bindparam("packed")), rows)


def _lacking(ledger: Ledger) -> Iterator[dict[int, Record]]:
    """Yield the records of reports that are still to be taken apart, some at a time."""
    last = 0
    while True:
        asked = select(REMEMBERED.report).where(REMEMBERED.data.is_(None), REMEMBERED.report > last)
        with ledger.reading() as connection:
            keys = list(connection.execute(asked.order_by(REMEMBERED.report).limit(TOGETHER)).scalars())
        if not keys:
            return
        yield ledger.records_at(keys)
        last = keys[-1]


def _under_its_id(record: Record) -> Record:
    """Return a record under its report's id: two texts may have one address, but no two one id."""
    return msgspec.structs.replace(record, report=msgspec.structs.replace(record.report, uri=record.report.id))


def _archive(ledger: Ledger) -> _Archive:
    reports: dict[str, int] = {}
    turns: dict[int, int] = {}
    digests: dict[str, bytes] = {}
    parts = []
    asked = select(REMEMBERED.report, REMEMBERED.turn, REMEMBERED.data).where(REMEMBERED.data.is_not(None))
    with ledger.reading() as connection:
        for key, turn, data in connection.execute(asked.order_by(REMEMBERED.report)):
            part = remembered.DECODER.decode(data)
            parts.append(part)
            reports[part.print.uri], turns[key] = key, turn
            # A report whose rows were made again is another, whatever a person said of it: the acts lost those rows.
            digests[part.print.uri] = remembered.digest_of(turn.to_bytes(8, "big") + data)
        before = connection.execute(select(JOININGS.key, JOININGS.data)).first()
    past = PASTS.decode(before.data) if before is not None else Past()
    return _Archive(reports, turns, parts, digests, before.key if before is not None else None, past)


def _decided(
    sightings: Sequence[Sighting], actors: Sequence[Actor], rulings: Rulings
) -> dict[tuple[str, str | None], str]:
    """Return the keys that people want some to have, by report and by the key that they have there."""
    wanted = rulings.keys
    of_entity = {(one.uri, one.entity): actor.key for actor in actors if actor.key in wanted for one in actor.seen}
    pairs = ((one.seen, one.identity.key) for one in sightings if (one.seen.uri, one.seen.entity) in of_entity)
    found = {(seen.uri, key): of_entity[seen.uri, seen.entity] for seen, key in pairs}
    return {where: key for where, key in found.items() if where[1] != key}


def _voices(
    archive: _Archive, clusters: Sequence[DuplicateCluster], decided: Mapping[tuple[str, str | None], str]
) -> tuple[list[Voice], list[bytes]]:
    """Return the voices of an archive, and what tells each from any other."""
    first, interned = firsts_of(clusters), dict[Identity, Identity]()
    voices = voices_of(
        of_source(telling, first.get(telling.uri, telling.uri), interned, decided)
        for part in archive.parts
        for telling in part.tellings
    )
    digests = dict(archive.digests)
    for (uri, key), wanted in sorted(decided.items(), key=str):
        digests[uri] = remembered.digest_of(digests[uri] + f"{key}\n{wanted}".encode("utf-8", "surrogatepass"))
    return voices, remembered.marks_of(voices, digests)


def _lost(connection: Connection, ledger: Ledger, archive: _Archive) -> set[str]:
    """Return the reports that changed while they were joined; LedgerError where somebody else joined them."""
    if connection.execute(select(JOININGS.key)).scalar() != archive.last:
        raise LedgerError(ledger.name, "was joined by somebody else meanwhile", "look at it, or join it again")
    turns = {row.report: row.turn for row in connection.execute(select(REMEMBERED.report, REMEMBERED.turn))}
    return {id_ for id_, key in archive.reports.items() if turns.get(key) != archive.turns[key]}


def _write_acts(
    connection: Connection,
    voices: Sequence[Voice],
    rarity: Rarity,
    found: Relinked,
    keys: joined_rows.Keys,
    moved: set[str],
) -> dict[int, list[int]]:
    """Write the acts that are new or changed, take out those that are no more; return the groups by their numbers."""

    def is_there(group: Sequence[int]) -> bool:
        return all(telling.uri in keys.reports for i in group for telling in voices[i].tellings)

    def names_the_moved(group: Sequence[int]) -> bool:
        tellings = (telling for i in group for telling in voices[i].tellings)
        return any(who.key in moved for telling in tellings for who in (*telling.actors, *telling.recipients))

    kept = {number: group for number, group in found.kept.items() if number and is_there(group)}
    again = [group for group in kept.values() if moved and names_the_moved(group)]
    stays = {number: group for number, group in kept.items() if not (moved and names_the_moved(group))}
    last = joined_rows.remove_occurrences(connection, set(stays))
    fresh = [group for group in (*found.fresh, *again) if is_there(group)]
    made = [(occurrence_of(link_of(group, voices, rarity)), group) for group in fresh]
    made.sort(key=lambda one: (one[0].day or "", one[0].first, one[0].id))
    numbered = dict(enumerate(made, last + 1))
    written = joined_rows.write_occurrences(connection, {n: one for n, (one, _) in numbered.items()}, keys)
    return stays | {number: group for number, (_, group) in numbered.items() if number in written}


def _keep(connection: Connection, run: int, past: Past) -> None:
    connection.execute(update(schema.joinings).values(key=run, data=msgspec.msgpack.encode(past)))
