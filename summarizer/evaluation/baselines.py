"""Two baselines in the same run: lead sentences and LexRank, each by our own short code.

They choose whole sentences and cite them. Cleaning and splitting are handed in,
so that they choose among exactly the sentences that our own systems choose among.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer.evaluation.overlap import length
from summarizer.schema import SourceSentence, Story

SentencesOf = Callable[[Story], Sequence[SourceSentence]]
"""A story's sentences without what is masked, article by article in order."""

THRESHOLD = 0.1
"""Cosine above which two sentences are joined (Erkan & Radev 2004, section 4: 0.1 is best)."""
JUMP = 0.15
"""Share of the walk that starts anew anywhere (their d; section 3.2)."""
REDUNDANT = 0.5
"""Cosine to a chosen sentence above which another is passed over (their reranker's value)."""

_TERM = re.compile(r"\w+", re.UNICODE)


def fill(ranked: Iterable[SourceSentence], words: int) -> list[SourceSentence]:
    """Take sentences in rank order wherever that brings the length nearer to `words`.

    No sentence is cut. This comes out at the budget on average, over or under by half a
    sentence, as our own summaries do; keeping strictly under it costs LexRank a point of
    ROUGE-1 on short budgets, which would flatter us. The first sentence is always taken.
    """
    taken: list[SourceSentence] = []
    total = 0
    for sentence in ranked:
        if not taken or nears(total, length(sentence.text), words):
            taken.append(sentence)
            total += length(sentence.text)
    return taken


def nears(total: int, more: int, words: int) -> bool:
    """Whether `more` words bring a length of `total` nearer to `words`; a tie does not."""
    return abs(total + more - words) < abs(total - words)


def _by_article(story: Story, sentences: Sequence[SourceSentence]) -> list[list[SourceSentence]]:
    """Body sentences of each article, in order; titles (position -1) are not chosen."""
    groups: dict[str, list[SourceSentence]] = {a.id: [] for a in story.articles}
    for s in sentences:
        if s.position >= 0 and s.text.strip():
            groups[s.article].append(s)
    return [sorted(g, key=lambda s: s.position) for g in groups.values()]


def lead(story: Story, words: int, sentences_of: SentencesOf) -> list[SourceSentence]:
    """Every article's first sentence, then every article's second, until the words are spent.

    Word-for-word repeats are taken once. The order is that of taking.
    """
    articles = _by_article(story, sentences_of(story))
    depth = max(map(len, articles), default=0)
    ranked: dict[str, SourceSentence] = {}
    for i in range(depth):
        for article in articles:
            if i < len(article):
                ranked.setdefault(article[i].text, article[i])
    return fill(ranked.values(), words)


def cosines(texts: Sequence[str]) -> NDArray[np.float64]:
    """Idf-modified cosine of every two texts, shape (n, n), in [0, 1] (Erkan & Radev, eq. 1).

    idf = log((n + 1) / (df + 0.5)) over the texts themselves: the paper takes it from a large
    collection, which would be a data file here.
    """
    counts = [Counter(_TERM.findall(t.casefold())) for t in texts]
    terms = {term: i for i, term in enumerate(dict.fromkeys(t for c in counts for t in c))}
    tf = np.zeros((len(texts), len(terms)))
    for row, count in enumerate(counts):
        for term, n in count.items():
            tf[row, terms[term]] = n
    idf = np.log((len(texts) + 1) / ((tf > 0).sum(axis=0) + 0.5))
    weighted = tf * idf
    norms = np.linalg.norm(weighted, axis=1, keepdims=True)
    unit = np.divide(weighted, norms, out=np.zeros_like(weighted), where=norms > 0)
    similar: NDArray[np.float64] = np.clip(unit @ unit.T, 0.0, 1.0)
    return similar


def centrality(similar: NDArray[np.float64]) -> NDArray[np.float64]:
    """LexRank of each sentence, shape (n,), sum 1: the stationary distribution by power iteration.

    similar: (n, n) cosines. Sentences over THRESHOLD are neighbours with equal weight; a
    sentence is its own neighbour, so every row can be walked (algorithms 2 and 3 of the paper).
    """
    n = len(similar)
    joined = (similar > THRESHOLD).astype(np.float64)
    np.fill_diagonal(joined, 1.0)
    walk = JUMP / n + (1 - JUMP) * joined / joined.sum(axis=1, keepdims=True)
    before: NDArray[np.float64] = np.zeros(n)
    p: NDArray[np.float64] = np.full(n, 1.0 / n)
    while np.abs(p - before).sum() >= 1e-6:
        before, p = p, walk.T @ p
    return p


def lexrank(story: Story, words: int, sentences_of: SentencesOf) -> list[SourceSentence]:
    """The most central sentences of all articles, redundant ones passed over, in reading order.

    Source: Erkan & Radev, LexRank, JAIR 22, 2004. Reading order is article by article.
    """
    pool = [s for article in _by_article(story, sentences_of(story)) for s in article]
    if not pool:
        return []
    similar = cosines([s.text for s in pool])
    order = np.argsort(-centrality(similar), kind="stable")
    taken: list[int] = []
    total = 0
    for i in map(int, order):
        new = all(similar[i, j] <= REDUNDANT for j in taken)
        if not taken or (new and nears(total, length(pool[i].text), words)):
            taken.append(i)
            total += length(pool[i].text)
    return [pool[i] for i in sorted(taken)]


BASELINES: Mapping[str, Callable[[Story, int, SentencesOf], list[SourceSentence]]] = {
    "lead": lead,
    "lexrank": lexrank,
}
"""The baselines by the names that the command line takes."""
