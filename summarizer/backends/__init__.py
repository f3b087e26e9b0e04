"""What a model must be able to do, in plain values: Encoder, Writer, Judge.

This package is the only place that imports torch, transformers or ctranslate2,
and each of its modules does so only when it is asked to load. This file imports
none of them: rooms may depend on it freely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""(n, dim) float32, every row of unit length."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a writer is asked for: one sentence that says what its evidence says.

    evidence: the source sentences, best first, at least one.
    max_words: the length to stay within, in words.
    seed: seeds sampling for this brief alone, so a batch equals single runs.
    task: "sentence" for a sentence of the summary, "title" for its headline.
    """

    evidence: tuple[str, ...]
    max_words: int
    seed: int
    task: Literal["sentence", "title"] = "sentence"


class Encoder(Protocol):
    """Sentences to vectors."""

    @property
    def name(self) -> str:
        """Names the model and its weights, for the summary's signature."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dim) float32 rows of unit length, in the order of `texts`.

        The empty string is allowed; no texts give shape (0, dim).
        """
        ...


class Writer(Protocol):
    """Evidence to drafts."""

    @property
    def name(self) -> str:
        """Names the model and its weights, for the summary's signature."""
        ...

    def write(self, briefs: Sequence[Brief], n: int) -> list[list[str]]:
        """Return for each brief at most `n` different drafts, most likely first.

        All briefs go through the model together. A brief's drafts do not depend on
        the other briefs of the call. A writer may return fewer than `n`, or none.
        """
        ...


@runtime_checkable
class Bounded(Protocol):
    """A writer that may be unable to read all of a brief."""

    def reads(self, brief: Brief) -> int:
        """Return how many evidence sentences of `brief` reach the model, best first, each whole."""
        ...


class Judge(Protocol):
    """Is a sentence carried by its evidence?"""

    @property
    def name(self) -> str:
        """Names the model and its weights, for the summary's signature."""
        ...

    def support(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """Return for each (sentence, evidence sentences) a support in [0, 1]."""
        ...
