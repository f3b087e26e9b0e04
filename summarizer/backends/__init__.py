"""What a model must be able to do, in plain values: Encoder, Composer, Judge and their like.

This package is the only place that imports torch, transformers or ctranslate2,
and each of its modules does so only when it is asked to load. This file imports
none of them: any package may import it.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

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
class Report:
    """What a composer reads of one outlet: its name, and source sentences in their order."""

    outlet: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commission:
    """What a composer is asked for: a whole text over reports of one event.

    differing: one line for each thing on which the reports differ, with every value and who gives
    it. words: the length of the text. seed: seeds sampling for this text alone, so a batch equals
    single runs.
    """

    reports: tuple[Report, ...]
    differing: tuple[str, ...]
    words: int
    seed: int

    @property
    def sentences(self) -> int:
        """How many source sentences its reports have."""
        return sum(len(report.sentences) for report in self.reports)


@dataclass(frozen=True, slots=True)
class PartialText:
    """A composed text under way.

    place: of its commission among those asked. text: as far as it is written. read: the share of
    the prompt, in [0, 1], that the model has read; it writes nothing before 1. unread: source
    sentences of the commission that do not fit into what the model reads.
    """

    place: int
    text: str
    read: float = 1.0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """A sentence that is asked for again.

    evidence: the source sentences that come nearest to it. fault: what is wrong with it, in words.
    max_words: the length to stay within. seed: as a Commission's.
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


class Composer(Protocol):
    """Reports to a whole text, and a sentence of it once more."""

    @property
    def name(self) -> str:
        """Names the model and its weights, for the summary's signature."""
        ...

    def composing(self, commissions: Sequence[Commission]) -> Generator[PartialText, None, None]:
        """Yield the texts as they grow; a model that shows nothing before yields each once, whole.

        The last of each commission is its text, empty where nothing can be written. It does not
        depend on the other commissions of the call. Closing it stops the model within a token or a
        part of a prompt where it streams.
        """
        ...

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return each sentence without its fault; empty where nothing can be written."""
        ...


def texts_of(composer: Composer, commissions: Sequence[Commission]) -> list[str]:
    """The finished text of each commission."""
    texts = [""] * len(commissions)
    for found in composer.composing(commissions):
        texts[found.place] = found.text
    return texts


@runtime_checkable
class Remote(Protocol):
    """A composer that sends what it is given to another process."""

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
