"""The learned support score: heads over MiniLM's token states, joined with plain numbers.

Exact checks are `facts`' and reported apart; training is in heads.py; no torch is needed here. A
folder without an adapter of ours holds a larger judge, which entailment.py loads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import Judge, Scorer, States
from summarizer.backends.support import describe
from summarizer.errors import WeightsCorrupt
from summarizer.weights import Weights, converted

MAX_TOKENS = 96
"""Word pieces of one sentence that are read; news sentences have about 30."""

MAX_EVIDENCE = 8
"""Evidence sentences that are read, in the order given (best first)."""

Array = NDArray[np.float32]
Read = Callable[[Sequence[str]], list[States]]
"""Texts to their word pieces and unit token states."""


@dataclass(frozen=True, eq=False, slots=True)
class Head:
    """Decomposable attention over token states: does each token find what it says?

    Every token of the sentence attends to the evidence's tokens; what it is compared with, how
    near, and whether its neighbours are met beside it, goes through two layers; the tokens' mean,
    maximum and attended sum give one logit.
    Source: Parikh et al., EMNLP 2016. We differ in: frozen contextual states, and the features of
    running on (a sentence spliced from true parts meets all its words, but not in one place).
    """

    parameters: Mapping[str, Array]

    def logit(self, asked: States, held: Sequence[States]) -> float:
        """The log-odds that the evidence carries the sentence; 0 where either has no word."""
        p = self.parameters
        rows = [h.rows for h in held if len(h.pieces)]
        if not rows or not len(asked.pieces):
            return 0.0
        q, e = asked.rows, np.concatenate(rows)
        sentence = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
        near = q @ e.T
        scores = p["temp"] * near + (q @ p["q.weight"].T) @ (e @ p["k.weight"].T).T
        met = _softmax(scores) @ (e @ p["v.weight"].T)
        own = q @ p["v.weight"].T
        top = -np.sort(-near, axis=1)[:, :2]
        top = top if top.shape[1] == 2 else np.repeat(top, 2, axis=1)
        place = near.argmax(1)
        before = np.concatenate([place[:1] - 1, place[:-1]])
        after = np.concatenate([place[1:], place[-1:] + 1])
        where = sentence[place]
        runs = (place - before == 1).astype(np.float32)
        same = np.concatenate([[1.0], where[1:] == where[:-1]])
        x = np.column_stack(
            [
                *(own, met, np.abs(own - met), own * met, top),
                *(runs, after - place == 1, np.tanh((place - before - 1) / 10), same),
            ]
        ).astype(np.float32)
        h = _relu(_relu(x @ p["f.0.weight"].T + p["f.0.bias"]) @ p["f.3.weight"].T + p["f.3.bias"])
        weight = _softmax((h @ p["w.weight"].T + p["w.bias"]).T)[0]
        pooled = [h.mean(0), h.max(0), weight @ h, [top[:, 0].mean(), top[:, 0].min(), runs.mean()]]
        hidden = _relu(np.concatenate(pooled) @ p["o.0.weight"].T + p["o.0.bias"])
        return float((hidden @ p["o.3.weight"].T + p["o.3.bias"])[0])


def _softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    share: Array = powers / powers.sum(axis=-1, keepdims=True)
    return share


def _relu(x: Array) -> Array:
    return np.maximum(x, 0)


@dataclass(frozen=True, eq=False, slots=True)
class Combiner:
    """A logistic regression over named numbers. weights: one for each name, unscaled."""

    intercept: float
    weights: Mapping[str, float]

    def support(self, numbers: Mapping[str, float]) -> float:
        """The support in (0, 1); 0.5 is where a sentence is as likely carried as not."""
        z = self.intercept + sum(w * numbers[name] for name, w in self.weights.items())
        return float(1 / (1 + np.exp(-np.clip(z, -30, 30))))


@dataclass(frozen=True, eq=False, slots=True)
class LearnedJudge:
    """Support by trained heads and plain features, joined by a logistic regression.

    reading: the regression that joins a writer's reading too, where there is one (reading.py).
    """

    name: str
    read: Read
    heads: tuple[Head, ...]
    combiner: Combiner
    reading: Combiner | None = None

    def beside(self, scorer: Scorer, free: float) -> Judge:
        """This judge with a writer's reading beside it, where one was fitted; else itself."""
        from summarizer.backends.reading import ReadingJudge

        if self.reading is None:
            return self
        return ReadingJudge(self, scorer, self.reading, free)

    def support(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """Return for each (sentence, evidence sentences, best first) a support in [0, 1].

        No evidence gives 0. Of more than eight sentences the first eight are read.
        """
        found = self.numbers(pairs)
        return [0.0 if n is None else self.combiner.support(n) for n in found]

    def numbers(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[dict[str, float] | None]:
        """What the combiner sees of each pair; None where there is no evidence."""
        cut = [(sentence, tuple(held[:MAX_EVIDENCE])) for sentence, held in pairs]
        texts = list(dict.fromkeys(t for sentence, held in cut for t in (sentence, *held)))
        states = dict(zip(texts, self.read(texts), strict=True))
        out: list[dict[str, float] | None] = []
        for sentence, held in cut:
            if not held:
                out.append(None)
                continue
            found = describe(sentence, held, states[sentence], [states[e] for e in held])
            found["heads"] = self.heads_say(states[sentence], [states[e] for e in held])
            out.append(found)
        return out

    def heads_say(self, asked: States, held: Sequence[States]) -> float:
        """The mean of the heads' logits."""
        return float(np.mean([head.logit(asked, held) for head in self.heads]))


def load(weights: Weights, *, threads: int) -> Judge:
    """Load the judge that lies in a model folder: ours over its encoder, or a larger one.

    Raises WeightsCorrupt if a part is missing.
    """
    if weights.adapter is None:
        from summarizer.backends.entailment import load as load_larger

        return load_larger(weights, threads=threads)
    heads, combiner, reading = load_adapter(weights.adapter)
    name = f"{weights.name}@{weights.digest[:8]}"
    return LearnedJudge(name, reader(weights, threads), heads, combiner, reading)


def save_adapter(
    folder: Path, heads: Sequence[Head], combiner: Combiner, reading: Combiner | None = None
) -> None:
    """Write adapter_model.safetensors, where `load_adapter` finds it, into the folder."""
    from safetensors.numpy import save_file

    tensors = {
        f"head.{i}.{name}": np.ascontiguousarray(value, dtype=np.float16)
        for i, head in enumerate(heads)
        for name, value in head.parameters.items()
    }
    tensors["combiner.intercept"] = np.array([combiner.intercept], np.float32)
    tensors["combiner.weight"] = np.array(list(combiner.weights.values()), np.float32)
    named = {"features": "|".join(combiner.weights)}
    if reading is not None:
        tensors["reading.intercept"] = np.array([reading.intercept], np.float32)
        tensors["reading.weight"] = np.array(list(reading.weights.values()), np.float32)
        named["reading"] = "|".join(reading.weights)
    save_file(tensors, str(folder / "adapter_model.safetensors"), metadata=named)


def load_adapter(folder: Path) -> tuple[tuple[Head, ...], Combiner, Combiner | None]:
    """Heads, combiner and, where one was fitted, the reading's combiner. Raises WeightsCorrupt."""
    from safetensors import SafetensorError, safe_open

    path = folder / "adapter_model.safetensors"
    try:
        with safe_open(str(path), framework="np") as file:
            tensors = {key: file.get_tensor(key).astype(np.float32) for key in file.keys()}  # noqa: SIM118
            named = file.metadata() or {}
        numbers = sorted({k.split(".")[1] for k in tensors if k.startswith("head.")})
        heads = tuple(
            Head({k.split(".", 2)[2]: t for k, t in tensors.items() if k.startswith(f"head.{n}.")})
            for n in numbers
        )

        def combiner(part: str, names: str) -> Combiner:
            weights = map(float, tensors[f"{part}.weight"])
            named_weights = dict(zip(names.split("|"), weights, strict=True))
            return Combiner(float(tensors[f"{part}.intercept"][0]), named_weights)

        reading = combiner("reading", named["reading"]) if "reading" in named else None
        return heads, combiner("combiner", named["features"]), reading
    except (SafetensorError, KeyError, ValueError, OSError) as error:
        raise WeightsCorrupt(
            f"{path} is not a judge's adapter ({error}); restore it or train it again"
        ) from error


def reader(weights: Weights, threads: int) -> Read:
    """Token states by CTranslate2, sentences sorted by length, in batches of 32."""
    import ctranslate2
    from tokenizers import Tokenizer

    def build(into: Path) -> None:
        from ctranslate2.converters import TransformersConverter

        TransformersConverter(str(weights.folder)).convert(str(into), force=True)

    folder = converted(weights, f"ct2-{ctranslate2.__version__}-float32", build)
    model = ctranslate2.Encoder(
        str(folder), device="cpu", compute_type="float32", inter_threads=threads, intra_threads=1
    )
    tokenizer = Tokenizer.from_file(str(weights.folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True  # "[SEP]" in an article is text
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")

    def read(texts: Sequence[str]) -> list[States]:
        encoded = tokenizer.encode_batch(list(texts), add_special_tokens=False)
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
        out: list[States] = [States((), np.zeros((0, 0), np.float32))] * len(texts)
        for start in range(0, len(order), 32):
            rows = order[start : start + 32]
            ids = [[first, *encoded[i].ids[:MAX_TOKENS], last] for i in rows]
            hidden = np.asarray(model.forward_batch(ids).last_hidden_state)
            for i, row, states in zip(rows, ids, hidden, strict=True):
                inner = states[1 : len(row) - 1].astype(np.float32)
                inner /= np.linalg.norm(inner, axis=1, keepdims=True) + 1e-9
                out[i] = States(tuple(encoded[i].tokens[:MAX_TOKENS]), inner)
        return out

    return read
