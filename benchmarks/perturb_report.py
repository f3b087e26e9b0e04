"""Reports what the verifier catches of made errors, and what it refuses of true sentences.

    python -m benchmarks.perturb_report hand-1|hand-2|hand-3|hand-4|FILE ... [--show KIND|true]

hand-1 and hand-2 are the halves of tests/data/fusions.txt, with the false sentences written there;
hand-3 is fusions_unseen.txt and hand-4 fusions_fresh.txt.
A FILE of lines {"id", "sources": [text, ...], "fused": sentence}, of which only those are taken
for true that pass a loose check of strings and are not in data/fusions_excluded.txt (--all takes
every line); or Stories, whose sentences serve as true with themselves and neighbours as evidence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.fusions import UNSEEN, read_fusions
from benchmarks.perturb import KINDS, Perturbed, perturb
from summarizer.backends.registry import load_reader
from summarizer.training.true_bases import sentences
from summarizer.verification.verifier import Verifier

EXCLUDED = Path(__file__).parents[1] / "tests" / "data" / "fusions_excluded.txt"
_WHOLE = {
    "hand-3": UNSEEN,
    "hand-4": UNSEEN.with_name("fusions_fresh.txt"),
    "hand-5": UNSEEN.with_name("fusions_fifth.txt"),
}
_PLAIN = frozenset(
    """the a an of in on at to for and or but with by from as is are was were be been has have had
    will would it its he she they his her their that this who which not no than into over after
    before says said say tell told new more most also up out about when while where what
    how""".split()
)
_WORD = re.compile(r"[A-Za-z0-9$%]+(?:[.,]\d+)*")


@dataclass
class Sample:
    """True sentences with their evidence, and false ones written for them by hand."""

    name: str
    true: list[tuple[str, tuple[str, ...]]]
    false: list[Perturbed] = field(default_factory=list)


def carried(fused: str, sources: Sequence[str]) -> bool:
    """Whether a fusion looks carried, by strings alone: nothing of the checks is used.

    Every figure and every capitalised word after the first stands in the sources, and so do the
    first five letters of at least 85 % of its other words.
    """
    there = " ".join(sources).lower()
    stems = {w.lower()[:5] for w in _WORD.findall(there)}
    total = missing = 0
    for i, word in enumerate(_WORD.findall(fused)):
        low = word.lower()
        if low in _PLAIN:
            continue
        total += 1
        found = low[:5] in stems or low in there
        if not found and (any(c.isdigit() for c in word) or (word[0].isupper() and i)):
            return False
        missing += not found
    return total >= 4 and missing <= 0.15 * total


def excluded() -> frozenset[str]:
    """The ids of fusions that pass `carried` and yet say what their sources do not, as read."""
    lines = EXCLUDED.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split()[0] for line in lines if line and not line.startswith("#"))


def load(name: str, *, every: bool = False) -> Sample:
    """The set of that name: a half of the hand-written fusions, or a file."""
    if name in ("hand-1", "hand-2", *_WHOLE):
        chosen = (
            list(read_fusions(_WHOLE[name]))
            if name in _WHOLE
            else [f for f in read_fusions() if f"hand-{f.half}" == name]
        )
        true = [(t, f.evidence) for f in chosen for t in f.true]
        false = [Perturbed(k, s, f.true[0], f.evidence) for f in chosen for k, s in f.false]
        return Sample(name, true, false)
    out: list[tuple[str, tuple[str, ...]]] = []
    skip = frozenset() if every else excluded()
    for line in Path(name).read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        if "fused" in row:
            if every or (row["id"] not in skip and carried(row["fused"], row["sources"])):
                out.append((row["fused"], tuple(row["sources"])))
            continue
        cut = [tuple(sentences(a["text"])) for a in row["articles"]]
        for article in cut:
            for i, sentence in enumerate(article[:3]):
                if 8 <= len(sentence.split()) <= 45:
                    out.append((sentence, article[max(0, i - 1) : i + 2]))
    return Sample(Path(name).name, out)


@dataclass
class Report:
    """What was made, caught and rightly named by kind; what slipped and what true was refused."""

    made: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    slipped: list[Perturbed] = field(default_factory=list)
    refused: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)

    def judge(self, false: Perturbed, problems: frozenset[str]) -> None:
        """Count one false sentence."""
        self.made[false.kind] += 1
        self.caught[false.kind] += bool(problems)
        self.named[false.kind] += false.problem in problems
        if not problems:
            self.slipped.append(false)


def problems_of(
    pairs: Sequence[tuple[str, Sequence[str]]], verifier: Verifier
) -> list[frozenset[str]]:
    """The problems of each (sentence, evidence)."""
    return [frozenset(f.problem for f in v.findings) for v in verifier.verify(pairs)]


def report(data: Sample, verifier: Verifier, seed: int = 7) -> Report:
    """Judge a set: its true sentences, the errors made of those that pass, and its own errors."""
    rng, out = Random(seed), Report()
    made = list(data.false)
    for i, ((sentence, evidence), found) in enumerate(
        zip(data.true, problems_of(data.true, verifier), strict=True)
    ):
        if found:
            out.refused.append((sentence, evidence, tuple(sorted(found))))
            continue
        others = [e for j in (i + 31, i + 67) for e in data.true[j % len(data.true)][1]]
        false = perturb(sentence, evidence, others, rng=rng)
        if not data.false:
            made.extend(false)
    asked = [(false.sentence, false.evidence) for false in made]
    for each, found in zip(made, problems_of(asked, verifier), strict=True):
        out.judge(each, found)
    return out


def _lines(data: Sample, out: Report, show: str, milliseconds: float) -> list[str]:
    n = len(data.true)
    lines = [
        f"{data.name}: {n} true, {len(out.refused)} refused ({100 * len(out.refused) / n:.1f} %),"
        f" {milliseconds:.2f} ms of processor a true pair, first sight"
    ]
    causes = Counter(p for *_, problems in out.refused for p in problems)
    lines += [f"  refused for {k}: {v}" for k, v in causes.most_common()]
    lines.append(f"  {'kind':26} {'training':10}{'made':>6}{'caught %':>10}{'named %':>9}")
    for training in ("seen", "unseen"):
        for kind in [k for k, v in KINDS.items() if v[1] == training and out.made[k]]:
            made = out.made[kind]
            lines.append(
                f"  {kind:26} {training:10}{made:6}{100 * out.caught[kind] / made:10.1f}"
                f"{100 * out.named[kind] / made:9.1f}"
            )
    if show == "true":
        for sentence, evidence, problems in out.refused:
            lines += ["", f"  {', '.join(problems)}: {sentence}", *(f"    - {e}" for e in evidence)]
    for false in [s for s in out.slipped if s.kind == show][:30]:
        lines += ["", f"  false: {false.sentence}", f"  true:  {false.original}"]
        lines += [f"    - {e}" for e in false.evidence]
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--show", default="", help="print what slipped of this kind, or 'true'")
    parser.add_argument("--limit", type=int, default=0, help="pairs of each set (0: all)")
    parser.add_argument("--all", action="store_true", help="take every fusion of a file for true")
    parser.add_argument("--no-reader", action="store_true", help="by alignment and checks alone")
    args = parser.parse_args(argv)
    verifier = Verifier(None if args.no_reader else load_reader())
    problems_of([("Warm the tables.", ["Cold the chairs."])], verifier)
    for name in args.sets:
        data = load(name, every=args.all)
        data.true = data.true[: args.limit] if args.limit else data.true
        start = time.process_time()
        problems_of(data.true, verifier)
        taken = 1000 * (time.process_time() - start) / len(data.true)
        sys.stdout.write("\n".join(_lines(data, report(data, verifier), args.show, taken)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
