"""Any sentence to the source sentences that carry it, each with a calibrated score.

Scores and chooses; whether what is chosen really carries the sentence is for `verification`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import Citer, Vectors
from summarizer.citations.batching import Remembered
from summarizer.citations.carriers import candidates, carriers
from summarizer.citations.features import Matrix, Order, features
from summarizer.citations.token_similarity import Meeting, near
from summarizer.schema import Citation
from summarizer.types import Embedded

__all__ = [
    "INTERCEPT",
    "WEIGHTS",
    "Matrix",
    "Meeting",
    "Order",
    "Remembered",
    "Scores",
    "candidates",
    "carriers",
    "choose",
    "cite",
    "cite_closely",
    "close_features",
    "features",
    "near",
    "scored",
    "weigh",
]

Scores = NDArray[np.float64]
"""(n_texts, n_sentences) in [0, 1]."""


def cite(texts: Sequence[str], vectors: Vectors, embedded: Embedded) -> Scores:
    """Score every source sentence for every text: (n_texts, n_sentences) float64 in [0, 1].

    vectors: (n_texts, dim) unit rows of `texts`. A score is the estimated chance that a person
    would mark the sentence as evidence of the text. It depends on the story's other sentences
    (how far from the best match, what comes before and after) but never on the other texts.
    Takes time linear in the sentences.
    """
    if not texts or not embedded.sentences:
        return np.zeros((len(texts), len(embedded.sentences)))
    table = features(texts, vectors, embedded)
    return 1 / (1 + np.exp(-weigh(table, INTERCEPT, WEIGHTS)))


def cite_closely(
    texts: Sequence[str], vectors: Vectors, embedded: Embedded, meeting: Meeting, citer: Citer
) -> Scores:
    """As `cite`, by a learned citer that also sees the similarities of word pieces.

    meeting: of the texts with the story's sentences. Better than `cite` and slower: it is for texts
    of others, and `cite` for the many sentences of ours.
    """
    if not texts or not embedded.sentences:
        return np.zeros((len(texts), len(embedded.sentences)))
    return citer.chance(close_features(texts, vectors, embedded, meeting))


def close_features(
    texts: Sequence[str], vectors: Vectors, embedded: Embedded, meeting: Meeting
) -> dict[str, Matrix]:
    """What `features` and `near` know of each pair; neither sequence is empty."""
    return features(texts, vectors, embedded) | near(meeting, Order.of(embedded))


def choose(scores: NDArray[np.float64], most: int, least: float) -> list[int]:
    """The rows to cite for one text, best first: (n_sentences,) scores in [0, 1].

    most: rows at most. least: the score in [0, 1] from which a row is cited.
    """
    order = np.argsort(-scores, kind="stable")[:most]
    return [int(r) for r in order if scores[r] >= least]


def scored(
    rows: Iterable[int], scores: NDArray[np.float64], embedded: Embedded
) -> tuple[Citation, ...]:
    """Citations of source sentences `rows`, each with its score of (n_sentences,) in [0, 1]."""
    return tuple(Citation.of(embedded.sentences[r], float(scores[r])) for r in rows)


def weigh(table: Mapping[str, Matrix], intercept: float, weights: Mapping[str, float]) -> Matrix:
    """The log-odds, in the features' shape: intercept plus the weighted sum of the named ones."""
    shape = next(iter(table.values())).shape
    return np.full(shape, intercept) + sum(w * table[name] for name, w in weights.items())


# --- what training found -------------------------------------------------------------------------

INTERCEPT = -1.0247
WEIGHTS: dict[str, float] = {
    "cosine": 0.7506, "cosine under best": 0.6614, "cosine under article's best": 0.0732,
    "cosine rank": -0.2343, "cosine before": 0.1495, "cosine after": 0.0724,
    "cosine deviation": 0.2785, "article's best cosine": 0.5740, "best cosine": -0.5242,
    "recall": -2.2650, "recall under best": 0.1889, "recall under article's best": 0.5440,
    "recall rank": 0.0434, "recall before": -0.1358, "recall after": 0.7695,
    "recall deviation": 0.1890, "article's best recall": -0.8028, "best recall": -0.4216,
    "overlap": 1.2038, "overlap under best": 0.2452, "overlap under article's best": 0.3351,
    "overlap rank": -0.0483, "overlap before": 3.6045, "overlap after": 3.5753,
    "overlap deviation": 0.0300, "article's best overlap": -0.2036, "best overlap": -0.1478,
    "precision": 0.3992, "shared weight": 0.2799, "shared words": -0.1680, "names": -0.3034,
    "numbers": 1.4761, "shared numbers": 0.4258, "plain words": -0.3225, "alone": 0.0070,
    "pairs of words": 4.7800, "sentence's words": -0.0081, "text's words": 0.0174,
    "adds to the one before": 3.2627, "adds to the one after": 2.2144, "adds to best": 0.8311,
    "not in best": -0.0859, "like best": 0.1423, "like second": 0.0440, "steps from best": -0.0073,
    "centrality": -0.9025, "position": -0.0019, "share before": -0.3278,
    "article's sentences": -0.0512, "sentences": -0.3481,
}  # fmt: skip
"""A logistic regression over 28 stories (L2, C = 0.02 on scaled features)."""
