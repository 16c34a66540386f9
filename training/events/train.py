"""Train the event coder: `python training/events/train.py [--base mpnet] [--teach FILE] [--learn FILE] [--out FOLDER]`.

A sentence with its candidate's actor, recipient and trigger marked goes through the encoder; two heads read the states
at the marks and the sentence's mean: the leaf (a PLOVER type with its mode or sense, or NONE) and the status. The
trigger's mark is left out of a share of the rows, so that a pair that a user has marked (`dragoman code`) is coded by
the same model. Larger coders write what they make of all rows with `--teach`, and a smaller one learns from them with
`--learn` beside the writers' labels (distillation, Hinton et al. 2015).
"""

import argparse
import json
import pathlib
import shutil
import time
from collections.abc import Sequence

import numpy as np
import torch
from bases import Base, base
from data import Row, read_rows, split
from reading import read_candidates
from torch import nn
from torch.nn.functional import cross_entropy, kl_div, log_softmax
from transformers import AutoModel, AutoTokenizer
from views import Batch, Batches, View, bare_pairs

from dragoman.language.encoder import LAYOUTS
from dragoman.language.layout import ROLES
from dragoman.ontology import leaves
from dragoman.records import Status

STATUSES = list(Status.__args__)
LEAVES = list(leaves())
OUT = pathlib.Path(__file__).parents[2] / "src" / "dragoman" / "language" / "models"
# What is trained of each base where the options do not say: its name as a coder, and the options.
USUAL = {
    "minilm": ("small", {"exits": [3, 4, 6], "keep": 4, "layout": "beside", "rate": 1.5e-4, "epochs": 6}),
    "mpnet": ("large", {"exits": [12], "keep": 12, "layout": "within", "rate": 5e-5, "epochs": 1}),
}
SOFT = 2.0  # the temperature at which a student reads its teacher
LEAST = 1e-6  # the least probability that a teacher gives a leaf


Logits = tuple[torch.Tensor, torch.Tensor]


class Heads(nn.Module):
    """The leaf's and the status's head on what one layer made of a sentence and its marks."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.hidden = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(width * (len(ROLES) + 2), width), nn.GELU(), nn.Dropout(0.1)
        )
        self.leaf = nn.Linear(width, len(LEAVES))
        self.status = nn.Linear(width, len(STATUSES))

    def forward(self, states: torch.Tensor, groups: torch.Tensor, roles: torch.Tensor) -> Logits:
        """Return the logits of each candidate."""
        of_text = (groups == 0).unsqueeze(-1).to(states.dtype)
        mean = (states * of_text).sum(1) / of_text.sum(1)
        batch, candidates = roles.shape[0], roles.shape[1]
        marked = torch.matmul(roles.flatten(1, 2).to(states.dtype), states).reshape(batch, candidates, -1)
        whole = torch.cat([states[:, 0], mean], dim=1).unsqueeze(1).expand(batch, candidates, -1)
        hidden = self.hidden(torch.cat([whole, marked], dim=2))
        return self.leaf(hidden), self.status(hidden)


class Coder(nn.Module):
    """The encoder with heads after some of its layers: the last one, and earlier ones that learn from it."""

    def __init__(self, base: Base, exits: Sequence[int]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(base.folder, dtype=torch.float32)
        self.encoder.encoder.layer = self.encoder.encoder.layer[: max(exits)]
        self.first_position = base.first_position
        self.heads = nn.ModuleDict({str(layer): Heads(self.encoder.config.hidden_size) for layer in exits})

    def exits(
        self, ids: torch.Tensor, positions: torch.Tensor, groups: torch.Tensor, roles: torch.Tensor
    ) -> list[Logits]:
        """Return the logits of each candidate, exit by exit: a mark sees the text and its own group."""
        seen = (groups[:, None, :] == 0) | (groups[:, :, None] == groups[:, None, :]) & (groups[:, None, :] > 0)
        mask = (1.0 - seen[:, None].float()) * -1e4
        out = self.encoder(
            input_ids=ids,
            position_ids=positions + self.first_position,
            attention_mask=mask,
            output_hidden_states=True,
        )
        return [heads(out.hidden_states[int(layer)], groups, roles) for layer, heads in self.heads.items()]

    def forward(self, *shown: torch.Tensor) -> Logits:
        """Return the last exit's logits."""
        return self.exits(*shown)[-1]

    def cut(self, layer: int) -> None:
        """Leave away what lies behind an exit."""
        self.heads = nn.ModuleDict({name: heads for name, heads in self.heads.items() if int(name) <= layer})
        self.encoder.encoder.layer = self.encoder.encoder.layer[:layer]


def targets(rows: list[Row]) -> tuple[torch.Tensor, torch.Tensor]:
    """Leaf and status of each row as class numbers; -100 where there is none."""
    return (
        torch.tensor([LEAVES.index(r.leaf) for r in rows]),
        torch.tensor([STATUSES.index(r.status) if r.status else -100 for r in rows]),
    )


def predict(
    model: Coder, batches: Batches, exit_: int = -1, asked: Sequence[int] | None = None
) -> tuple[list[int], torch.Tensor, torch.Tensor]:
    """Run the model over all views or those asked, and return their numbers with an exit's logits."""
    model.eval()
    numbers, leaf, status = [], [], []
    with torch.inference_mode():
        for batch in batches.batches(list(asked or range(len(batches.views)))):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                a, b = model.exits(*batch.inputs())[exit_]
            there = batch.numbers >= 0
            numbers += batch.numbers[there].tolist()
            leaf.append(a[there].float())
            status.append(b[there].float())
    return numbers, torch.cat(leaf), torch.cat(status)


def temperature(logits: torch.Tensor, rows: list[Row], convention: str, *, none: bool = True) -> float:
    """Return the temperature that makes the held-out types' probabilities right on average (Guo et al. 2017).

    It is fitted to what a user is shown: a type by a convention, all its leaves together; without NONE for marked
    pairs, which are taken to hold an event.
    """
    of_leaf = [leaves()[leaf].cameo if convention == "cameo" else leaves()[leaf].type for leaf in LEAVES]
    names = [name for name in dict.fromkeys(of_leaf) if none or name]
    member = torch.tensor([[of == name for of in of_leaf] for name in names])
    gold_names = [of_leaf[LEAVES.index(row.leaf)] for row in rows]
    asked = torch.tensor([i for i, name in enumerate(gold_names) if name in names])
    gold = torch.tensor([names.index(name) for name in gold_names if name in names])
    scale = torch.nn.Parameter(torch.zeros(()))
    optimizer = torch.optim.LBFGS([scale], max_iter=50)

    def closure():
        optimizer.zero_grad()
        scaled = (logits[asked] / scale.exp())[:, None, :].masked_fill(~member, -torch.inf)
        loss = cross_entropy(scaled.logsumexp(2), gold)
        loss.backward()
        return loss

    optimizer.step(closure)
    return float(scale.detach().exp())


def type_probabilities(logits: torch.Tensor) -> tuple[list[str], torch.Tensor]:
    """Sum the leaves' probabilities by type."""
    names = sorted({leaves()[leaf].type or "NONE" for leaf in LEAVES})
    sums = torch.zeros(len(LEAVES), len(names))
    for i, leaf in enumerate(LEAVES):
        sums[i, names.index(leaves()[leaf].type or "NONE")] = 1
    return names, logits.softmax(1) @ sums


def report(when: str, model: Coder, held: Batches) -> None:
    """Print the held-out figures of each exit."""
    for n, layers in enumerate(model.heads):
        print(f"{when}, {layers} layers: {evaluate(model, held, n)}", flush=True)


def evaluate(model: Coder, held: Batches, exit_: int) -> dict[str, float]:
    """Held-out figures: leaf, type and status accuracy, with the trigger marked."""
    numbers, leaf, status = predict(model, held, exit_)
    rows = [held.views[i].row for i in numbers]
    gold_leaf, gold_status = targets(rows)
    names, by_type = type_probabilities(leaf)
    gold_type = torch.tensor([names.index(leaves()[r.leaf].type or "NONE") for r in rows])
    events = gold_status >= 0
    said = by_type.argmax(1) != names.index("NONE")
    right = (by_type.argmax(1) == gold_type) & said & events
    figures = {
        "precision": right.sum() / said.sum().clamp(min=1),
        "recall": right.sum() / events.sum(),
        "leaf": (leaf.argmax(1) == gold_leaf).float().mean(),
        "type": (by_type.argmax(1) == gold_type).float().mean(),
        "type_of_events": (by_type.argmax(1) == gold_type)[events].float().mean(),
        "status": (status.argmax(1) == gold_status)[events].float().mean(),
    }
    return {name: round(float(figure), 4) for name, figure in figures.items()}


def train(args: argparse.Namespace) -> None:
    """Train, report, and write the model with its tokenizer and calibration."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    start = base(args.base)
    tokenizer = AutoTokenizer.from_pretrained(start.folder)
    rows = list(read_rows(pathlib.Path(args.examples) if args.examples else pathlib.Path(__file__).parent / "examples"))
    training, held_rows = split(read_candidates(rows))
    model = Coder(start, args.exits)
    if args.init:
        go_on(model, pathlib.Path(args.init))
    batches = Batches(training, tokenizer, start, args.layout, args.batch, seed=args.seed)
    held = Batches(held_rows, tokenizer, start, args.layout, 64)
    print(f"{len(training)} rows to train on, {len(held_rows)} held out, {batches.steps()} steps", flush=True)
    lessons = Lessons([pathlib.Path(path) for path in args.learn], batches) if args.learn else None
    before, out = model.state_dict(), pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    begun = time.time()
    optimizer, schedule = optimizing(model, args.rate, max(1, args.epochs * batches.steps()))
    for epoch in range(args.epochs):
        before = {name: weights.clone() for name, weights in model.state_dict().items()}
        total = 0.0
        model.train()
        for n, batch in enumerate(batches):
            loss = loss_of(model, batch, batches.views, lessons)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
            if n % 50 == 49:
                print(f"  {n + 1} {total / (n + 1):.3f} {time.time() - begun:.0f} s", flush=True)
        report(f"epoch {epoch + 1} at {time.time() - begun:.0f} s", model, held)
        torch.save(model.state_dict(), out / "coder.pt")  # what a run that is stopped leaves
    if args.epochs > 1 or (args.epochs and args.init):  # before a first epoch the heads know nothing
        average(model, before)
        report("averaged", model, held)
    torch.save(model.state_dict(), out / "coder.pt")
    if args.teach:
        teach(model, batches, pathlib.Path(args.teach))
    model.cut(args.keep)
    save(model, held, Batches(bare_pairs(held_rows), tokenizer, start, args.layout, 64), start, args.layout, out)


def optimizing(
    model: Coder, rate: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """Return the optimizer and its schedule: a short warming-up, then straight down to nothing."""
    heads = [p for n, p in model.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": model.encoder.parameters(), "lr": rate}, {"params": heads, "lr": max(rate * 8, 3e-4)}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    slope = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (0.08 * steps), max(0.0, (steps - s) / steps))
    )
    return optimizer, slope


def loss_of(model: Coder, batch: Batch, views: Sequence[View], lessons: "Lessons | None") -> torch.Tensor:
    """Return the loss of all exits against the writers' labels, the teacher, and the last exit's own judgement.

    The products are in bfloat16: twice as fast where the processor has it, and as accurate.
    """
    with torch.autocast("cpu", dtype=torch.bfloat16):
        exits = model.exits(*batch.inputs())
    there = batch.numbers >= 0
    numbers = batch.numbers[there]
    logits = [(leaf[there].float(), status[there].float()) for leaf, status in exits]
    gold = targets([views[i].row for i in numbers.tolist()])
    total = torch.zeros(())
    for leaf, status in logits:
        loss = cross_entropy(leaf, gold[0], label_smoothing=0.0 if lessons else 0.05)  # a teacher's words are soft
        if (gold[1] >= 0).any():
            loss = loss + 0.3 * cross_entropy(status, gold[1])
        if lessons:
            loss = 0.5 * loss + 0.5 * lessons.distance(numbers, leaf)
        elif leaf is not logits[-1][0]:  # "Be Your Own Teacher" (Zhang et al. 2019)
            loss = 0.5 * loss + 0.5 * distance(leaf, logits[-1][0].detach())
        total = total + loss
    return total / len(logits)


def distance(leaf: torch.Tensor, lesson: torch.Tensor) -> torch.Tensor:
    """Return how far a student's leaves are from its teacher's."""
    soft = log_softmax(leaf / SOFT, 1), log_softmax(lesson / SOFT, 1)
    return kl_div(*soft, reduction="batchmean", log_target=True) * SOFT**2


class Lessons:
    """What teachers made of all views: their leaves' logits; of several teachers, those of their mean probabilities."""

    def __init__(self, paths: Sequence[pathlib.Path], batches: Batches) -> None:
        rows = [torch.load(path, weights_only=True) for path in paths]
        if any(len(row["logits"]) != len(batches.views) or row["leaves"] != rows[0]["leaves"] for row in rows):
            raise SystemExit(f"{', '.join(map(str, paths))}: written for other examples or leaves: teach again")
        self.columns = torch.tensor([LEAVES.index(leaf) for leaf in rows[0]["leaves"]])
        mean = torch.stack([row["logits"].float().softmax(1) for row in rows]).mean(0)
        self.logits = mean.clamp(min=LEAST).log()

    def distance(self, numbers: torch.Tensor, leaf: torch.Tensor) -> torch.Tensor:
        """Return how far a student's leaves are from its teacher's."""
        return distance(leaf[:, self.columns], self.logits[numbers])


def teach(model: Coder, batches: Batches, path: pathlib.Path) -> None:
    """Write the leaves' logits of every view, in the views' order; views of one row share theirs."""
    lessons = batches.lessons()
    numbers, leaf, _ = predict(model, batches, asked=sorted(set(lessons)))
    where = {number: n for n, number in enumerate(numbers)}
    torch.save({"leaves": LEAVES, "logits": leaf[torch.tensor([where[i] for i in lessons])].half()}, path)


def go_on(model: Coder, folder: pathlib.Path) -> None:
    """Take an earlier run's weights; a leaf that it did not know begins anew."""
    weights = torch.load(folder / "coder.pt", weights_only=True)
    known = json.loads((folder / "card.json").read_text("utf-8"))["leaves"]
    rows = torch.tensor([LEAVES.index(leaf) for leaf in known])
    fresh = model.state_dict()
    for name in [n for n in weights if ".leaf." in n and n in fresh]:
        whole = fresh[name].clone()
        whole[rows] = weights[name]
        weights[name] = whole
    model.load_state_dict(weights, strict=False)


def average(model: Coder, before: dict[str, torch.Tensor]) -> None:
    """Put the mean of two epochs' weights into the model: as accurate as the last, and better calibrated."""
    now = model.state_dict()
    model.load_state_dict({k: (v + before[k]) / 2 if v.is_floating_point() else v for k, v in now.items()})


def save(model: Coder, held: Batches, pairs: Batches, start: Base, layout: str, out: pathlib.Path) -> None:
    """Write the ONNX model (int8), its tokenizer, and what goes with them."""
    numbers, leaf, _ = predict(model, held)
    bare, of_pairs, _ = predict(model, pairs)
    card = {
        "leaves": LEAVES,
        "statuses": STATUSES,
        "temperature": temperature(leaf, [held.views[i].row for i in numbers], "plover"),
        "pair_temperature": temperature(of_pairs, [pairs.views[i].row for i in bare], "cameo", none=False),
        "first_mark": start.first_mark,
        "layout": layout,
    }
    (out / "card.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")
    shutil.copy(start.folder / "tokenizer.json", out / "tokenizer.json")
    export(model, out)


def export(model: Coder, out: pathlib.Path) -> None:
    """Write the model as ONNX with int8 weights: per channel with reduced range, which kept its accuracy."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    long = torch.long
    shown = (
        torch.ones(1, 12, dtype=long),
        torch.arange(12)[None],
        torch.zeros(1, 12, dtype=long),
        torch.zeros(1, 2, len(ROLES), 12),
    )
    length = {0: "batch", 1: "length"}
    axes = {"ids": length, "positions": length, "groups": length, "roles": {0: "batch", 1: "candidates", 3: "length"}}
    full = out / "full.onnx"
    torch.onnx.export(model, shown, str(full), input_names=list(axes), output_names=["leaf", "status"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)  # fmt: skip
    quantize_dynamic(full, out / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    np.testing.assert_equal((out / "model.onnx").exists(), True)
    full.unlink()


def main() -> None:
    """Read the arguments and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", choices=tuple(USUAL), default="minilm")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--exits", type=int, nargs="+", help="the layers that have heads")
    parser.add_argument("--keep", type=int, help="the layer whose heads are shipped")
    parser.add_argument("--layout", choices=sorted(LAYOUTS))
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--teach", help="write the logits of all training rows to this file")
    parser.add_argument("--learn", nargs="+", help="learn from the logits of teachers in these files, too")
    parser.add_argument("--examples")
    parser.add_argument("--init", help="folder of an earlier run to go on from")
    parser.add_argument("--out", help="where the coder is written (default: into the package, as small or large)")
    args = parser.parse_args()
    name, usual = USUAL[args.base]
    for option, value in usual.items():
        if getattr(args, option) is None:
            setattr(args, option, value)
    args.out = args.out or str(OUT / name)
    train(args)


if __name__ == "__main__":
    main()
