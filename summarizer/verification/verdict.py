"""The joint verdict: what alignment, reader and exact checks say, weighed by a small fitted model.

Numbers and weights only; who is asked when, and what is said of it, is `verifier`'s.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from summarizer.backends import Reading
from summarizer.verification.alignment import Alignment

_FURTHEST = 6.0
"""Log-odds beyond which a reader's certainty counts no more: it is sure too often."""


@dataclass(frozen=True)
class Calibration:
    """A logistic regression over named numbers: its intercept, and a weight for each name.

    least: the support in [0, 1] from which a sentence counts as carried.
    """

    intercept: float
    weights: Mapping[str, float]
    least: float

    def support(self, numbers: Mapping[str, float]) -> float:
        """The support in (0, 1). Raises KeyError for a number that is not there."""
        z = self.intercept + sum(w * numbers[name] for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, z))))


@cache
def calibration(with_reader: bool) -> Calibration:
    """The weights fitted with the shipped reader's readings, or for alignment and checks alone.

    They lie in calibration.json, which `python -m benchmarks.fit_verdict` makes.
    """
    text = (resources.files(__package__) / "calibration.json").read_text(encoding="utf-8")
    fitted = json.loads(text)["with reader" if with_reader else "alone"]
    return Calibration(float(fitted["intercept"]), fitted["weights"], float(fitted["least"]))


def numbers(alignment: Alignment, reading: Reading | None) -> dict[str, float]:
    """What each witness says of one sentence and its evidence, by name.

    reader, contradiction, doubt: log-odds, at most 6 either way, that the evidence carries the
    sentence, that it says otherwise, and of the sentence's worst word; without a reading they are
    left out. The rest is `Alignment.counts`. What an exact check refuses needs no weighing.
    """
    out = alignment.counts()
    if reading is not None:
        doubt = max((chance for _, _, chance in reading.doubts), default=0.0)
        out |= {
            "reader": _log_odds(reading.carried),
            "contradiction": _log_odds(reading.contradicted),
            "doubt": _log_odds(doubt),
        }
    return out


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-6), 1 - 1e-6)
    return max(-_FURTHEST, min(_FURTHEST, math.log(chance / (1 - chance))))
