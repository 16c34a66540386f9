"""The table of cues: well formed, large, and shown to be read."""

from spacy.language import Language

from dragoman.entities.lookup import Entities
from dragoman.statements import find_statements
from dragoman.statements.cues import cue_table

ROLES = {"verb", "noun", "adj", "prep"}
FRAMES = {"clause", "quote", "inf", "ing", "obj", "pred", "subj+inf", "addressee+inf", "sentence", "obj/of"}


def test_the_table_holds_some_hundreds_of_cues_each_with_a_sentence() -> None:
    rows = cue_table().rows.values()
    assert len(rows) >= 400
    assert all(row.example.strip() and row.role in ROLES and row.frames for row in rows)


def test_every_frame_is_one_that_the_readings_have() -> None:
    for row in cue_table().rows.values():
        for frame in row.frames:
            assert frame in FRAMES or frame.startswith(("prep:", "obj+")), (row.lemma, frame)


def test_the_sentence_of_a_row_gives_a_statement_with_its_cue(nlp: Language) -> None:
    rows = list(cue_table().rows.values())
    misread = []
    for row, doc in zip(rows, nlp.pipe([row.example for row in rows]), strict=True):
        cues = [s.cue for s in find_statements(doc, None, Entities(())) if s.cue]
        heads = [t for cue in cues for t in doc if cue.start <= t.idx < cue.end]
        words = {word for t in heads for word in (t.lemma_.lower(), t.lower_)} | {cue.lemma for cue in cues}
        if not words & set(row.lemma.split()):
            misread.append(row.lemma)
    # The small parse takes some verbs for nouns ("gripe", "text"): those rows serve where it does not.
    assert len(misread) <= 0.08 * len(rows), misread
