"""Cross-validates citations by story: prints figures, reliability, and all stories' weights.

    python -m benchmarks.cite_folds STORIES.jsonl [--split own] [--weights]

STORIES.jsonl: Stories with gold and grid. Candidates are the grid's sentences, or with
`--split own` our own, laid on the grid (a sentence covers those that it overlaps by half).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer import cite
from summarizer.backends import Encoder
from summarizer.backends.logistic import fit
from summarizer.clean import mask, repeated_lines
from summarizer.embed import embed, encode
from summarizer.split import split
from summarizer.story import Embedded, SourceSentence, Story
from summarizer.weights import load_encoder

L2 = 50.0
Bool = NDArray[np.bool_]
Scores = NDArray[np.float64]


class Case:
    """One story: features, which candidates are gold, and how candidates lie on the grid."""

    def __init__(self, story: Story, own: bool, encoder: Encoder) -> None:
        assert story.gold is not None
        assert story.grid is not None
        cells = [(a.id, b, e) for a in story.articles for b, e in story.grid[a.id]]
        sentences = _own(story) if own else _grid(story, cells)
        [embedded] = embed([sentences], encoder)
        texts = [g.text for g in story.gold]
        table = cite.features(texts, encode(texts, encoder), embedded)
        self.embedded: Embedded = embedded
        self.names = list(table)
        self.x = np.stack(list(table.values()), -1)
        self.gold = np.array(
            [
                [
                    any(_half((a, b, e), (v.article, v.start, v.end)) for v in g.evidence)
                    for a, b, e in cells
                ]
                for g in story.gold
            ]
        )
        self.lay = np.array(
            [
                [s.field == "text" and _half(c, (s.article, s.start, s.end)) for c in cells]
                for s in sentences
            ]
        )
        # a candidate is right if it touches gold: it covers a gold cell, or lies mostly in one
        inside = np.array(
            [
                [s.field == "text" and _half((s.article, s.start, s.end), c) for c in cells]
                for s in sentences
            ]
        )
        self.right: Bool = self.gold @ (self.lay | inside).T > 0
        self.article = np.array([[a.id == c[0] for c in cells] for a in story.articles])


def _half(cell: tuple[str, int, int], by: tuple[str, int, int]) -> bool:
    shared = min(cell[2], by[2]) - max(cell[1], by[1])
    return cell[0] == by[0] and shared > 0 and 2 * shared >= cell[2] - cell[1]


def _grid(story: Story, cells: Sequence[tuple[str, int, int]]) -> list[SourceSentence]:
    return [
        SourceSentence(a, "text", b, e, story.article(a).text[b:e], i, i)
        for i, (a, b, e) in enumerate(cells)
    ]


def _own(story: Story) -> list[SourceSentence]:
    repeated = repeated_lines(story.articles)
    return [s for a in story.articles for s in split(a, mask(a, repeated))]


def fitted(cases: Sequence[Case]) -> Scores:
    x = np.concatenate([c.x.reshape(-1, c.x.shape[-1]) for c in cases])
    return fit(x, np.concatenate([c.right.ravel() for c in cases]), L2)


def scored(case: Case, w: Scores) -> Scores:
    return np.asarray(1 / (1 + np.exp(-(w[0] + case.x @ w[1:]))))


def counts(cases: Sequence[Case], scores: Sequence[Scores], least: float) -> tuple[Scores, Scores]:
    """(hits, cited, gold) on the grid's sentences, and on articles."""
    cell, article = np.zeros(3), np.zeros(3)
    for case, score in zip(cases, scores, strict=True):
        marked = (score >= least).astype(int) @ case.lay > 0
        cell += [(marked & case.gold).sum(), marked.sum(), case.gold.sum()]
        a, g = marked @ case.article.T > 0, case.gold @ case.article.T > 0
        article += [(a & g).sum(), a.sum(), g.sum()]
    return cell, article


def f1(c: Scores) -> tuple[float, float, float]:
    p, r = c[0] / max(c[1], 1), c[0] / max(c[2], 1)
    return 100 * p, 100 * r, 200 * c[0] / max(c[1] + c[2], 1)


def average_precision(cases: Sequence[Case], scores: Sequence[Scores]) -> float:
    out = []
    for case, score in zip(cases, scores, strict=True):
        for row, right in zip(score, case.right, strict=True):
            if right.any():
                hits = right[np.argsort(-row, kind="stable")]
                out.append((np.cumsum(hits)[hits] / (np.flatnonzero(hits) + 1)).mean())
    return 100 * float(np.mean(out))


def threshold(cases: Sequence[Case], scores: Sequence[Scores], least_p: float) -> float:
    """The threshold of the best F1 with at least that precision (in %)."""
    tried = [(f1(counts(cases, scores, t)[0]), t) for t in np.arange(0.15, 0.6, 0.01)]
    fair = [(f[2], t) for f, t in tried if f[0] >= least_p] or [(f[0], t) for f, t in tried]
    return float(max(fair)[1])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("stories", type=Path)
    parser.add_argument("--split", choices=["grid", "own"], default="grid")
    parser.add_argument("--weights", action="store_true")
    args = parser.parse_args()
    encoder = load_encoder(threads=1)
    lines = args.stories.read_text(encoding="utf-8").splitlines()
    cases = [Case(Story.model_validate_json(line), args.split == "own", encoder) for line in lines]
    whole = np.empty(len(cases), dtype=object)
    cell, article = np.zeros(3), np.zeros(3)
    for i in range(len(cases)):  # leave one story out; its threshold is the other stories' too
        rest = cases[:i] + cases[i + 1 :]
        w = fitted(rest)
        whole[i] = scored(cases[i], w)
        inner = [scored(c, w) for c in rest]
        c, a = counts([cases[i]], [whole[i]], threshold(rest, inner, 66.0))
        cell, article = cell + c, article + a
    print("left-out threshold   P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(cell)), end="")
    print("   articles P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(article)))
    for t in np.arange(0.2, 0.42, 0.02):
        cell, article = counts(cases, list(whole), t)
        print(f"at {t:.2f}  P {{:.1f}} R {{:.1f}} F1 {{:.1f}}".format(*f1(cell)), end="")
        print("   articles P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(article)))
    print(f"MAP {average_precision(cases, list(whole)):.1f}")
    score = np.concatenate([s.ravel() for s in whole])
    right = np.concatenate([c.right.ravel() for c in cases])
    for low in np.arange(0, 1, 0.1):
        held = (score >= low) & (score < low + 0.1)
        if held.any():
            print(
                f"{low:.1f}-{low + 0.1:.1f}  n {held.sum():6d}  "
                f"said {score[held].mean():.2f}  right {right[held].mean():.2f}"
            )
    if args.weights:
        w = fitted(cases)
        print(f"_INTERCEPT = {w[0]:.4f}")
        for name, value in zip(cases[0].names, w[1:], strict=True):
            print(f'    "{name}": {value:.4f},')


if __name__ == "__main__":
    main()
