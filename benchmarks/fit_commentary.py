"""Fits what tells comment from report (nlp.commentary), and says how well it does on others.

    python -m benchmarks.fit_commentary LABELLED.jsonl ... [--unseen OTHERS.jsonl] -o FITTED.json

Lines {"sentence", "label"}: report, loaded (a report with words that judge), comment, or none (no
sentence). Prints the area under the curve and the average precision, on the other half of what is
fitted (two folds) and on what another hand labelled, beside those of the list of loaded words.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from summarizer.backends import logistic
from summarizer.backends.embeddings import encode
from summarizer.backends.registry import load_encoder
from summarizer.inputs.lines import read_rows
from summarizer.nlp import subjectivity
from summarizer.nlp.commentary import Floats, features

L2 = 100.0
"""Penalty of the weights on scaled numbers: some 400 of them, and a few hundred that judge."""

_LABELS = ("report", "loaded", "comment", "none")
_POSITIVE = {"coloured": ("loaded", "comment"), "comment": ("comment",)}


def read(paths: Sequence[Path]) -> list[tuple[str, str]]:
    """The labelled sentences. Raises BadInput for a label that is unknown."""

    def pair(row: dict[str, object]) -> tuple[str, str]:
        if row["label"] not in _LABELS:
            raise ValueError(f"the label {row['label']!r} is none of {', '.join(_LABELS)}")
        return str(row["sentence"]), str(row["label"])

    return read_rows(paths, pair, 'give "sentence" and "label"')


def weights(table: Floats, positive: NDArray[np.bool_]) -> Floats:
    """Fitted so that those that judge weigh as much as those that do not."""
    share = positive.mean()
    row = np.where(positive, 0.5 / share, 0.5 / (1 - share))
    return logistic.fit(table, positive, L2, row)


def quality(scores: Floats, positive: NDArray[np.bool_]) -> str:
    """Area under the curve, and average precision, in per cent."""
    area = 100 * roc_auc_score(positive, scores)
    return f"area {area:.1f}, precision {100 * average_precision_score(positive, scores):.1f}"


def main(argv: Sequence[str] | None = None) -> int:
    """Read, fit, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labelled", type=Path, nargs="+")
    parser.add_argument("--unseen", type=Path, nargs="*", default=[])
    parser.add_argument("-o", "--out", type=Path)
    args = parser.parse_args(argv)
    encoder = load_encoder()
    own, others = read(args.labelled), read(args.unseen)
    texts = [text for text, _ in own + others]
    table = features(texts, encode(texts, encoder))
    labels = np.array([label for _, label in own + others])
    here = np.arange(len(texts)) < len(own)
    odd = np.arange(len(texts)) % 2 == 1
    out: dict[str, object] = {"encoder": encoder.name.partition("/")[0]}
    words = np.array([float(len(subjectivity.loaded(text))) for text in texts])
    for name, judging in _POSITIVE.items():
        positive = np.isin(labels, judging)
        folds = np.empty(len(own))
        for half in (odd, ~odd):
            w = weights(table[here & half], positive[here & half])
            folds[(~half)[here]] = w[0] + table[here & ~half] @ w[1:]
        print(
            f"{name}: {positive[here].sum()} of {len(own)}; folds {quality(folds, positive[here])}"
        )
        w = weights(table[here], positive[here])
        if others:
            scores = w[0] + table[~here] @ w[1:]
            print(f"  {positive[~here].sum()} of {len(others)} by another hand: "
                  f"{quality(scores, positive[~here])}; listed words alone: "
                  f"{quality(words[~here], positive[~here])}")  # fmt: skip
        out[name] = [round(float(x), 4) for x in w]
    if args.out is not None:
        args.out.write_text(json.dumps(out) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
