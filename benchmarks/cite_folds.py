"""Cross-validates citations by story: prints figures and reliability; ships nothing.

    python -m benchmarks.cite_folds STORIES.jsonl [--candidates grid|told|marked] [--quick]

STORIES.jsonl: Stories with gold and grid. Candidates are what `attribute` cites (marked), our
sentences as they are told, or the grid's own. All are mapped to the grid: a sentence covers
the grid sentences of which it overlaps half. --quick: the logistic regression that drafts of ours
are cited by.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer import citations
from summarizer.backends import CloseEncoder
from summarizer.backends.citer import LearnedCiter, stacked
from summarizer.backends.registry import load_encoder
from summarizer.backends.train_cite import CiteRecipe, train_citer
from summarizer.schema import SourceSentence, Story
from summarizer.text.boilerplate import mask, repeated_lines
from summarizer.text.sentences import split
from summarizer.training.citer_examples import Example, example, half_of

FOLDS = 7
LEAST_PRECISION = 66.0
QUICK = CiteRecipe(l2=50.0, seeds=0)

Bool = NDArray[np.bool_]
Scores = NDArray[np.float64]


class Case:
    """A marked story, and which grid sentences its candidates and articles cover."""

    def __init__(self, found: Example) -> None:
        story = found.story
        assert story.gold is not None
        assert story.grid is not None
        cells = [(a.id, b, e) for a in story.articles for b, e in story.grid[a.id]]
        self.example = found
        marks = [[(v.article, v.start, v.end) for v in g.evidence] for g in story.gold]
        self.gold = np.array([[any(half_of(c, m) for m in own) for c in cells] for own in marks])
        self.lay = np.array(
            [
                [s.field == "text" and half_of(c, (s.article, s.start, s.end)) for c in cells]
                for s in found.sentences
            ]
        )
        self.article = np.array([[a.id == c[0] for c in cells] for a in story.articles])
        self.worded = np.array([any(x.isalnum() for x in _text(story, c)) for c in cells])


def _text(story: Story, cell: tuple[str, int, int]) -> str:
    return story.article(cell[0]).text[cell[1] : cell[2]]


def candidates(story: Story, kind: str) -> list[SourceSentence] | None:
    """The sentences that may be cited; None for those of `attribute`."""
    if kind == "grid":
        cells = [(a.id, b, e) for a in story.articles for b, e in (story.grid or {})[a.id]]
        return [
            SourceSentence(c[0], "text", c[1], c[2], _text(story, c), i)
            for i, c in enumerate(cells)
        ]
    if kind == "told":
        repeated = repeated_lines(story.articles)
        return [s for a in story.articles for s in split(a, mask(a, repeated))]
    return None


def train(cases: Sequence[Case], names: Sequence[str], recipe: CiteRecipe) -> LearnedCiter:
    """A citer of these cases."""
    x = stacked([c.example.table for c in cases], names)
    return train_citer(x, np.concatenate([c.example.right.ravel() for c in cases]), names, recipe)


def counts(
    cases: Sequence[Case], scores: Sequence[Scores], least: float, worded: bool = False
) -> tuple[Scores, Scores]:
    """(hits, cited, gold) on the grid's sentences (only those with a word), and on articles."""
    cell, article = np.zeros(3), np.zeros(3)
    for case, score in zip(cases, scores, strict=True):
        marked = (score >= least).astype(int) @ case.lay > 0
        on = case.worded if worded else np.full(len(case.worded), True)
        cell += [
            (marked & case.gold)[:, on].sum(),
            marked[:, on].sum(),
            case.gold[:, on].sum(),
        ]
        a, g = marked @ case.article.T > 0, case.gold @ case.article.T > 0
        article += [(a & g).sum(), a.sum(), g.sum()]
    return cell, article


def f1(c: Scores) -> tuple[float, float, float]:
    """Precision, recall and F1 of (hits, cited, gold), in per cent."""
    p, r = c[0] / max(c[1], 1), c[0] / max(c[2], 1)
    return 100 * p, 100 * r, 200 * c[0] / max(c[1] + c[2], 1)


def average_precision(cases: Sequence[Case], scores: Sequence[Scores]) -> float:
    """Mean over the gold sentences, in per cent, ranking candidates."""
    out = []
    for case, score in zip(cases, scores, strict=True):
        for row, right in zip(score, case.example.right, strict=True):
            if right.any():
                hits = right[np.argsort(-row, kind="stable")]
                out.append((np.cumsum(hits)[hits] / (np.flatnonzero(hits) + 1)).mean())
    return 100 * float(np.mean(out))


def threshold(cases: Sequence[Case], scores: Sequence[Scores], least_p: float) -> float:
    """The threshold of the best F1 with at least that precision (in %)."""
    tried = [(f1(counts(cases, scores, t)[0]), t) for t in np.arange(0.15, 0.6, 0.01)]
    fair = [(f[2], t) for f, t in tried if f[0] >= least_p] or [(f[0], t) for f, t in tried]
    return float(max(fair)[1])


def report(cases: Sequence[Case], scores: Sequence[Scores], fold: NDArray[np.intp]) -> None:
    """Print P, R and F1 at thresholds, MAP, and how often a score is right."""
    cell, worded, article = np.zeros(3), np.zeros(3), np.zeros(3)
    for k in range(FOLDS):  # a fold's threshold is chosen on the others' left-out scores
        inner = [i for i in range(len(cases)) if fold[i] != k]
        outer = [i for i in range(len(cases)) if fold[i] == k]
        t = threshold([cases[i] for i in inner], [scores[i] for i in inner], LEAST_PRECISION)
        held, said = [cases[i] for i in outer], [scores[i] for i in outer]
        c, a = counts(held, said, t)
        cell, article = cell + c, article + a
        worded += counts(held, said, t, worded=True)[0]
    print("threshold of the other folds  P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(cell)), end="")
    print("   cells with words P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(worded)), end="")
    print("   articles P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(article)))
    for t in np.arange(0.15, 0.5, 0.03):
        cell, article = counts(cases, scores, t)
        print(f"at {t:.2f}  P {{:.1f}} R {{:.1f}} F1 {{:.1f}}".format(*f1(cell)), end="")
        print("   articles P {:.1f} R {:.1f} F1 {:.1f}".format(*f1(article)))
    print(f"MAP {average_precision(cases, scores):.1f}")
    score = np.concatenate([s.ravel() for s in scores])
    right = np.concatenate([c.example.right.ravel() for c in cases])
    for low in np.arange(0, 1, 0.1):
        held_in = (score >= low) & (score < low + 0.1)
        if held_in.any():
            print(
                f"{low:.1f}-{low + 0.1:.1f}  n {held_in.sum():6d}  "
                f"said {score[held_in].mean():.2f}  right {right[held_in].mean():.2f}"
            )


def main() -> None:
    """Read the stories, train on all but a fold, print what the fold gets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("stories", type=Path)
    parser.add_argument("--candidates", choices=["marked", "told", "grid"], default="marked")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    encoder = load_encoder(threads=1)
    assert isinstance(encoder, CloseEncoder)
    lines = args.stories.read_text(encoding="utf-8").splitlines()
    stories = [Story.model_validate_json(line) for line in lines]
    cases = [Case(example(s, encoder, candidates(s, args.candidates))) for s in stories]
    names = list(cases[0].example.table)
    if args.quick:
        names = list(citations.WEIGHTS)
    fold = np.random.default_rng(args.seed).permutation(len(cases)) % FOLDS
    scores: list[Scores] = [np.zeros(0)] * len(cases)
    for k in range(FOLDS):
        rest = [c for c, own in zip(cases, fold, strict=True) if own != k]
        citer = train(rest, names, QUICK if args.quick else CiteRecipe())
        for i in np.flatnonzero(fold == k):
            scores[i] = citer.chance(cases[i].example.table)
    report(cases, scores, fold)


if __name__ == "__main__":
    main()
