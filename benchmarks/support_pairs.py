"""Makes the judge's training pairs: true sentences with evidence, and false ones made of them.

    python -m benchmarks.support_pairs NEUS.jsonl FUSIONS.jsonl -o PAIRS.jsonl [--stories N]

True: fusions, reference sentences and other outlets' sentences whose words the evidence has and
in which the exact checks find no problem, and source sentences whole or cut short. False: errors
of the kinds that training may see (benchmarks/perturb.py), sentences spliced from two, true ones
that the untrained writer continued out of its head, sentences that the evidence hardly mentions,
true ones without their best evidence, and evidence of other stories. Nothing is trained here.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.perturb import perturb
from summarizer.facts import problems_of
from summarizer.facts.text import sentences

_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_SMALL = frozenset(
    "a an the and or but of in on at to from by for with as is are was were be been it its he she "
    "they his her their that this which who has have had will would not".split()
)
_JOINT = re.compile(
    r"\s(?:said|says|is|are|was|were|has|have|had|will|would|told|after|who|which|to|in|on|for|"
    r"with|at|by|from|and|but)\s"
)
_END = re.compile(r"[.!?](?=\s|$)")
_TAIL = re.compile(
    r",\s+(?=(?:after|as|which|who|while|where|when|according|including|with|despite|because|"
    r"saying)\b)|\s+(?=(?:after|because|while|when|where|despite|during|amid|following|on|in|at|"
    r"for|with)\b)"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its evidence; label 1 if it is carried. group: the story it comes from.

    wrong: spans of the sentence that the evidence does not carry; None where they are not known.
    """

    group: str
    kind: str
    label: int
    sentence: str
    evidence: tuple[str, ...]
    wrong: tuple[tuple[int, int], ...] | None = ()


def content(text: str) -> set[str]:
    return {w[:6] for w in _WORD.findall(text.lower()) if w not in _SMALL}


def covered(sentence: str, evidence: Sequence[str]) -> float:
    asked = content(sentence)
    return len(asked & set().union(*map(content, evidence))) / max(len(asked), 1)


def nearest(sentence: str, source: Sequence[str], k: int) -> list[int]:
    asked = content(sentence)
    share = [len(asked & content(s)) / (4 + len(s.split())) ** 0.5 for s in source]
    return sorted(range(len(source)), key=lambda i: -share[i])[:k]


def changed(original: str, sentence: str) -> tuple[tuple[int, int], ...]:
    """The spans of `sentence` that are not `original`'s; where words are gone, their neighbours."""
    before = [m.group() for m in _TOKEN.finditer(original)]
    here = list(_TOKEN.finditer(sentence))
    spans = []
    matcher = SequenceMatcher(None, before, [m.group() for m in here], autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag == "delete":
            start, end = max(0, start - 1), min(len(here), start + 1)
        if tag != "equal" and start < end:
            spans.append((here[start].start(), here[end - 1].end()))
    return tuple(spans)


def splice(first: str, last: str, rng: Random) -> tuple[str, tuple[int, int]] | None:
    """The first part of one sentence and the last part of another, and the span of the joint.

    They are joined at a like word where there is one.
    """
    cuts = [m for m in _JOINT.finditer(first) if 12 <= m.start() <= len(first) - 10]
    if not cuts:
        return None
    cut = rng.choice(cuts)
    like = [m.start() for m in re.finditer(re.escape(cut.group()), last)]
    ends = [i for i in like if 8 <= i <= len(last) - 12] or [
        m.start() for m in _JOINT.finditer(last) if 8 <= m.start() <= len(last) - 12
    ]
    if not ends:
        return None
    rest = last[rng.choice(ends) :]
    joint = cut.start()
    left = first.rfind(" ", 0, joint) + 1
    right = re.match(r"\W*(?:\w+\W+){0,3}", rest)
    return first[:joint] + rest, (left, joint + (right.end() if right else 0))


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
                yield from _told(f"n{i}", "reference", s, held, 0.6)
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
        yield Pair(group, "uncovered", 0, s, held, None)


def falsified(true: Sequence[Pair], rng: Random) -> Iterator[Pair]:
    for k, pair in enumerate(true):
        s, held = pair.sentence, list(pair.evidence)
        others = [t for j in (k + 31, k + 67) for t in true[j % len(true)].evidence[:2]]
        seen = [v for v in perturb(s, held, others, rng=rng) if v.seen]
        rng.shuffle(seen)
        made: list[tuple[str, str, list[str], tuple[tuple[int, int], ...] | None]] = [
            (v.kind, v.sentence, held, changed(s, v.sentence)) for v in seen[:2]
        ]
        if rng.random() < 0.5:
            other = rng.choice([t for t in held if t != s] or held)
            pieces = (s, other) if rng.random() < 0.5 else (other, s)
            if joined := splice(*pieces, rng):
                made.append(("spliced", joined[0], held, (joined[1],)))
        if rng.random() < 0.15 and (joined := splice(s, rng.choice(others), rng)):
            made.append(("spliced far", joined[0], held, changed(s, joined[0])))
        if rng.random() < 0.1:
            made.append(("other evidence", s, list(true[(k + 97) % len(true)].evidence), None))
        if pair.kind != "copy" and len(held) > 1 and rng.random() < 0.35:
            rest = [t for j, t in enumerate(held) if j != nearest(s, held, 1)[0]]
            if covered(s, rest) < 0.5:
                made.append(("half evidence", s, rest, None))
        for kind, sentence, evidence, wrong in made:
            if sentence not in evidence:
                yield Pair(pair.group, kind, 0, sentence, tuple(evidence), wrong)


def continued(true: Sequence[Pair], rng: Random, share: float) -> Iterator[Pair]:
    """True sentences whose last part the untrained writer made up, without seeing the evidence."""
    chosen = [p for p in true if len(p.sentence.split()) >= 8 and rng.random() < share]
    heads = []
    for pair in chosen:
        words = list(re.finditer(r"\S+", pair.sentence))
        heads.append(pair.sentence[: words[int(len(words) * rng.uniform(0.3, 0.75))].start() - 1])
    for pair, head, tail in zip(chosen, heads, invented(heads), strict=True):
        end = _END.search(tail)
        tail = tail[: end.start() + 1] if end else ""
        if len(tail.split()) >= 2 and content(tail) and covered(tail, pair.evidence) < 0.5:
            span = ((len(head), len(head + tail)),)
            yield Pair(pair.group, "continued", 0, head + tail, pair.evidence, span)


def invented(heads: Sequence[str]) -> list[str]:
    """Sampled continuations of the heads by the default writer's base model, 24 tokens each."""
    import ctranslate2
    from ctranslate2.converters import TransformersConverter
    from tokenizers import Tokenizer

    from summarizer.backends.gguf import hugging_face_folder
    from summarizer.weights import DEFAULT_WRITER, converted, find

    weights = find(DEFAULT_WRITER, adapted=False)
    folder = hugging_face_folder(weights)

    def build(into: Path) -> None:
        TransformersConverter(str(folder)).convert(str(into), quantization="float16", force=True)

    form = f"ct2-{ctranslate2.__version__}-float16"
    model = ctranslate2.Generator(str(converted(weights, form, build)), compute_type="int8")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ctranslate2.set_random_seed(7)
    prompts = [tokenizer.encode(f"News: {head}", add_special_tokens=False).tokens for head in heads]
    results = model.generate_batch(
        prompts,
        max_batch_size=32,
        max_length=24,
        sampling_topk=40,
        sampling_temperature=0.9,
        include_prompt_in_result=False,
    )
    return [tokenizer.decode(r.sequences_ids[0]) for r in results]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("neus", type=Path)
    parser.add_argument("fusions", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    parser.add_argument("--stories", type=int, default=2_451)
    parser.add_argument("--continued", type=float, default=0.35)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    rng = Random(args.seed)
    neus = [json.loads(line) for line in args.neus.read_text(encoding="utf-8").splitlines()]
    rng.shuffle(neus)
    fused = [json.loads(line) for line in args.fusions.read_text(encoding="utf-8").splitlines()]
    found = [*fusions(fused, rng), *stories(neus[: args.stories], rng)]
    true = [p for p in found if p.label]
    pairs = [*found, *falsified(true, rng), *continued(true, rng, args.continued)]
    rng.shuffle(pairs)
    lines = (json.dumps(asdict(p), ensure_ascii=False) for p in pairs)
    args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(pairs)} pairs, {sum(p.label for p in pairs)} true -> {args.out}")


if __name__ == "__main__":
    main()
