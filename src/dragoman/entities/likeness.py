"""Whether two names may be one person's or one body's, and two role phrases one office's."""

from dragoman.entities.names import HONORIFICS, is_acronym
from dragoman.entities.words import words

BARE_ROLES = words("bare_roles")


def name_words(name: str) -> list[str]:
    """Return the words of a person's name without titles and stops.

    >>> name_words("Mr. Ban Ki-moon")
    ['Ban', 'Ki-moon']
    """
    return [w.strip(".,") for w in name.split() if w not in HONORIFICS and w.strip(".,") and w not in ("'s", "’s")]


def may_be_one_person(a: list[str], b: list[str]) -> bool:
    """Return whether two names have the same surname, and first names that do not differ.

    >>> may_be_one_person(["Clinton"], ["Hillary", "Clinton"])
    True
    >>> may_be_one_person(["Bill", "Clinton"], ["Hillary", "Clinton"])
    False
    """
    if not a or not b:
        return False
    if 1 in (len(a), len(b)):
        return a[-1] == b[-1] or a[0] == b[0]
    if set(a) <= set(b) or set(b) <= set(a):
        return True
    return a[-1] == b[-1] and _same_first_name(a[0], b[0])


def _same_first_name(a: str, b: str) -> bool:
    """ "Hillary" and "H" may be one; "Hillary" and "Hugh" are not."""
    return a == b or (a[0] == b[0] and 1 in (len(a), len(b)))


def may_be_one_office(a: str, b: str) -> bool:
    """Return whether two role phrases may name one office: "the minister" after "Foreign Minister".

    >>> may_be_one_office("secretary of state", "Secretary of State")
    True
    >>> may_be_one_office("defence minister", "foreign minister")
    False
    """
    a, b = a.lower().replace("defense", "defence"), b.lower().replace("defense", "defence")
    short, long = sorted((a, b), key=len)
    return a == b or (short in BARE_ROLES and short in long.split())


def may_be_one_country(a: str | None, b: str | None) -> bool:
    """Return whether two codes agree; what is not known agrees with all."""
    return a is None or b is None or a == b


def abbreviates(short: str, long: str) -> bool:
    """Return whether a body's name is the other's acronym or its last words.

    >>> abbreviates("KCNA", "Korean Central News Agency")
    True
    >>> abbreviates("Security Council", "National Security Council")
    True
    """
    if is_acronym(short) and not is_acronym(long):
        initials = "".join(w[0] for w in long.split() if w[0].isupper())
        return short.replace(".", "") == initials and len(initials) > 1
    return len(short.split()) > 1 and f" {long} ".endswith(f" {short} ")
