"""Sentences that people judged against an article, as examples to fit a judge's last step on.

Reading the sentences is a backend's; here they get their passages, their folds and their figures.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer import marking
from summarizer.backends import Citer, Encoder, Scorer
from summarizer.backends.judge import MAX_EVIDENCE, Combiner, Head, Read
from summarizer.backends.logistic import fit
from summarizer.backends.reading import PASSAGES, describe_reading
from summarizer.backends.support import describe
from summarizer.copying import shared_pairs
from summarizer.errors import BadInput

NUMBERS = (
    *("met pairs of words", "weakest window", "match of pairs", "cosine"),
    *("problem: number", "problem: name", "heads"),
)
"""What the combiner sees; chosen by cross-validation (docs/LOG.md, judge)."""

L2 = 20.0
"""Penalty of the combiner's weights on scaled numbers."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence that people judged, and the passages of its article, best first.

    half: the part of the set that it comes from.
    """

    article: str
    half: str
    sentence: str
    held: tuple[str, ...]
    right: bool


def read_judged(path: Path, encoder: Encoder, citer: Citer | None) -> list[Judged]:
    """Lines {"id", "article", "sentence", "consistent"}; a half is the second part of the id.

    Raises BadInput, naming the line, where a field is missing.
    """
    rows: list[dict[str, object]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            {row[k] for k in ("article", "sentence", "consistent")}
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput(
                f'{path.name}, line {number}: {error}; give "article", "sentence", "consistent"'
            ) from None
        rows.append(row)
    out: list[Judged] = []
    of: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        of.setdefault(str(row["article"]), []).append(i)
    held: dict[int, tuple[str, ...]] = {}
    for article, places in of.items():
        texts = [str(rows[i]["sentence"]) for i in places]
        found = marking.mark(texts, marking.passages([article]), encoder, citer)
        for i, scores in zip(places, found.scores, strict=True):
            best = np.argsort(-scores, kind="stable")[:MAX_EVIDENCE]
            held[i] = tuple(found.embedded.sentences[int(r)].text for r in best)
    for i, row in enumerate(rows):
        parts = str(row.get("id", "")).split("-")
        half = parts[1] if len(parts) > 1 else "all"
        sentence, right = str(row["sentence"]), bool(row["consistent"])
        out.append(Judged(str(row["article"]), half, sentence, held[i], right))
    return out


def table(rows: Sequence[Judged], heads: Sequence[Head], read: Read) -> Floats:
    """(n, len(NUMBERS)): what the combiner sees of each row."""
    texts = list(dict.fromkeys(t for r in rows for t in (r.sentence, *r.held)))
    states = dict(zip(texts, read(texts), strict=True))
    out = []
    for r in rows:
        asked, held = states[r.sentence], [states[t] for t in r.held]
        numbers = describe(r.sentence, r.held, asked, held)
        numbers["heads"] = float(np.mean([h.logit(asked, held) for h in heads]))
        out.append([numbers[name] for name in NUMBERS])
    return np.array(out)


def reading_table(rows: Sequence[Judged], scorer: Scorer) -> Floats:
    """(n, len(READING)): what a writer's reading says of each row."""
    read = scorer.log_chances([(r.sentence, r.held[:PASSAGES]) for r in rows])
    return np.array([list(describe_reading(*found).values()) for found in read])


def combiner(x: Floats, rows: Sequence[Judged], names: Sequence[str] = NUMBERS) -> Combiner:
    """Fit on all rows as they are, so that a support is the share of such sentences that hold."""
    w = fit(x, np.array([r.right for r in rows]), L2)
    return Combiner(float(w[0]), dict(zip(names, map(float, w[1:]), strict=True)))


def copied(rows: Sequence[Judged], free: float) -> NDArray[np.bool_]:
    """Which rows share at least `free` of their word pairs with one passage."""
    return np.array([shared_pairs(r.sentence, r.held) >= free for r in rows])


# --- cross-validation ----------------------------------------------------------------------------


def balanced(right: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """Mean of the shares of true and of false rows that are called so, in per cent."""
    return 50 * float(said[right].mean() + (~said[~right]).mean())


def best_threshold(score: Floats, right: NDArray[np.bool_]) -> float:
    """The score from which calling a row true gives the best balanced accuracy."""
    tried = np.unique(score)
    return float(max(tried, key=lambda t: balanced(right, score >= t)))


def folds(rows: Sequence[Judged], seed: int, n: int = 10) -> list[NDArray[np.bool_]]:
    """For each fold which rows are in it; rows of one article stay together."""
    articles = sorted({r.article for r in rows})
    fold = dict(
        zip(articles, np.random.default_rng(seed).permutation(len(articles)) % n, strict=True)
    )
    return [np.array([fold[r.article] == k for r in rows]) for k in range(n)]


def cross_validated(
    x: Floats,
    rows: Sequence[Judged],
    seed: int,
    near: NDArray[np.bool_] | None = None,
    more: Floats | None = None,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Scores by a combiner, and decisions by a threshold, of the other folds' articles.

    near: rows that mostly copy: they and the others then have a threshold each. more: further
    numbers, which join for the near rows alone.
    """
    right = np.array([r.right for r in rows])
    every = np.full(len(rows), True)
    parts = [(every, x)]
    if near is not None:
        parts = [(~near, x), (near, x if more is None else np.hstack([x, more]))]
    score, said = np.zeros(len(rows)), np.zeros(len(rows), bool)
    for out in folds(rows, seed):
        for on, table_ in parts:
            w = fit(table_[~out], right[~out], L2)
            z = 1 / (1 + np.exp(-(w[0] + table_ @ w[1:])))
            score[out & on] = z[out & on]
            said[out & on] = z[out & on] >= best_threshold(z[~out & on], right[~out & on])
    return score, said


def report(name: str, score: Floats, said: NDArray[np.bool_] | None, rows: Sequence[Judged]) -> str:
    """Balanced accuracy of all rows and of each half, a line each."""
    right, half = np.array([r.right for r in rows]), np.array([r.half for r in rows])
    lines = []
    for part in ("all", *sorted(set(half.tolist()))):
        on = np.full(len(rows), True) if part == "all" else half == part
        t = best_threshold(score[on], right[on])
        line = f"{name:10s} {part:6s} best threshold {balanced(right[on], score[on] >= t):.1f}"
        if said is not None:
            line += f"   thresholds of other folds {balanced(right[on], said[on]):.1f}"
        lines.append(line)
    return "\n".join(lines)


def reliability(score: Floats, right: NDArray[np.bool_]) -> str:
    """How often what is said with a support holds, a line a fifth."""
    lines = []
    for low in np.arange(0, 1, 0.2):
        on = (score >= low) & (score < low + 0.2 + 1e-9 * (low > 0.7))
        if on.any():
            lines.append(
                f"{low:.1f}-{low + 0.2:.1f}  n {on.sum():4d}  "
                f"said {score[on].mean():.2f}  right {right[on].mean():.2f}"
            )
    return "\n".join(lines)
