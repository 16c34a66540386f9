"""Make the trigger table from the event examples: `python training/events/triggers.py`.

A row a word (lemma, part of speech, and the word after it that it needs) with the commonest leaf of the type that it
carries in most of the examples where it stands, and one of them. NONE rows keep a common word from being taken for an
event. Nouns that name people or bodies have no row: they take part.
"""

import collections
import csv
import pathlib

from data import Row, read_rows
from spacy.tokens import Doc, Token

from dragoman.entities import knowledge
from dragoman.language import pipeline

OUT = pathlib.Path(__file__).parents[2] / "src" / "dragoman" / "events" / "triggers.csv"
LEAST = 2  # examples for a row of a word alone
SHARE = 0.5  # of a word's examples that must agree
COLUMNS = ("lemma", "pos", "needs", "leaf", "example")


def keys(doc: Doc, row: Row) -> list[tuple[str, str, str]]:
    """The words of a trigger as table keys: its head alone, and with the particle, preposition or object beside it."""
    start, end = row.spans["trigger"][0]
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return []
    head = span.root
    pos = "noun" if head.pos_ in ("NOUN", "PROPN") else "verb" if head.pos_ in ("VERB", "AUX") else ""
    if not pos:
        return []
    found = [(head.lemma_.lower(), pos, "")]
    found += [(head.lemma_.lower(), pos, word.lemma_.lower()) for word in beside(head)]
    nouns = [t for t in span if t.pos_ == "NOUN" and t is not head and t.head.i == head.i and t.dep_ == "dobj"]
    found += [(t.lemma_.lower(), "noun", "") for t in nouns]
    return found


def beside(head: Token) -> list[Token]:
    """The particle, the prepositions and the object of a word."""
    return [c for c in head.children if c.dep_ in ("prt", "prep", "dobj", "acomp") and c.pos_ not in ("PROPN", "PRON")]


def commonest(counts: collections.Counter[str]) -> tuple[str, int]:
    """Return the commonest leaf of the commonest type, and how many examples that type has."""
    types: collections.Counter[str] = collections.Counter()
    for leaf, count in counts.items():
        types[leaf.partition(".")[0]] += count
    type_, most = types.most_common(1)[0]
    return max((leaf for leaf in counts if leaf.partition(".")[0] == type_), key=lambda leaf: counts[leaf]), most


def main() -> None:
    """Count the leaves of each word and write the table."""
    rows = [row for row in read_rows() if row.spans["trigger"][0][0] >= 0]
    texts = list(dict.fromkeys(row.text for row in rows))
    docs = dict(zip(texts, pipeline.parse(texts, pipeline.load()), strict=True))
    leaves: dict[tuple[str, str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    examples: dict[tuple[tuple[str, str, str], str], str] = {}
    for row in rows:
        for key in keys(docs[row.text], row):
            leaves[key][row.leaf] += 1
            shortest = examples.get((key, row.leaf))
            if shortest is None or len(row.text) < len(shortest):
                examples[key, row.leaf] = row.text
    known = knowledge.load()
    table = []
    for key, counts in sorted(leaves.items()):
        if key[1] == "noun" and (key[0] in known.roles or key[0] in known.bodies):
            continue
        leaf, most = commonest(counts)
        alone = commonest(leaves.get((key[0], key[1], ""), counts))[0]
        if most >= LEAST and most / counts.total() >= SHARE and not (key[2] and leaf == alone):
            table.append((*key, leaf, examples[key, leaf]))
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(table)
    print(f"{len(table)} rows from {len(rows)} candidates")


if __name__ == "__main__":
    main()
