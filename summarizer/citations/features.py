"""What is known of a text and a source sentence: words, vectors, places, and their neighbours.

Features only; their weights are learned, and kept elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import Vectors
from summarizer.types import Embedded

Matrix = NDArray[np.float64]
"""(n_texts, n_sentences), any range."""


def features(texts: Sequence[str], vectors: Vectors, embedded: Embedded) -> dict[str, Matrix]:
    """What is known of each (text, source sentence) pair, by name: (n_texts, n_sentences) each.

    Words are stems without stop words; a word weighs by how few of the story's sentences
    have it (1 for one sentence, towards 0 for all). Both sequences must not be empty.
    """
    order = Order.of(embedded)
    words = _Words.of(texts, [s.text for s in embedded.sentences], order)
    cosine = (vectors @ embedded.vectors.T).astype(np.float64)
    table: dict[str, Matrix] = {}
    for name, match in (("cosine", cosine), ("recall", words.recall), ("overlap", words.overlap)):
        table |= relative(name, match, order)
        table[f"{name} deviation"] = (match - match.mean(1, keepdims=True)) / (
            match.std(1, keepdims=True) + 1e-6
        )
        table[f"article's best {name}"] = order.best(match)
        table[f"best {name}"] = _wide(match.max(1, keepdims=True), match)
    table |= words.table
    # other sentences that tell the same: near the two best matches, in meaning and in place
    best = np.argsort(-(words.recall + cosine), axis=1, kind="stable")[:, :2]
    for name, column in (("like best", best[:, 0]), ("like second", best[:, -1])):
        table[name] = (embedded.vectors[column] @ embedded.vectors.T).astype(np.float64)
    table["steps from best"] = order.steps(best[:, 0])
    table["centrality"] = _wide(embedded.vectors @ embedded.vectors.mean(0), cosine)
    table["position"] = _wide(np.minimum(order.position, 30), cosine)
    table["share before"] = _wide(order.position / order.size, cosine)
    table["article's sentences"] = _wide(np.log1p(order.size), cosine)
    table["sentences"] = np.full(cosine.shape, np.log1p(cosine.shape[1]))
    return table


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """Where each sentence stands: article by article, in reading order.

    article, position, size: (n_sentences,) the article's number, the 0-based place in it, and its
    number of sentences. groups: for each article its rows.
    """

    article: NDArray[np.intp]
    position: NDArray[np.intp]
    size: NDArray[np.intp]
    groups: tuple[NDArray[np.intp], ...]

    @classmethod
    def of(cls, embedded: Embedded) -> Order:
        """Read the order off the story's sentences."""
        numbers: dict[str, int] = {}
        article = np.array(
            [numbers.setdefault(s.article, len(numbers)) for s in embedded.sentences], dtype=np.intp
        )
        position = np.zeros_like(article)
        size = np.zeros_like(article)
        groups = tuple(np.flatnonzero(article == a) for a in range(len(numbers)))
        for rows in groups:
            position[rows] = np.arange(len(rows))
            size[rows] = len(rows)
        return cls(article, position, size, groups)

    def best(self, match: Matrix) -> Matrix:
        """The highest value of the sentence's own article."""
        out = np.empty_like(match)
        for rows in self.groups:
            out[:, rows] = match[:, rows].max(1, keepdims=True)
        return out

    def shift(self, match: Matrix, by: int) -> Matrix:
        """The value of the sentence `by` places on in the same article; 0 where there is none."""
        out = np.zeros_like(match)
        for rows in self.groups:
            if by > 0:
                out[..., rows[:-by]] = match[..., rows[by:]]
            else:
                out[..., rows[-by:]] = match[..., rows[:by]]
        return out

    def steps(self, rows: NDArray[np.intp]) -> Matrix:
        """Sentences between each sentence and row i, at most 9; 10 in another article."""
        apart = np.minimum(np.abs(self.position[None] - self.position[rows][:, None]), 9)
        same = self.article[None] == self.article[rows][:, None]
        return np.where(same, apart, 10).astype(np.float64)


@dataclass(frozen=True, eq=False, slots=True)
class _Words:
    """What texts and sentences share by their words.

    recall, overlap: the share of the text's word weight that the sentence has, and its harmonic
    mean with the share of the sentence's weight that the text has. table: further features.
    """

    recall: Matrix
    overlap: Matrix
    table: dict[str, Matrix]

    @classmethod
    def of(cls, texts: Sequence[str], sentences: Sequence[str], order: Order) -> _Words:
        asked, held = [_read(t) for t in texts], [_read(s) for s in sentences]
        n = len(held)
        having = Counter(w for h in held for w in set(h.content))

        def weight(word: str) -> float:
            rarity = np.log((n + 1) / (having[word] + 0.5)) / np.log(n + 1)
            return max(0.02, float(rarity))

        column: dict[str, int] = {}
        for a in asked:
            for w in a.content:
                column.setdefault(w, len(column))
        weights = np.array([weight(w) for w in column])
        in_text = _indicator((a.content for a in asked), column, len(asked))
        in_sentence = _indicator((h.content for h in held), column, n)
        mass = np.array([sum(weight(w) for w in set(h.content)) for h in held])
        weighed = in_text * weights
        total = np.maximum(weighed.sum(1, keepdims=True), 1e-6)
        shared = weighed @ in_sentence.T
        recall = shared / total
        precision = shared / np.maximum(mass, 0.5)
        names = _indicator((a.names for a in asked), column, len(asked))
        numbers = _indicator((a.numbers for a in asked), column, len(asked))
        plain = in_text * (1 - names) * (1 - numbers)
        table = {
            "precision": precision,
            "shared weight": shared,
            "shared words": in_text @ in_sentence.T,
            "names": _share(names * weights, in_sentence),
            "numbers": _share(numbers, in_sentence),
            "shared numbers": numbers @ in_sentence.T,
            "plain words": _share(plain * weights, in_sentence),
            "alone": _share(in_text / np.maximum(in_sentence.sum(0), 1), in_sentence),
            "pairs of words": _pairs(asked, held),
            "sentence's words": _wide(np.array([len(h.words) for h in held]), recall),
            "text's words": _wide(np.array([[len(a.words)] for a in asked]), recall),
        }
        for name, by in (("before", -1), ("after", 1)):
            beside = order.shift(in_sentence.T, by).T
            both = weighed @ np.maximum(in_sentence, beside).T
            table[f"adds to the one {name}"] = (both - weighed @ beside.T) / total
        best = in_sentence[np.argmax(recall + precision, axis=1)]
        left = weighed * (1 - best)
        table["adds to best"] = left @ in_sentence.T / total
        table["not in best"] = _wide(left.sum(1, keepdims=True) / total, recall)
        overlap = 2 * recall * precision / np.maximum(recall + precision, 1e-6)
        return cls(recall, overlap, table)


def _wide(values: NDArray[np.generic], like: Matrix) -> Matrix:
    return np.broadcast_to(values, like.shape).astype(np.float64)


def relative(name: str, match: Matrix, order: Order) -> dict[str, Matrix]:
    """A feature, and its difference from the best ones and from the sentences before and after."""
    return {
        name: match,
        f"{name} under best": match - match.max(1, keepdims=True),
        f"{name} under article's best": match - order.best(match),
        f"{name} rank": np.log1p(ranks(match)),
        f"{name} before": order.shift(match, -1),
        f"{name} after": order.shift(match, 1),
    }


def ranks(match: Matrix) -> Matrix:
    """How many of the row are better: 0 for the best; equals share a rank."""
    rising = np.sort(match, axis=1)
    better = [
        match.shape[1] - np.searchsorted(r, m, "right") for r, m in zip(rising, match, strict=True)
    ]
    return np.array(better, dtype=np.float64)


def _indicator(rows: Iterable[Iterable[str]], column: Mapping[str, int], n: int) -> Matrix:
    """(n, n_columns), 1 where the row has the column's word."""
    out = np.zeros((n, len(column)))
    for i, words in enumerate(rows):
        out[i, [column[w] for w in set(words) if w in column]] = 1
    return out


def _share(weighed: Matrix, in_sentence: Matrix) -> Matrix:
    """The share of each text's weight that each sentence has."""
    share: Matrix = weighed @ in_sentence.T / np.maximum(weighed.sum(1, keepdims=True), 1e-6)
    return share


def _pairs(asked: Sequence[_Read], held: Sequence[_Read]) -> Matrix:
    """The share of a text's pairs of neighbouring words that a sentence has."""
    having: dict[tuple[str, str], list[int]] = {}
    for j, h in enumerate(held):
        for pair in {*zip(h.words, h.words[1:], strict=False)}:
            having.setdefault(pair, []).append(j)
    out = np.zeros((len(asked), len(held)))
    for i, a in enumerate(asked):
        pairs = {*zip(a.words, a.words[1:], strict=False)}
        for pair in pairs:
            out[i, having.get(pair, [])] += 1 / len(pairs)
    return out


# --- words ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Read:
    """A text's stems: all, those that are no stop words, and of these the names and the numbers."""

    words: tuple[str, ...]
    content: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]


_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
SILENT_PIECES = frozenset(
    "a an the and or but if of in on at to from by for with as is are was were be been being am it "
    "its he she they them his her their him i we you our my your us this that these those there "
    "here so than then too very just also into onto who whom whose which what when where why how "
    "has have had do does did".split()
)
"""Stop words even for word pieces, where "not" and "all" count (LOG: cite)."""

_SILENT = SILENT_PIECES | frozenset(
    "me not no nor done having will would can could may might shall should must over under about "
    "after before during while all any some each more most other such only own same out up down "
    "off again s t".split()
)
"""Words that are not counted: those that the weights were learned without."""

_ENDINGS = (
    "ational fulness ousness iveness ments ation ition ingly edly ness ment ings ions ians ists "
    "ies ied ing ian ist ion ers ors ity ous ive est ful ely ed er or es ly al s e y"
).split()


def _read(text: str) -> _Read:
    written = _WORD.findall(text)
    stems = [_stem(w) for w in written]
    loud = [i for i, w in enumerate(written) if w.lower() not in _SILENT]
    return _Read(
        tuple(stems),
        tuple(stems[i] for i in loud),
        tuple(stems[i] for i in loud if i and written[i][0].isupper()),
        tuple(stems[i] for i in loud if written[i][0].isdigit()),
    )


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """The word without its longest known ending, at least three letters; figures stay whole."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) <= 3 or word[0].isdigit():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word
