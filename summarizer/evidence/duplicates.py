"""Which sentences are one text printed by several, and which articles print another's.

What several outlets quote of one interview or statement is for `primary`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.nlp import well_formed
from summarizer.schema import SourceSentence


def _shingles(text: str, size: int) -> set[tuple[str, ...]]:
    words = [w.lower() for w in well_formed.tokens(text)]
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def passages(sentences: Sequence[SourceSentence], config: Config) -> NDArray[np.int64]:
    """Number the passages: sentences of different articles that are one text share a number.

    Two sentences are one text if the smaller shares `copy_overlap` of its word 5-grams with the
    other (Broder, "On the resemblance and containment of documents", 1997). Only 5-grams that
    occur in few sentences are looked up, so time grows with the text, not with its square.
    A sentence too short for that is one text with its like, word for word, in an article that
    shares a longer passage: alone it could be chance.
    Returns (n_sentences,) int64; a sentence that nobody copied has a number of its own.
    """
    shingles = [
        _shingles(s.text, config.duplicates.shingle) if s.field == "text" else set()
        for s in sentences
    ]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(row)
    parent = np.arange(len(sentences))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    for row, own in enumerate(shingles):
        shared: Counter[int] = Counter()
        for shingle in own:
            # The first holders stand for all: a text printed by 200 outlets is found through them.
            for other in holders[shingle][: config.duplicates.holders]:
                if other < row and sentences[other].article != sentences[row].article:
                    shared[other] += 1
        for other, n in shared.items():
            smaller = min(len(own), len(shingles[other]))
            if n >= config.duplicates.overlap * smaller and n >= config.duplicates.least_shared:
                a, b = root(row), root(other)
                parent[max(a, b)] = min(a, b)
    related: dict[int, list[str]] = defaultdict(list)
    for row in range(len(sentences)):
        if len(shingles[row]) >= config.duplicates.least_shared:
            related[root(row)].append(sentences[row].article)
    partners: dict[str, set[str]] = defaultdict(set)
    for together in related.values():
        for article in together:
            partners[article].update(together)
    short: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, s in enumerate(sentences):
        if s.field == "text" and len(shingles[row]) < config.duplicates.least_shared:
            words = tuple(w.lower() for w in well_formed.tokens(s.text))
            for other in short[words][: config.duplicates.holders]:
                if sentences[other].article in partners[s.article] - {s.article}:
                    a, b = root(row), root(other)
                    parent[max(a, b)] = min(a, b)
            short[words].append(row)
    return np.array([root(i) for i in range(len(sentences))], dtype=np.int64)


def copies(
    sentences: Sequence[SourceSentence], passage: NDArray[np.int64], config: Config
) -> dict[str, str]:
    """Which article prints which: {copy's id: original's id}, originals first in the story.

    An article is a copy if `copy_share` of its words stand in passages that an earlier article
    prints too; so a paragraph added or cut, or another order, hides nothing.
    """
    size: dict[str, int] = defaultdict(int)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    first: dict[int, list[str]] = defaultdict(list)
    for s, p in zip(sentences, passage.tolist(), strict=True):
        if s.field != "text":
            continue
        n = len(well_formed.tokens(s.text))
        size[s.article] += n
        for earlier in first[p]:
            if earlier != s.article:
                shared[s.article, earlier] += n
        if s.article not in first[p] and len(first[p]) < config.duplicates.holders:
            first[p].append(s.article)
    found: dict[str, str] = {}
    for (copy, original), n in sorted(shared.items(), key=lambda kv: -kv[1]):
        if copy not in found and n >= config.duplicates.article_share * size[copy]:
            found[copy] = original
    for copy in found:
        seen = {copy}
        while found[copy] in found and found[copy] not in seen:
            seen.add(found[copy])
            found[copy] = found[found[copy]]
    return found
