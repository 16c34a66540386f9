"""Whether a capital or a seat of government acts here rather than locates."""

from spacy.tokens import Token

from dragoman.entities.words import rows, words

ACTING = words("acting_prepositions")
ACTING_BEHIND_NOUNS = words("acting_prepositions_behind_nouns")
ACTING_BEHIND_VERBS = rows("acting_prepositions_behind_verbs")
ARGUMENTS = frozenset("nsubj nsubjpass poss dobj dative agent".split())


def acts(token: Token) -> bool:
    """Return whether a capital's name means its government.

    "Moscow rejected…", "Washington's offer", "talks between Cairo and Tripoli", "called on Kyiv" act; "in Moscow",
    "flew to Cairo", "the Geneva talks" do not.
    """
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    if token.dep_ in ARGUMENTS:
        return True
    if token.dep_ != "pobj":
        return False
    preposition = token.head
    behind_noun = preposition.lower_ in ACTING_BEHIND_NOUNS and preposition.head.pos_ == "NOUN"
    behind_verb = preposition.head.lemma_.lower() in ACTING_BEHIND_VERBS.get(preposition.lower_, ())
    return preposition.lower_ in ACTING or behind_noun or behind_verb
