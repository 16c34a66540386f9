"""What a name says of who is meant, where the tables know it: a person, a country, a body, a seat, a nationality."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from dragoman.entities.home import ABOVE_STATES
from dragoman.entities.knowledge import WORD, Body, Name, NameKind, office_on
from dragoman.entities.metonyms import acts
from dragoman.entities.names import Found, is_acronym
from dragoman.entities.phrases import Phrase, count_in
from dragoman.entities.scene import Scene
from dragoman.entities.unlisted import gender_before, unlisted_phrase
from dragoman.entities.words import rows

SEATS = {seat: " ".join(body) for seat, body in rows("seats").items()}
REACH = 3  # words before a shared name in which its country may stand


def name_phrase(scene: Scene, found: Found) -> Phrase | None:
    """Return what a name says of who is meant; None where it means nobody, as a place where things happen."""
    span = scene.doc[found.start : found.end]
    blank = Phrase(found.start, found.end, span.root.i, "name", "organization", span.text)
    if not found.means and span.text in scene.surnames:
        return replace(blank, kind="person", gender=gender_before(scene.doc, found.start))
    if (person := found.of("person")) is not None:
        return _person(scene, blank, person)
    for kind, read in READINGS.items():
        name = found.of(kind)
        if name is not None and name.body is not None:
            return read(scene, blank, found, name.body)
    return unlisted_phrase(scene, found, blank)


def with_lone_surnames(names: list[Phrase]) -> list[Phrase]:
    """Return the names, those told as people's whose last word stands alone elsewhere: "Vadim Kern" and "Kern"."""
    alone = {p.name for p in names if " " not in p.name and not p.known and not is_acronym(p.name)}
    full = {p.name for p in names if _may_be_full_name(p) and p.name.split()[-1] in alone}
    last = {name.split()[-1] for name in full}
    return [
        replace(p, kind="person", noun="") if not p.known and (p.name in full or p.name in last) else p for p in names
    ]


def _may_be_full_name(phrase: Phrase) -> bool:
    words = phrase.name.split()
    unclaimed = not phrase.known and phrase.kind != "country" and phrase.sector is None
    return unclaimed and 2 <= len(words) <= 3 and all(word[0].isupper() for word in words)


def _person(scene: Scene, blank: Phrase, person: Name) -> Phrase:
    office = office_on(person.offices, scene.date)
    return replace(
        blank, kind="person", known=office.name, country=office.country, sector=office.sector,
        offices=person.offices, wikidata=office.wikidata, gender=gender_before(scene.doc, blank.start),
    )  # fmt: skip


def _country(scene: Scene, blank: Phrase, found: Found, body: Body) -> Phrase:
    return replace(blank.told_by(body), kind="country", definite=True)


def _body(scene: Scene, blank: Phrase, found: Found, body: Body) -> Phrase:
    return blank.told_by(body)


def _shared(scene: Scene, blank: Phrase, found: Found, body: Body) -> Phrase:
    """A name that bodies of several countries share is that of the country before it, else the report's own."""
    before = _countries_before(scene, found)
    bodies = [n.body for n in found.means if n.kind == "shared" and n.body is not None]
    if len(set(bodies)) == 1 and all(country == body.country for country in before):
        return blank.told_by(body)
    wanted = before or [scene.home]
    fits = [b for b in bodies if b.country in wanted]
    above = [] if before else [b for b in bodies if b.country in ABOVE_STATES]  # "the Security Council"
    if fits or above:
        return blank.told_by([*fits, *above][0])
    sector = Counter(b.sector for b in bodies).most_common(1)[0][0]  # a "Congress" is a parliament more often
    return replace(blank, sector=sector, country=before[0] if before else None)


def _countries_before(scene: Scene, found: Found) -> list[str | None]:
    """The countries that the words before a name tell, the nearest first."""
    index = scene.knowledge.names.index
    before = range(found.start - 1, max(0, found.start - REACH) - 1, -1)
    return [n.body.country for i in before for n in index.get((scene.doc[i].text,), ()) if n.body is not None]


def _seat(scene: Scene, blank: Phrase, found: Found, body: Body) -> Phrase:
    return replace(blank.told_by(body), kind="country", form="metonym")


def _capital(scene: Scene, blank: Phrase, found: Found, body: Body) -> Phrase | None:
    if not acts(scene.doc[blank.head]):
        return None
    above = SEATS.get(blank.name)
    if above is not None and body.country not in scene.countries:
        [name, *_] = scene.knowledge.names.index[tuple(WORD.findall(above))]
        if name.body is not None:
            return replace(blank.told_by(name.body), form="metonym")
    return _seat(scene, blank, found, body)


def _demonym(scene: Scene, blank: Phrase, found: Found, body: Body) -> Phrase:
    """ "Two Americans" are a group; "Russian" alone is an adjective, kept for what it modifies."""
    doc = scene.doc
    token = doc[blank.end - 1]
    if token.pos_ == "ADJ" or token.dep_ in ("amod", "compound", "nmod"):
        return replace(blank.told_by(body), kind="country", noun="demonym")
    start = blank.start
    while start and doc[start - 1].head.i == token.i and doc[start - 1].pos_ in ("DET", "NUM", "ADJ"):
        start -= 1
    return replace(
        blank, start=start, name=doc[start : blank.end].text, kind="group", country=body.country, sector="CVL",
        form="nominal", plural=token.tag_ in ("NNS", "NNPS"), noun=token.lower_,
        count=count_in(doc, start, blank.end),
    )  # fmt: skip


# Where a name means several things, the first kind here counts.
READINGS: dict[NameKind, Callable[[Scene, Phrase, Found, Body], Phrase | None]] = {
    "country": _country,
    "organization": _body,
    "territory": _body,
    "shared": _shared,
    "metonym": _seat,
    "capital": _capital,
    "demonym": _demonym,
}
