"""headline-unsupported, the places: a city or a country of the headline that the body never names."""

import re
from collections.abc import Iterator

from dragoman.checks.reading import Finding, Reading
from dragoman.entities import gazetteer
from dragoman.entities.knowledge import Name

PLACED = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]ff|[Oo]utside|[Aa]round|[Vv]isits?|[Ll]eaves?|[Rr]eache?s?|[Tt]o)\s+"
    r"(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
)
MEETING = re.compile(r"\b(?:[Mm]eet\w*|[Mm]et|[Tt]alks?|[Vv]isits?|[Aa]rrives?|[Ll]eaves?|[Ff]lies|[Ss]ummit)\b")
CAPITALS = re.compile(r"[A-Z][\w-]+(?: [A-Z][\w-]+)*")
LARGE = 50_000  # people; the name of a smaller place is more often something else
STEM = 5  # letters: "Geneva" bears out "Genevan", "Brazil" "Brazilian"


def find_places(reading: Reading) -> Iterator[Finding]:
    """Yield the cities and countries that only the headline has."""
    for start, end, name in _cities(reading):
        stands = _capital_of(reading, name)
        if stands and _has_country(reading, stands) and not MEETING.search(reading.title[:start]):
            continue  # "Parliament in Chisinau votes": the country's capital, as everybody knows
        if not _has_city(reading, name):
            yield Finding(
                f"The headline places this in {name}, which the body never names.", (reading.in_title(start, end),)
            )
    for start, end, name, code in _countries(reading):
        if not _has_country(reading, code):
            yield Finding(f"The headline names {name}, and nothing in the body does.", (reading.in_title(start, end),))


def _cities(reading: Reading) -> Iterator[tuple[int, int, str]]:
    for match in PLACED.finditer(reading.title):
        words = re.sub(r"['’]s?$", "", match["name"]).split()
        for size in range(len(words), 0, -1):
            name = " ".join(words[:size])
            if _is_city(reading, name):
                yield match.start("name"), match.start("name") + len(name), name
                break


def _is_city(reading: Reading, name: str) -> bool:
    means = _means(reading, name)
    if any(n.kind in ("country", "territory", "person", "organization") for n in means):
        return False
    found = gazetteer.locate(name)
    return any(n.kind == "capital" for n in means) or (found is not None and found.population >= LARGE)


def _capital_of(reading: Reading, name: str) -> str | None:
    return next((n.body.country for n in _means(reading, name) if n.kind == "capital" and n.body is not None), None)


def _means(reading: Reading, name: str) -> list[Name]:
    return reading.knowledge.names.index.get(tuple(name.split()), [])


def _has_city(reading: Reading, name: str) -> bool:
    """Whether the body has the city, under this name or another: "Kyiv" for "Kiev"."""
    dateline = reading.report.dateline.place if reading.report.dateline else ""
    body = f"{reading.text}\n{dateline}"
    if name[: max(STEM, len(name) - 2)].casefold() in body.casefold():
        return True
    found = gazetteer.locate(name)
    others = (gazetteer.locate(match.group()) for match in CAPITALS.finditer(body)) if found else ()
    return any(other is not None and found is not None and other.geonames == found.geonames for other in others)


def _countries(reading: Reading) -> Iterator[tuple[int, int, str, str]]:
    for match in CAPITALS.finditer(reading.title):
        words, at = match.group().split(), match.start()
        for i, word in enumerate(words):
            for size in range(len(words) - i, 0, -1):
                name = " ".join(words[i : i + size])
                country = next((n for n in _means(reading, name) if n.kind == "country"), None)
                if country is not None and country.body is not None and country.body.country is not None:
                    if size == len(words) or not _is_part(words, i, size):
                        yield at, at + len(name), name, country.body.country
                    break
            at += len(word) + 1


def _is_part(words: list[str], i: int, size: int) -> bool:
    """Whether a capitalised word before or behind makes it a longer name: "Michael Jordan", "New Mexico"."""
    return i > 0 or i + size < len(words)


def _has_country(reading: Reading, code: str) -> bool:
    """Whether the body has the country: by its name, people, capital, government or a city in it."""
    if any(e.country == code for e in reading.entities.records):
        return True
    if reading.report.dateline and reading.report.dateline.country == code:
        return True
    for match in CAPITALS.finditer(reading.text):
        words = match.group().split()
        for i in range(len(words)):
            for size in range(min(4, len(words) - i), 0, -1):
                name = " ".join(words[i : i + size])
                if any(n.body is not None and n.body.country == code for n in _means(reading, name)):
                    return True
                located = gazetteer.locate(name, code)
                if located is not None:
                    return True
    return False
