"""The ledger's tables: everything of the record contract, flat enough to be asked, for SQLite and PostgreSQL alike.

Tables are named `ledger_…`; the plain names belong to the views that people query (`views.py`). Days are ISO 8601
strings, which both databases compare. Offsets count code points into `ledger_reports.text`, half-open.

Rows of a report come in two readings. `raw` rows are what the machine read, `shown` rows are that with corrections
applied; where nobody corrected anything one row is both. A version of a report that its source has replaced has rows
that are neither. So a question filters on `shown`, or on `raw` to leave corrections out, and on nothing else.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)

METADATA = MetaData()
TEXT = Text().with_variant(Text(collation="C"), "postgresql")  # in the order of code points, as SQLite has it
COUNTED = "ledger_{}_counted"
KEY = BigInteger().with_variant(Integer, "sqlite")  # SQLite's row id is an INTEGER and nothing else


def _key() -> Column[int]:
    """Return a table's own number."""
    return Column("key", KEY, primary_key=True)


def _ref(name: str, table: str, *, null: bool = False, **options: Any) -> Column[int]:
    """Return a column that points at another table's number, gone with the row it points at."""
    return Column(name, KEY, ForeignKey(f"ledger_{table}.key", ondelete="CASCADE"), nullable=null, **options)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, TEXT, nullable=null)


def _whole(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, Integer, nullable=null)


def _real(name: str, *, null: bool = False) -> Column[float]:
    return Column(name, Float, nullable=null)


def _yes(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _span(prefix: str = "span_", *, null: bool = False) -> tuple[Column[int], Column[int]]:
    return _whole(f"{prefix}start", null=null), _whole(f"{prefix}end", null=null)


def _dates(prefix: str) -> tuple[Column[str], ...]:
    """Return the columns of a date range: all null where the report does not say."""
    return tuple(_text(f"{prefix}_{part}", null=True) for part in ("start", "end", "precision", "text"))


def _numbers(*names: str) -> tuple[Column[int], ...]:
    """Return the columns of quantities: the lowest and highest, as BIGINT, for a report may tell of any sum."""
    return tuple(Column(f"{name}_{end}", KEY) for name in names for end in ("low", "high"))


def _counted(table: str, *further: str) -> Index:
    """Return the index that SQLite counts a side's acts from: a tenth of the bytes that their rows have.

    SQLite takes it only where it is told to. PostgreSQL looks rows up as quickly without it.
    """
    columns = ("key", "status", "day", "type", "quad", "intensity", "claimed", "confidence", *further)
    return Index(COUNTED.format(table), *columns).ddl_if("sqlite")


def _tied(name: str, column: str) -> tuple[Index, Index]:
    """Return the index of a column in which many rows have one value, so that these lie in their order too.

    SQLite's does by itself.
    """
    return Index(name, column).ddl_if("sqlite"), Index(name, column, "key").ddl_if("postgresql")


def _some(name: str, column: str) -> Index:
    """Return the index of a column that few rows have."""
    known = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=known, postgresql_where=known)


def _reading() -> tuple[Column[Any], ...]:
    """Return what every row of a record has: its report, its id there, whose reading it is, what a person said."""
    return (
        _key(),
        _ref("report", "reports"),
        _text("id"),
        _yes("raw"),
        _yes("shown"),
        _text("review", null=True),  # accepted, changed or added; null where nobody looked
    )


def _table(name: str, *parts: Any, **options: Any) -> Table:
    return Table(f"ledger_{name}", METADATA, *parts, **options)


def _list(name: str, owner: str, *parts: Any) -> Table:
    """Return the table of a list inside a record: numbered from 0, kept with its owner."""
    column = _ref(owner[:-1] if owner != "entities" else "entity", owner, primary_key=True)
    return Table(
        f"ledger_{name}", METADATA, column, Column("n", Integer, primary_key=True), *parts, sqlite_with_rowid=False
    )


# What the ledger itself is.
versions = _table("versions", _key(), _text("applied"), _text("dragoman"))  # key: the number of the migration
runs = _table(
    "runs",
    _key(),
    _text("kind"),  # ingest, watch, reread, join, import
    _text("started"),
    _text("finished", null=True),  # null: running, or killed
    _text("sources"),  # JSON list, as given
    _text("options"),  # JSON: how they were to be read
    _whole("added"),
    _whole("same"),
    _whole("failed"),
)
readers = _table(  # read_by: the versions that made a record
    "readers", _key(), _text("dragoman"), _text("model"), _text("ontology"), _text("knowledge"),
    Index("ledger_readers_once", "dragoman", "model", "ontology", "knowledge", unique=True),
)  # fmt: skip

# Reports, and where they were seen.
reports = _table(
    "reports",
    _key(),
    _text("id"),  # sha256:… of the text
    _text("short"),  # the first 16 hex digits: what a person types
    _text("uri"),
    _text("title", null=True),
    _text("publisher", null=True),
    _text("authors"),  # JSON list
    _text("language", null=True),
    _text("published", null=True),
    _text("published_from", null=True),
    _text("day", null=True),  # of `published`
    _text("dateline_place", null=True),
    _text("dateline_country", null=True),
    _text("text"),
    _yes("current"),  # false: every source of it shows another text by now
    _ref("reader", "readers"),
    _ref("run", "runs"),  # that read it, or read it again, last
    _ref("first_run", "runs"),
    _text("added"),
    _text("changed"),  # when a reading, a correction or a version last changed its rows
    Index("ledger_reports_id", "id", unique=True),
    Index("ledger_reports_short", "short"),
    Index("ledger_reports_uri", "uri"),
    Index("ledger_reports_day", "day"),
    Index("ledger_reports_publisher", "publisher", "day"),
    Index("ledger_reports_reader", "reader"),
    Index("ledger_reports_current", "current"),
)
records = _table(  # the record as the machine read it: its exact JSON, deflated
    "records", _ref("report", "reports", primary_key=True), Column("json", LargeBinary, nullable=False)
)
sightings = _table(  # each address that gave this text; the same text elsewhere is a reprint
    "sightings",
    _key(),
    _ref("report", "reports"),
    _text("uri"),
    _whole("version"),  # 1, 2 … of the text under this address; 1 for names that are no address
    _yes("current"),
    _text("title", null=True),
    _text("publisher", null=True),
    _text("published", null=True),
    _ref("run", "runs"),
    _text("seen"),
    Index("ledger_sightings_uri", "uri", "version"),
    Index("ledger_sightings_report", "report"),
)
documents = _table(  # raw documents that were read, by digest: what lets a run go on where it was
    "documents",
    Column("digest", LargeBinary, primary_key=True),
    _ref("report", "reports"),
    Index("ledger_documents_report", "report"),
    sqlite_with_rowid=False,
)
failures = _table(
    "failures",
    _key(),
    _text("uri"),
    _text("reason"),
    _text("remedy"),
    Column("digest", LargeBinary),  # of the raw document; null where there was none
    _whole("attempts"),
    _ref("run", "runs"),
    _text("failed"),
    Index("ledger_failures_uri", "uri", unique=True),
    Index("ledger_failures_digest", "digest"),
    Index("ledger_failures_run", "run"),
)

# Entities.
actors = _table(  # entities joined over reports
    "actors",
    _key(),
    _text("id"),
    _text("name"),
    _text("folded"),
    _text("kind"),
    _text("country", null=True),
    _text("sector", null=True),
    _text("wikidata", null=True),
    Index("ledger_actors_folded", "folded"),
    Index("ledger_actors_id", "id", unique=True),
)
actor_names = _list(
    "actor_names", "actors", _text("name"), _text("folded"), _text("kind"),  # name, alias, office
    _text("since", null=True), _text("until", null=True), Index("ledger_actor_names_folded", "folded"),
)  # fmt: skip
entities = _table(
    "entities",
    *_reading(),
    _ref("actor", "actors", null=True),
    _text("name"),
    _text("folded"),  # the name without case and diacritics
    _text("kind"),
    _text("country", null=True),
    _text("sector", null=True),
    _text("sectors"),  # further ones, apart by spaces
    _text("role", null=True),
    _text("wikidata", null=True),
    Index("ledger_entities_report", "report", "shown"),
    Index("ledger_entities_folded", "folded"),
    Index("ledger_entities_actor", "actor"),
    Index("ledger_entities_country", "country", "sector"),
    Index("ledger_entities_wikidata", "wikidata"),
)
mentions = _list("mentions", "entities", *_span(), _text("form"))
name_words = _table(  # the words of entities' folded names: what a part of a name is looked up by
    "name_words", Column("word", TEXT, primary_key=True), Column("folded", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

# Statements.
statements = _table(
    "statements",
    *_reading(),
    _text("kind"),
    _ref("source", "entities", null=True),
    *_span("source_", null=True),
    *_span("cue_", null=True),
    _text("cue", null=True),
    _text("lemma", null=True),
    _text("content"),  # its spans, joined by " … "
    _ref("addressee", "entities", null=True),
    _text("venue", null=True),
    *_dates("date"),
    _text("attribution", null=True),
    Column("inside", KEY),  # the statement that reports this one
    _text("day", null=True),  # of the statement, else of publication
    _text("publisher", null=True),
    Index("ledger_statements_report", "report", "shown"),
    Index("ledger_statements_source", "source"),
    Index("ledger_statements_addressee", "addressee"),
    Index("ledger_statements_day", "day"),
    Index("ledger_statements_lemma", "lemma", "day"),
)
contents = _list("contents", "statements", *_span())

# Events.
occurrences = _table(  # one act in the world, told by any number of reports
    "occurrences",
    _key(),
    _text("id"),
    _text("type"),
    _text("quad"),
    _real("intensity"),
    _text("status"),
    _text("day", null=True),
    *_dates("date")[:3],
    _text("place", null=True),
    _text("place_country", null=True),
    _real("lat", null=True),
    _real("lon", null=True),
    Column("geonames", KEY),
    *_numbers("killed", "injured", "detained", "size"),
    _yes("claimed"),
    _real("confidence"),
    _whole("reports"),
    _whole("publishers"),  # independent ones: duplicates counted once
    _ref("first_report", "reports", null=True),
    _text("first_published", null=True),
    _text("says"),  # JSON: field → value → publishers who say so
    _text("disagrees"),  # JSON list of the fields that publishers tell differently
    Index("ledger_occurrences_id", "id", unique=True),
    Index("ledger_occurrences_day", "day"),
    Index("ledger_occurrences_type", "type", "day"),
    Index("ledger_occurrences_confidence", "confidence"),
    Index("ledger_occurrences_reports", "reports"),
    Index("ledger_occurrences_first_report", "first_report"),
    _counted("occurrences"),
)
events = _table(
    "events",
    *_reading(),
    Column("occurrence", KEY, ForeignKey("ledger_occurrences.key", ondelete="SET NULL")),
    _text("type"),
    _text("modes"),  # apart by spaces, as are contexts; tables of their own serve questions
    _text("contexts"),
    _text("quad"),
    _real("intensity"),
    _text("status"),
    _text("day", null=True),  # the act's first day, else the day of publication
    _yes("dated"),  # whether `day` is the act's own
    *_dates("date"),
    *_dates("due"),
    _text("place", null=True),
    _text("place_country", null=True),
    _real("lat", null=True),
    _real("lon", null=True),
    Column("geonames", KEY),
    *_span("place_", null=True),
    Column("claimed_in", KEY, ForeignKey("ledger_statements.key")),
    _yes("claimed"),  # claimed_in or hearsay: the report itself does not say that it happened
    _yes("hearsay"),
    *_span("trigger_"),
    _text("trigger"),
    _text("sentence"),  # the fullest evidence
    _real("confidence"),
    *_numbers("killed", "injured", "detained", "size"),
    _text("published", null=True),
    _text("publisher", null=True),
    Index("ledger_events_report", "report", "shown"),
    Index("ledger_events_occurrence", "occurrence"),
    Index("ledger_events_day", "day"),
    Index("ledger_events_type", "type", "day"),
    Index("ledger_events_quad", "quad", "day"),
    Index("ledger_events_status", "status", "day"),
    Index("ledger_events_country", "place_country", "day"),
    Index("ledger_events_place", "place", "day"),
    Index("ledger_events_point", "lat", "lon", "place_country", "place", "shown", "occurrence"),  # the whole map
    Index("ledger_events_publisher", "publisher", "day"),
    Index("ledger_events_confidence", "confidence"),
    *_tied("ledger_events_intensity", "intensity"),
    _some("ledger_events_killed", "killed_low"),
    _some("ledger_events_size", "size_low"),
    Index("ledger_events_claimed_in", "claimed_in"),
    _counted("events", "shown"),
)
evidence = _list("evidence", "events", *_span())
participants = _table(
    "participants",
    _ref("event", "events", primary_key=True),
    Column("side", TEXT, primary_key=True),  # actor, recipient
    Column("n", SmallInteger, primary_key=True),
    _ref("entity", "entities"),
    Column("actor", KEY),  # the joined entity
    _text("name"),
    _text("folded"),
    _text("country", null=True),
    _text("sector", null=True),
    _yes("raw"),
    _yes("shown"),
    _text("day", null=True),
    Index("ledger_participants_entity", "entity"),
    Index("ledger_participants_actor", "actor", "side", "day"),
    Index("ledger_participants_country", "country", "side", "day"),
    Index("ledger_participants_folded", "folded", "side", "day"),
    Index("ledger_participants_sector", "sector", "side", "day"),
    sqlite_with_rowid=False,
)
pairs = _table(  # who did to whom by country, one row an event and pair: what dyads and series are asked from
    "pairs",
    _ref("event", "events", primary_key=True),
    Column("actor", TEXT, primary_key=True),
    Column("recipient", TEXT, primary_key=True),
    _yes("mutual"),  # both are actors and nobody is a recipient: the pair stands in both orders
    _yes("raw"),
    _yes("shown"),
    _text("day", null=True),
    _text("type"),
    _text("quad"),
    _real("intensity"),
    _yes("claimed"),
    Index("ledger_pairs_dyad", "actor", "recipient", "day", "shown", "quad", "mutual", "event"),  # the whole network
    Index("ledger_pairs_recipient", "recipient", "actor", "shown", "mutual", "event"),
    sqlite_with_rowid=False,
)
modes = _table(
    "modes", _ref("event", "events", primary_key=True), Column("mode", TEXT, primary_key=True),
    Index("ledger_modes_mode", "mode"), sqlite_with_rowid=False,
)  # fmt: skip
contexts = _table(
    "contexts", _ref("event", "events", primary_key=True), Column("context", TEXT, primary_key=True),
    Index("ledger_contexts_context", "context"), sqlite_with_rowid=False,
)  # fmt: skip

# Negotiations.
negotiations = _table(
    "negotiations", *_reading(), _text("subject"), Index("ledger_negotiations_report", "report", "shown")
)
parties = _list(
    "parties", "negotiations", _ref("entity", "entities"), Index("ledger_parties_entity", "entity"),
)  # fmt: skip
proposals = _table(
    "proposals",
    *_reading(),
    _ref("negotiation", "negotiations"),
    Column("answers", KEY),  # the proposal that this one counters or adds to
    _text("status"),
    *_dates("date"),
    _text("channel", null=True),
    Column("claimed_in", KEY, ForeignKey("ledger_statements.key")),
    _text("sentence"),  # the first of its evidence
    _text("day", null=True),
    Index("ledger_proposals_report", "report", "shown"),
    Index("ledger_proposals_negotiation", "negotiation"),
    Index("ledger_proposals_status", "status", "day"),
    Index("ledger_proposals_claimed_in", "claimed_in"),
)
proposal_sides = _table(
    "proposal_sides",
    _ref("proposal", "proposals", primary_key=True),
    Column("side", TEXT, primary_key=True),  # by, to
    Column("n", SmallInteger, primary_key=True),
    _ref("entity", "entities"),
    Index("ledger_proposal_sides_entity", "entity"),
    sqlite_with_rowid=False,
)
proposal_items = _table(
    "proposal_items",
    _ref("proposal", "proposals", primary_key=True),
    Column("side", TEXT, primary_key=True),  # gives, gets
    Column("n", SmallInteger, primary_key=True),
    _text("item"),
    _text("kind"),
    _ref("entity", "entities", null=True, index=True),
    _ref("held_by", "entities", null=True, index=True),
    sqlite_with_rowid=False,
)
proposal_status = _list(
    "proposal_status", "proposals", _ref("entity", "entities", null=True, index=True), _text("status")
)
proposal_evidence = _list("proposal_evidence", "proposals", *_span())
obstacles = _list(
    "obstacles", "negotiations", _text("text"), _ref("entity", "entities", null=True, index=True),
    *_span(null=True),  # the first of its evidence
)  # fmt: skip

# Flags.
flags = _table(
    "flags",
    *_reading(),
    _text("kind"),
    _text("severity"),
    _text("message"),
    Index("ledger_flags_report", "report", "shown"),
    Index("ledger_flags_kind", "kind"),
)
flag_evidence = _list("flag_evidence", "flags", *_span(), _yes("in_title"))

# What people said.
corrections = _table(
    "corrections",
    _key(),
    _text("id"),  # a digest of what was said, so that an import twice is one
    _text("report"),  # reports.id: a correction may come before its report
    _text("action"),  # accept, reject, change, add, merge, split
    _text("kind"),  # report, entity, statement, event, negotiation, proposal, flag
    _text("target", null=True),  # its id in the reading that the person saw
    _text("field", null=True),
    _text("value", null=True),  # JSON
    _text("anchors"),  # JSON: every id that it names → what finds it in another reading
    _text("who"),
    _text("at"),
    _text("why"),
    _text("withdrawn", null=True),  # when a person took it back
    _text("unplaced", null=True),  # why the present reading has no place for it
    Index("ledger_corrections_id", "id", unique=True),
    Index("ledger_corrections_report", "report"),
)

# Across reports.
duplicate_clusters = _table("duplicate_clusters", _key(), _ref("first_report", "reports", index=True), _whole("size"))
duplicates = _table(
    "duplicates",
    _ref("report", "reports", primary_key=True),
    _ref("cluster", "duplicate_clusters", index=True),
    _text("kind"),  # first, exact, near
    _real("similarity"),
    sqlite_with_rowid=False,
)
occurrence_members = _table(
    "occurrence_members",
    _ref("occurrence", "occurrences", primary_key=True),
    _ref("event", "events", primary_key=True, index=True),
    _real("score"),
    sqlite_with_rowid=False,
)
occurrence_sides = _table(
    "occurrence_sides",
    _ref("occurrence", "occurrences", primary_key=True),
    Column("side", TEXT, primary_key=True),
    Column("n", SmallInteger, primary_key=True),
    _ref("actor", "actors", null=True, index=True),
    _text("name"),
    _text("country", null=True),
    _text("sector", null=True),
    Index("ledger_occurrence_sides_country", "country", "side"),
    sqlite_with_rowid=False,
)
joined_reports = _table(  # what joining needs of a report; gone when its rows are made again
    "joined_reports", _ref("report", "reports", primary_key=True), _whole("turn"), Column("data", LargeBinary),
)  # fmt: skip
joinings = _table(  # what is kept of the last joining, so that the next one compares only what is new
    "joinings", _key(), _text("made_by"), Column("data", LargeBinary, nullable=False)
)
