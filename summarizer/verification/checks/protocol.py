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

    article: the article's id, or the empty string where sources are plain texts. published: the
    article's date as given, ISO 8601, or None. before: the sentences before it in its article,
    nearest last, for what a pronoun or "the company" stands for; empty where not known.
    """

    parsed: Parsed
    article: str = ""
    published: str | None = None
    before: tuple[Parsed, ...] = ()


class Check(Protocol):
    """One kind of problem, looked for exactly."""

    def __call__(self, sentence: Parsed, sources: Sequence[Source]) -> Iterable[Finding]:
        """Every finding of this kind, in the order of the sentence; none where all is carried."""
        ...
