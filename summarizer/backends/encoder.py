"""Sentence vectors by a BERT-like encoder with mean pooling: CTranslate2 on CPU, torch on CUDA.

The only thing here is text to vectors; where weights come from is decided in model_store.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import Encoder, States, Vectors
from summarizer.backends.tokens import padded
from summarizer.model_store.weights import Weights, converted

MAX_TOKENS = 256
"""Tokens that the model reads at once, special ones included (its card; positions go to 512)."""

_BATCH = 64
_WIDTH = 8  # a window is padded to a multiple of so many tokens, whatever else is in its batch
_LEAST = 192  # tokens of the smallest batch, padding included
# With both, CTranslate2's kernels give a window the same bits alone and among others; padded to
# the longest of a batch, one story in 28 depended on the others (docs/LOG.md, batch).

Forward = Callable[[Sequence[Sequence[int]]], list[NDArray[np.float32]]]
"""Token ids of some windows to the last hidden states of each, (n_tokens, dim)."""


@dataclass(frozen=True, slots=True)
class MeanPooled:
    """An encoder whose vector is the mean of the last layer's states, at unit length.

    Sentences of about one length go through together, so that little is padding, in batches of at
    most 64; batches run side by side on `workers` threads, and a vector does not depend on them. A
    sentence of more than 256 tokens is read in windows, whose means are averaged by their lengths:
    nothing is cut off. Text is data: `[SEP]` in it is five characters.
    Source: Reimers & Gurevych, EMNLP 2019 (mean pooling).
    """

    name: str
    dim: int
    workers: int
    forward: Forward
    windows: Callable[[Sequence[str]], list[list[list[int]]]]
    piece: Callable[[int], str]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dim) float32 unit rows, in the order of `texts`."""
        sums = np.zeros((len(texts), self.dim), dtype=np.float64)
        for row, _, ids, mean in self._run(texts, lambda states: states.mean(axis=0)):
            sums[row] += len(ids) * mean.astype(np.float64)
        return self._unit(sums)

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[States]]:
        """Return what `encode` returns, and the states of each text's pieces, in one pass.

        A text of several windows has the pieces of all; the marks around a window have no state.
        """
        sums = np.zeros((len(texts), self.dim), dtype=np.float64)
        found: list[dict[int, tuple[list[int], NDArray[np.float32]]]] = [{} for _ in texts]
        for row, number, ids, states in self._run(texts, lambda states: states):
            sums[row] += len(ids) * states.mean(axis=0).astype(np.float64)
            inner = states[1:-1].astype(np.float32)
            inner /= np.linalg.norm(inner, axis=1, keepdims=True) + 1e-9
            found[row][number] = (ids[1:-1], inner)
        read = []
        for windows in found:
            parts = [windows[number] for number in sorted(windows)]
            pieces = tuple(self.piece(i) for ids, _ in parts for i in ids)
            read.append(States(pieces, np.concatenate([rows for _, rows in parts])))
        return self._unit(sums), read

    def _run(
        self, texts: Sequence[str], keep: Callable[[NDArray[np.float32]], NDArray[np.float32]]
    ) -> Iterator[tuple[int, int, list[int], NDArray[np.float32]]]:
        """(text, window of it, token ids, what `keep` made of the window's states), any order."""
        flat = [
            (row, number, ids)
            for row, windows in enumerate(self.windows(texts) if texts else ())
            for number, ids in enumerate(windows)
        ]
        flat.sort(key=lambda item: len(item[2]))
        batches = [
            same[i : i + _BATCH]
            for _, wide in groupby(flat, lambda item: width_of(item[2]))
            for same in [list(wide)]
            for i in range(0, len(same), _BATCH)
        ]

        def work(batch: Sequence[tuple[int, int, list[int]]]) -> list[NDArray[np.float32]]:
            return [keep(states) for states in self.forward([ids for _, _, ids in batch])]

        with ThreadPoolExecutor(self.workers) as pool:
            for batch, made in zip(batches, pool.map(work, batches), strict=True):
                for (row, number, ids), kept in zip(batch, made, strict=True):
                    yield row, number, ids, kept

    @staticmethod
    def _unit(sums: NDArray[np.float64]) -> Vectors:
        unit: Vectors = (sums / np.linalg.norm(sums, axis=1, keepdims=True)).astype(np.float32)
        return unit


def width_of(ids: Sequence[int]) -> int:
    """The tokens that a window takes with its padding."""
    return -(-len(ids) // _WIDTH) * _WIDTH


def padded_alike(batch: Sequence[Sequence[int]]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Windows of one width as an array, and their lengths: the same bits alone and among others."""
    width = max(map(width_of, batch))
    alike = np.zeros((max(len(batch), -(-_LEAST // width)), width), dtype=np.int32)
    lengths = np.full(len(alike), 1, dtype=np.int32)
    for row, ids in enumerate(batch):
        alike[row, : len(ids)] = ids
        lengths[row] = len(ids)
    return alike, lengths


def load(weights: Weights, *, device: str, threads: int) -> Encoder:
    """Load an encoder from checked weights. device: "cpu" or a CUDA device that is there.

    threads: of CTranslate2, 1 or more; a model that torch runs leaves it unused.
    """
    windows, piece = _windower(weights.folder)
    name = f"{weights.name}@{weights.digest[:8]}"
    if device == "cpu" and _converts(weights.folder):
        return _ctranslate2(weights, name, threads, windows, piece)
    return _torch(weights, name, device, windows, piece)


def _converts(folder: Path) -> bool:
    """Whether CTranslate2 reads this configuration: a BERT that states its kind of positions."""
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    stated = config.get("model_type"), config.get("position_embedding_type")
    return stated == ("bert", "absolute")


Windows = Callable[[Sequence[str]], list[list[list[int]]]]
"""Texts to the token ids of their windows, special tokens around each."""


def _windower(folder: Path) -> tuple[Windows, Callable[[int], str]]:
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

    def piece(number: int) -> str:
        return str(tokenizer.id_to_token(number))

    return windows, piece


def _ctranslate2(
    weights: Weights, name: str, threads: int, windows: Windows, piece: Callable[[int], str]
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
        alike, lengths = map(ctranslate2.StorageView.from_array, padded_alike(batch))
        states = np.asarray(model.forward_batch(alike, lengths).last_hidden_state)
        return [s[: len(ids)] for s, ids in zip(states, batch, strict=False)]

    dim = forward(windows([""])[0])[0].shape[1]
    return MeanPooled(f"{name}/ct2", dim, threads, forward, windows, piece)


def _torch(
    weights: Weights, name: str, device: str, windows: Windows, piece: Callable[[int], str]
) -> Encoder:
    import torch
    from transformers import AutoModel

    model = AutoModel.from_pretrained(weights.folder, use_safetensors=True).to(device).eval()

    def forward(batch: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        ids, mask = padded(batch, 0)
        with torch.inference_mode():
            states = model(input_ids=ids.to(device), attention_mask=mask.to(device))
            rows = states.last_hidden_state.float().cpu().numpy()
        return [s[: len(ids)] for s, ids in zip(rows, batch, strict=True)]

    return MeanPooled(f"{name}/torch", model.config.hidden_size, 1, forward, windows, piece)
