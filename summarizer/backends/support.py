"""What a support score rests on beside its heads: how words and tokens are met by the evidence.

Numbers about one (sentence, evidence) pair only; the model that supplies the token states and the
weights that join these numbers live in judge.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from summarizer.backends import States
from summarizer.facts import problems_of

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SILENT = frozenset(
    "a an the and or but if of in on at to from by for with as is are was were be been being am it "
    "its he she they them his her their him i we you our my your us this that these those there "
    "here so than then too very just also into onto who whom whose which what when where why how "
    "has have had do does did".split()
)
_WINDOW = 4  # tokens that should be met together, by one sentence
_MOST_PROBLEMS = 3  # further ones of a kind add nothing


def describe(
    sentence: str, evidence: Sequence[str], states: States, evidence_states: Sequence[States]
) -> dict[str, float]:
    """Number what speaks for and against the sentence, by name.

    met pairs of words: the share of its pairs of neighbouring words that one evidence sentence
    has, in [0, 1]. weakest window: of any four tokens in a row, how near the best evidence sentence
    comes to them together, at the worst place. match of pairs: how near pairs of neighbouring
    tokens find a pair. cosine: with the nearest evidence sentence. problem: those of the exact
    checks, at most three of a kind. Token matching is BERTScore's (Zhang et al., ICLR 2020); we
    differ in looking at the worst place, where a sentence spliced from true parts gives way.
    """
    pairs = _pairs(sentence)
    found = Counter(f.problem for f in problems_of(sentence, evidence))
    held = [s for s in evidence_states if len(s.pieces)]
    window, match, cosine = _matches(states, held) if held and len(states.pieces) else (0.0,) * 3
    return {
        "met pairs of words": max((len(pairs & _pairs(e)) for e in evidence), default=0)
        / max(len(pairs), 1),
        "weakest window": window,
        "match of pairs": match,
        "cosine": cosine,
        "problem: number": float(min(found["number"], _MOST_PROBLEMS)),
        "problem: name": float(min(found["name"], _MOST_PROBLEMS)),
    }


def _pairs(text: str) -> set[tuple[str, str]]:
    words = [w.lower().replace("’", "'").removesuffix("'s") for w in _WORD.findall(text)]
    return set(pairwise(words))


def _matches(asked: States, held: Sequence[States]) -> tuple[float, float, float]:
    """The weakest window, the match of pairs and the cosine; neither side is empty."""
    loud = np.array(
        [p.startswith("##") or (p not in _SILENT and p.isalnum()) for p in asked.pieces]
    )
    if loud.sum() < 2:
        loud[:] = True
    near = [asked.rows @ h.rows.T for h in held]
    met = [m.max(1)[loud] for m in near]
    size = min(_WINDOW, int(loud.sum()))
    windows = np.stack([np.convolve(row, np.ones(size) / size, "valid") for row in met])
    beside = [np.minimum(m[:-1, :-1], m[1:, 1:]).max(1) for m in near if min(m.shape) > 1]
    match = float(np.stack(beside).max(0).mean()) if beside else 0.0
    means = np.stack([asked.rows.mean(0), *(h.rows.mean(0) for h in held)])
    means /= np.linalg.norm(means, axis=1, keepdims=True) + 1e-9
    return float(windows.max(0).min()), match, float((means[1:] @ means[0]).max())
