"""Makes the judge's training pairs: true sentences with evidence, and false ones made of them.

    python -m benchmarks.support_pairs NEUS.jsonl FUSIONS.jsonl -o PAIRS.jsonl [--stories N]

True: fusions, reference sentences and other outlets' sentences whose words the evidence has and
in which the exact checks find no problem, and source sentences whole or cut short. False: errors
of the kinds that training may see (benchmarks/perturb.py), sentences spliced from two, sentences
that the evidence hardly mentions, true ones without their best evidence, and evidence of other
stories.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.perturb import perturb
from summarizer.facts import problems_of
from summarizer.facts.text import sentences

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(
    "a an the and or but of in on at to from by for with as is are was were be been it its he she "
    "they his her their that this which who has have had will would not".split()
)
_JOINT = re.compile(
    r"\s(?:said|says|is|are|was|were|has|have|had|will|would|told|after|who|which|to|in|on|for|"
    r"with|at|by|from|and|but)\s"
)
_TAIL = re.compile(
    r",\s+(?=(?:after|as|which|who|while|where|when|according|including|with|despite|because|"
    r"saying)\b)|\s+(?=(?:after|because|while|when|where|despite|during|amid|following|on|in|at|"
    r"for|with)\b)"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its evidence; label 1 if it is carried. group: the story it comes from."""

    group: str
    kind: str
    label: int
    sentence: str
    evidence: tuple[str, ...]


def content(text: str) -> set[str]:
    return {w[:6] for w in _WORD.findall(text.lower()) if w not in _SMALL}


def covered(sentence: str, evidence: Sequence[str]) -> float:
    asked = content(sentence)
    return len(asked & set().union(*map(content, evidence))) / max(len(asked), 1)


def nearest(sentence: str, source: Sequence[str], k: int) -> list[int]:
    asked = content(sentence)
    share = [len(asked & content(s)) / (4 + len(s.split())) ** 0.5 for s in source]
    return sorted(range(len(source)), key=lambda i: -share[i])[:k]


def splice(first: str, last: str, rng: Random) -> str | None:
    """The first part of one sentence and the last part of another, joined at a like word."""
    cuts = [m for m in _JOINT.finditer(first) if 12 <= m.start() <= len(first) - 10]
    if not cuts:
        return None
    cut = rng.choice(cuts)
    like = [m.start() for m in re.finditer(re.escape(cut.group()), last)]
    ends = [i for i in like if 8 <= i <= len(last) - 12] or [
        m.start() for m in _JOINT.finditer(last) if 8 <= m.start() <= len(last) - 12
    ]
    return first[: cut.start()] + last[rng.choice(ends) :] if ends else None


def shorten(sentence: str, rng: Random) -> str | None:
    """The sentence without a last clause or phrase."""
    cuts = [m.start() for m in _TAIL.finditer(sentence) if m.start() > 0.45 * len(sentence)]
    if not cuts:
        return None
    cut = sentence[: rng.choice(cuts)].rstrip(" ,;")
    return cut + "." if cut.count('"') % 2 == 0 and len(cut.split()) >= 6 else None


def fusions(rows: Sequence[dict[str, Any]], rng: Random) -> Iterator[Pair]:
    source = [s for row in rows for s in row["sources"]]
    for i, row in enumerate(rows):
        own = tuple(row["sources"])
        if not 5 <= len(row["fused"].split()) <= 45 or covered(row["fused"], own) < 0.6:
            continue
        if problems_of(row["fused"], own):
            continue
        noise = [
            source[(2 * i + rng.randrange(4, 40)) % len(source)]
            for _ in range(rng.choice([0, 0, 1, 2]))
        ]
        held = [*own, *noise]
        rng.shuffle(held)
        yield Pair(f"f{i}", "fusion", 1, row["fused"].strip(), tuple(held))
        for s in own:
            if 8 <= len(s.split()) <= 45:
                cut = s if rng.random() < 0.5 else shorten(s, rng)
                if cut:
                    yield Pair(f"f{i}", "copy", 1, cut, tuple(held))


def stories(rows: Sequence[dict[str, Any]], rng: Random) -> Iterator[Pair]:
    for i, row in enumerate(rows):
        cut = [
            [s for s in sentences(a["text"]) if 4 <= len(s.split()) <= 60] for a in row["articles"]
        ]
        source = [s for article in cut for s in article]
        if len(source) < 3:
            continue
        for s in sentences(row["reference"]["text"]):
            if 6 <= len(s.split()) <= 45:
                held = tuple(source[k] for k in sorted(nearest(s, source, 6)))
                yield from _told(f"n{i}", "reference", s, held, 0.75)
        for a, article in enumerate(cut):
            others = [s for b, rest in enumerate(cut) if b != a for s in rest]
            for s in article[:2]:
                if not 7 <= len(s.split()) <= 40 or len(others) < 2:
                    continue
                held = tuple(others[k] for k in nearest(s, others, 5))
                found = list(_told(f"n{i}", "other outlet", s, held, 0.85))
                yield from found
                if not found and rng.random() < 0.4:
                    held = tuple(source[k] for k in sorted(nearest(s, source, 6)))
                    if s in held:
                        yield Pair(f"n{i}", "copy", 1, shorten(s, rng) or s, held)


def _told(group: str, kind: str, s: str, held: tuple[str, ...], least: float) -> Iterator[Pair]:
    share = covered(s, held)
    if share >= least and not problems_of(s, held):
        yield Pair(group, kind, 1, s, held)
    elif share < 0.35:
        yield Pair(group, "uncovered", 0, s, held)


def falsified(true: Sequence[Pair], rng: Random) -> Iterator[Pair]:
    for k, pair in enumerate(true):
        s, held = pair.sentence, list(pair.evidence)
        others = [t for j in (k + 31, k + 67) for t in true[j % len(true)].evidence[:2]]
        seen = [v for v in perturb(s, held, others, rng=rng) if v.seen]
        rng.shuffle(seen)
        made: list[tuple[str, str | None, list[str]]] = [
            (v.kind, v.sentence, held) for v in seen[:2]
        ]
        if rng.random() < 0.6:
            other = rng.choice([t for t in held if t != s] or held)
            pieces = (s, other) if rng.random() < 0.5 else (other, s)
            made.append(("spliced", splice(*pieces, rng), held))
        if rng.random() < 0.25:
            made.append(("spliced far", splice(s, rng.choice(others), rng), held))
        if rng.random() < 0.15:
            made.append(("other evidence", s, list(true[(k + 97) % len(true)].evidence)))
        if pair.kind != "copy" and len(held) > 1 and rng.random() < 0.5:
            rest = [t for j, t in enumerate(held) if j != nearest(s, held, 1)[0]]
            if covered(s, rest) < 0.5:
                made.append(("half evidence", s, rest))
        for kind, sentence, evidence in made:
            if sentence and sentence not in evidence:
                yield Pair(pair.group, kind, 0, sentence, tuple(evidence))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("neus", type=Path)
    parser.add_argument("fusions", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--stories", type=int, default=900)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = Random(args.seed)
    neus = [json.loads(line) for line in args.neus.read_text(encoding="utf-8").splitlines()]
    rng.shuffle(neus)
    fused = [json.loads(line) for line in args.fusions.read_text(encoding="utf-8").splitlines()]
    found = [*fusions(fused, rng), *stories(neus[: args.stories], rng)]
    true = [p for p in found if p.label]
    pairs = [*found, *falsified(true, rng)]
    rng.shuffle(pairs)
    lines = (json.dumps(asdict(p), ensure_ascii=False) for p in pairs)
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(pairs)} pairs, {sum(p.label for p in pairs)} true -> {args.out}")


if __name__ == "__main__":
    main()
