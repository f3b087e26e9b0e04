"""Trains the judge's reader: MiniLM reads a sentence beside its evidence, to say where it fails.

Pairs in, tuned layers and two heads out, by torch; reading with them is cross.py's, and what joins
the readings into one support is fitted elsewhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.cross import Reading, layout, tokenizer_of

if TYPE_CHECKING:
    import torch

Arrays = dict[str, NDArray[np.float32]]
Progress = Callable[[str, int, int], None]

_WARM = 0.06  # share of a run in which the learning rate rises


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A sentence, its evidence, and whether they carry it.

    wrong: the spans of the sentence that they do not carry; None where these are not known.
    """

    sentence: str
    evidence: tuple[str, ...]
    right: bool
    wrong: tuple[tuple[int, int], ...] | None = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a reader is trained.

    frozen: layers from the bottom that stay as they are, with the embeddings: what is tuned must
    fit in a file of 16 MB. words_weight: weight of the loss on single word pieces beside the
    loss on whole sentences. batch: pairs a step. rate: its peak, which falls to nothing.
    """

    frozen: int = 2
    rate: float = 1e-4
    head_rate: float = 1e-3
    words_weight: float = 1.0
    batch: int = 16
    epochs: int = 1
    seed: int = 7


def train_reader(
    pairs: Sequence[TrainingPair],
    folder: Path,
    recipe: Recipe,
    progress: Progress = lambda what, done, total: None,
) -> Arrays:
    """Tune the upper layers of the encoder in `folder`; returns what changed, by name.

    True pairs weigh as much as false ones together. The names are those of the encoder's own
    parameters, and `whole.weight`, `whole.bias`, `word.weight`, `word.bias` for the heads.
    """
    import torch
    from torch import nn
    from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
    from transformers import AutoModel

    torch.manual_seed(recipe.seed)
    model = AutoModel.from_pretrained(folder, use_safetensors=True, attn_implementation="sdpa")
    for name, parameter in model.named_parameters():
        parameter.requires_grad = _tuned(name, recipe.frozen)
    dim = model.config.hidden_size
    heads = nn.ModuleDict({"whole": nn.Linear(dim, 1), "word": nn.Linear(dim, 1)})
    tuned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": tuned, "peak": recipe.rate},
            {"params": heads.parameters(), "peak": recipe.head_rate},
        ],
        weight_decay=0.01,
    )
    tokenizer = tokenizer_of(folder)
    read = [layout(tokenizer, p.sentence, p.evidence) for p in pairs]
    marked = [_marked(r, p) for r, p in zip(read, pairs, strict=True)]
    true = sum(p.right for p in pairs)
    weight = torch.tensor((len(pairs) - true) / max(true, 1))
    order = random.Random(recipe.seed)  # noqa: S311 -- shuffles batches
    total = recipe.epochs * -(-len(pairs) // recipe.batch)
    done, losses = 0, 0.0
    model.train()
    for _ in range(recipe.epochs):
        for rows in _batches([len(r.ids) for r in read], recipe.batch, order):
            for group in optimizer.param_groups:
                group["lr"] = (
                    group["peak"] * min(1, (done + 1) / (0.06 * total)) * (1 - done / total)
                )
            ids, kinds, mask = _padded([read[i] for i in rows])
            with torch.autocast("cpu", torch.bfloat16):
                states = model(
                    input_ids=ids, token_type_ids=kinds, attention_mask=mask
                ).last_hidden_state
            states = states.float()
            right = torch.tensor([float(pairs[i].right) for i in rows])
            whole = heads["whole"](states[:, 0]).squeeze(-1)
            loss = loss_of(whole, right, pos_weight=weight)
            words = heads["word"](states).squeeze(-1)
            at, wanted, share = _wanted([marked[i] for i in rows])
            if len(at[0]):
                each = loss_of(words[at], wanted, reduction="none")
                loss = loss + recipe.words_weight * (each * share).sum() / len(rows)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([*tuned, *heads.parameters()], 1.0)
            optimizer.step()
            done, losses = done + 1, 0.98 * losses + 0.02 * float(loss.detach())
            progress(f"training, loss {losses / (1 - 0.98**done):.3f}", done, total)
    kept = {n: p for n, p in model.named_parameters() if p.requires_grad}
    kept |= dict(heads.named_parameters())
    return {n: np.array(p.detach().numpy(), np.float32) for n, p in kept.items()}


def _tuned(name: str, frozen: int) -> bool:
    """Whether an encoder's parameter is tuned: the layers from `frozen` up, no embedding."""
    parts = name.split(".")
    return parts[:2] == ["encoder", "layer"] and int(parts[2]) >= frozen


def _marked(reading: Reading, pair: TrainingPair) -> list[float] | None:
    """For each of the sentence's pieces 1 if it is wrong, else 0; None where it is not known."""
    if pair.wrong is None:
        return None
    return [
        float(any(start < b and a < end for a, b in pair.wrong)) for start, end in reading.spans
    ]


def _batches(lengths: Sequence[int], size: int, rng: random.Random) -> Iterator[list[int]]:
    """Rows of like length together, the batches in a random order."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 8)
    cut = [order[k : k + size] for k in range(0, len(order), size)]
    rng.shuffle(cut)
    yield from cut


def _padded(read: Sequence[Reading]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    import torch

    width = max(len(r.ids) for r in read)
    ids, kinds, mask = (torch.zeros(len(read), width, dtype=torch.long) for _ in range(3))
    for row, r in enumerate(read):
        ids[row, : len(r.ids)] = torch.tensor(r.ids)
        kinds[row, : len(r.ids)] = torch.tensor(r.kinds)
        mask[row, : len(r.ids)] = 1
    return ids, kinds, mask


def _wanted(
    marked: Sequence[list[float] | None],
) -> tuple[tuple[torch.Tensor, torch.Tensor], torch.Tensor, torch.Tensor]:
    """(row, column) of the pieces whose mark is known, their marks, and what each weighs.

    The pieces of a sentence weigh 1 together; of one that has wrong pieces, half for these.
    """
    import torch

    rows: list[int] = []
    columns: list[int] = []
    wanted: list[float] = []
    share: list[float] = []
    for row, marks in enumerate(marked):
        if not marks:
            continue
        wrong = sum(marks)
        right = len(marks) - wrong
        for place, mark in enumerate(marks, 1):
            rows.append(row)
            columns.append(place)
            wanted.append(mark)
            both = 0.5 if wrong and right else 1.0
            share.append(both / (wrong if mark else right))
    return (torch.tensor(rows), torch.tensor(columns)), torch.tensor(wanted), torch.tensor(share)
