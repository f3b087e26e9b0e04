"""Stand-ins without weights: an encoder, two writers and a judge that need no model and no torch.

They are test doubles and a baseline for evaluation; nothing here is learned, nothing is read
from disk, and the same input gives the same output in every process.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np

from summarizer.backends import Brief, Vectors

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


_LEAD_IN = re.compile(
    r"^(?:however|meanwhile|moreover|furthermore|in addition|additionally|also|still|but|and|"
    r"nevertheless|nonetheless|for (?:his|her|its|their) part|on the other hand)[,:]?\s+",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s+(?:\([^()]*\)|\[[^\[\]]*\])(?=[\s.,;:!?]|$)")
_END = re.compile(r"[.!?…]+$")


@dataclass(frozen=True, slots=True)
class TrimWriter:
    """Writes without a model: joins two evidence sentences, or trims one.

    Words are only taken away (asides in brackets, a leading "However,") or joined by a semicolon,
    so a draft says nothing that its evidence does not. The seed is not used.
    """

    name: str = "trim"

    def write(self, briefs: Sequence[Brief], n: int) -> list[list[str]]:
        """Return at most `n` drafts a brief: the joined pair first, then single sentences.

        A draft longer than the brief's `max_words` is left out, never cut, so a brief whose
        evidence is all too long gets none.
        """
        return [self._drafts(brief)[:n] for brief in briefs]

    @staticmethod
    def _drafts(brief: Brief) -> list[str]:
        singles = list(dict.fromkeys(filter(None, map(_trim, brief.evidence))))
        if brief.task == "title":
            candidates = [_END.sub("", s) for s in singles]
        else:
            pair = [f"{_END.sub('', singles[0])}; {singles[1]}"] if len(singles) > 1 else []
            candidates = pair + singles
        return [c for c in candidates if len(c.split()) <= brief.max_words]


def _trim(sentence: str) -> str:
    kept = _LEAD_IN.sub("", _ASIDE.sub("", sentence.strip())).strip()
    return kept[:1].upper() + kept[1:]


@dataclass(frozen=True, slots=True)
class ScriptedWriter:
    """A test double: gives back drafts written beforehand, and remembers what it was asked.

    drafts: from the first evidence sentence of a brief to its drafts, best first.
    otherwise: the drafts of every brief that `drafts` does not name.
    asked: every (brief, n) in the order asked.
    """

    drafts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    otherwise: Sequence[str] = ()
    name: str = "scripted"
    asked: list[tuple[Brief, int]] = field(default_factory=list, compare=False)

    def write(self, briefs: Sequence[Brief], n: int) -> list[list[str]]:
        """Return the first 0 to `n` of each brief's scripted drafts."""
        self.asked.extend((brief, n) for brief in briefs)
        return [list(self.drafts.get(b.evidence[0], self.otherwise))[:n] for b in briefs]


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
