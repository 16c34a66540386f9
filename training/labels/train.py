"""Train the net that labels names: `python training/labels/train.py`, about ten minutes on two cores.

The parse's own recogniser labels all texts that were written to train this project's other models; the net learns its
labels from the vectors that tagger and parser share (`dragoman.entities.labels`). It prints how well the net agrees
with the recogniser on every tenth text, by label, and writes `src/dragoman/entities/labels.npz`.
"""

import json
import pathlib
import re
from collections.abc import Iterator

import numpy as np
import torch
from torch import nn

from dragoman.entities import knowledge, labels
from dragoman.language import pipeline

HERE = pathlib.Path(__file__).parent
OUT = HERE.parents[1] / "src" / "dragoman" / "entities" / "labels.npz"
HIDDEN, EPOCHS, BATCH, RATE = 192, 10, 512, 2e-3
TOGETHER = 4  # sentences of a text
MARK = re.compile(r"[{}]|\b[a-z]\d+:")  # of the statements' examples


def texts() -> Iterator[str]:
    """Yield the sentences, paragraphs and reports of the other models' examples, a few sentences together."""
    for path in sorted(HERE.parent.glob("events/examples/*.jsonl")):
        sentences = [json.loads(line)["s"] for line in path.read_text("utf-8").splitlines()]
        for start in range(0, len(sentences), TOGETHER):
            yield "\n\n".join(sentences[start : start + TOGETHER])
    for path in sorted(HERE.parent.glob("*/*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            text = json.loads(line).get("text")
            if isinstance(text, str):
                yield text
    for path in sorted(HERE.parent.glob("statements/examples/*.txt")):
        yield from (p for p in MARK.sub("", path.read_text("utf-8")).split("\n\n") if len(p) > 80)


def lessons() -> tuple[list[np.ndarray], list[list[str]]]:
    """Return what the net reads of each text's words, and the recogniser's labels."""
    tables, nlp = knowledge.load(), pipeline.load(whole=True)
    inputs, labelled = [], []
    for doc in nlp.pipe(texts(), batch_size=64):
        inputs.append(labels.features(doc, tables).astype(np.float16))
        labelled.append([f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else labels.OUTSIDE for t in doc])
    return inputs, labelled


def names_in(text: list[str]) -> set[tuple[int, int, str]]:
    """Return the names that a text's labels tell: first word, last word, label."""
    found, start = set(), 0
    for i in range(1, len(text) + 1):
        if i == len(text) or text[i] != f"I-{text[start][2:]}":
            if text[start] != labels.OUTSIDE:
                found.add((start, i, text[start][2:]))
            start = i
    return found


def agreement(net: nn.Module, held: list[tuple[np.ndarray, list[str]]], known: list[str]) -> dict[str, float]:
    """Return the F1 of the net's names against the recogniser's, by label and in all."""
    counts: dict[str, list[int]] = {}
    net.eval()
    for words, theirs in held:
        with torch.inference_mode():
            said = net(torch.from_numpy(labels.beside(words.astype(np.float32)))).argmax(1).tolist()
        ours, gold = names_in([known[i] for i in said]), names_in(theirs)
        for label in {name[2] for name in ours | gold}:
            for key in (label, "all"):
                right, both = counts.setdefault(key, [0, 0])
                mine = [{n for n in names if n[2] == label} for names in (ours, gold)]
                counts[key] = [right + 2 * len(mine[0] & mine[1]), both + len(mine[0]) + len(mine[1])]
    net.train()
    return {label: round(right / both, 3) for label, (right, both) in sorted(counts.items())}


def main() -> None:
    """Train, print the agreement, and write the net."""
    torch.manual_seed(7)
    torch.set_num_threads(2)
    inputs, labelled = lessons()
    known = sorted({label for text in labelled for label in text})
    held = [pair for i, pair in enumerate(zip(inputs, labelled, strict=True)) if i % 10 == 0]
    training = [i for i in range(len(inputs)) if i % 10]
    windows = [labels.beside(inputs[i].astype(np.float32)).astype(np.float16) for i in training]
    x = torch.from_numpy(np.concatenate(windows))
    y = torch.tensor([known.index(label) for i in training for label in labelled[i]])
    net = nn.Sequential(
        nn.Dropout(0.1), nn.Linear(x.shape[1], HIDDEN), nn.ReLU(), nn.Dropout(0.3), nn.Linear(HIDDEN, len(known))
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.02, EPOCHS * (len(x) // BATCH))
    print(f"{len(y)} words to train on, {len(held)} texts held out", flush=True)
    for epoch in range(EPOCHS):
        for rows in torch.randperm(len(x)).split(BATCH):
            loss = nn.functional.cross_entropy(net(x[rows].float()), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
        print(f"epoch {epoch + 1}: {agreement(net, held, known)['all']}", flush=True)
    print(agreement(net, held, known))
    save(net, known)


def save(net: nn.Sequential, known: list[str]) -> None:
    """Write the net's weights as half precision, with its labels."""
    hidden, label = net[1], net[4]
    weights = {
        "hidden": hidden.weight.T, "hidden_bias": hidden.bias, "label": label.weight.T, "label_bias": label.bias,
    }  # fmt: skip
    halves = {name: w.detach().numpy().astype(np.float16) for name, w in weights.items()}
    np.savez_compressed(OUT, **halves, labels=np.array(known))


if __name__ == "__main__":
    main()
