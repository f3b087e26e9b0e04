"""How alike two articles are, in vectors, words, names, figures and days: fifteen numbers.

What likeness makes a stranger is for `outliers`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from summarizer.evidence.duplicates import figures
from summarizer.nlp.lexicons.lists import listed
from summarizer.nlp.name_values import beside_names
from summarizer.nlp.words import unit, words
from summarizer.schema import SourceSentence
from summarizer.types import unit_mean

FEATURES = (
    "centre", "nearest", "mutual", "top", "titles", "title to text", "words", "rare words",
    "tf-idf", "titles by words", "title words in text", "names", "rare names", "figures",
    "other weekday",
)  # fmt: skip
"""What `alike` measures, in its order."""

_OF = 7299
"""Articles that the word counts were taken of (LOG: group)."""


@cache
def _counts() -> Mapping[str, int]:
    """In how many of those articles a lemma stands; a lemma in fewer than 20 is not listed."""
    raw = files("summarizer.evidence").joinpath("word_counts.txt").read_text(encoding="utf-8")
    pairs = (line.split() for line in raw.splitlines() if not line.startswith("#"))
    return {word: int(n) for word, n in pairs}


def _idf(word: str) -> float:
    return log(_OF / (_counts().get(word, 5) + 0.5))


Weights = Mapping[str, float]


def _tf_idf(words: Sequence[str]) -> Weights:
    """By how rare a word is in those articles; what a fifth of them has is left out."""
    rare = {w: n for w, n in Counter(words).items() if _counts().get(w, 0) < 0.2 * _OF}
    return unit({w: (1 + log(n)) * _idf(w) for w, n in rare.items()})


@dataclass(frozen=True, eq=False, slots=True)
class Head:
    """An article's title and first sentences, as they are compared.

    vectors: (n, dim) float32, unit rows, the title first if there is one. figures: above two, in
    digits. counts: whole numbers above two, in words too. places: words of names that something is
    in, at or near.
    """

    vectors: NDArray[np.float32]
    centre: NDArray[np.float32]
    words: frozenset[str]
    weights: Weights
    title: Weights
    names: frozenset[str]
    figures: frozenset[str]
    weekdays: frozenset[str]
    places: frozenset[str]
    counts: frozenset[str]

    @classmethod
    def of(cls, sentences: Sequence[SourceSentence], vectors: NDArray[np.float32]) -> Head:
        """Read an article's first sentences (at least one), with their vectors."""
        lemmas = [_lemmas(s.text) for s in sentences]
        title = [
            w for s, own in zip(sentences, lemmas, strict=True) if s.field == "title" for w in own
        ]
        return cls(
            vectors=vectors,
            centre=unit_mean(vectors),
            words=frozenset(w for own in lemmas for w in own),
            weights=_tf_idf([w for own in lemmas for w in own]),
            title=_tf_idf(title),
            names=frozenset(w for s in sentences for w in _names(s.text)),
            figures=frozenset(w for s in sentences for w in _figures(s.text)),
            weekdays=frozenset(
                w.lower for s in sentences for w in words(s.text) if w.lower in _weekdays()
            ),
            places=frozenset(w for s in sentences if s.field == "text" for w in _places(s.text)),
            counts=frozenset(
                f for s in sentences for f in figures(s.text) if f.isdigit() and int(f) > 2
            ),
        )


def _lemmas(text: str) -> list[str]:
    return [w.lemma for w in words(text) if w.content and w.text[0].isalpha()]


def _names(text: str) -> frozenset[str]:
    """The words of names, by their capitals: thousands of articles are too many to parse."""
    own = [w for w in words(text)[1:] if w.content and w.text[0].isalpha()]
    capital = frozenset(w.lemma for w in own if w.text[0].isupper() and w.lower not in _weekdays())
    heading = len(capital) > 0.7 * len(own)
    return frozenset() if heading else capital


def _places(text: str) -> Iterator[str]:
    """The words of the names behind "in", "at" and "near", by their capitals."""
    inside = False
    own = words(text)
    for before, w in pairwise(own):
        begins = before.lower in beside_names("where")
        name = w.text[0].isupper() and w.lower not in _weekdays()
        inside = name and (begins or (inside and w.start - before.end == 1))
        if inside:
            yield w.lemma


def _figures(text: str) -> frozenset[str]:
    """The figures above two that are written in digits."""
    found = (w.text.strip("$€£¥").replace(",", "") for w in words(text) if w.text[-1].isdigit())
    return frozenset(f for f in found if len(f) > 1 or f > "2")


_weekdays = partial(listed, "calendar", "weekdays")


def _cosine(one: Weights, other: Weights) -> float:
    return sum(x * other[w] for w, x in one.items() if w in other)


def _shared(one: Collection[str], other: Collection[str]) -> tuple[float, float]:
    """The weight of what both have: as a share of the smaller, and its logarithm."""
    both = sum(_idf(w) for w in set(one) & set(other))
    least = min(sum(map(_idf, one)), sum(map(_idf, other)))
    return (both / least if least > 0 else 0.0), log(1 + max(0.0, both))


def alike(a: Head, b: Head) -> NDArray[np.float64]:
    """How alike two articles are: (15,) float64 in the order of `FEATURES`; higher is more alike,
    but for the last, which is 1 where both name weekdays and none in common.
    """
    near = a.vectors @ b.vectors.T
    best = np.sort(np.concatenate([near.max(0), near.max(1)]))[::-1]
    days = bool(a.weekdays) and bool(b.weekdays) and not a.weekdays & b.weekdays
    figures = len(a.figures & b.figures) / (1 + min(len(a.figures), len(b.figures)))
    return np.array(
        [
            float(a.centre @ b.centre),
            float(near.max()),
            float(near.max(0).mean() + near.max(1).mean()) / 2,
            float(best[:4].mean()),
            float(near[0, 0]),
            float(near[0].max() + near[:, 0].max()) / 2,
            *_shared(a.words, b.words),
            _cosine(a.weights, b.weights),
            _cosine(a.title, b.title),
            (_cosine(a.title, b.weights) + _cosine(b.title, a.weights)) / 2,
            *_shared(a.names, b.names),
            figures,
            float(days),
        ]
    )


def other_figures(a: Head, b: Head) -> bool:
    """Whether both give several figures and share none."""
    return min(len(a.figures), len(b.figures)) > 1 and not a.figures & b.figures


def other_event(a: Head, b: Head) -> bool:
    """Whether two articles are of two events by place, and by time or main figures.

    They name other places, or several names and share none; and no figure, or no weekday, is in
    both. Of pairs of one event 0.5 to 1 % are so (LOG: same event).
    """
    apart = bool(a.places) and bool(b.places)
    apart = apart and not a.places & (b.places | b.names) and not b.places & a.names
    unnamed = min(len(a.names), len(b.names)) > 1 and not a.names & b.names
    days = bool(a.weekdays) and bool(b.weekdays) and not a.weekdays & b.weekdays
    counts = bool(a.counts) and bool(b.counts) and not a.counts & b.counts
    return (apart or unnamed) and (days or counts)
