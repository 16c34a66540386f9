"""The map: a mark for each place, as large as the acts there are many, and the same places as a list."""

import re
from collections.abc import Callable
from itertools import combinations

import msgspec
import pytest
from starlette.testclient import TestClient

from dragoman import Record
from dragoman.records import Place
from dragoman.web.earth import HEIGHT, WIDTH, placed, shapes
from dragoman.web.map import LETTER, LINE, Spot, labels_of

Over = Callable[[list[Record]], TestClient]
KYIV = ("Kyiv", "UKR", 50.4501, 30.5234)
LIMA = ("Lima", "PER", -12.0432, -77.0282)
AREA = ("Waziristan", "PAK", None, None)


def at(record: Record, *places: tuple[str, str | None, float | None, float | None]) -> Record:
    """A record whose first events were done at some places, and the others nowhere."""
    events = []
    for n, event in enumerate(record.events):
        place = None
        if n < len(places):
            name, country, lat, lon = places[n]
            place = Place(name=name, country=country, lat=lat, lon=lon, geonames=None, span=event.trigger)
        events.append(msgspec.structs.replace(event, place=place))
    return msgspec.structs.replace(record, events=tuple(events))


def listed(page: str) -> dict[str, str]:
    part = page.partition('<section class="places"')[2].partition("</section>")[0]
    return dict(re.findall(r"<li><a [^>]*>([^<]*)</a>.*?<b>(\d+)</b>", part))


def test_each_place_is_a_mark_and_in_the_list_with_its_number(over: Over, read: list[Record]) -> None:
    page = over([at(read[0], KYIV, KYIV, LIMA, AREA)]).get("/map").text
    assert listed(page) == {"Kyiv": "2", "Lima": "1", "somewhere in Pakistan": "1"}
    assert (page.count("<circle "), page.count("<rect ")) == (2, 1)
    radii = [float(r) for r in re.findall(r'<circle [^>]*r="([\d.]+)"', page)]
    assert radii[0] ** 2 / radii[1] ** 2 == pytest.approx(2, rel=0.05)


def test_a_place_leads_to_the_acts_that_were_done_there(over: Over, read: list[Record]) -> None:
    client = over([at(read[0], KYIV, LIMA, AREA)])
    page = client.get("/map").text
    links = re.findall(r'<li><a href="([^"#]*)#there', page)
    assert len(links) == 3
    for link in links:
        chosen = client.get(link.replace("&amp;", "&")).text
        there = chosen.partition('id="there"')[2]
        assert there.count('class="event"') == 1
        assert 'aria-current="true"' in chosen
        [every] = re.findall(r'<a href="(/list/events[^"]*)">Every', there)
        assert client.get(every).text.count('class="event"') == 1


def test_a_capital_that_stands_for_its_government_is_not_on_the_map(over: Over, read: list[Record]) -> None:
    metonyms = [
        record
        for record in read
        for entity in record.entities
        for mention in entity.mentions
        if mention.form == "metonym"
    ]
    assert metonyms
    for record in metonyms:
        spans = {
            (m.start, m.end) for entity in record.entities for m in entity.mentions if m.form == "metonym"
        }  # fmt: skip
        placed_at = {(e.place.span.start, e.place.span.end) for e in record.events if e.place and e.place.span}
        assert not spans & placed_at


def test_a_period_and_a_filter_stay_in_the_address_and_are_obeyed(over: Over, read: list[Record]) -> None:
    record = at(read[0], KYIV, LIMA)
    client = over([record])
    kind = record.events[0].type
    page = client.get("/map", params={"q": f"type:{kind}", "since": "1990", "until": "2030"}).text
    assert f'value="type:{kind}"' in page
    assert 'value="1990"' in page
    assert listed(client.get("/map?until=1901").text) == {}
    assert 'role="alert"' in client.get("/map?since=yesterday").text
    assert 'role="alert"' in client.get("/map?since=2020&until=2010").text
    assert "says where it was done" in client.get("/map?q=type:AID&until=1901").text


def test_a_place_that_attacks_is_text(over: Over, read: list[Record]) -> None:
    name = "<script>alert(1)</script>\" onload='x'"
    page = over([at(read[0], (name, None, None, None), (name, "UKR", 50.0, 30.0))]).get("/map").text
    assert "<script>alert" not in page
    assert not re.search(r"<[^>]* onload=", re.sub(r'"[^"]*"', '""', page))
    assert page.count("&lt;script&gt;") >= 2


def test_every_country_has_a_shape_with_a_point_inside_the_picture() -> None:
    found = shapes()
    assert {"USA", "UKR", "SGP", "XKX", "PSE", "TWN"} <= set(found)
    assert "ATA" not in found
    for code, shape in found.items():
        assert 0 <= shape.x <= WIDTH, code
        assert 0 <= shape.y <= HEIGHT, code
        assert re.fullmatch(r"[Mlz\d .-]+", shape.path), code


@pytest.mark.parametrize(
    ("code", "lat", "lon"), [("FRA", 46.6, 2.4), ("BRA", -10.8, -53.1), ("RUS", 61.5, 98.0), ("AUS", -25.5, 134.4)]
)
def test_a_country_lies_where_its_midst_is_placed(code: str, lat: float, lon: float) -> None:
    x, y = placed(lat, lon)
    shape = shapes()[code]
    assert abs(shape.x - x) < 60
    assert abs(shape.y - y) < 40


def test_no_label_lies_over_another_or_beyond_the_edge() -> None:
    spots = [
        Spot(f"Somewhere {n}", "", 50 - n, "", 400 + 37 * n % 160, 150 + 23 * n % 90, 8.0, exact=True)
        for n in range(40)
    ] + [Spot("At the edge", "", 1, "", WIDTH - 4, 4, 4.0, exact=True)]
    labels = labels_of(spots)
    assert len(labels) >= 5
    boxes = [(one.x, one.y - 4 - LINE / 2, one.x + LETTER * len(one.text), one.y - 4 + LINE / 2) for one in labels]
    assert all(left >= 0 and right <= WIDTH and top >= 0 and bottom <= HEIGHT for left, top, right, bottom in boxes)
    for a, b in combinations(boxes, 2):
        assert a[0] >= b[2] - 0.2 or b[0] >= a[2] - 0.2 or a[1] >= b[3] - 0.2 or b[1] >= a[3] - 0.2
