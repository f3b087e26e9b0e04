"""Trains the support judge and cross-validates it by article: the recipe of models/minilm-support.

    python -m benchmarks.support_pairs NEUS.jsonl FUSIONS.jsonl -o PAIRS.jsonl
    python -m benchmarks.train_judge PAIRS.jsonl JUDGED.jsonl -o models/minilm-support/adapter

PAIRS.jsonl trains the heads. JUDGED.jsonl (lines {"id", "article", "sentence", "consistent"}; the
second part of an id names its half) only fits the combiner; its figures are those of folds whose
articles the combiner has not seen. Without -o the adapter that ships is measured again.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer import cite
from summarizer.backends.judge import MAX_EVIDENCE, Head, Read, load_adapter, reader
from summarizer.backends.logistic import fit
from summarizer.backends.support import describe
from summarizer.embed import embed, encode
from summarizer.split import split
from summarizer.story import Article
from summarizer.weights import find, load_encoder

NUMBERS = (
    *("met pairs of words", "weakest window", "match of pairs", "cosine"),
    *("problem: number", "problem: name", "heads"),
)
L2 = 100.0
SEEDS = (10, 11, 12)
BASELINE = "met pairs of words"

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence that people judged, and the passages of its article, best first."""

    article: str
    half: str
    sentence: str
    held: tuple[str, ...]
    right: bool


def judged(path: Path) -> list[Judged]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = list(dict.fromkeys(r["article"] for r in rows))
    encoder = load_encoder(threads=1)
    cut = embed([split(Article(text=a, id="a1"), ()) for a in articles], encoder)
    of = dict(zip(articles, cut, strict=True))
    vectors = encode([r["sentence"] for r in rows], encoder)
    out = []
    for row, vector in zip(rows, vectors, strict=True):
        embedded = of[row["article"]]
        [score] = cite.cite([row["sentence"]], vector[None], embedded)
        best = np.argsort(-score, kind="stable")[:MAX_EVIDENCE]
        held = tuple(embedded.sentences[i].text for i in best)
        half = row["id"].split("-")[1]
        out.append(Judged(row["article"], half, row["sentence"], held, row["consistent"]))
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


def weights(rows: Sequence[Judged]) -> Floats:
    """Half the weight to true and false alike, half to each of them in each half alike."""
    right, half = np.array([r.right for r in rows]), np.array([r.half for r in rows])
    out = np.zeros(len(rows))
    for label in (False, True):
        out[right == label] += 0.25 * len(rows) / max((right == label).sum(), 1)
        for name in set(half.tolist()):
            cell = (right == label) & (half == name)
            out[cell] += 0.25 * len(rows) / max(cell.sum(), 1) / len(set(half.tolist()))
    return out


def balanced(right: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    return 50 * float(said[right].mean() + (~said[~right]).mean())


def best_threshold(score: Floats, right: NDArray[np.bool_]) -> float:
    tried = np.unique(score)
    return float(max(tried, key=lambda t: balanced(right, score >= t)))


def folds(rows: Sequence[Judged], seed: int, n: int = 10) -> list[NDArray[np.bool_]]:
    articles = sorted({r.article for r in rows})
    fold = dict(
        zip(articles, np.random.default_rng(seed).permutation(len(articles)) % n, strict=True)
    )
    return [np.array([fold[r.article] == k for r in rows]) for k in range(n)]


def cross_validated(
    x: Floats, rows: Sequence[Judged], seed: int
) -> tuple[Floats, NDArray[np.bool_]]:
    """Scores by a combiner, and decisions by a threshold, of the other folds' articles."""
    right, weight = np.array([r.right for r in rows]), weights(rows)
    score, said = np.zeros(len(rows)), np.zeros(len(rows), bool)
    for out in folds(rows, seed):
        w = fit(x[~out], right[~out], L2, weight[~out])
        z = 1 / (1 + np.exp(-(w[0] + x @ w[1:])))
        score[out] = z[out]
        said[out] = z[out] >= best_threshold(z[~out], right[~out])
    return score, said


def combiner(x: Floats, rows: Sequence[Judged]) -> Floats:
    """Fit on all rows, then move the intercept so that 0.5 is the best threshold on them."""
    right = np.array([r.right for r in rows])
    w = fit(x, right, L2, weights(rows))
    w[0] -= best_threshold(w[0] + x @ w[1:], right)
    return w


def report(
    name: str, score: Floats, said: NDArray[np.bool_] | None, rows: Sequence[Judged]
) -> None:
    right, half = np.array([r.right for r in rows]), np.array([r.half for r in rows])
    for part in ("all", *sorted(set(half.tolist()))):
        on = np.full(len(rows), True) if part == "all" else half == part
        t = best_threshold(score[on], right[on])
        line = f"{name:10s} {part:6s} best threshold {balanced(right[on], score[on] >= t):.1f}"
        if said is not None:
            line += f"   threshold of other folds {balanced(right[on], said[on]):.1f}"
            line += f"   0.5 {balanced(right[on], score[on] >= 0.5):.1f}"
        print(line)


def trained(path: Path, read: Read) -> list[Head]:
    from summarizer.backends.heads import train_head

    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [(r["sentence"], tuple(r["evidence"][:6]), int(r["label"])) for r in rows]
    texts = list(dict.fromkeys(t for s, held, _ in pairs for t in (s, *held)))
    states = dict(zip(texts, read(texts), strict=True))
    print(f"{len(pairs)} pairs, {len(texts)} texts", flush=True)
    pairs = [p for p in pairs if len(states[p[0]].pieces) > 2]
    return [Head(train_head(pairs, states, seed)) for seed in SEEDS]


def save(folder: Path, heads: Sequence[Head], w: Floats) -> None:
    from safetensors.numpy import save_file

    tensors = {
        f"head.{i}.{name}": np.ascontiguousarray(value, dtype=np.float16)
        for i, head in enumerate(heads)
        for name, value in head.parameters.items()
    }
    tensors["combiner.intercept"] = w[:1].astype(np.float32)
    tensors["combiner.weight"] = w[1:].astype(np.float32)
    folder.mkdir(parents=True, exist_ok=True)
    path = str(folder / "adapter_model.safetensors")
    save_file(tensors, path, metadata={"features": "|".join(NUMBERS)})


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path)
    parser.add_argument("judged", type=Path)
    parser.add_argument("-o", "--out", type=Path)
    args = parser.parse_args()
    read = reader(find("all-minilm-l6-v2"), 1)
    shipped = Path(__file__).parents[1] / "models/minilm-support/adapter"
    heads = trained(args.pairs, read) if args.out else load_adapter(shipped)[0]
    rows = judged(args.judged)
    x = table(rows, heads, read)
    report("overlap", x[:, NUMBERS.index(BASELINE)], None, rows)
    report("heads", x[:, NUMBERS.index("heads")], None, rows)
    for seed in range(3):
        report(f"judge {seed}", *cross_validated(x, rows, seed), rows)
    if args.out:
        save(args.out, heads, combiner(x, rows))


if __name__ == "__main__":
    main()
