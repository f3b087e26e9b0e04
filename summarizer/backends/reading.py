"""A judge that also asks how likely the writer finds a sentence, with its evidence and without.

The writer's chances are told by a `Scorer`; here they become numbers beside those of the learned
judge, for sentences that mostly copy. What joins them is fitted in judged.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import Scorer
from summarizer.backends.judge import Combiner, LearnedJudge
from summarizer.copying import shared_pairs

PASSAGES = 6
"""Evidence sentences that the writer reads, best first; further ones add time and no accuracy."""

READING = ("mean chance", "gain", "lowest fifth", "lowest")
"""The numbers that `describe_reading` gives."""


def describe_reading(with_: NDArray[np.float64], without: NDArray[np.float64]) -> dict[str, float]:
    """Numbers about one sentence, of its tokens' log-chances with evidence and without, in nats.

    mean chance, lowest, lowest fifth: of the tokens with the evidence. gain: what the evidence adds
    to the mean. Source: Suhara and Alikaniotis, EACL 2024, who cite by the gain; for judging, we
    found the least likely tokens to say more.
    """
    if not len(with_):
        return dict.fromkeys(READING, 0.0)
    ordered = np.sort(with_)
    return {
        "mean chance": float(with_.mean()),
        "gain": float((with_ - without).mean()),
        "lowest fifth": float(ordered[: max(1, len(ordered) // 5)].mean()),
        "lowest": float(ordered[0]),
    }


@dataclass(frozen=True, eq=False, slots=True)
class ReadingJudge:
    """The learned judge, and for what mostly copies the writer's reading beside it.

    free: share of a sentence's word pairs in one source from which it counts as copied; under it
    the learned judge alone speaks, since a writer finds free wording unlikely, true or not.
    """

    learned: LearnedJudge
    scorer: Scorer
    combiner: Combiner
    free: float

    @property
    def name(self) -> str:
        """The learned judge's, and whose reading is asked."""
        return f"{self.learned.name}+{self.scorer.name}"

    def support(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """Return for each (sentence, evidence sentences, best first) a support in [0, 1]."""
        found = self.learned.numbers(pairs)
        copied = [
            i
            for i, (sentence, held) in enumerate(pairs)
            if held and shared_pairs(sentence, held) >= self.free
        ]
        asked = [(pairs[i][0], pairs[i][1][:PASSAGES]) for i in copied]
        out = [0.0 if n is None else self.learned.combiner.support(n) for n in found]
        for i, (with_, without) in zip(copied, self.scorer.log_chances(asked), strict=True):
            numbers: Mapping[str, float] = found[i] or {}
            out[i] = self.combiner.support({**numbers, **describe_reading(with_, without)})
        return out
