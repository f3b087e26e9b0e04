"""The learned citer: features of a text and a source sentence to the chance of a citation.

The features are computed in citations, training is in train_cite.py. No torch is needed here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.errors import WeightsCorrupt
from summarizer.model_store.weights import Weights

Array = NDArray[np.float64]
Layers = tuple[tuple[NDArray[np.float32], NDArray[np.float32]], ...]
"""(weight, bias) of each layer, (n_out, n_in) and (n_out,)."""

_FAR = 5.0
"""Standard deviations from the mean at which a feature is clipped."""


@dataclass(frozen=True, eq=False, slots=True)
class LearnedCiter:
    """The mean of a logistic regression and of small networks with rectified layers.

    names: the features, in order. mean, scale: of each in training. linear: intercept and weights
    of unscaled features. networks: over scaled ones, one trained from each of several seeds.
    """

    name: str
    names: tuple[str, ...]
    mean: Array
    scale: Array
    linear: Array
    networks: tuple[Layers, ...]

    def chance(self, table: Mapping[str, Array]) -> Array:
        """The chance in [0, 1] of each pair. Raises WeightsCorrupt if a feature is not known."""
        if missing := [n for n in self.names if n not in table]:
            raise WeightsCorrupt(
                f"the citer {self.name!r} asks for {missing[0]!r}, which is not computed here; "
                "train it again as its card says"
            )
        x = np.stack([table[n] for n in self.names], axis=-1)
        said = _chance(self.linear[0] + x @ self.linear[1:])
        if not self.networks:
            return said
        scaled = np.clip((x - self.mean) / self.scale, -_FAR, _FAR).astype(np.float32)
        nets = [_chance(_through(layers, scaled)) for layers in self.networks]
        both: Array = (said + np.mean(nets, axis=0)) / 2
        return both

    def save(self, folder: Path) -> None:
        """Write adapter_model.safetensors, where `load_adapter` finds it, into the folder."""
        from safetensors.numpy import save_file

        tensors = {
            f"net.{n}.{i}.{part}": np.ascontiguousarray(value, np.float32)
            for n, layers in enumerate(self.networks)
            for i, pair in enumerate(layers)
            for part, value in zip(("weight", "bias"), pair, strict=True)
        }
        for part, values in (("mean", self.mean), ("scale", self.scale), ("linear", self.linear)):
            tensors[part] = np.ascontiguousarray(values, np.float64)
        path = str(folder / "adapter_model.safetensors")
        save_file(tensors, path, metadata={"features": "|".join(self.names)})


def _through(layers: Layers, x: NDArray[np.float32]) -> Array:
    for number, (weight, bias) in enumerate(layers):
        x = (np.maximum(x, 0) if number else x) @ weight.T + bias
    odds: Array = x[..., 0].astype(np.float64)
    return odds


def _chance(odds: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30, 30))))


def load(weights: Weights) -> LearnedCiter:
    """Load the citer in a model folder's adapter/. Raises WeightsCorrupt."""
    if weights.adapter is None:
        raise WeightsCorrupt(
            f"the citer {weights.name!r} has no adapter/adapter_model.safetensors; "
            "restore its folder or train it again as its card says"
        )
    return load_adapter(weights.adapter, f"{weights.name}@{weights.digest[:8]}")


def load_adapter(folder: Path, name: str) -> LearnedCiter:
    """The citer of an adapter folder. Raises WeightsCorrupt."""
    from safetensors import SafetensorError, safe_open

    path = folder / "adapter_model.safetensors"
    try:
        with safe_open(str(path), framework="np") as file:
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
            names = tuple((file.metadata() or {})["features"].split("|"))
        networks: list[Layers] = []
        while f"net.{len(networks)}.0.weight" in tensors:
            stem = f"net.{len(networks)}"
            layers = range(sum(k.startswith(f"{stem}.") for k in tensors) // 2)
            networks.append(
                tuple((tensors[f"{stem}.{i}.weight"], tensors[f"{stem}.{i}.bias"]) for i in layers)
            )
        mean, scale, linear = (tensors[k].astype(np.float64) for k in ("mean", "scale", "linear"))
    except (SafetensorError, KeyError, ValueError, OSError) as error:
        raise WeightsCorrupt(
            f"{path} is not a citer's adapter ({error}); restore it or train it again"
        ) from error
    if not len(names) == len(mean) == len(scale) == len(linear) - 1:
        raise WeightsCorrupt(
            f"{path} names {len(names)} features but weighs {len(linear) - 1}; train it again"
        )
    return LearnedCiter(name, names, mean, scale, linear, tuple(networks))


def stacked(tables: Sequence[Mapping[str, Array]], names: Sequence[str]) -> Array:
    """(n_pairs, n_features): the pairs of several tables under each other."""
    return np.concatenate(
        [np.stack([t[n] for n in names], axis=-1).reshape(-1, len(names)) for t in tables]
    )
