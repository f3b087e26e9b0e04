"""Reports what the exact checks catch of made errors, and what they refuse of true fusions.

    python tests/perturb_report.py PAIRS.jsonl [--show KIND] [--limit N]

PAIRS.jsonl: lines {"sources": [text, ...], "fused": sentence}, or Stories, whose source sentences
then serve as true sentences with themselves and their neighbours as evidence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from perturb import KINDS, Perturbed, perturb

from summarizer.facts import problems_of
from summarizer.facts.text import sentences


def pairs_of(path: Path) -> list[tuple[str, tuple[str, ...]]]:
    """The true sentences of a file, each with its evidence."""
    out: list[tuple[str, tuple[str, ...]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if "fused" in row:
            out.append((row["fused"], tuple(row["sources"])))
            continue
        cut = [sentences(a["text"]) for a in row["articles"]]
        for article in cut:
            for i, sentence in enumerate(article[:3]):
                if 8 <= len(sentence.split()) <= 45:
                    out.append((sentence, article[max(0, i - 1) : i + 2]))
    return out


def report(
    pairs: Sequence[tuple[str, tuple[str, ...]]], seed: int = 7
) -> tuple[Counter[str], Counter[str], Counter[str], list[Perturbed], Counter[str], int]:
    """Count made, caught and rightly named errors by kind, what slipped, and true ones refused."""
    rng = Random(seed)
    made: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    named: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    slipped: list[Perturbed] = []
    passed = 0
    for i, (sentence, evidence) in enumerate(pairs):
        found = {f.problem for f in problems_of(sentence, evidence)}
        if found:
            refused.update(found)
            continue
        passed += 1
        others = [e for j in (i + 31, i + 67) for e in pairs[j % len(pairs)][1]]
        for false in perturb(sentence, evidence, others, rng=rng):
            problems = {f.problem for f in problems_of(false.sentence, false.evidence)}
            made[false.kind] += 1
            caught[false.kind] += bool(problems)
            named[false.kind] += false.problem in problems
            if not problems:
                slipped.append(false)
    return made, caught, named, slipped, refused, passed


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", default="", help="print what slipped of this kind")
    parser.add_argument("--limit", type=int, default=0, help="pairs of each file (0: all)")
    args = parser.parse_args(argv)
    for path in args.files:
        pairs = pairs_of(path)
        pairs = pairs[: args.limit] if args.limit else pairs
        made, caught, named, slipped, refused, passed = report(pairs)
        lines = [f"{path.name}: {len(pairs)} true, {100 * (1 - passed / len(pairs)):.1f} % refused"]
        lines += [
            f"  refused for {k}: {100 * n / len(pairs):.1f} %" for k, n in refused.most_common()
        ]
        lines.append(f"  {'kind':26} {'train':7}{'made':>6}{'caught %':>10}{'named %':>9}")
        for kind, (_, training) in KINDS.items():
            if n := made[kind]:
                lines.append(
                    f"  {kind:26} {training:7}{n:6}{100 * caught[kind] / n:10.1f}"
                    f"{100 * named[kind] / n:9.1f}"
                )
        for false in [s for s in slipped if s.kind == args.show][:30]:
            lines += ["", f"  false: {false.sentence}", f"  true:  {false.original}"]
            lines += [f"    source: {e}" for e in false.evidence]
        sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
