"""What a support score rests on: how a sentence's words and tokens are met by its evidence.

Numbers about one (sentence, evidence) pair only; the model that supplies the token states and the
weights that join these numbers live in judge.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from summarizer.facts import problems_of
from summarizer.story import Problem

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SILENT = frozenset(
    "a an the and or but if of in on at to from by for with as is are was were be been being am it "
    "its he she they them his her their him i we you our my your us this that these those there "
    "here so than then too very just also into onto who whom whose which what when where why how "
    "has have had do does did".split()
)
_WEAK = 0.6  # cosine of token states under which a token counts as not met
_WINDOW = 4  # tokens that should be met together, by one sentence


@dataclass(frozen=True, eq=False, slots=True)
class States:
    """A text's word pieces and their last hidden states: (n_tokens, dim) float32, unit rows."""

    pieces: tuple[str, ...]
    rows: NDArray[np.float32]


def describe(
    sentence: str, evidence: Sequence[str], states: States, evidence_states: Sequence[States]
) -> dict[str, float]:
    """Number what speaks for and against the sentence, by name; evidence best first, or empty."""
    table = _by_words(_words(sentence), [_words(e) for e in evidence])
    found = Counter(f.problem for f in problems_of(sentence, evidence))
    table |= {f"problem: {p}": float(min(found[p], 3)) for p in get_args(Problem)}
    return table | _by_tokens(states, [s for s in evidence_states if len(s.pieces)])


def _words(text: str) -> list[str]:
    return [w.lower().replace("’", "'").removesuffix("'s") for w in _WORD.findall(text)]


def _by_words(words: list[str], held: list[list[str]]) -> dict[str, float]:
    content = {w for w in words if w not in _SILENT} or set(words)
    sets = [set(h) for h in held] or [set()]
    every = set().union(*sets)
    best = max(sets, key=lambda s: len(content & s))
    second = max((s | best for s in sets), key=lambda s: len(content & s))
    table = {
        "words": float(np.log1p(len(words))),
        "met words": _part(content & every, content),
        "met words, one sentence": _part(content & best, content),
        "met words, two sentences": _part(content & second, content),
        "unmet words": float(len(content - every)),
    }
    for n in (2, 3, 4):
        grams = _grams(words, n)
        each = [_grams(h, n) & grams for h in held] or [set()]
        table[f"met runs of {n}"] = _part(set().union(*each), grams)
        table[f"met runs of {n}, one sentence"] = max(_part(e, grams) for e in each)
    matchers = [SequenceMatcher(None, words, h, autojunk=False) for h in held[:4]]
    blocks = [[b for b in m.get_matching_blocks() if b.size] for m in matchers] or [[]]
    copied = max(blocks, key=lambda bs: sum(b.size for b in bs))
    gaps = [b.b - a.b - a.size for a, b in pairwise(copied)]
    n_words = max(len(words), 1)
    table |= {
        "copied": sum(b.size for b in copied) / n_words,
        "longest copied run": max((b.size for b in copied), default=0) / n_words,
        "copied runs": float(len(copied)),
        "words skipped": float(np.log1p(max(gaps, default=0))),
    }
    return table


def _part(some: set[str] | set[tuple[str, ...]], of: set[str] | set[tuple[str, ...]]) -> float:
    return len(some) / len(of) if of else 1.0


def _grams(words: Sequence[str], n: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def _by_tokens(asked: States, held: Sequence[States]) -> dict[str, float]:
    """Greedy matching of contextual token states (as BERTScore, Zhang et al., ICLR 2020).

    Beside its mean, the weakest tokens and the weakest window of four tokens within one sentence
    (words that are all met but by different sentences), and whether matches run on in order.
    """
    if not held or not len(asked.pieces):
        return dict.fromkeys(_TOKEN_FEATURES, 0.0)
    loud = np.array(
        [p.startswith("##") or (p not in _SILENT and p.isalnum()) for p in asked.pieces]
    )
    if loud.sum() < 2:
        loud[:] = True
    near = [asked.rows @ h.rows.T for h in held]
    met = np.stack([m.max(1) for m in near])  # (n_sentences, n_tokens)
    best, alone = met.max(0), met[:, loud].mean(1)
    weakest = np.sort(best[loud])
    size = min(_WINDOW, int(loud.sum()))
    windows = np.stack([np.convolve(row[loud], np.ones(size) / size, "valid") for row in met])
    by = met.argmax(0)[loud]
    jumps = np.diff(near[int(alone.argmax())].argmax(1))
    pairs = [np.minimum(m[:-1, :-1], m[1:, 1:]).max(1) for m in near if min(m.shape) > 1]
    in_pairs = np.sort(np.stack(pairs).max(0)) if pairs else np.zeros(1)
    means = np.stack([h.rows.mean(0) for h in held])
    means /= np.linalg.norm(means, axis=1, keepdims=True) + 1e-9
    own = asked.rows.mean(0)
    cosines = np.sort(means @ (own / (np.linalg.norm(own) + 1e-9)))[::-1]
    values = (
        best[loud].mean(),
        weakest[0],
        weakest[:3].mean(),
        best.mean(),
        alone.max(),
        (best[loud] < _WEAK).mean(),
        windows.max(0).min(),
        windows.max(0).mean(),
        (by[1:] != by[:-1]).mean() if len(by) > 1 else 0.0,
        len(set(by.tolist())),
        (jumps == 1).mean() if len(jumps) else 1.0,
        (jumps < 0).mean() if len(jumps) else 0.0,
        in_pairs.mean(),
        in_pairs[:3].mean(),
        cosines[0],
        cosines[:3].mean(),
    )
    return {name: float(v) for name, v in zip(_TOKEN_FEATURES, values, strict=True)}


_TOKEN_FEATURES = (
    "token match",
    "weakest token",
    "three weakest tokens",
    "match of all tokens",
    "match in one sentence",
    "weak tokens",
    "weakest window",
    "windows",
    "changes of sentence",
    "sentences needed",
    "matches running on",
    "matches running back",
    "match of pairs",
    "weakest pairs",
    "cosine",
    "cosine of three",
)
