"""The rooms in order: how a document becomes a record."""

import logging
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from dragoman import ontology
from dragoman.checks import find_flags
from dragoman.entities import find_entities
from dragoman.entities import knowledge as tables
from dragoman.entities.lookup import Entities
from dragoman.errors import UnreadableSource
from dragoman.events import Begun, begin_events, end_events, lexicon
from dragoman.events import coder as coders
from dragoman.events.places import country_of_place
from dragoman.language import pipeline
from dragoman.language.encoder import SMALL
from dragoman.negotiations import find_negotiations
from dragoman.records import Entity, Event, Failure, Negotiation, ReadBy, Record, Report, Statement, id_of
from dragoman.sources import RawDocument, SourceOptions, documents
from dragoman.sources.document import storable
from dragoman.statements import find_statements
from dragoman.text import Cleaned, cleaned
from dragoman.text.dateline import CountryOf

BATCH = 8  # reports parsed together; more take more memory and no less time
FAULT = "a fault of Dragoman: please report it, with the text"

logger = logging.getLogger(__name__)


class Reader:
    """Reads reports into records; the models are loaded once, at its making.

    `knowledge` is the path of a table of one's own to lay over the shipped ones (docs/knowledge.md); UnreadableSource
    names the line that cannot be used.

    >>> reader = Reader()
    >>> [record.events[0].type for record in reader.read(["examples/geneva-call.txt"])]
    ['CONSULT']
    """

    def __init__(
        self,
        model: str = pipeline.DEFAULT_MODEL,
        options: SourceOptions | None = None,
        knowledge: str | None = None,
        coder: str = SMALL,
    ) -> None:
        self._knowledge = tables.load(knowledge)
        self._nlp: Language = pipeline.load(model)
        self._lexicon = lexicon.load()
        self._coder: coders.Coder = coders.load(coder, self._lexicon)
        self._options = options or SourceOptions()
        self.read_by = ReadBy(
            dragoman=version("dragoman"),
            model=pipeline.name_of(self._nlp) + ("" if coder == SMALL else f", coder {coder}"),
            ontology=ontology.version(),
            knowledge=self._knowledge.version,
        )

    def read(self, paths: Iterable[str]) -> Iterator[Record | Failure]:
        """Yield a record for each report in files, folders, globs, URLs or "-", or the reason why there is none."""
        return self.read_documents(documents(paths, self._options))

    def read_documents(self, raw: Iterable[RawDocument | Failure]) -> Iterator[Record | Failure]:
        """Yield a record for each document, in order; what failed before stays a failure.

        A record does not depend on what is read before, after or beside its report.
        """
        batch: list[RawDocument | Failure] = []
        for document in raw:
            batch.append(document)
            if len(batch) == BATCH:
                yield from self._read_batch(batch)
                batch = []
        yield from self._read_batch(batch)

    def read_reports(self, reports: Iterable[Report]) -> Iterator[Record | Failure]:
        """Yield a record for each report that was cleaned before, in order, from its text as it stands."""
        for report in reports:
            yield self._read_again(report)

    def _country_of(self, place: str, region: str | None) -> str | None:
        """Return the country of a dateline."""
        return country_of_place(place, region, self._knowledge)

    def _read_again(self, report: Report) -> Record | Failure:
        try:
            with pipeline.forgetting(self._nlp):
                [doc] = pipeline.parse([report.text], self._nlp)
                return self.read_parsed(doc, report)
        except Exception as error:
            return _broken(report.uri, error)

    def _read_batch(self, batch: list[RawDocument | Failure]) -> list[Record | Failure]:
        """Read a few documents together; where one of them breaks a room, each alone, and that one is a failure."""
        try:
            with pipeline.forgetting(self._nlp):
                items = [_cleaned(storable(document), self._country_of) for document in batch]
                texts = [item.report.text for item in items if isinstance(item, Cleaned)]
                docs = pipeline.parse(texts, self._nlp)
                begun = [self._begun(next(docs), item) if isinstance(item, Cleaned) else item for item in items]
                return [self._ended(item) if isinstance(item, _Begun) else item for item in begun]
        except Exception as error:  # one bad report never ends a run of a million, whatever it breaks
            if len(batch) > 1:
                return [item for document in batch for item in self._read_batch([document])]
            return [_broken(storable(batch[0]).uri, error)]

    def read_parsed(self, doc: Doc, report: Report | None = None) -> Record:
        """Return the record of a parsed text: a spaCy Doc whose text is the report's."""
        return self._ended(self._begun(doc, Cleaned(report or _bare_report(doc), headlines=1)))

    def _begun(self, doc: Doc, cleaned: Cleaned) -> "_Begun":
        """Read a report as far as the coder; while that works on its sentences, others can be begun."""
        entities = find_entities(doc, cleaned.report, self._knowledge)
        statements = find_statements(doc, cleaned.report, entities)
        events = begin_events(doc, entities, statements, self._coder, self._lexicon)
        return _Begun(doc, cleaned, entities, statements, events)

    def _ended(self, begun: "_Begun") -> Record:
        doc, cleaned, entities, statements, coding = begun
        report = cleaned.report
        events = end_events(coding, doc, report, entities, self._lexicon)
        negotiations = find_negotiations(doc, report, entities, statements, events)
        return Record(
            report=report,
            entities=_taking_part(entities.records, statements, events, negotiations),
            statements=statements,
            events=events,
            negotiations=negotiations,
            flags=find_flags(doc, report, entities, statements, events, self._knowledge, headlines=cleaned.headlines),
            read_by=self.read_by,
        )


class _Begun(NamedTuple):
    """A report while the coder is at work on it."""

    doc: Doc
    cleaned: Cleaned
    entities: Entities
    statements: tuple[Statement, ...]
    events: Begun


def _taking_part(
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    events: Iterable[Event],
    negotiations: Iterable[Negotiation],
) -> tuple[Entity, ...]:
    """Who is named or told apart by country; of the others only those whom a record needs."""
    used = {id_ for s in statements for id_ in (s.source, s.addressee)}
    used |= {id_ for event in events for id_ in (*event.actors, *event.recipients)}
    for bargain in negotiations:
        used |= {*bargain.parties, *(obstacle.entity for obstacle in bargain.obstacles)}
        for proposal in bargain.proposals:
            used |= {*proposal.by, *proposal.to, *(by.entity for by in proposal.status_by)}
            used |= {id_ for item in (*proposal.gives, *proposal.gets) for id_ in (item.entity, item.held_by)}
    return tuple(
        e for e in entities if e.id in used or e.country is not None or any(m.form == "name" for m in e.mentions)
    )


def _broken(uri: str, error: Exception) -> Failure:
    """Return the failure of a report that broke a room."""
    logger.info("%s: could not be read", uri, exc_info=error)
    return Failure(uri=uri, reason=f"could not be read ({type(error).__name__}: {str(error)[:100]})", remedy=FAULT)


def _cleaned(document: RawDocument | Failure, country_of: CountryOf) -> Cleaned | Failure:
    if isinstance(document, Failure):
        return document
    try:
        found = cleaned(document, country_of)
    except UnreadableSource as error:
        return Failure(uri=error.uri, reason=error.reason, remedy=error.remedy)
    if len(found.report.text) > pipeline.MAX_CHARACTERS:
        size = f"{len(found.report.text):,} characters"
        reason = f"is too long for one report ({size})"
        return Failure(uri=found.report.uri, reason=reason, remedy="split it into reports")
    return found


def _bare_report(doc: Doc) -> Report:
    return Report(
        id=id_of(doc.text), uri="", title=None, publisher=None, authors=(), language=doc.lang_, published=None,
        published_from=None, dateline=None, text=doc.text,
    )  # fmt: skip


def read(path: str, model: str = pipeline.DEFAULT_MODEL) -> Record:
    """Return the record of one report; UnreadableSource where it cannot be read.

    >>> read("examples/geneva-call.txt").events[0].type
    'CONSULT'
    """
    for item in Reader(model).read([path]):
        if isinstance(item, Failure):
            raise UnreadableSource(item.uri, item.reason, item.remedy)
        return item
    raise UnreadableSource(path, "holds no report", "name a file with text")
