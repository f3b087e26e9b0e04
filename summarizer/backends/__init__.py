"""What a model must be able to do, in plain values: Encoder, Writer, Judge; and what some can.

This package is the only place that imports torch, transformers or ctranslate2,
and each of its modules does so only when it is asked to load. This file imports
none of them: any package may import it.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""(n, dim) float32, every row of unit length."""


@dataclass(frozen=True, eq=False, slots=True)
class States:
    """A text's word pieces and their last hidden states: (n_pieces, dim) float32, unit rows."""

    pieces: tuple[str, ...]
    rows: NDArray[np.float32]


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


@dataclass(frozen=True, slots=True)
class Report:
    """What a composer reads of one outlet: its name, and source sentences in their order."""

    outlet: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commission:
    """What a composer is asked for: a whole text over reports of one event.

    differing: one line for each thing on which the reports differ, with every value and who gives
    it. words: the length of the text. seed: as a Brief's.
    """

    reports: tuple[Report, ...]
    differing: tuple[str, ...]
    words: int
    seed: int


@dataclass(frozen=True, slots=True)
class PartialText:
    """A composed text under way.

    place: of its commission among those asked. text: as far as it is written. read: the share of
    the prompt, in [0, 1], that the model has read; it writes nothing before 1.
    """

    place: int
    text: str
    read: float = 1.0


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence that is asked for again.

    evidence: the source sentences that come nearest to it. fault: what is wrong with it, in words.
    max_words, seed: as a Brief's.
    """

    evidence: tuple[str, ...]
    sentence: str
    fault: str
    max_words: int
    seed: int


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


@runtime_checkable
class CloseEncoder(Protocol):
    """An encoder that can also say what each word piece means where it stands."""

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[States]]:
        """Return what `encode` returns, and the states of each text's pieces, in one pass."""
        ...


class Citer(Protocol):
    """What is known of pairs of text and source sentence, to the chance that people mark them."""

    @property
    def name(self) -> str:
        """Names the model and its weights."""
        ...

    def chance(self, table: Mapping[str, NDArray[np.float64]]) -> NDArray[np.float64]:
        """Return the chance in [0, 1] of each pair, in the shape of the features in `table`."""
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
        the other briefs of the call. One list a brief, in their order, of 0 to `n` drafts.
        """
        ...


@runtime_checkable
class Bounded(Protocol):
    """A writer that may be unable to read all of a brief."""

    def reads(self, brief: Brief) -> int:
        """Return how many evidence sentences of `brief` reach the model, best first, each whole."""
        ...


@runtime_checkable
class Composer(Protocol):
    """A writer that can also write a whole text, and correct a sentence of it."""

    def compose(self, commissions: Sequence[Commission]) -> list[str]:
        """Return for each commission a text; empty where nothing can be written."""
        ...

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return each sentence without its fault; empty where nothing can be written."""
        ...


@runtime_checkable
class Streaming(Protocol):
    """A composer that also shows each text while it is written."""

    def composing(self, commissions: Sequence[Commission]) -> Generator[PartialText, None, None]:
        """Yield the texts as they grow; the last of each commission is what `compose` returns.

        Closing it stops the model within a token or a part of a prompt.
        """
        ...


@runtime_checkable
class Remote(Protocol):
    """A writer that sends what it is given to another process."""

    @property
    def notice(self) -> str:
        """Where the texts go: one sentence for whoever asks for a summary."""
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of one sentence and its evidence.

    carried, contradicted: chances in [0, 1] that the evidence says so, or says otherwise; the rest
    is neither. doubts: half-open spans of the sentence's words, in order, each with the chance in
    [0, 1] that the word is not carried.
    """

    carried: float
    contradicted: float
    doubts: tuple[tuple[int, int, float], ...] = ()


class Reader(Protocol):
    """Reads a sentence beside its evidence: carried, contradicted or neither, and which words."""

    @property
    def name(self) -> str:
        """Names the model and its weights, for the summary's signature."""
        ...

    def read(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Reading]:
        """Read each (sentence, evidence sentences); a reading does not depend on the others."""
        ...
