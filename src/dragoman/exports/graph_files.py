"""GraphML and GEXF: the network of actors as XML, for Gephi, networkx, igraph and Cytoscape."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from dragoman.exports.cells import xml_text
from dragoman.exports.choice import Settings
from dragoman.exports.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Network, Values
from dragoman.records import Record

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"
GEXF_TYPES = {"string": "string", "int": "integer", "double": "double"}


class GraphMl:
    """Writes the network as GraphML; `weight` is the number of events."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._target = target
        self._network = Network(settings.choice)

    def write(self, record: Record) -> None:
        """Add a record to the network."""
        self._network.add(record)

    def finish(self) -> None:
        """Write the network."""
        with _document(self._target, GRAPHML, "graphml", {}) as xml:
            for prefix, side, attributes in (("n", "node", NODE_ATTRIBUTES), ("e", "edge", EDGE_ATTRIBUTES)):
                for name, kind in attributes.items():
                    key = {"id": prefix + name, "for": side, "attr.name": name, "attr.type": kind}
                    xml.write(etree.Element("key", key))
            xml.write(etree.Element("key", {"id": "w", "for": "edge", "attr.name": "weight", "attr.type": "int"}))
            with xml.element("graph", {"edgedefault": "directed"}):
                for node in self._network.nodes():
                    with xml.element("node", {"id": xml_text(node.id)}):
                        self._data(xml, "n", NODE_ATTRIBUTES, node.values)
                for number, edge in enumerate(self._network.edges()):
                    ends = {"id": f"e{number}", "source": xml_text(edge.source), "target": xml_text(edge.target)}
                    with xml.element("edge", ends):
                        self._data(xml, "e", EDGE_ATTRIBUTES, edge.values)
                        _leaf(xml, "data", {"key": "w"}, str(edge.values[list(EDGE_ATTRIBUTES).index("events")]))
        self._network.close()

    def _data(self, xml: Any, prefix: str, attributes: dict[str, Any], values: Values) -> None:
        for name, value in zip(attributes, values, strict=True):
            if value is not None:
                _leaf(xml, "data", {"key": prefix + name}, xml_text(str(value)))


class Gexf:
    """Writes the network as GEXF 1.2; an edge's weight is the number of its events."""

    def __init__(self, target: Path, settings: Settings) -> None:
        self._target = target
        self._network = Network(settings.choice)

    def write(self, record: Record) -> None:
        """Add a record to the network."""
        self._network.add(record)

    def finish(self) -> None:
        """Write the network."""
        with (
            _document(self._target, GEXF, "gexf", {"version": "1.2"}) as xml,
            xml.element("graph", {"defaultedgetype": "directed", "mode": "static"}),
        ):
            for side, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
                with xml.element("attributes", {"class": side}):
                    for name, kind in attributes.items():
                        xml.write(etree.Element("attribute", {"id": name, "title": name, "type": GEXF_TYPES[kind]}))
            with xml.element("nodes"):
                for node in self._network.nodes():
                    with xml.element("node", {"id": xml_text(node.id), "label": xml_text(str(node.values[0]))}):
                        self._values(xml, NODE_ATTRIBUTES, node.values)
            with xml.element("edges"):
                for number, edge in enumerate(self._network.edges()):
                    ends = {"id": str(number), "source": xml_text(edge.source), "target": xml_text(edge.target)}
                    weight = str(edge.values[list(EDGE_ATTRIBUTES).index("events")])
                    with xml.element("edge", {**ends, "weight": weight, "label": str(edge.values[0])}):
                        self._values(xml, EDGE_ATTRIBUTES, edge.values)
        self._network.close()

    def _values(self, xml: Any, attributes: dict[str, Any], values: Values) -> None:
        with xml.element("attvalues"):
            for name, value in zip(attributes, values, strict=True):
                if value is not None:
                    xml.write(etree.Element("attvalue", {"for": name, "value": xml_text(str(value))}))


@contextmanager
def _document(target: Path, namespace: str, root: str, attributes: dict[str, str]) -> Iterator[Any]:
    """Give a writer inside the root element of a document."""
    with target.open("wb") as file, etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element(root, attributes, nsmap={None: namespace}):
            yield xml


def _leaf(xml: Any, name: str, attributes: dict[str, str], text: str) -> None:
    with xml.element(name, attributes):
        xml.write(text)
