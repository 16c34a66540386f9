"""The ways in which a row is shown to the coder: whose marks, and which of them are left out."""

import dataclasses
import random
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import torch
from bases import Base
from data import Row
from transformers import PreTrainedTokenizerBase

from dragoman.language.encoder import LAYOUTS
from dragoman.language.layout import ROLES, Layout, Spans

TOGETHER = 8  # views of a sentence that are laid out together


@dataclasses.dataclass(frozen=True)
class View:
    """A row with one choice of marks, and how often an epoch shows it."""

    row: Row
    spans: Spans
    share: float


def views(row: Row) -> list[View]:
    """Return all views of a row: by the writer's and by the reader's marks, without the trigger, without one side."""
    written, found = row.spans, row.found or row.spans
    share = 0.5 if row.extra else 1.0
    out = [View(row, written, 0.4 * share), View(row, found, 0.5 * share)]
    if written["actor"] and written["recipient"] and row.main:  # what a marked pair means is its main event
        out += [View(row, {**written, "trigger": []}, 0.7)]
    if found["actor"] and found["recipient"]:
        out += [View(row, {**found, "actor": []}, 0.08 * share), View(row, {**found, "recipient": []}, 0.08 * share)]
    return out


def bare_pairs(rows: list[Row]) -> list[Row]:
    """Return the rows that have both sides, without their triggers, as a user marks them."""
    pairs = [row for row in rows if row.main and row.spans["actor"] and row.spans["recipient"]]
    return [dataclasses.replace(row, spans={**row.spans, "trigger": []}, found=None) for row in pairs]


class Batch(NamedTuple):
    """Layouts as padded tensors, with the number of each candidate's view; -1 where there is no candidate."""

    numbers: torch.Tensor
    ids: torch.Tensor
    positions: torch.Tensor
    groups: torch.Tensor
    roles: torch.Tensor

    def inputs(self) -> tuple[torch.Tensor, ...]:
        """What the model takes."""
        return self.ids, self.positions, self.groups, self.roles


class Batches:
    """Rows as tensors: in training some views of each, drawn anew each epoch; else the reader's own view of each."""

    def __init__(
        self,
        rows: list[Row],
        tokenizer: PreTrainedTokenizerBase,
        base: Base,
        layout: str,
        size: int,
        *,
        seed: int | None = None,
    ) -> None:
        self.size, self.base, self.lay_out = size, base, LAYOUTS[layout]
        self.views: list[View] = []
        for row in rows:
            self.views += views(row) if seed is not None else [View(row, row.found or row.spans, 1)]
        self.random = None if seed is None else random.Random(seed)
        self.pieces = {}
        for text in {row.text for row in rows}:
            encoded = tokenizer(text, return_offsets_mapping=True)
            self.pieces[text] = (encoded["input_ids"], encoded["offset_mapping"])
        self._steps = sum(1 for _ in self.batches(self.drawn()))

    def steps(self) -> int:
        """About how many batches an epoch has."""
        return self._steps

    def drawn(self) -> list[int]:
        """The views that an epoch shows."""
        if self.random is None:
            return list(range(len(self.views)))
        return [i for i, view in enumerate(self.views) if self.random.random() < view.share]

    def __iter__(self) -> Iterator[Batch]:
        """Yield an epoch's batches."""
        return self.batches(self.drawn())

    def lessons(self) -> list[int]:
        """For each view the one that a teacher is asked in its stead: a row's first with its trigger, or without."""
        first: dict[tuple[int, bool], int] = {}
        return [first.setdefault((id(v.row), bool(v.spans["trigger"])), i) for i, v in enumerate(self.views)]

    def layouts(self, numbers: list[int]) -> list[tuple[list[int], Layout]]:
        """Lay out these views, those of one sentence together, with which views each layout holds."""
        by_text: dict[str, list[int]] = defaultdict(list)
        for i in numbers:
            by_text[self.views[i].row.text].append(i)
        out = []
        for text, mine in by_text.items():
            for start in range(0, len(mine), TOGETHER):
                part = mine[start : start + TOGETHER]
                laid = self.lay_out(*self.pieces[text], [self.views[i].spans for i in part], self.base.first_mark)
                rest = iter(part)
                out += [([next(rest) for _ in layout.roles], layout) for layout in laid]
        return out

    def batches(self, numbers: list[int]) -> Iterator[Batch]:
        """Yield batches of layouts of about one length, in random order when training."""
        laid = self.layouts(numbers)
        if self.random:
            self.random.shuffle(laid)
        out, chunk = [], self.size * 20
        for start in range(0, len(laid), chunk):
            part = sorted(laid[start : start + chunk], key=lambda pair: len(pair[1].ids))
            out += [part[i : i + self.size] for i in range(0, len(part), self.size)]
        if self.random:
            self.random.shuffle(out)
        for batch in out:
            yield tensors(batch, self.base.pad)


def tensors(batch: list[tuple[list[int], Layout]], pad: int) -> Batch:
    """Pad layouts to one length and one number of candidates."""
    length = max(len(layout.ids) for _, layout in batch)
    most = max(len(layout.roles) for _, layout in batch)
    shape = (len(batch), length)
    numbers = torch.full((len(batch), most), -1)
    ids, positions, groups = torch.full(shape, pad), torch.zeros(shape, dtype=torch.long), torch.full(shape, -1)
    roles = torch.zeros(len(batch), most, len(ROLES), length)
    for b, (mine, layout) in enumerate(batch):
        size = len(layout.ids)
        numbers[b, : len(mine)] = torch.tensor(mine)
        ids[b, :size], positions[b, :size] = torch.tensor(layout.ids), torch.tensor(layout.positions)
        groups[b, :size] = torch.tensor(layout.groups)
        for k, candidate in enumerate(layout.roles):
            for r, places in enumerate(candidate):
                for i in places:
                    roles[b, k, r, i] = 1.0 / len(places)
    return Batch(numbers, ids, positions, groups, roles)
