"""What a check is: a sentence and its sources in, findings out. The checks themselves are beside.

A check answers only what is exact; whether two wordings mean the same is the reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from summarizer.nlp import Parsed
from summarizer.types import Finding


class Check(Protocol):
    """One kind of problem, looked for exactly. Its name opens the id of each of its rules."""

    __name__: str

    def __call__(self, sentence: Parsed, sources: Sequence[Parsed]) -> Iterable[Finding]:
        """Every finding of this kind, in the order of the sentence; none where all is carried."""
        ...
