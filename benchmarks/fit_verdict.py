"""Fits the joint verdict's weights on pairs that are true or false: few numbers, much data.

    python -m benchmarks.fit_verdict hand-1 hand-2 hand-3 hand-4 PAIRS.jsonl ... -o calibration.json

A set is a name of tests/data's hand-written fusions, a file of cases as benchmarks.judging reads
them, or one of labelled pairs as `summarizer train reader` does (not those it was trained on). Each
set weighs the same, and in each the true ones as much as the false. Prints what each number, and
all together, decide in sets that were left out of the fit.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.judging import read as cases
from summarizer.backends import Reader, logistic
from summarizer.backends.registry import load_reader
from summarizer.backends.train_reader import read_pairs
from summarizer.nlp import parse
from summarizer.verification.alignment import align
from summarizer.verification.checks import findings
from summarizer.verification.verdict import numbers
from summarizer.verification.verifier import objections

READ = ("reader", "contradiction", "doubt")
ALIGNED = (
    *("words opposite", "words other", "words specific", "words missing", "together"),
    *("clauses unmatched", "mismatch role", "mismatch negation", "mismatch modality"),
    *("mismatch condition", "mismatch degree", "mismatch speaker", "turned"),
)
WAYS = {
    "reader": READ,
    "alone": ALIGNED,
    "with reader": (*READ, *ALIGNED),
}
FOR = frozenset({"reader", "together"})
"""Numbers that may only raise the support; all others may only lower it."""

L2 = 3.0
"""Penalty of the weights on scaled numbers; a set of 800 pairs tells 1 and 10 apart by 0.3."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One pair: its set, its kind, whether it is true, whether a check objects, its numbers."""

    part: str
    kind: str
    right: bool
    exact: bool
    numbers: dict[str, float]


def rows_of(name: str, reader: Reader, limit: int) -> list[Row]:
    """The pairs of one set, read; of more than `limit` an evenly spaced sample."""
    if name.startswith("hand-") or '"label"' not in _first_line(name):
        pairs = [(c.sentence, c.sources, c.right, c.kind) for c in cases(name)]
    else:
        known = read_pairs([Path(name)])
        pairs = [(p.sentence, p.parts, p.label == "entailment", p.kind) for p in known]
    pairs = pairs[:: max(1, len(pairs) // limit)]
    parse([text for sentence, evidence, _, _ in pairs for text in (sentence, *evidence)])
    out = []
    for n, (sentence, evidence, right, kind) in enumerate(pairs, 1):
        asked, *held = parse([sentence, *evidence])
        found = findings(asked, held)
        [reading] = reader.read([(sentence, evidence)])
        said = numbers(align(asked, held), reading)
        objects = bool(objections(found, reading))
        out.append(Row(Path(name).stem, kind, right, objects, said))
        if n % 200 == 0:
            print(f"{name}: {n} of {len(pairs)}", file=sys.stderr)
    return out


def _first_line(name: str) -> str:
    with Path(name).open(encoding="utf-8") as lines:
        return lines.readline()


def fit(rows: Sequence[Row], names: Sequence[str]) -> tuple[float, dict[str, float]]:
    """Intercept and weights of a logistic regression, every set and each of its halves alike.

    Pairs to which an exact check objects are decided by it, and left out. A number whose
    weight has the wrong sign (a missing word that raises the support) is left out, and the rest
    fitted again: such a weight is an accident of the sets.
    """
    rows, kept = [r for r in rows if not r.exact], list(names)
    while True:
        intercept, weights = _fit(rows, kept)
        wrong = [n for n, w in weights.items() if (w < 0) == (n in FOR)]
        if not wrong:
            return intercept, weights
        worst = max(wrong, key=lambda n: abs(weights[n]))
        kept.remove(worst)


def _fit(rows: Sequence[Row], names: Sequence[str]) -> tuple[float, dict[str, float]]:
    x = np.array([[r.numbers[n] for n in names] for r in rows])
    y = np.array([r.right for r in rows])
    parts = np.array([r.part for r in rows])
    weight = np.zeros(len(rows))
    for part in set(parts.tolist()):
        for right in (True, False):
            on = (parts == part) & (y == right)
            weight[on] = len(rows) / (2 * len(set(parts.tolist())) * max(1, on.sum()))
    intercept, *weights = logistic.fit(x, y, L2, weight).tolist()
    return intercept, dict(zip(names, weights, strict=True))


def said(rows: Sequence[Row], fitted: tuple[float, dict[str, float]]) -> Floats:
    """The supports of rows under fitted weights; 0 where an exact check objects."""
    intercept, weights = fitted
    z = np.array([intercept + sum(w * r.numbers[n] for n, w in weights.items()) for r in rows])
    objected = np.array([r.exact for r in rows])
    return np.where(objected, 0.0, 1 / (1 + np.exp(-np.clip(z, -30, 30))))


def balanced(rows: Sequence[Row], supports: Floats, least: float = 0.5) -> str:
    """Balanced accuracy in per cent, with the shares of true and of false rows called so."""
    y, kept = np.array([r.right for r in rows]), supports >= least
    true, false = kept[y].mean(), (~kept[~y]).mean()
    return f"{50 * (true + false):5.1f}  true accepted {true:.2f}  false refused {false:.2f}"


def main() -> None:
    """Fit, print a table of numbers by set, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("-o", "--out", type=Path)
    parser.add_argument("--limit", type=int, default=800, help="pairs of a set, at most about")
    args = parser.parse_args()
    reader = load_reader()
    rows = [row for name in args.sets for row in rows_of(name, reader, args.limit)]
    parts = sorted({r.part for r in rows})
    print(f"{len(rows)} pairs; each line: exact checks, and weights of the other sets")
    for way, names in WAYS.items():
        for part in parts:
            inside = [r for r in rows if r.part == part]
            outside = [r for r in rows if r.part != part]
            print(f"{way:12s} {part:24s} {balanced(inside, said(inside, fit(outside, names)))}")
    if args.out is not None:
        ways = {}
        for way in ("with reader", "alone"):
            intercept, weights = fit(rows, WAYS[way])
            ways[way] = {
                "intercept": round(intercept, 4),
                "least": 0.5,
                "weights": {name: round(w, 4) for name, w in weights.items()},
            }
        args.out.write_text(json.dumps(ways, indent=1) + "\n", encoding="utf-8")
        print(f"{args.out}: fitted on {reader.name}")


if __name__ == "__main__":
    main()
