"""Intervals and paired differences by resampling stories. No score is computed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.evaluation.report import Score

Counts = NDArray[np.int64]
"""(resamples, stories): how often each story was drawn in each resample."""


@dataclass(frozen=True, slots=True)
class Tally:
    """One story's part of a score: the score of many stories is the ratio of their sums.

    A mean over stories has `of` 1 a story; a share, a precision or a micro F1
    (2 right / (found + marked)) has its own count. `of` 0 leaves the story out.
    """

    amount: float
    of: float = 1.0


def draws(n: int, *, seed: int, resamples: int) -> Counts:
    """Draw n > 0 stories with replacement, `resamples` times; the same for the same seed."""
    return np.random.default_rng(seed).multinomial(n, np.full(n, 1.0 / n), size=resamples)


def _arrays(tallies: Sequence[Tally | None]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    amount = np.array([t.amount if t else 0.0 for t in tallies], dtype=np.float64)
    of = np.array([t.of if t else 0.0 for t in tallies], dtype=np.float64)
    return amount, of


def _ratios(
    amount: NDArray[np.float64], of: NDArray[np.float64], counts: Counts
) -> NDArray[np.float64]:
    """The score of each resample; nan where none of the drawn stories has it."""
    below = counts @ of
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(below > 0, (counts @ amount) / below, np.nan)


def interval(tallies: Sequence[Tally | None], counts: Counts) -> Score | None:
    """The score and its percentile interval; None where no story has it.

    tallies: one a story, in the order of the columns of `counts`; None was not scored.
    Source: Efron & Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13.
    """
    amount, of = _arrays(tallies)
    if of.sum() <= 0:
        return None
    low, high = np.nanpercentile(_ratios(amount, of, counts), [2.5, 97.5])
    value = amount.sum() / of.sum()
    return Score(value=value, low=low, high=high, n=(of > 0).sum())


def difference(
    a: Sequence[Tally | None], b: Sequence[Tally | None], counts: Counts
) -> tuple[Score, float] | None:
    """a's score less b's and its p, over the stories that both have; None if none.

    Both are scored on the same resamples. p in (0, 1] is two-sided: twice the smaller share of
    resamples on either side of zero, never under 1 / (resamples + 1). Source: paired bootstrap,
    Koehn, EMNLP 2004, section 4.
    """
    both = [bool(x and y and x.of > 0 and y.of > 0) for x, y in zip(a, b, strict=True)]
    if not any(both):
        return None
    keep = np.array(both)
    (amount_a, of_a), (amount_b, of_b) = _arrays(a), _arrays(b)
    amount_a, of_a, amount_b, of_b = (x * keep for x in (amount_a, of_a, amount_b, of_b))
    resampled = _ratios(amount_a, of_a, counts) - _ratios(amount_b, of_b, counts)
    resampled = resampled[~np.isnan(resampled)]
    value = amount_a.sum() / of_a.sum() - amount_b.sum() / of_b.sum()
    low, high = np.percentile(resampled, [2.5, 97.5])
    tail = min(int((resampled <= 0).sum()), int((resampled >= 0).sum()))
    p = min(1.0, 2.0 * (tail + 1) / (resampled.size + 1))
    return Score(value=value, low=low, high=high, n=keep.sum()), p
