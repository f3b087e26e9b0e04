"""Any sentence to the source sentences that carry it, each with a score.

Scores and chooses; whether what is chosen really carries the sentence is judged in `verify`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from summarizer import prose
from summarizer.backends import Vectors
from summarizer.config import Config
from summarizer.story import Embedded

Scores = NDArray[np.float64]
"""(n_texts, n_sentences) in [0, 1]."""


def cite(texts: Sequence[str], vectors: Vectors, embedded: Embedded) -> Scores:
    """Score every source sentence for every text: (n_texts, n_sentences) float64 in [0, 1].

    vectors: (n_texts, dim) unit rows of `texts`. A logistic of the vectors' cosine and of the
    idf-weighted share of the text's words that the sentence holds; linear in the sentences.
    """
    sources = [frozenset(_stems(s.text)) for s in embedded.sentences]
    document = Counter(w for s in sources for w in s)
    n = max(1, len(sources))
    scores = np.zeros((len(texts), len(sources)))
    cosine = vectors @ embedded.vectors.T if len(sources) else scores
    for i, text in enumerate(texts):
        weight = {w: log(1 + n / (1 + document[w])) for w in set(_stems(text))}
        total = sum(weight.values()) or 1.0
        shared = np.array([sum(weight[w] for w in weight if w in s) / total for s in sources])
        scores[i] = 1 / (1 + np.exp(-(7.0 * cosine[i] + 6.0 * shared - 6.6)))
    return scores


def choose(scores: NDArray[np.float64], config: Config) -> list[int]:
    """The rows to cite for one text, best first: (n_sentences,) scores in [0, 1]."""
    order = np.argsort(-scores, kind="stable")[: config.cite_most]
    return [int(r) for r in order if scores[r] >= config.cite_least]


_SILENT = frozenset(
    "the a an of to in and for on with at by from as is was were are be been has have had it its "
    "that this which who he she they his her their or not but will would said says".split()  # noqa: SIM905
)


def _stems(text: str) -> list[str]:
    return [w[:6] for w in map(str.lower, prose.tokens(text)) if w not in _SILENT]
