"""Which sentences are one text printed by several, and which articles print another's.

What several outlets quote of one interview or statement is for `provenance`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.evidence.disjoint_sets import DisjointSets
from summarizer.nlp import well_formed
from summarizer.nlp.lexicons.lists import table
from summarizer.schema import SourceSentence


def _shingles(text: str, size: int) -> set[tuple[str, ...]]:
    words = [w.lower() for w in well_formed.tokens(text)]
    return _runs(words, size)


def _runs(words: Sequence[str], size: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


@cache
def _spelled() -> Mapping[str, str]:
    """Words for figures → the figure, and the names of days and months as they are; no "one"."""
    numerals, calendar = table("numerals"), table("calendar")
    found = {w: str(n) for n, w in enumerate(numerals["small"].split()) if w != "one"}
    tens = {w: 10 * n for n, w in enumerate(numerals["tens"].split(), 2)}
    found |= {w: str(n) for w, n in tens.items()}
    found |= {f"{t}-{w}": str(n + int(m)) for t, n in tens.items() for w, m in found.items()
              if 0 < int(m) < 10} | {f"{t}-one": str(n + 1) for t, n in tens.items()}  # fmt: skip
    found |= {w: w for w in numerals["scales"] if len(w) > 3}
    days = set(f"{calendar['weekdays']} {calendar['months']}".split())
    return found | {w: w for w in days - set(calendar["doubtful"].split())}


@lru_cache(4096)
def figures(text: str) -> Counter[str]:
    """The figures and days of a text: two that differ in one are not one text."""
    lower = (w.lower().replace(",", "") for w in well_formed.tokens(text))
    read = (_spelled().get(w, w if any(map(str.isdigit, w)) else "") for w in lower)
    return Counter(f for f in read if f)


def _altered(one: str, other: str) -> bool:
    """Whether each of two texts has a figure or day that the other has not."""
    a, b = figures(one), figures(other)
    return bool(a - b) and bool(b - a)


def _without_figures(text: str, size: int) -> set[tuple[str, ...]]:
    """The runs of words of a text with every figure and day as one and the same."""
    lower = [w.lower() for w in well_formed.tokens(text)]
    return _runs(["0" if w in _spelled() or any(map(str.isdigit, w)) else w for w in lower], size)


def passages(sentences: Sequence[SourceSentence], config: Config) -> NDArray[np.int64]:
    """Number the passages: sentences of different articles that are one text share a number.

    Two sentences are one text if the smaller shares `copy_overlap` of its word 5-grams with the
    other (Broder, "On the resemblance and containment of documents", 1997), and neither has a
    figure or a day in place of another. Only 5-grams that occur in few sentences are looked up, so
    time grows with the text, not with its square.
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
    same = DisjointSets[int]()
    for row, own in enumerate(shingles):
        shared: Counter[int] = Counter()
        for shingle in own:
            # The first holders stand for all: a text printed by 200 outlets is found through them.
            for other in holders[shingle][: config.duplicates.holders]:
                if other < row and sentences[other].article != sentences[row].article:
                    shared[other] += 1
        for other, n in shared.items():
            smaller = min(len(own), len(shingles[other]))
            if (
                n >= config.duplicates.overlap * smaller
                and n >= config.duplicates.least_shared
                and not _altered(sentences[row].text, sentences[other].text)
            ):
                same.join(*sorted((same.root(row), same.root(other))))
    related: dict[int, list[str]] = defaultdict(list)
    for row in range(len(sentences)):
        if len(shingles[row]) >= config.duplicates.least_shared:
            related[same.root(row)].append(sentences[row].article)
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
                    same.join(*sorted((same.root(row), same.root(other))))
            short[words].append(row)
    return np.array([same.root(i) for i in range(len(sentences))], dtype=np.int64)


def copies(
    sentences: Sequence[SourceSentence], passage: NDArray[np.int64], config: Config
) -> dict[str, str]:
    """Which article prints which: {copy's id: original's id}, originals first in the story.

    An article is a copy if `copy_share` of its words stand in passages that an earlier article
    prints too; so a paragraph added or cut, or another order, hides nothing. It is none of one
    that has another figure or day in a sentence of the same words: it was changed by somebody.
    """
    size: dict[str, int] = defaultdict(int)
    own: dict[str, list[str]] = defaultdict(list)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    first: dict[int, list[str]] = defaultdict(list)
    for s, p in zip(sentences, passage.tolist(), strict=True):
        if s.field != "text":
            continue
        n = len(well_formed.tokens(s.text))
        size[s.article] += n
        own[s.article].append(s.text)
        for earlier in first[p]:
            if earlier != s.article:
                shared[s.article, earlier] += n
        if s.article not in first[p] and len(first[p]) < config.duplicates.holders:
            first[p].append(s.article)
    found: dict[str, str] = {}
    for (copy, original), n in sorted(shared.items(), key=lambda kv: -kv[1]):
        if copy in found or n < config.duplicates.article_share * size[copy]:
            continue
        if not _any_altered(own[copy], own[original], config):
            found[copy] = original
    for copy in found:
        seen = {copy}
        while found[copy] in found and found[copy] not in seen:
            seen.add(found[copy])
            found[copy] = found[found[copy]]
    return found


def _any_altered(one: Sequence[str], other: Sequence[str], config: Config) -> bool:
    """Whether a sentence stands in both texts with another figure or day."""
    size, least = config.duplicates.shingle, config.duplicates.overlap
    figured = [(t, _without_figures(t, size)) for t in other if figures(t)]
    for text in one:
        if not figures(text):
            continue
        runs = _without_figures(text, size)
        for theirs, others in figured:
            shared = len(runs & others)
            if shared and shared >= least * min(len(runs), len(others)) and _altered(text, theirs):
                return True
    return False
