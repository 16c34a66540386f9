"""Train the ranker on the marked paragraphs: `python training/statements/train.py`.

Every candidate of every paragraph is an example: right where its cue is a marked one and its content is, of that
cue's readings, the one nearest to the marked content. A quotation that no cue claims is right where a marked content
holds it.
"""

import argparse
import json
import pathlib
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from spacy.language import Language
from spacy.tokens import Doc

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
sys.path[:0] = [str(ROOT / "src"), str(HERE)]

from check import Marked, read_marked  # noqa: E402

from dragoman.language.pipeline import load, parse  # noqa: E402
from dragoman.statements.candidate import Candidate  # noqa: E402
from dragoman.statements.cues import cue_table  # noqa: E402
from dragoman.statements.ranking import Reading, readings_of  # noqa: E402
from dragoman.statements.tokens import Tokens, tokens_of  # noqa: E402

NEAR = 0.5  # word overlap (Dice) from which a content counts as found: the bench's own measure


def words_of(tokens: Tokens, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Return the tokens that are words and lie in one of the character spans."""
    return frozenset(
        i
        for a, b in spans
        for i in range(len(tokens))
        if not tokens.blank[i] and tokens.start[i] < b and a < tokens.end[i]
    )


def dice(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the overlap of two sets of words."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def labels_of(tokens: Tokens, readings: list[Reading], marked: Marked) -> list[int]:
    """Return 1 for each reading that is a marked statement, else 0."""
    gold = [(words_of(tokens, s["cue"]), words_of(tokens, s["content"]), s["cue"]) for s in marked.statements.values()]
    contents = [
        frozenset(i for a, b in r.candidate.content for i in range(a, b) if not tokens.blank[i]) for r in readings
    ]
    best: dict[tuple[int, str], float] = defaultdict(float)
    score = []
    for reading, content in zip(readings, contents, strict=True):
        c = reading.candidate
        value = 0.0
        for cue, words, spans in gold:
            if c.role == "none":
                value = max(value, float(bool(content) and len(content & words) >= 0.8 * len(content)))
            elif at_cue(tokens, c, cue, spans):
                value = max(value, dice(content, words))
        score.append(value)
        key = (c.head, c.role)
        best[key] = max(best[key], value)
    return [
        int(v >= NEAR and v >= best[r.candidate.head, r.candidate.role]) for r, v in zip(readings, score, strict=True)
    ]


def at_cue(tokens: Tokens, c: Candidate, cue: frozenset[int], spans: list[tuple[int, int]]) -> bool:
    """Return whether a candidate's cue is the marked one."""
    if c.role == "mark":
        return any(a <= tokens.start[c.head] < b for a, b in spans)
    return c.head in cue


def examples(marked: list[Marked], docs: Iterable[Doc]) -> Iterator[tuple[int, Reading, int]]:
    """Yield the number of the report, a reading, and whether it is right."""
    table = cue_table()
    for number, (report, doc) in enumerate(zip(marked, docs, strict=True)):
        tokens = tokens_of(doc, table.verbs)
        readings = readings_of(tokens, table)
        labels = labels_of(tokens, readings, report)
        held: set[int] = set()
        for reading, label in zip(readings, labels, strict=True):
            if label and reading.candidate.role != "none":
                held.update(i for a, b in reading.candidate.content for i in range(a, b))
        for reading, label in zip(readings, labels, strict=True):
            if reading.candidate.role == "none" and reading.candidate.content[0][0] in held:
                continue  # a quotation that a cue claims never gets here at run time
            yield number, reading, label


def table_examples(nlp: Language) -> Iterator[tuple[Reading, int]]:
    """Yield the readings of the cues in the table's own example sentences: right in a frame that their row lists."""
    table = cue_table()
    cues = list(table.rows.values())
    for row, doc in zip(cues, parse([row.example for row in cues], nlp), strict=True):
        found = readings_of(tokens_of(doc, table.verbs), table)
        shown = [
            r for r in found if r.candidate.key in (row.lemma, row.lemma.split()[0]) and r.candidate.role == row.role
        ]
        frames = {r.candidate.frame for r in shown}
        first = next((f for f in row.frames if f in frames), None)
        for reading in shown if first else ():
            yield reading, int(reading.candidate.frame == first)


def matrix(rows: list[list[str]], index: dict[str, int]) -> csr_matrix:
    """Return the rows of feature names as a sparse matrix."""
    indptr, indices = [0], []
    for row in rows:
        indices += sorted({index[name] for name in row if name in index})
        indptr.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(rows), len(index)))


def fitted(x: csr_matrix, truth: np.ndarray, weight: np.ndarray, strength: float) -> LogisticRegression:
    """Return a logistic regression of the labels on the features."""
    return LogisticRegression(C=strength, max_iter=300, solver="liblinear").fit(x, truth, weight)


def f1_at(truth: np.ndarray, probability: np.ndarray, threshold: float) -> float:
    """Return the F1 of taking all candidates from a probability on."""
    taken = probability >= threshold
    return float(2 * (taken & (truth == 1)).sum() / max(1, taken.sum() + truth.sum()))


def main() -> int:
    """Train, print the cross-validated figures, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strength", type=float, default=0.3, help="inverse of the penalty (C)")
    parser.add_argument("--seen", type=int, default=3, help="a feature counts if met in so many candidates")
    parser.add_argument("--shown", type=float, default=1.0, help="weight of the table's example sentences")
    parser.add_argument("--threshold", type=float, default=0.48)
    parser.add_argument("--output", type=pathlib.Path, default=ROOT / "src/dragoman/statements/ranker.json")
    args = parser.parse_args()
    nlp = load()
    marked = [m for path in sorted((HERE / "examples").glob("*.txt")) for m in read_marked(path)]
    found = list(examples(marked, parse([m.text for m in marked], nlp)))
    shown = list(table_examples(nlp))
    found += [(-1 - i // 40, reading, label) for i, (reading, label) in enumerate(shown)]
    weight = np.array([1.0] * (len(found) - len(shown)) + [args.shown] * len(shown))
    groups = np.array([number for number, _, _ in found])
    rows = [reading.features for _, reading, _ in found]
    truth = np.array([label for _, _, label in found])
    count: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in set(row):
            count[name] += 1
    index = {name: i for i, name in enumerate(sorted(n for n, k in count.items() if k >= args.seen))}
    x = matrix(rows, index)
    out = np.zeros(len(truth))
    for train, test in GroupKFold(5).split(x, truth, groups):
        model = fitted(x[train], truth[train], weight[train], args.strength)
        out[test] = model.predict_proba(x[test])[:, 1]
    sweep = {t / 100: f1_at(truth[weight == 1], out[weight == 1], t / 100) for t in range(20, 65, 5)}
    threshold = args.threshold or max(sweep, key=lambda t: sweep[t])
    print(f"{len(marked)} reports, {len(truth)} candidates, {truth.sum()} right, {len(index)} features")
    print(" ".join(f"{t:.2f}:{f:.3f}" for t, f in sweep.items()))
    model = fitted(x, truth, weight, args.strength)
    weights = {name: round(float(model.coef_[0][i]), 4) for name, i in index.items() if abs(model.coef_[0][i]) >= 0.001}
    weights["bias"] = round(weights.get("bias", 0.0) + float(model.intercept_[0]), 4)
    args.output.write_text(
        json.dumps({"threshold": threshold, "weights": weights}, indent=0, ensure_ascii=False) + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
