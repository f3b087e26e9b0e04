"""A Qwen2 chat model in a gguf file by CTranslate2, in 8 bits on the CPU.

The file is converted once, its adapter merged in. It reads a prompt several times as fast as
llama.cpp, and its texts do not change with the number of threads (docs/LOG.md, int8). Prompts are
made in prompt.py, as for every chat model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarizer.backends.chat import Answer, Chat, OnText, Request
from summarizer.backends.gguf import ARCHITECTURES, tokenizer_folder, updates
from summarizer.backends.prompt import Form
from summarizer.errors import ModelFailed
from summarizer.model_store.weights import Weights, converted

Floats = NDArray[np.float32]

_LINEAR = ("attn_q", "attn_k", "attn_v")
"""What CTranslate2 computes in one product: queries, keys and values."""

_MANY = 8
"""Requests that are worth a second copy of the weights in memory: those of a batch of stories."""

_WORKERS = 4
"""Requests answered side by side, at most: each needs some 0.3 GB while it is read."""

_UNFINISHED = "\ufffd"
"""What the bytes of a character decode to while some of them are not written yet."""


@dataclass(frozen=True, slots=True)
class Int8Writer(Chat):
    """A chat model in this process.

    generator: CTranslate2's, all threads on one request. at_once: requests that many are answered
    at once. workers: makes, once, the generator that does so, with its part of the threads each.
    """

    form: Form
    generator: Any
    at_once: int
    workers: Callable[[], Any]

    def answer(self, request: Request, on_text: OnText | None = None) -> str:
        """Return what the model says to a request, heard token by token.

        Raises ModelFailed where the request does not fit its context.
        """
        return self._by(self.generator, request, on_text)

    def among(self, requests: int) -> tuple[Answer, int]:
        """Many requests get a thread each: threads on one wait for each other (LOG: int8)."""
        if requests < _MANY or self.at_once == 1:
            return self.answer, 1
        return partial(self._by, self.workers()), self.at_once

    def _by(self, generator: Any, request: Request, on_text: OnText | None) -> str:
        prompt = self.form.chat(request.turns)
        limit = self.form.limit(request.new)
        if len(prompt) > limit:
            raise ModelFailed(
                f"the reports and what is asked have {len(prompt)} tokens and {self.name} reads "
                f"{limit}; ask for a shorter text"
            )
        ids: list[int] = []
        steps = generator.generate_tokens(
            [self.form.pieces(prompt)], max_length=request.new, end_token=list(self.form.stops)
        )
        with closing(steps):  # a follower that cancels ends the engine's work, too
            if on_text is not None:
                on_text("", 0.0)
            for step in steps:
                ids.append(step.token_id)
                if on_text is not None:
                    on_text(self._said(ids).rstrip(_UNFINISHED), 1.0)
        return self._said(ids)

    def _said(self, ids: list[int]) -> str:
        return self.form.decode([i for i in ids if i not in self.form.stops])


def load(weights: Weights, *, threads: int) -> Int8Writer:
    """Load a gguf file, with its adapter where it has one; the first time it is converted.

    Raises ModelFailed where it is no Qwen2, or its adapter that of another model.
    """
    import ctranslate2

    form = Form.of(tokenizer_folder(weights), weights.name)
    folder = converted(
        weights, f"ct2-{version('ctranslate2')}-int8", lambda into: _convert(weights, into)
    )
    open_ = partial(ctranslate2.Generator, str(folder), device="cpu", compute_type="int8")
    at_once = min(threads, _WORKERS)
    return Int8Writer(
        f"{weights.name}@{weights.digest[:8]}/ct2",
        form,
        open_(inter_threads=1, intra_threads=threads),
        at_once,
        cache(partial(open_, inter_threads=at_once, intra_threads=threads // at_once)),
    )


def _convert(weights: Weights, into: Path) -> None:
    """Write a Qwen2 of 8-bit rows into a folder, as CTranslate2's own converter does.

    Layers as in ctranslate2.converters.transformers.Qwen2Loader (4.8).
    """
    import gguf
    from ctranslate2.specs import Activation, TransformerDecoderModelSpec

    read = gguf.GGUFReader(str(weights.file))
    told = _Header(read.fields)
    tensors = {t.name: t for t in read.tensors}
    if told.architecture not in ARCHITECTURES:
        raise ModelFailed(
            f"{weights.name} is a {told.architecture}, and CTranslate2 is given gguf files of "
            f'{", ".join(sorted(ARCHITECTURES))}; set engine = "llama.cpp" in its model.toml'
        )
    learned = {} if weights.adapter is None else updates(weights.adapter)
    other = f"the adapter of {weights.name} is of another base; train it anew"
    if not learned.keys() <= tensors.keys():
        raise ModelFailed(other)

    def values(name: str) -> Floats:
        stored = tensors[name]
        found: Floats = gguf.quants.dequantize(stored.data, stored.tensor_type)
        if name not in learned:
            return found
        down, up, scale = learned[name]
        if (len(up), down.shape[1]) != found.shape:
            raise ModelFailed(other)
        return found + np.float32(scale) * (up @ down)

    heads, shared = told("attention.head_count"), told("attention.head_count_kv")
    spec = TransformerDecoderModelSpec.from_config(
        told("block_count"),
        heads,
        activation=Activation.SWISH,
        ffn_glu=True,
        rms_norm=True,
        rotary_dim=0,
        rotary_interleave=False,
        rotary_base=told("rope.freq_base"),
        num_heads_kv=None if shared == heads else shared,
    )
    decoder = spec.decoder
    decoder.scale_embeddings = False
    _set(decoder.embeddings, [values("token_embd.weight")])
    decoder.layer_norm.gamma = values("output_norm.weight")
    tied = "output.weight" not in tensors
    _set(decoder.projection, [values("token_embd.weight" if tied else "output.weight")])
    for number, layer in enumerate(decoder.layer):
        block = f"blk.{number}."
        attention, forward = layer.self_attention, layer.ffn
        attention.layer_norm.gamma = values(f"{block}attn_norm.weight")
        _set(
            attention.linear[0],
            [values(f"{block}{name}.weight") for name in _LINEAR],
            [values(f"{block}{name}.bias") for name in _LINEAR],
        )
        _set(attention.linear[1], [values(f"{block}attn_output.weight")])
        forward.layer_norm.gamma = values(f"{block}ffn_norm.weight")
        _set(forward.linear_0, [values(f"{block}ffn_gate.weight")])
        _set(forward.linear_0_noact, [values(f"{block}ffn_up.weight")])
        _set(forward.linear_1, [values(f"{block}ffn_down.weight")])
    vocabulary = told("tokens", "tokenizer.ggml")
    spec.register_vocabulary(vocabulary)
    spec.config.bos_token = vocabulary[told("bos_token_id", "tokenizer.ggml")]
    spec.config.eos_token = vocabulary[told("eos_token_id", "tokenizer.ggml")]
    spec.config.unk_token = ""
    spec.config.layer_norm_epsilon = told("attention.layer_norm_rms_epsilon")
    spec.validate()
    spec.optimize()
    spec.save(str(into))


class _Header:
    """What a gguf file says of its model: values by their names without the architecture's."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.fields = fields
        self.architecture = fields["general.architecture"].contents()

    def __call__(self, name: str, of: str | None = None) -> Any:
        return self.fields[f"{of or self.architecture}.{name}"].contents()


def _set(layer: Any, weights: list[Floats], biases: Sequence[Floats] = ()) -> None:
    """Give a layer its rows in 8 bits, each with the scale that its largest number sets."""
    rows = np.concatenate(weights) if len(weights) > 1 else weights[0]
    largest = np.maximum(rows.max(axis=1), -rows.min(axis=1))
    layer.weight_scale = np.float32(127) / np.where(largest > 0, largest, np.float32(127))
    scaled = rows * layer.weight_scale[:, None]
    layer.weight = np.rint(scaled, out=scaled).astype(np.int8)
    if biases:
        layer.bias = np.concatenate(biases)
