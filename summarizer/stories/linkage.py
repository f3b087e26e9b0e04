"""Which articles report one event: from many articles to stories, joining those already there.

Features of two articles are in evidence.article_similarity; files, ids and the order of stories in
incremental.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush, heappushpop, nlargest
from itertools import islice

import numpy as np

from summarizer import evidence
from summarizer.backends import Encoder
from summarizer.backends.embeddings import embed
from summarizer.config import Config
from summarizer.evidence.article_similarity import Head, alike, other_event, other_figures
from summarizer.evidence.disjoint_sets import DisjointSets
from summarizer.schema import Article, SourceSentence
from summarizer.text import boilerplate
from summarizer.text.sentences import split

_WEIGHTS = np.array(
    [4.958, 12.714, 1.108, -16.337, 0.677, 6.37, -0.777, 0.845, 2.82, -1.42, 6.777, 0.051, 0.115,
     3.587, -2.149]
)  # fmt: skip
"""Logistic weights of `article_similarity.FEATURES` for "both report one event" (LOG: cluster)."""
_BIAS = -11.596
_OTHER_FIGURES, _OTHER_EVENT = -0.87, -1.35
"""Log odds of a pair with other figures, and of one of another place and time or figures, beside
those of the features: fitted on the stories for tuning of `benchmarks.clusters` (LOG: cluster)."""
_CROWD = (1.076, -0.439, -2.914)
"""Logistic weights of a pair's log odds and of the sum of its two crowds, and the bias, fitted on
mixtures of stories of three articles and of mixtures where half the articles stand alone."""
_STRANGERS = 8  # the nearest articles of other events that make an article's crowd
_USUAL = -4.05  # mean crowd where it was fitted: the value of one that is not there
_FAR = -6.5  # log odds are not taken below this: of few articles all are far
_TF_IDF = 8
"""The place of "tf-idf" among the features: from `Config.linkage.copy` on, two may be copies."""
_CHUNK = 256  # articles embedded together


@dataclass(frozen=True, eq=False, slots=True)
class Placed:
    """An article as it is compared: its head, the sentences it is made of, and when it appeared.

    time: seconds since 1970, None if it is not known. story: the number of the story that has the
    article already, None for a new one.
    """

    head: Head
    sentences: tuple[SourceSentence, ...]
    time: float | None = None
    story: int | None = None


def represent(
    articles: Sequence[Article], encoder: Encoder, config: Config
) -> Iterator[tuple[Head, tuple[SourceSentence, ...]] | None]:
    """Each article's head and its sentences, in order; None where it is nothing but boilerplate.

    A head is the title and the first `Config.outliers.sentences` sentences that are reporting.
    """
    rest = iter(articles)
    while chunk := list(islice(rest, _CHUNK)):
        sentences = [
            [s for s in split(a, boilerplate.mask(a)) if s.position < config.outliers.sentences]
            for a in chunk
        ]
        for own, embedded in zip(sentences, embed(sentences, encoder), strict=True):
            yield (Head.of(own, embedded.vectors), tuple(own)) if own else None


def cluster(placed: Sequence[Placed], config: Config, *, window: float | None = None) -> list[int]:
    """The story of each article, as a number; articles of one story share it.

    placed: in the order in which they came. window: seconds; articles whose times are known and
    lie further apart are never compared. Time grows with the articles: each is compared with at
    most `Config.linkage.candidates` earlier ones, found by their rarest words.

    Average linkage over those comparisons, from the most alike on, until no two stories are more
    alike than `Config.linkage.join` (log odds, the mean over all pairs of their articles; a pair
    that was not compared counts `apart`); articles in a crowd must be more alike (`_Pairs`). Copies
    of one text are always together. Stories of several articles that were there before are never
    merged with each other, nor taken apart.
    """
    pairs = _Pairs(len(placed))
    links = _Links([p.story for p in placed], config)
    for i, others in enumerate(_candidates(placed, config, window)):
        for j in others:
            heads = placed[j].head, placed[i].head
            features = alike(*heads)
            apart = other_figures(*heads) * _OTHER_FIGURES + other_event(*heads) * _OTHER_EVENT
            pairs.add(j, i, float(features @ _WEIGHTS) + _BIAS + apart)
            if (
                features[_TF_IDF] >= config.linkage.copy
                and not links.bound(j, i)  # one text in many papers is read once for each
                and _copied(placed[j], placed[i], config)
            ):
                links.bind(j, i)
    for a, b, score in pairs.settled():
        links.add(a, b, score)
    return links.merged()


def _candidates(
    placed: Sequence[Placed], config: Config, window: float | None
) -> Iterator[list[int]]:
    """For each article the earlier ones that share most of its heaviest words.

    A word is looked up in its last `Config.linkage.postings` articles only, so that a frequent one
    costs no more than a rare one.
    """
    posted: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, own in enumerate(placed):
        words = sorted(own.head.weights.items(), key=lambda item: (-item[1], item[0]))
        words = words[: config.linkage.words]
        shared: dict[int, float] = defaultdict(float)
        for word, weight in words:
            holders = posted[word]
            for j, other in holders[-config.linkage.postings :]:
                shared[j] += weight * other
            holders.append((i, weight))
            if len(holders) >= 2 * config.linkage.postings:
                del holders[: -config.linkage.postings]
        if window is not None:
            shared = {
                j: w for j, w in shared.items() if _in_window(placed[j].time, own.time, window)
            }
        yield _heaviest(shared, config.linkage.candidates)


def _heaviest(shared: Mapping[int, float], n: int) -> list[int]:
    """The `n` articles of most shared weight, the earlier first where it is equal."""
    if len(shared) > n:
        # Some 1,500 share a word in a long stream: only the few that may be taken are sorted.
        least = nlargest(n, shared.values())[-1]
        shared = {j: weight for j, weight in shared.items() if weight >= least}
    return sorted(shared, key=lambda j: (-shared[j], j))[:n]


def _in_window(one: float | None, other: float | None, window: float) -> bool:
    return one is None or other is None or abs(one - other) <= window


def _copied(one: Placed, other: Placed, config: Config) -> bool:
    """Does one article print the other's text, by the test of evidence.duplicates?"""
    if {s.article for s in one.sentences} & {s.article for s in other.sentences}:
        return False
    sentences = (*one.sentences, *other.sentences)
    return bool(evidence.copies(sentences, evidence.passages(sentences, config), config))


class _Pairs:
    """Pairs of articles that were compared, and how near each article is to other events' articles.

    An article of a long story is similar to many of its other days, one of a single event to none:
    so two are judged by how alike they are beyond their crowds. An article's crowd is the mean log
    odds of its nearest articles of other events, the pairs that are more likely two events than
    one. Source: Conneau et al., "Word translation without parallel data", 2018 (CSLS), for cosines.
    We differ in leaving out the likely partners, so that a story of many does not part itself.
    """

    def __init__(self, n: int) -> None:
        self._one, self._other, self._score = array("q"), array("q"), array("d")
        self._strangers: list[list[float]] = [[] for _ in range(n)]  # heaps, the farthest first

    def add(self, a: int, b: int, score: float) -> None:
        """The log odds, by their features alone, that articles a and b report one event."""
        self._one.append(a)
        self._other.append(b)
        self._score.append(score)
        if score >= 0.0:
            return
        for strangers in (self._strangers[a], self._strangers[b]):
            if len(strangers) < _STRANGERS:
                heappush(strangers, max(score, _FAR))
            else:
                heappushpop(strangers, max(score, _FAR))

    def settled(self) -> Iterator[tuple[int, int, float]]:
        """Each pair with its log odds beyond the crowds of both."""
        crowd = [
            (sum(near) + (_STRANGERS - len(near)) * _USUAL) / _STRANGERS for near in self._strangers
        ]
        own, crowds, bias = _CROWD
        for a, b, score in zip(self._one, self._other, self._score, strict=True):
            yield a, b, own * score + crowds * (crowd[a] + crowd[b]) + bias


class _Links:
    """Log odds between articles, and what becomes of them when articles become stories.

    Between two groups the sum of their pairs' log odds is kept, and how many pairs were compared.
    """

    def __init__(self, stories: Sequence[int | None], config: Config) -> None:
        self._config = config
        self._groups = DisjointSets[int]()
        self._copies = DisjointSets[int]()
        self._size = [1] * len(stories)
        self._near: list[dict[int, list[float]]] = [{} for _ in stories]
        self._old: dict[int, int] = {}  # root -> number of the story of several it was before
        self._bound: list[tuple[int, int]] = []
        first: dict[int, int] = {}
        times = Counter(s for s in stories if s is not None)
        for i, story in enumerate(stories):
            if story is None:
                continue
            if story in first:
                self.bind(first[story], i)
            else:
                first[story] = i
            if times[story] > 1:
                self._old[i] = story

    def add(self, a: int, b: int, score: float) -> None:
        """The log odds that articles a and b report one event; what is hopeless is not kept."""
        if score > self._config.linkage.apart:
            self._near[a][b] = self._near[b][a] = [score, 1.0]

    def bind(self, a: int, b: int) -> None:
        """Articles a and b are of one story, whatever their neighbours are like."""
        self._bound.append((a, b))
        self._copies.join(a, b)

    def bound(self, a: int, b: int) -> bool:
        """Are they of one story already, by themselves or through others?"""
        return self._copies.root(a) == self._copies.root(b)

    def merged(self) -> list[int]:
        """Merge while two groups are alike enough; the least article of each one's group."""
        for a, b in self._bound:
            a, b = self._groups.root(a), self._groups.root(b)
            if a != b and self._may(a, b):
                self._merge(a, b)
        heap = [
            entry for a in range(len(self._near)) for entry in self._joinable(a) if entry[1] == a
        ]
        heapify(heap)
        while heap:
            score, a, b = heappop(heap)
            if b not in self._near[a] or self._mean(a, b) != -score or not self._may(a, b):
                continue  # one of them has grown since
            for entry in self._joinable(self._merge(a, b)):
                heappush(heap, entry)
        least: dict[int, int] = {}
        return [least.setdefault(self._groups.root(i), i) for i in range(len(self._size))]

    def _joinable(self, a: int) -> Iterator[tuple[float, int, int]]:
        """(minus the mean, a, b) for each group b that is alike enough, the lesser number first."""
        for b in self._near[a]:
            mean = self._mean(a, b)
            if mean >= self._config.linkage.join:
                yield -mean, min(a, b), max(a, b)

    def _mean(self, a: int, b: int) -> float:
        total, compared = self._near[a][b]
        pairs = self._size[a] * self._size[b]
        return (total + (pairs - compared) * self._config.linkage.apart) / pairs

    def _may(self, a: int, b: int) -> bool:
        """Not where both were stories of several articles already, and two of them."""
        return a not in self._old or b not in self._old or self._old[a] == self._old[b]

    def _merge(self, a: int, b: int) -> int:
        """Put group b into group a, or a into b: the smaller neighbourhood moves."""
        if len(self._near[a]) < len(self._near[b]):
            a, b = b, a
        self._groups.join(a, b)
        self._size[a] += self._size[b]
        if b in self._old:
            self._old[a] = self._old[b]
        self._near[a].pop(b, None)
        for other, (total, compared) in self._near[b].items():
            if other == a:
                continue
            del self._near[other][b]
            have = self._near[a].get(other, [0.0, 0.0])
            self._near[a][other] = self._near[other][a] = [have[0] + total, have[1] + compared]
        self._near[b] = {}
        return a
