"""Sentence vectors by a BERT-like encoder with mean pooling: CTranslate2 on CPU, torch on CUDA.

The only thing here is text to vectors; where weights come from is decided in weights.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import Encoder, Vectors
from summarizer.weights import Weights, converted

MAX_TOKENS = 256
"""Tokens that the model reads at once, special ones included (its card; positions go to 512)."""

_BATCH = 64

Forward = Callable[[Sequence[Sequence[int]]], list[NDArray[np.float32]]]
"""Token ids of some windows to the mean of each one's last hidden states, (dim,) each."""


@dataclass(frozen=True, slots=True)
class MeanPooled:
    """An encoder whose vector is the mean of the last layer's states, at unit length.

    Sentences go through sorted by length, so that little is padding, in batches of 64; batches run
    side by side on `workers` threads. A sentence of more than 256 tokens is read in windows, whose
    means are averaged by their lengths: nothing is cut off. Text is data: `[SEP]` in it is five
    characters.
    Source: Reimers & Gurevych, EMNLP 2019 (mean pooling).
    """

    name: str
    dim: int
    workers: int
    forward: Forward
    windows: Callable[[Sequence[str]], list[list[list[int]]]]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dim) float32 unit rows, in the order of `texts`."""
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        cut = self.windows(texts)
        flat = [(row, ids) for row, windows in enumerate(cut) for ids in windows]
        flat.sort(key=lambda item: len(item[1]))
        batches = [flat[i : i + _BATCH] for i in range(0, len(flat), _BATCH)]
        sums = np.zeros((len(texts), self.dim), dtype=np.float64)
        with ThreadPoolExecutor(self.workers) as pool:
            means = pool.map(lambda batch: self.forward([ids for _, ids in batch]), batches)
            for batch, of_batch in zip(batches, means, strict=True):
                for (row, ids), mean in zip(batch, of_batch, strict=True):
                    sums[row] += len(ids) * mean.astype(np.float64)
        sums /= np.linalg.norm(sums, axis=1, keepdims=True)
        return sums.astype(np.float32)


def load(weights: Weights, *, device: str, threads: int) -> Encoder:
    """Load an encoder from checked weights. device: "cpu" or a CUDA device that is there."""
    windows = _windower(weights.folder)
    name = f"{weights.name}@{weights.digest[:8]}"
    if device == "cpu" and _converts(weights.folder):
        return _ctranslate2(weights, name, threads, windows)
    return _torch(weights, name, device, windows)


def _converts(folder: Path) -> bool:
    """Whether CTranslate2 reads this configuration: a BERT that states its kind of positions."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    stated = config.get("model_type"), config.get("position_embedding_type")
    return stated == ("bert", "absolute")


def _windower(folder: Path) -> Callable[[Sequence[str]], list[list[list[int]]]]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True  # "[SEP]" in an article is text
    first, last = tokenizer.encode("", add_special_tokens=True).ids
    size = MAX_TOKENS - 2

    def windows(texts: Sequence[str]) -> list[list[list[int]]]:
        encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [
            [[first, *e.ids[i : i + size], last] for i in range(0, max(len(e.ids), 1), size)]
            for e in encoded
        ]

    return windows


def _ctranslate2(
    weights: Weights,
    name: str,
    threads: int,
    windows: Callable[[Sequence[str]], list[list[list[int]]]],
) -> Encoder:
    import ctranslate2

    def build(into: Path) -> None:
        from ctranslate2.converters import TransformersConverter

        TransformersConverter(str(weights.folder)).convert(str(into), force=True)

    folder = converted(weights, f"ct2-{ctranslate2.__version__}-float32", build)
    # One thread a worker: threads of one worker wait for each other (docs/LOG.md, encoder).
    model = ctranslate2.Encoder(
        str(folder), device="cpu", compute_type="float32", inter_threads=threads, intra_threads=1
    )

    def forward(batch: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        states = np.asarray(model.forward_batch([list(ids) for ids in batch]).last_hidden_state)
        return [s[: len(ids)].mean(axis=0) for s, ids in zip(states, batch, strict=True)]

    dim = forward(windows([""])[0])[0].shape[0]
    return MeanPooled(f"{name}/ct2", dim, threads, forward, windows)


def _torch(
    weights: Weights,
    name: str,
    device: str,
    windows: Callable[[Sequence[str]], list[list[list[int]]]],
) -> Encoder:
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(weights.folder, use_safetensors=True).to(device).eval()

    def forward(batch: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        width = max(map(len, batch))
        ids = torch.zeros(len(batch), width, dtype=torch.long)
        mask = torch.zeros(len(batch), width, dtype=torch.long)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            mask[row, : len(tokens)] = 1
        with torch.inference_mode():
            mask = mask.to(device)
            states = model(input_ids=ids.to(device), attention_mask=mask).last_hidden_state
            means = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return list(means.float().cpu().numpy())

    return MeanPooled(f"{name}/torch", model.config.hidden_size, 1, forward, windows)
