"""CAMEO codes of actors, run together as GDELT has them: `RUSGOV`, `IGOUNO`."""

from dataclasses import dataclass

from dragoman.exports.countries import country
from dragoman.records import Entity

# PLOVER's sectors as CAMEO's types. Not here: REL (CAMEO has religions, not clergy), PRM, PRE and UNK (it has none).
TYPES = {
    "GOV": "GOV", "LEG": "LEG", "JUD": "JUD", "MIL": "MIL", "SPY": "SPY", "COP": "COP", "PTY": "PTY", "OPP": "OPP",
    "REB": "REB", "UAF": "UAF", "CRM": "CRM", "BUS": "BUS", "LAB": "LAB", "AGR": "AGR", "CVL": "CVL", "SOC": "CVL",
    "EDU": "EDU", "JRN": "MED", "MED": "HLH", "REF": "REF", "ELI": "ELI", "IGO": "IGO",
}  # fmt: skip
# Bodies above states: the type they are, and the known group where CAMEO names one.
BLOCS = {
    "UNO": ("IGO", "UNO"), "EUR": ("IGO", "EEC"), "IGO": ("IGO", ""), "NGO": ("NGO", ""), "MNC": ("MNC", ""),
    "IMG": ("IMG", ""),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorCodes:
    """An actor's CAMEO codes; what is not known is empty. `types` are three."""

    code: str = ""
    country: str = ""
    group: str = ""
    types: tuple[str, str, str] = ("", "", "")


def codes_of(entity: Entity | None) -> ActorCodes:
    """Return an entity's CAMEO codes.

    >>> codes_of(Entity(id="e1", name="Army", kind="organization", country="ROU", sector="MIL")).code
    'ROMMIL'
    """
    if entity is None:
        return ActorCodes()
    state = country(entity.country)
    nation = (state.cameo or "") if state else ""
    if state and entity.kind == "country":  # "Russia" is RUS; RUSGOV is what a report calls its government
        return ActorCodes(nation, nation)
    bloc, group = BLOCS.get(entity.country or "", ("", ""))
    types = [bloc, *(TYPES.get(sector, "") for sector in (entity.sector or "", *entity.sectors))]
    own = tuple(dict.fromkeys(filter(None, types)))[:3]
    first, second, third = (*own, "", "", "")[:3]
    return ActorCodes(bloc + group if bloc else nation + "".join(own), nation, group, (first, second, third))
