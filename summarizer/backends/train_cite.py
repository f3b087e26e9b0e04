"""Trains the citer on marked pairs: a logistic regression, and small networks from several seeds.

Features in, a LearnedCiter out; features are computed in citations, labels in training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.citer import Array, Layers, LearnedCiter
from summarizer.backends.logistic import fit
from summarizer.types import Progress, silent

_BATCH = 128


@dataclass(frozen=True, slots=True)
class CiteRecipe:
    """How a citer is trained; docs/LOG.md, cite, has what else was tried.

    l2: penalty of the logistic regression. seeds: networks, one each. hidden: units of the first
    layer; the second has half. epochs: times every pair is seen.
    """

    l2: float = 100.0
    seeds: int = 6
    hidden: int = 48
    epochs: int = 12
    rate: float = 2e-3
    decay: float = 1e-2
    dropout: float = 0.3


def train_citer(
    x: Array,
    right: NDArray[np.bool_],
    names: Sequence[str],
    recipe: CiteRecipe | None = None,
    *,
    name: str = "trained",
    progress: Progress = silent,
) -> LearnedCiter:
    """Train on (n_pairs, n_features) and whether each pair is marked."""
    recipe = recipe or CiteRecipe()
    mean, scale = x.mean(0), x.std(0) + 1e-6
    scaled = np.clip((x - mean) / scale, -5, 5).astype(np.float32)
    networks = []
    for seed in range(recipe.seeds):
        networks.append(_network(scaled, right, recipe, seed))
        progress("training", seed + 1, recipe.seeds)
    linear = fit(x, right, recipe.l2)
    return LearnedCiter(name, tuple(names), mean, scale, linear, tuple(networks))


def _network(
    x: NDArray[np.float32], right: NDArray[np.bool_], recipe: CiteRecipe, seed: int
) -> Layers:
    import torch
    from torch import nn
    from torch.nn.functional import binary_cross_entropy_with_logits as loss_of

    torch.manual_seed(seed)
    order = torch.Generator().manual_seed(seed)
    wide, narrow = recipe.hidden, recipe.hidden // 2
    net = nn.Sequential(
        *(nn.Dropout(0.1), nn.Linear(x.shape[1], wide), nn.ReLU(), nn.Dropout(recipe.dropout)),
        *(nn.Linear(wide, narrow), nn.ReLU(), nn.Dropout(recipe.dropout), nn.Linear(narrow, 1)),
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    rows, wanted = torch.from_numpy(x), torch.from_numpy(right.astype(np.float32))
    batch = min(_BATCH, len(x))
    steps = recipe.epochs * (len(x) // batch)
    done = 0
    for _ in range(recipe.epochs):
        shuffled = torch.randperm(len(x), generator=order)
        for start in range(0, len(x) - batch + 1, batch):
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * (1 - done / steps)
            chosen = shuffled[start : start + batch]
            loss = loss_of(net(rows[chosen]).squeeze(-1), wanted[chosen])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            done += 1
    linear = [layer for layer in net if isinstance(layer, nn.Linear)]
    return tuple((_array(layer.weight), _array(layer.bias)) for layer in linear)


def _array(parameter: object) -> NDArray[np.float32]:
    import torch

    if not isinstance(parameter, torch.Tensor):
        raise TypeError(f"a layer's parameter is a {type(parameter).__name__}, not a tensor")
    return np.array(parameter.detach().numpy(), np.float32)
