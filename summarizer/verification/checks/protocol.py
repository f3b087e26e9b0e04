"""What a check is: a sentence and its sources in, findings out. The checks themselves are beside.

A check answers only what is exact; whether two wordings mean the same is the reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from summarizer.nlp import Parsed
from summarizer.types import Finding


@dataclass(frozen=True, slots=True)
class Source:
    """A source sentence as a check sees it.

    published: the date of its article as given, ISO 8601, or None where it is not known; which day
    a weekday means is known by it.
    """

    parsed: Parsed
    published: str | None = None


class Check(Protocol):
    """One kind of problem, looked for exactly."""

    def __call__(self, sentence: Parsed, sources: Sequence[Source]) -> Iterable[Finding]:
        """Every finding of this kind, in the order of the sentence; none where all is carried."""
        ...
