"""What each kind of correction does to a record."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from dragoman import ontology
from dragoman.errors import UsageError
from dragoman.ledger.correction import Action
from dragoman.ledger.drafts import LISTS, Draft, Json, dict_of, renamed, with_words

FIXED = {"report": {"id", "uri", "text"}}  # what no person changes: it says which report this is
# What a record has that a person adds and of which nothing else was said.
DEFAULTS: dict[str, Json] = {
    "entity": {"country": None, "sector": None},
    "statement": {"kind": "indirect", "source": None, "source_span": None, "cue": None},
    "event": {
        "modes": [], "contexts": [], "actors": [], "recipients": [], "date": None, "due": None, "place": None,
        "status": "actual", "claimed_in": None, "hearsay": False, "confidence": 1.0, "magnitude": None,
    },
    "negotiation": {"parties": [], "proposals": [], "obstacles": []},
    "proposal": {
        "to": [], "gives": [], "gets": [], "answers": None, "status": "offered", "status_by": [], "date": None,
        "channel": None, "claimed_in": None, "evidence": [],
    },
    "flag": {"severity": "note", "evidence": []},
}  # fmt: skip


def _accept(draft: Draft) -> dict[str, str]:
    draft.one()
    return {draft.target: "accepted"} if draft.target else {}


def _reject(draft: Draft) -> dict[str, str]:
    """Take a record out, and what names it; a claim stays a claim though its statement goes."""
    kind = draft.correction.kind
    if kind == "report":
        for name in LISTS.values():
            draft.json[name] = []
        return {}
    rejected = draft.one()
    for owner in (draft.json, *draft.json["negotiations"]):
        for name, items in owner.items():
            if isinstance(items, list):
                owner[name] = [item for item in items if item is not rejected]
    if kind == "statement":
        for event in draft.json["events"]:
            event["hearsay"] = event["hearsay"] or event["claimed_in"] == draft.target
    if kind != "flag":
        renamed(draft.json, {draft.target or "": None})
    return {}


def _change(draft: Draft) -> dict[str, str]:
    """Set a field, or a field inside one: `place.country`."""
    kind, path = draft.correction.kind, (draft.correction.field or "").split(".")
    owner = whole = draft.one()
    if path[0] in FIXED.get(kind, {"id"}):
        raise UsageError(f"{path[0]} of {kind} cannot be changed: it says which one is meant")
    for step in path[:-1]:
        owner = dict_of(owner.get(step))
    if path[-1] not in owner:
        raise UsageError(f"{kind} has no field {draft.correction.field}")
    owner[path[-1]] = with_words(draft.value, draft.record)
    if kind == "event" and path[0] in ("type", "modes"):
        _score(whole)
    if kind == "report" and path[0] == "published":
        whole["published_from"] = "given" if draft.value else None
    return {draft.target: "changed"} if draft.target else {}


def _add(draft: Draft) -> dict[str, str]:
    """Add a record that the machine missed."""
    kind = draft.correction.kind
    if kind not in DEFAULTS:
        raise UsageError(f"no {kind} can be added")
    given = dict_of(with_words(draft.value, draft.record))
    bargain = given.pop("negotiation", None)
    item = {**DEFAULTS[kind], **given}
    if kind == "flag":
        draft.json["flags"].append(item)
        return {f"f{len(draft.json['flags'])}": "added"}
    item["id"] = draft.new_id()
    if kind == "event":
        _score(item, given)
    if kind == "entity":
        item.setdefault("kind", "unnamed")
    if kind != "proposal":
        draft.json[LISTS[kind]].append(item)
    else:
        home = next((one for one in draft.json["negotiations"] if one["id"] == bargain), None)
        if home is None:
            raise UsageError("a proposal is added to a negotiation; name it as `negotiation` in the value")
        home["proposals"].append(item)
    return {item["id"]: "added"}


def _merge(draft: Draft) -> dict[str, str]:
    """Make one entity of several: the target keeps its name and takes the mentions of the others."""
    kept = draft.one()
    others = draft.value if isinstance(draft.value, list) else [draft.value]
    entities = draft.json["entities"]
    gone = [entity for entity in entities if entity["id"] in others and entity is not kept]
    if draft.correction.kind != "entity" or not gone:
        raise UsageError("merge takes an entity, and as value the ids of the entities that are the same")
    mentions = [mention for entity in (kept, *gone) for mention in entity["mentions"]]
    kept["mentions"] = sorted(_once(mentions), key=lambda mention: (mention["start"], mention["end"]))
    draft.json["entities"] = [entity for entity in entities if entity not in gone]
    renamed(draft.json, {entity["id"]: kept["id"] for entity in gone})
    return {kept["id"]: "changed"}


def _split(draft: Draft) -> dict[str, str]:
    """Make two entities of one: the new one takes the mentions that the value lists, and what they carry."""
    whole, given = draft.one(), dict_of(draft.value)
    starts = {(span[0], span[1]) for span in given.pop("mentions", []) if isinstance(span, list) and len(span) == 2}
    taken = [mention for mention in whole["mentions"] if (mention["start"], mention["end"]) in starts]
    if draft.correction.kind != "entity" or not taken or len(taken) == len(whole["mentions"]):
        raise UsageError("split takes an entity, and in the value some of its mentions as [start, end]")
    whole["mentions"] = [mention for mention in whole["mentions"] if mention not in taken]
    new = {**whole, "name": taken[0]["text"], **given, "id": draft.new_id(), "mentions": taken}
    draft.json["entities"].append(new)
    for statement in draft.json["statements"]:
        span = statement["source_span"]
        if statement["source"] == whole["id"] and span and (span["start"], span["end"]) in starts:
            statement["source"] = new["id"]
    for event in draft.json["events"]:
        if _only(event["evidence"], taken, whole["mentions"]):
            renamed(event, {whole["id"]: new["id"]})
    return {whole["id"]: "changed", new["id"]: "added"}


ACTIONS: Mapping[Action, Callable[[Draft], dict[str, str]]] = {
    "accept": _accept, "reject": _reject, "change": _change, "add": _add, "merge": _merge, "split": _split,
}  # fmt: skip


def _only(evidence: list[Json], taken: list[Json], left: list[Json]) -> bool:
    """Return whether sentences hold mentions that were taken, and none that were left."""

    def within(mentions: list[Json]) -> bool:
        return any(span["start"] <= m["start"] and m["end"] <= span["end"] for span in evidence for m in mentions)

    return within(taken) and not within(left)


def _score(event: Json, given: Mapping[str, object] | None = None) -> None:
    """Give an event the quad and the intensity of its type and modes, where a person did not."""
    known = ontology.types().get(event.get("type", ""))
    if known is None:
        raise UsageError(f"there is no type {event.get('type')!r}; name one of {', '.join(ontology.types())}")
    computed = {"quad": known.quad, "intensity": ontology.intensity(known.name, tuple(event["modes"]))}
    event.update({name: value for name, value in computed.items() if name not in (given or {})})


def _once(mentions: Iterable[Json]) -> Iterator[Json]:
    seen: set[tuple[int, int]] = set()
    for mention in mentions:
        ends = (mention["start"], mention["end"])
        if ends not in seen:
            seen.add(ends)
            yield mention
