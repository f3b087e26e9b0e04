"""Which claims answer others: where somebody is accused, what the accused says is told, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.nlp import Parsed, parse
from summarizer.nlp.definites import (
    account_referents,
    anaphors,
    demonstratives,
    of_what_is_said,
)
from summarizer.nlp.denials import accused, denies, negated, speaking
from summarizer.types import Grouped

_BEFORE = 4
"""Sentences before a denial in which what it points at was said."""

_DENIES, _NEGATES, _SPEAKS = 3, 2, 1
"""How plainly a claim answers another: "rejected it", "had not done it", words of the accused."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a claim's first sentence says.

    denies: in words of denial. meant: the rows that a denial points at ("disputed that account"),
    None where it says itself what it denies. negated: lemmas of what a speaker says did not happen.
    lemmas: all. accused, speaking: the words of the names of whom another speaks, and who speaks.
    """

    denies: bool
    meant: frozenset[int] | None
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
                denies(p),
                _meant(p, e.rows[0], grouped) if denies(p) else None,
                negated(p),
                frozenset(t.lemma for t in p.tokens),
                accused(p),
                speaking(p),
            )
            for p, e in zip(parses, grouped.evidence, strict=True)
        ]
        return cls(grouped, config, said)

    def pending(
        self, free: NDArray[np.bool_], spoken: Sequence[int]
    ) -> tuple[int, tuple[int, ...]] | None:
        """The answer that must be told next, and the rows of what it answers; None if none must.

        free: (n_evidence,), which claims may be told. spoken: those that are. Where no answer is
        told, the plainest one to anything spoken; afterwards only denials that are near to a claim
        that nothing spoken answers. What points at an answer disputes that in turn.
        """
        heard = {d: c for d in spoken if (c := self._answered(d, spoken)) is not None}
        unanswered = [c for c in spoken if c not in heard.values()]
        claims = [c for c in unanswered if c not in heard]
        found = [
            (self._kind(d, claim), self._near(d, claim), d, claim)
            for d in np.flatnonzero(free).tolist()
            if (claim := self._answered(d, unanswered if self._points(d) else claims)) is not None
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
        about = [(self._kind(answer, c), self._near(answer, c), c) for c in claims]
        kind, _, claim = max(about, default=(0, 0.0, -1))
        return claim if kind else None

    def _kind(self, answer: int, claim: int) -> int:
        """How plainly one claim answers another; 0 for not at all."""
        one, other = self.said[answer], self.said[claim]
        if answer == claim or other.denies:
            return 0
        if one.meant is not None:  # which claim it is, and no other
            return 0 if one.meant.isdisjoint(self.grouped.evidence[claim].rows) else _DENIES
        if one.denies and self._near(answer, claim) >= self.config.selection.answer_least:
            return _DENIES
        if not one.negated.isdisjoint(other.lemmas - other.negated):
            return _NEGATES
        return 0 if one.speaking.isdisjoint(other.accused) else _SPEAKS

    def _points(self, answer: int) -> bool:
        return self.said[answer].meant is not None

    def _near(self, one: int, other: int) -> float:
        """The cosine of two claims; 1 where the first points at what it answers."""
        if self._points(one):
            return 1.0
        vectors, evidence = self.grouped.embedded.vectors, self.grouped.evidence
        return float(vectors[evidence[one].rows[0]] @ vectors[evidence[other].rows[0]])


def _meant(parsed: Parsed, row: int, grouped: Grouped) -> frozenset[int] | None:
    """The rows of what was said right before a row in its article, if it only points at that."""
    back = list(anaphors(parsed))
    if not any(map(of_what_is_said, demonstratives(parsed))) and not back:
        return None
    sentences = grouped.embedded.sentences
    before = [
        r
        for r in grouped.embedded.article_rows[sentences[row].article]
        if sentences[r].field == "text" and r < row
    ][-_BEFORE:]
    said = [before[i] for i in account_referents(parse([sentences[r].text for r in before]))]
    if back and not set(before[-1:]) <= set(said):
        said = before[-1:]  # "All four denied it" of what is told, and not said
    return frozenset(said)
