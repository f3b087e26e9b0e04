"""How far each sentence speaks its outlet's mind in its own words, instead of reporting.

A regression over the sentence's vector and three marks, fitted on sentences of news that people
labelled. Which words are loaded, by lists, is for `nlp.subjectivity`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Self

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Commentary as CommentaryLimits
from summarizer.nlp import subjectivity, well_formed

Floats = NDArray[np.float64]

_CERTAIN = 40.0
"""Log odds of what is known for certain: a chance of 1 to the last bit."""


@dataclass(frozen=True, eq=False, slots=True)
class Fitted:
    """Two logistic regressions over `features`: (1 + n_features,) float64 each, intercepts first.

    encoder: the name of the encoder whose vectors they were fitted on, without its engine.
    coloured: of a sentence that judges, in a word or as a whole. comment: of one that does no more.
    """

    encoder: str
    coloured: Floats
    comment: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Commentary:
    """Log odds that the own words of each of some sentences judge: (n_sentences,) each.

    coloured: a word of it does, at least. comment: the whole is an opinion that no speaker owns.
    """

    coloured: Floats
    comment: Floats

    @classmethod
    def listed(cls, texts: Sequence[str]) -> Self:
        """What the list of loaded words alone tells: for certain whether a sentence has one."""
        loaded = np.array([bool(subjectivity.loaded(text)) for text in texts], dtype=bool)
        return cls(np.where(loaded, _CERTAIN, -_CERTAIN), np.full(len(texts), -_CERTAIN))

    def by_article(self, articles: Sequence[Sequence[int]], limits: CommentaryLimits) -> Self:
        """Read again with what the rest of its article is like: who often judges, judges here.

        articles: the rows of each article of a story. An article is partisan that judges in a share
        of its sentences (shrunk to the usual share for short ones) larger by `limits.partisan` than
        the story's least. Its sentences then need plainer words to count as plain, and comment as
        surely as they judge.
        """
        judges = self.coloured > 0
        usual = limits.article_prior * limits.usual_share
        shares = [
            (judges[list(rows)].sum() + usual) / (len(rows) + limits.article_prior)
            for rows in articles
        ]
        coloured, comment = self.coloured.copy(), self.comment.copy()
        for rows, share in zip(articles, shares, strict=True):
            if share - min(shares) >= limits.partisan:
                own = list(rows)
                coloured[own] += limits.partisan_odds
                comment[own] = np.maximum(comment[own] + limits.partisan_odds, coloured[own])
        return type(self)(coloured, comment)

    def comments(self, least: float) -> frozenset[int]:
        """The rows of the sentences that comment with a chance of at least `least`."""
        return frozenset(np.flatnonzero(chance(self.comment) >= least).tolist())


def commentary(texts: Sequence[str], vectors: NDArray[np.float32], encoder: str) -> Commentary:
    """Read sentences. vectors: (n_sentences, dim) of them. encoder: the name of what made these.

    With another encoder than the fitted one only the list of loaded words is asked.
    """
    known = fitted()
    if encoder.partition("/")[0] != known.encoder:
        return Commentary.listed(texts)
    table = features(texts, vectors)
    return Commentary(*(w[0] + table @ w[1:] for w in (known.coloured, known.comment)))


def features(texts: Sequence[str], vectors: NDArray[np.float32]) -> Floats:
    """(n, dim + 3): the vectors; tens of words, loaded words, and the share that is quoted."""
    marks = [
        (
            well_formed.words(text) / 10,
            len(subjectivity.loaded(text)),
            well_formed.quoted_share(text),
        )
        for text in texts
    ]
    return np.column_stack([vectors.astype(np.float64), np.array(marks).reshape(-1, 3)])


@cache
def fitted() -> Fitted:
    """The regressions in commentary.json, which `python -m benchmarks.fit_commentary` makes."""
    text = (resources.files(__package__) / "commentary.json").read_text(encoding="utf-8")
    read = json.loads(text)
    return Fitted(read["encoder"], np.array(read["coloured"]), np.array(read["comment"]))


def chance(log_odds: Floats) -> Floats:
    """Log odds of any shape as chances in [0, 1]."""
    chances: Floats = 1 / (1 + np.exp(-log_odds))
    return chances
