"""Stand-ins without weights: an encoder and a judge that need no model and no torch.

They are test doubles and a baseline for evaluation; nothing here is learned, nothing is read
from disk, and the same input gives the same output in every process.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from summarizer.backends import Vectors

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")

_FUNCTION_WORDS = frozenset(
    """a about after again all also am an and any are as at be because been before being but by can
    could did do does doing down during each few for from further had has have having he her here
    hers herself him himself his how i if in into is it its itself just me more most my myself no
    nor not now of off on once only or other our ours out over own same she should so some such than
    that the their theirs them themselves then there these they this those through to too under
    until up upon very was we were what when where which while who whom whose why will with would
    you your yours said says say according mr mrs ms""".split()
)
"""English words that carry no claim of their own; they weigh little or nothing below."""


def content_words(text: str) -> list[str]:
    """The words of `text` that carry a claim, folded and lightly stemmed, in order.

    Numbers stay as written but for thousands commas: "1,200" and "1200" are one word.
    """
    return [_stem(w) for w in _words(text) if w not in _FUNCTION_WORDS]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return [w.replace(",", "") if w[0].isdigit() else w for w in _WORD.findall(folded)]


def _stem(word: str) -> str:
    if word[0].isdigit():
        return word
    word = word.removesuffix("'s")
    for suffix in ("ing", "ed", "es", "s"):
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word.removesuffix(suffix)
    return word


@dataclass(frozen=True, slots=True)
class HashEncoder:
    """Hashed stems and character 4-grams as a sentence vector (the hashing trick).

    A content word weighs 1, a function word 0.1, each 4-gram of a content word 0.5 / sqrt(its
    grams): sentences that share words lie close, inflections closer than unrelated words. There are
    no document frequencies, so a vector depends on its own text alone.
    Source: Weinberger et al., ICML 2009 (signed hashing); crc32 for a hash, because Python's own
    differs from process to process.

    dim: buckets; at 1,024 two unrelated news sentences have a cosine near 0.
    """

    dim: int = 1024

    @property
    def name(self) -> str:
        """Names the encoder and its width."""
        return f"hash-{self.dim}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return (len(texts), dim) float32 unit rows; all texts without a word share one row."""
        vectors = np.zeros((len(texts), self.dim), dtype=np.float64)
        for row, text in zip(vectors, texts, strict=True):
            self._add(row, text)
            if not row.any():
                row[0] = 1.0
            row /= np.linalg.norm(row)
        return vectors.astype(np.float32)

    def _add(self, row: np.ndarray, text: str) -> None:
        for word in _words(text):
            if word in _FUNCTION_WORDS:
                self._count(row, word, 0.1)
                continue
            stem = _stem(word)
            self._count(row, stem, 1.0)
            grams = [f"<{word}>"[i : i + 4] for i in range(len(word) - 1)]
            for gram in grams:
                self._count(row, f"#{gram}", 0.5 / len(grams) ** 0.5)

    def _count(self, row: np.ndarray, feature: str, weight: float) -> None:
        hashed = crc32(feature.encode())
        row[(hashed >> 1) % self.dim] += weight if hashed & 1 else -weight


@dataclass(frozen=True, slots=True)
class OverlapJudge:
    """Support by shared content words: the baseline that a learned judge has to beat.

    Numbers count twice, because a wrong one is the worst that overlap can still see. It cannot see
    who did what to whom, nor a negation; the exact checks do.
    """

    name: str = "overlap"

    def support(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """Return the weighted share of each sentence's content words that its evidence holds.

        In [0, 1]; 0 where there is no evidence, or no content word to look for.
        """
        return [self._share(sentence, evidence) for sentence, evidence in pairs]

    @staticmethod
    def _share(sentence: str, evidence: Sequence[str]) -> float:
        wanted = {w: 2.0 if w[0].isdigit() else 1.0 for w in content_words(sentence)}
        if not wanted:
            return 0.0
        held = {w for e in evidence for w in content_words(e)}
        return sum(weight for w, weight in wanted.items() if w in held) / sum(wanted.values())
