"""Trains the judge's heads with torch: pairs and token states in, named arrays out.

The same computation without torch, one pair at a time, is judge.Head; a test holds them together.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import States
from summarizer.errors import BadInput

if TYPE_CHECKING:
    import torch

Array = NDArray[np.float32]

Pair = tuple[str, tuple[str, ...], int]
"""Sentence, evidence sentences, 1 if they carry it."""

RANK, HIDDEN = 96, 64
_BATCH = 32
_RATE = 1.5e-3


def read_pairs(path: Path) -> list[Pair]:
    """Lines {"sentence", "evidence": [text, …], "label": 0 | 1}; six evidence sentences are used.

    Raises BadInput, naming the line, or where all pairs are of one label.
    """
    pairs: list[Pair] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            pairs.append((row["sentence"], tuple(row["evidence"][:6]), int(row["label"])))
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(
                f"{path.name}, line {number}: {error}; make the pairs as the judge's card says"
            ) from None
    if len({label for _, _, label in pairs}) < 2:
        raise BadInput(f"{path.name} needs true and false pairs; make them as the card says")
    return pairs


def train_heads(
    pairs: Sequence[Pair],
    read: Callable[[Sequence[str]], list[States]],
    seeds: Sequence[int],
    report: Callable[[str, int, int], None],
) -> list[dict[str, Array]]:
    """One head from each seed, on the same pairs. report: called with (what, done, total)."""
    texts = list(dict.fromkeys(t for s, held, _ in pairs for t in (s, *held)))
    states = dict(zip(texts, read(texts), strict=True))
    usable = [p for p in pairs if len(states[p[0]].pieces) > 2]
    steps = -(-len(usable) // _BATCH)
    heads = []
    for n, seed in enumerate(seeds):

        def tell(done: int, loss: float, n: int = n) -> None:
            report(f"training, loss {loss:.3f}", n * steps + done, len(seeds) * steps)

        heads.append(train_head(usable, states, seed, report=tell))
    return heads


def train_head(
    pairs: Sequence[Pair],
    states: Mapping[str, States],
    seed: int,
    epochs: int = 1,
    report: Callable[[int, float], None] | None = None,
) -> dict[str, Array]:
    """Train one head from its seed; true pairs weigh as much as false ones together.

    states: of every text. report: called with (batches done, mean loss). Returns judge.Head's
    parameters by name. One epoch is enough: later ones learn the made errors by heart.
    """
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as loss_of

    torch.manual_seed(seed)
    rng = Random(seed)  # noqa: S311 -- shuffles batches
    dim = next(s.rows.shape[1] for s in states.values() if len(s.pieces))
    net = network(dim)
    optimizer = torch.optim.AdamW(net.parameters(), lr=_RATE, weight_decay=0.05)
    true = sum(label for _, _, label in pairs)
    weight = torch.tensor((len(pairs) - true) / max(true, 1))
    total, step, losses = epochs * -(-len(pairs) // _BATCH), 0, 0.0
    net.train()
    for _ in range(epochs):
        for rows, batch in batches(pairs, states, rng):
            for group in optimizer.param_groups:
                group["lr"] = _RATE * min(1, step / 50) * (1 - step / total)
            right = torch.tensor([float(pairs[i][2]) for i in rows])
            loss = loss_of(net(*batch), right, pos_weight=weight)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            step, losses = step + 1, losses + float(loss.detach())
            if report is not None:
                report(step, losses / step)
    return {name: np.array(p.numpy(), np.float32) for name, p in net.state_dict().items()}


def batches(
    pairs: Sequence[Pair], states: Mapping[str, States], rng: Random | None = None
) -> Iterator[tuple[list[int], tuple[torch.Tensor, ...]]]:
    """Rows of `pairs` of like length; (sentence, its mask, evidence, its mask, whose), padded."""
    import torch

    def length(i: int) -> tuple[int, int]:
        sentence, held, _ = pairs[i]
        return sum(len(states[t].pieces) for t in held) // 16, len(states[sentence].pieces)

    order = sorted(range(len(pairs)), key=length)
    cut = [order[k : k + _BATCH] for k in range(0, len(order), _BATCH)]
    if rng is not None:
        rng.shuffle(cut)
    for rows in cut:
        asked = [states[pairs[i][0]].rows for i in rows]
        held = [[states[t].rows for t in pairs[i][1] if len(states[t].pieces)] for i in rows]
        n = max(1, *(len(a) for a in asked))
        m = max(2, *(sum(len(e) for e in h) for h in held))
        dim = asked[0].shape[1]
        q, e = torch.zeros(len(rows), n, dim), torch.zeros(len(rows), m, dim)
        q_on, e_on = torch.zeros(q.shape[:2]).bool(), torch.zeros(e.shape[:2]).bool()
        whose = torch.zeros(e.shape[:2]).long()
        for r, (a, h) in enumerate(zip(asked, held, strict=True)):
            q[r, : len(a)], q_on[r, : len(a)] = torch.from_numpy(a), True
            start = 0
            for number, rows_of in enumerate(h):
                end = start + len(rows_of)
                e[r, start:end], e_on[r, start:end] = torch.from_numpy(rows_of), True
                whose[r, start:end] = number
                start = end
        yield rows, (q, q_on, e, e_on, whose)


def network(dim: int) -> torch.nn.Module:
    """The head as a torch module over padded batches; see judge.Head for what it computes."""
    import torch
    from torch import nn

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.q = nn.Linear(dim, RANK, bias=False)
            self.k = nn.Linear(dim, RANK, bias=False)
            self.v = nn.Linear(dim, RANK, bias=False)
            self.f = nn.Sequential(
                *(nn.Linear(4 * RANK + 6, HIDDEN), nn.ReLU(), nn.Dropout(0.3)),
                *(nn.Linear(HIDDEN, HIDDEN), nn.ReLU()),
            )
            self.w = nn.Linear(HIDDEN, 1)
            self.o = nn.Sequential(
                *(nn.Linear(3 * HIDDEN + 3, HIDDEN), nn.ReLU(), nn.Dropout(0.3)),
                nn.Linear(HIDDEN, 1),
            )
            self.temp = nn.Parameter(torch.tensor(12.0))
            self.drop = nn.Dropout(0.2)
            nn.init.orthogonal_(self.q.weight)
            self.k.weight.data.copy_(self.q.weight.data)
            nn.init.orthogonal_(self.v.weight)

        def forward(
            self,
            q: torch.Tensor,
            q_on: torch.Tensor,
            e: torch.Tensor,
            e_on: torch.Tensor,
            whose: torch.Tensor,
        ) -> torch.Tensor:
            near = (q @ e.transpose(1, 2)).masked_fill(~e_on[:, None], -1)
            scores = self.temp * near + self.q(q) @ self.k(e).transpose(1, 2)
            met = scores.masked_fill(~e_on[:, None], -1e4).softmax(-1) @ self.v(e)
            own = self.v(q)
            top = near.topk(2, -1).values
            place = near.argmax(-1)
            before = torch.cat([place[:, :1] - 1, place[:, :-1]], 1)
            follows = torch.cat([q_on[:, 1:], torch.zeros_like(q_on[:, :1])], 1)
            after = torch.where(follows, torch.cat([place[:, 1:], place[:, -1:]], 1), place + 1)
            where = whose.gather(1, place)
            runs = (place - before == 1).float()
            same = torch.cat([torch.ones_like(runs[:, :1]), where[:, 1:] == where[:, :-1]], 1)
            beside = [runs, after - place == 1, torch.tanh((place - before - 1) / 10), same]
            x = torch.cat([own, met, (own - met).abs(), own * met, top], -1)
            h = self.f(self.drop(torch.cat([x, torch.stack(beside, -1)], -1)))
            on, size = q_on[..., None].float(), q_on.sum(1).clamp(min=1)[:, None]
            weight = self.w(h).squeeze(-1).masked_fill(~q_on, -1e4).softmax(-1)
            pooled = [
                *((h * on).sum(1) / size, h.masked_fill(~q_on[..., None], -1e4).max(1).values),
                (weight[..., None] * h).sum(1),
                (top[..., :1] * on).sum(1) / size,
                top[..., 0].masked_fill(~q_on, 2).min(1).values[:, None],
                (runs * q_on).sum(1, keepdim=True) / size,
            ]
            logit: torch.Tensor = self.o(torch.cat(pooled, -1)).squeeze(-1)
            return logit

    return Network()
