"""A trained reader: (evidence, sentence) pairs to whether it is carried, and which words are not.

Inference in torch on the CPU; the network is in reader_network, its training in train_reader.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from summarizer.backends import Reading
from summarizer.backends.premises import premises
from summarizer.backends.reader_network import Encoded, forward, merged
from summarizer.backends.tokens import padded
from summarizer.errors import WeightsCorrupt
from summarizer.model_store.weights import Weights

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MAX_TOKENS = 384
"""Tokens of evidence and sentence together that are read at once; positions go to 512."""

_PAD = 1
"""The padding's id."""

Scores = tuple[tuple[float, float, float], tuple[tuple[int, int, float], ...]]
"""Chances of contradicted, neither and carried; spans of the sentence's words, chance of fault."""


@dataclass(frozen=True, slots=True)
class MPNetReader:
    """Reads each pair by itself, so that no reading depends on other pairs.

    Evidence that does not fit at once is read in several parts of whole sentences, of which the
    one that carries most counts; a single sentence that is too long is read in pieces of words.
    score: premises, each with a sentence, to the `Scores` of each. size: tokens of a text.
    """

    name: str
    score: Callable[[Sequence[tuple[str, str]]], list[Scores]]
    size: Callable[[str], int]

    def read(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Reading]:
        """Read each (sentence, evidence sentences); without evidence nothing is carried."""
        parts = [
            [(premise, sentence) for premise in premises(evidence, self._room(sentence), self.size)]
            for sentence, evidence in pairs
        ]
        asked = list(dict.fromkeys(chain.from_iterable(parts)))
        known = dict(zip(asked, self.score(asked), strict=True))
        return [_reading([known[part] for part in own]) for own in parts]

    def _room(self, sentence: str) -> int:
        return max(32, MAX_TOKENS - self.size(sentence) - 4)


def _reading(found: Sequence[Scores]) -> Reading:
    """The reading of a sentence against the part of its evidence that carries it best."""
    if not found:
        return Reading(carried=0.0, contradicted=0.0, doubts=())
    (contradicted, _, carried), doubts = max(found, key=lambda scores: scores[0][2])
    return Reading(carried=carried, contradicted=contradicted, doubts=doubts)


def load(weights: Weights, *, threads: int) -> MPNetReader:
    """The reader of checked weights, on the CPU; the network is loaded when the first pair is read.

    Many a summary of quotations needs no reading at all. threads: of torch in the whole process, 1
    or more. Raises WeightsCorrupt where the adapter is missing, and, at the first pair, where it
    fits another base.
    """
    if weights.adapter is None:
        raise WeightsCorrupt(
            f"{weights.name} has no adapter, and is no reader without; train one with "
            "`summarizer train reader`"
        )
    lock = threading.Lock()

    @cache
    def tokenizer() -> Tokenizer:
        return tokenizer_of(weights)

    @cache
    def network() -> tuple[Any, dict[str, Any]]:
        import torch

        return merged(weights, torch.bfloat16)

    @cache
    def workers() -> ThreadPoolExecutor:
        import torch

        # Two pairs in a thread each take half the time of one after the other in two threads, and
        # are read to the same bit (docs/LOG.md, int8). Torch keeps the number for each thread, and
        # the last one set for threads to come: so all workers begin at once, and it is set again.
        begun = threading.Barrier(threads)
        pool = ThreadPoolExecutor(threads, initializer=torch.set_num_threads, initargs=(1,))
        list(pool.map(lambda _: begun.wait(), range(threads)))
        torch.set_num_threads(threads)
        return pool

    def size(text: str) -> int:
        return len(tokenizer().encode(text, add_special_tokens=False).ids)

    def one(pair: Pair, sentence: str) -> Scores:
        import torch

        with torch.inference_mode():
            logits, faults = forward(*network(), batched([pair]))
        chances = logits[0].float().softmax(-1).tolist()
        at_fault = faults[0].float().sigmoid().tolist()
        pieces = [
            (start, end, at_fault[pair.first + i]) for i, (start, end) in enumerate(pair.spans)
        ]
        return (chances[0], chances[1], chances[2]), _words(sentence, pieces)

    def score(asked: Sequence[tuple[str, str]]) -> list[Scores]:
        if not asked:
            return []
        with lock:  # two summaries at once load it once
            network()
            pool = workers()
        encoded = [encode(tokenizer(), premise, sentence) for premise, sentence in asked]
        return list(pool.map(one, encoded, (sentence for _, sentence in asked)))

    return MPNetReader(f"{weights.name}@{weights.digest[:8]}", score, size)


def _words(
    sentence: str, pieces: Sequence[tuple[int, int, float]]
) -> tuple[tuple[int, int, float], ...]:
    """Word pieces joined to words, each with its worst piece's chance."""
    words: list[tuple[int, int, float]] = []
    for start, end, fault in pieces:
        if words and not sentence[words[-1][1] : start] and sentence[start : start + 1].isalnum():
            first, _, before = words[-1]
            words[-1] = (first, end, max(before, fault))
        else:
            words.append((start, end, fault))
    return tuple(words)


# --- pairs as ids --------------------------------------------------------------------------------


def tokenizer_of(weights: Weights) -> Tokenizer:
    """The base's tokenizer, which here neither pads nor cuts, and takes text as text."""
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(weights.folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True  # "</s>" in an article is text
    return tokenizer


@dataclass(frozen=True, slots=True)
class Pair:
    """One (premise, sentence) as ids. first: where the sentence's tokens begin among them.

    spans: for each token of the sentence the half-open code points that it is cut from.
    """

    ids: tuple[int, ...]
    first: int
    spans: tuple[tuple[int, int], ...]


def encode(tokenizer: Any, premise: str, sentence: str) -> Pair:
    """`<s> premise </s></s> sentence </s>`, as the base was trained to see two texts."""
    begin, end = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    held = tokenizer.encode(premise, add_special_tokens=False).ids
    asked = tokenizer.encode(sentence, add_special_tokens=False)
    ids = (begin, *held, end, end, *asked.ids, end)
    return Pair(ids, len(held) + 3, tuple(asked.offsets))


def batched(pairs: Sequence[Pair]) -> Encoded:
    """Pairs as one batch, padded to the longest."""
    import torch

    ids, mask = padded([pair.ids for pair in pairs], _PAD)
    asked = torch.zeros_like(ids)
    for row, pair in enumerate(pairs):
        asked[row, pair.first : pair.first + len(pair.spans)] = 1
    return Encoded(ids, mask, asked)
