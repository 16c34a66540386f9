"""The network of actors, as networkx reads it."""

import msgspec
import networkx
import pytest

from dragoman.exports.choice import Choice
from dragoman.records import Entity, Mention, Record

from .conftest import ENTITIES, EVERYTHING, RECORD, Write, event, report

READERS = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}


def graph(write: Write, format: str, *records: Record, choice: Choice | None = None) -> networkx.MultiDiGraph:
    return networkx.MultiDiGraph(READERS[format](write(format, *records, choice=choice)))


@pytest.mark.parametrize("format", READERS)
def test_who_acts_on_whom_and_how_often(format: str, record: Record, write: Write) -> None:
    again = msgspec.structs.replace(record, report=report(id="sha256:2"))
    found = graph(write, format, record, again)
    names = {id_: data["name"] for id_, data in found.nodes(data=True)}
    edges = {
        (names[source], names[target], data["type"]): (data["events"], data["intensity"])
        for source, target, data in found.edges(data=True)
    }
    assert edges[("Amina Odhiambo", "Uganda", "CONSULT")] == (2, 4.0)
    assert edges[("Amina Odhiambo", "Tanzania", "ACCUSE")] == (2, -2.0)
    assert edges[("Uganda", "Kenya", "CONSULT")] == edges[("Kenya", "Uganda", "CONSULT")] == (2, 4.0)
    assert {data["reports"] for _, data in found.nodes(data=True)} == {2}
    assert all(float(data["weight"]) == data["events"] for *_, data in found.edges(data=True))


@pytest.mark.parametrize("format", READERS)
def test_an_edge_has_its_days_and_an_example_that_leads_back(format: str, record: Record, write: Write) -> None:
    data = next(d for *_, d in graph(write, format, record).edges(data=True) if d.get("first"))
    assert (data["first"], data["last"], data["example"]) == ("2022-02-03", "2022-02-03", f"{record.report.id}/v1")


@pytest.mark.parametrize("format", READERS)
def test_names_that_xml_cannot_hold_are_written_out(format: str, hostile: Record, write: Write) -> None:
    found = graph(write, format, hostile, choice=EVERYTHING)
    assert len(found) == 4
    [name] = {data["name"] for _, data in found.nodes(data=True)}
    assert "\\x00" in name
    assert "\\ufffe" in name
    assert "</script>" in name


def met(id_: str, *entities: Entity) -> Record:
    both = event("v1", "CONSULT", actors=(entities[0].id,), recipients=(entities[1].id,))
    return Record(
        report=report(id=id_), entities=entities, statements=(), events=(both,), negotiations=(), flags=(),
        read_by=RECORD.read_by,
    )  # fmt: skip


def person(name: str, id_: str = "e9") -> Entity:
    return Entity(
        id=id_, name=name, kind="person", country="KEN", sector="GOV",
        mentions=(Mention(start=0, end=1, text=name, form="name"),),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "nodes"), [("Juma Were", 1), ("Were", 2)])
def test_persons_are_joined_by_full_name_and_never_by_surname_alone(name: str, nodes: int, write: Write) -> None:
    both = [met(id_, person(name), ENTITIES[1]) for id_ in ("sha256:1", "sha256:2")]
    found = graph(write, "graphml", *both)
    assert sum(data["name"] == name for _, data in found.nodes(data=True)) == nodes


def test_those_without_a_name_are_not_joined(write: Write) -> None:
    army = ENTITIES[3]  # named by a noun alone
    found = graph(write, "graphml", met("sha256:1", army, ENTITIES[1]), met("sha256:2", army, ENTITIES[1]))
    assert sum(data["name"] == army.name for _, data in found.nodes(data=True)) == 2
