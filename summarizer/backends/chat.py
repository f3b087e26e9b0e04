"""Chat models as writers and composers: what they are asked, whichever engine answers.

The words of a request are prompt.py's; an engine only answers requests.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summarizer.backends import Brief, Commission, Correction
from summarizer.backends.prompt import (
    Message,
    clean,
    composed_room,
    composition,
    corrected_room,
    correction,
    messages,
    room,
    unthought,
)

_WARMTH = 0.7  # temperature of the drafts after the first


@dataclass(frozen=True, slots=True)
class Request:
    """A chat up to where the model answers.

    new: tokens of the answer, at most. temperature: 0 for greedy decoding; seed: for all else.
    """

    turns: tuple[Message, ...]
    new: int
    seed: int
    temperature: float = 0.0


Answers = Callable[[Sequence[Request]], list[str]]
"""What the model says to each request; the empty string where a request does not fit it."""


@dataclass(frozen=True, slots=True)
class Chat(ABC):
    """A chat model; each engine says how it answers.

    most: different drafts of one brief that it is asked for.
    """

    name: str
    most: int

    @abstractmethod
    def answers(self, requests: Sequence[Request]) -> list[str]:
        """Return what the model says to each request."""

    def write(self, briefs: Sequence[Brief], n: int) -> list[list[str]]:
        """Return cleaned, different drafts a brief, at most `n`, the greedy one first."""
        n = min(n, self.most)
        asked = [_drafted(brief, k) for brief in briefs for k in range(n)]
        texts = iter(self.answers(asked))
        return [clean([next(texts) for _ in range(n)], brief)[:n] for brief in briefs]

    def compose(self, commissions: Sequence[Commission]) -> list[str]:
        """Return a text for each commission."""
        return composed(self.answers, commissions)

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return each sentence in other words."""
        return corrected(self.answers, corrections)


def composed(answers: Answers, commissions: Sequence[Commission]) -> list[str]:
    """A text for each commission, greedily decoded."""
    asked = [Request(tuple(composition(c)), composed_room(c), c.seed) for c in commissions]
    return [unthought(text) for text in answers(asked)]


def corrected(answers: Answers, corrections: Sequence[Correction]) -> list[str]:
    """Each sentence in other words, greedily decoded."""
    asked = [Request(tuple(correction(c)), corrected_room(c), c.seed) for c in corrections]
    return [unthought(text) for text in answers(asked)]


def _drafted(brief: Brief, k: int) -> Request:
    turns = tuple(messages(brief.evidence, brief.task))
    return Request(turns, room(brief), (brief.seed + k) % 2**31, _WARMTH if k else 0.0)
