"""Which claims answer others: where somebody is accused, what the accused says is told, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.nlp import parse
from summarizer.nlp.denials import accused, denies, negated, speaking
from summarizer.types import Grouped

_DENIES, _NEGATES, _SPEAKS = 3, 2, 1
"""How plainly a claim answers another: "rejected it", "had not done it", words of the accused."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a claim's first sentence says.

    denies: in words of denial. negated: lemmas of what a speaker says did not happen. lemmas: all.
    accused, speaking: the words of the names of whom another speaks, and of who speaks.
    """

    denies: bool
    negated: frozenset[str]
    lemmas: frozenset[str]
    accused: frozenset[str]
    speaking: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answers:
    """A story's claims as answers to each other."""

    grouped: Grouped
    config: Config
    said: Sequence[_Said]

    @classmethod
    def of(cls, grouped: Grouped, config: Config) -> Self:
        """Read each claim's first sentence."""
        sentences = grouped.embedded.sentences
        parses = parse([sentences[e.rows[0]].text for e in grouped.evidence])
        said = [
            _Said(
                denies(p), negated(p), frozenset(t.lemma for t in p.tokens), accused(p), speaking(p)
            )
            for p in parses
        ]
        return cls(grouped, config, said)

    def pending(
        self, free: NDArray[np.bool_], spoken: Sequence[int]
    ) -> tuple[int, tuple[int, ...]] | None:
        """The answer that must be told next, and the rows of what it answers; None if none must.

        free: (n_evidence,), which claims may be told. spoken: those that are. Where no answer is
        told, the plainest one to anything spoken; afterwards only denials that are near to a claim
        that nothing spoken answers.
        """
        heard = {d: c for d in spoken if (c := self._answered(d, spoken)) is not None}
        claims = [c for c in spoken if c not in heard and c not in heard.values()]
        found = [
            (self._kind(d, claim), self._cosine(d, claim), d, claim)
            for d in np.flatnonzero(free).tolist()
            if (claim := self._answered(d, claims)) is not None
        ]
        if heard:
            near = self.config.selection.answer_near
            found = [f for f in found if f[0] == _DENIES and f[1] >= near]
        if not found:
            return None
        *_, best, claim = max(found)
        return best, self.grouped.evidence[claim].rows

    def _answered(self, answer: int, claims: Sequence[int]) -> int | None:
        """The claim that another answers most plainly, the nearest of several; None if none."""
        about = [(self._kind(answer, c), self._cosine(answer, c), c) for c in claims]
        kind, _, claim = max(about, default=(0, 0.0, -1))
        return claim if kind else None

    def _kind(self, answer: int, claim: int) -> int:
        """How plainly one claim answers another; 0 for not at all."""
        one, other = self.said[answer], self.said[claim]
        if answer == claim or other.denies:
            return 0
        if one.denies and self._cosine(answer, claim) >= self.config.selection.answer_least:
            return _DENIES
        if not one.negated.isdisjoint(other.lemmas - other.negated):
            return _NEGATES
        return 0 if one.speaking.isdisjoint(other.accused) else _SPEAKS

    def _cosine(self, one: int, other: int) -> float:
        vectors, evidence = self.grouped.embedded.vectors, self.grouped.evidence
        return float(vectors[evidence[one].rows[0]] @ vectors[evidence[other].rows[0]])
