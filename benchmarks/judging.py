"""How well `judge` decides, as shipped, on sentences that others judged; fits and chooses nothing.

    python -m benchmarks.judging FILE.jsonl ... [--witnesses] [--show N]

Lines {"sentence", "sources": [text], "supported", "kind"?}, or {"id", "article", "sentence",
"consistent"}, where the second part of an id names its half of the set; or a name of tests/data's
fusions ("hand-1" …, "hand-5"). Prints balanced accuracies (the mean of the shares of true and of
false ones called so) of all, by half and by kind; beside it the best threshold on shared pairs of
words, chosen on the very set. --witnesses: each part of the verdict alone, too.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.perturb_report import load
from summarizer import Summarizer
from summarizer.nlp.overlap import words_of
from summarizer.schema import Judgement
from summarizer.verification.verifier import Verifier


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, its sources, whether they carry it; its half of the set and its kind."""

    sentence: str
    sources: tuple[str, ...]
    right: bool
    half: str = "all"
    kind: str = ""


def shared_pairs(sentence: str, sources: Sequence[str]) -> float:
    """The share of a sentence's pairs of neighbouring words that one source has, in [0, 1].

    Of the sources the one that has most counts; 1 for a sentence without a pair.
    """
    own = set(pairwise(words_of(sentence)))
    if not own:
        return 1.0
    return max((len(own & set(pairwise(words_of(s)))) for s in sources), default=0) / len(own)


def read(name: str) -> Iterator[Case]:
    """The cases of a file, or of a set of tests/data."""
    if name.startswith("hand-"):
        sample = load(name)
        yield from (Case(text, evidence, True, kind="true") for text, evidence in sample.true)
        yield from (Case(p.sentence, p.evidence, False, kind=p.kind) for p in sample.false)
        return
    for line in Path(name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "article" in row:
            half = str(row["id"]).split("-")[1]
            yield Case(row["sentence"], (row["article"],), bool(row["consistent"]), half)
        else:
            kind = str(row.get("kind", ""))
            yield Case(row["sentence"], tuple(row["sources"]), bool(row["supported"]), kind=kind)


Bools = NDArray[np.bool_]


def balanced(right: Bools, said: Bools) -> str:
    """Balanced accuracy in per cent, and both shares."""
    shares = [said[right].mean() if right.any() else np.nan]
    shares.append((~said[~right]).mean() if (~right).any() else np.nan)
    true, false = shares
    return f"{50 * (true + false):5.1f}  true accepted {true:.3f}  false refused {false:.3f}"


def best_overlap(cases: Sequence[Case]) -> str:
    """The best that a threshold on shared pairs of words does on these cases."""
    right = np.array([c.right for c in cases])
    scores = np.array([shared_pairs(c.sentence, c.sources) for c in cases])
    tried = (balanced(right, scores >= t) for t in np.unique(scores))
    return max(tried, key=lambda line: float(line[:5]))


def report(name: str, cases: Sequence[Case], found: Sequence[Judgement]) -> None:
    """Print the table of one set."""
    right, said = np.array([c.right for c in cases]), np.array([j.supported for j in found])
    print(f"{name}: {len(cases)} sentences, {right.sum()} true")
    for half in sorted({c.half for c in cases} | {"all"}):
        on = np.array([half in ("all", c.half) for c in cases])
        inside = [c for c, here in zip(cases, on, strict=True) if here]
        print(f"  judge   {half:8s} {balanced(right[on], said[on])}")
        print(f"  overlap {half:8s} {best_overlap(inside)}  (best threshold on the set)")
    for kind in sorted({c.kind for c in cases} - {""}):
        on = np.array([c.kind == kind for c in cases])
        print(f"    {kind:28s} {(said == right)[on].sum():4d} of {on.sum()}")


def main() -> None:
    """Judge every case and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--model", default="extract")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--witnesses", action="store_true")
    parser.add_argument("--show", type=int, default=0, help="print so many that are judged wrong")
    args = parser.parse_args()
    summarizer = Summarizer.load(args.model, threads=args.threads)
    for name in args.sets:
        cases = list(read(name))
        pairs = [(c.sentence, c.sources) for c in cases]
        found = summarizer.judge_many(pairs)
        report(Path(name).name, cases, found)
        if args.witnesses:
            judge, summarizer.judge_model = summarizer.judge_model, Verifier(None)
            report("without the reader", cases, summarizer.judge_many(pairs))
            summarizer.judge_model = judge
        wrong = [(c, j) for c, j in zip(cases, found, strict=True) if c.right != j.supported]
        for case, verdict in wrong[: args.show]:
            print(f"\n{case.right} but {verdict.support} {verdict.problems}: {case.sentence}")
            print(f"   {' | '.join(case.sources)[:600]}")


if __name__ == "__main__":
    main()
