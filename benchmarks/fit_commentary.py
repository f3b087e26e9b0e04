"""How well comment is told from report (nlp.commentary), and fits what tells them apart.

    python -m benchmarks.fit_commentary OTHERS.jsonl
    python -m benchmarks.fit_commentary OTHERS.jsonl --fit LABELLED.jsonl ... -o FITTED.json

Lines {"sentence", "label"}: report, loaded (a report with words that judge), comment, or none (no
sentence). Without --fit the shipped weights are measured on OTHERS, which are to be another hand's.
Prints for "coloured" (loaded or comment) and for "comment" the area under the curve and the average
precision, beside those of the list of loaded words, and the share of each label that passes the
chance that the default asks for. With --fit also the first two on the other half of what is fitted.
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
from summarizer.config import Config
from summarizer.inputs.lines import read_rows
from summarizer.nlp import subjectivity
from summarizer.nlp.commentary import Floats, chance, features, fitted

L2 = 100.0
"""Penalty of the weights on scaled numbers: some 400 of them, and a few hundred that judge."""

LABELS = ("report", "loaded", "comment", "none")
POSITIVE = {"coloured": ("loaded", "comment"), "comment": ("comment",)}

Bools = NDArray[np.bool_]


def read(paths: Sequence[Path]) -> tuple[list[str], NDArray[np.str_]]:
    """Labelled sentences, and their labels. Raises BadInput for a label that is unknown."""

    def pair(row: dict[str, object]) -> tuple[str, str]:
        if row["label"] not in LABELS:
            raise ValueError(f"the label {row['label']!r} is none of {', '.join(LABELS)}")
        return str(row["sentence"]), str(row["label"])

    pairs = read_rows(paths, pair, 'give "sentence" and "label"')
    return [text for text, _ in pairs], np.array([label for _, label in pairs])


def weights(table: Floats, positive: Bools) -> Floats:
    """Fitted so that those that judge weigh as much as those that do not."""
    share = positive.mean()
    row = np.where(positive, 0.5 / share, 0.5 / (1 - share))
    return logistic.fit(table, positive, L2, row)


def log_odds(table: Floats, w: Floats) -> Floats:
    """(n,): an intercept and weights, laid on a table of features."""
    out: Floats = w[0] + table @ w[1:]
    return out


def quality(scores: Floats, positive: Bools) -> str:
    """Area under the curve, and average precision, in per cent."""
    area = 100 * roc_auc_score(positive, scores)
    return f"area {area:.1f}, precision {100 * average_precision_score(positive, scores):.1f}"


def folds(table: Floats, positive: Bools) -> Floats:
    """Log odds of each row by weights that were fitted on the other half."""
    odd = np.arange(len(table)) % 2 == 1
    out = np.empty(len(table))
    for half in (odd, ~odd):
        out[~half] = log_odds(table[~half], weights(table[half], positive[half]))
    return out


def main(argv: Sequence[str] | None = None) -> int:
    """Read, fit if asked to, measure, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("others", type=Path, nargs="+")
    parser.add_argument("--fit", type=Path, nargs="+")
    parser.add_argument("-o", "--out", type=Path)
    args = parser.parse_args(argv)
    encoder = load_encoder()

    def table_of(paths: Sequence[Path]) -> tuple[list[str], Floats, NDArray[np.str_]]:
        texts, labels = read(paths)
        return texts, features(texts, encode(texts, encoder)), labels

    texts, table, labels = table_of(args.others)
    known = {"coloured": fitted().coloured, "comment": fitted().comment}
    if args.fit:
        _, own, own_labels = table_of(args.fit)
        for name, judging in POSITIVE.items():
            positive = np.isin(own_labels, judging)
            known[name] = weights(own, positive)
            print(f"{name}, fitted on {len(own)} ({positive.sum()} such), by halves: "
                  f"{quality(folds(own, positive), positive)}")  # fmt: skip
    listed = np.array([float(len(subjectivity.loaded(text))) for text in texts])
    limits = Config().commentary
    for name, least in (("coloured", limits.coloured), ("comment", limits.comment)):
        positive, scores = np.isin(labels, POSITIVE[name]), log_odds(table, known[name])
        print(f"{name}, {positive.sum()} of {len(texts)}: {quality(scores, positive)}; "
              f"listed words alone: {quality(listed, positive)}")  # fmt: skip
        for label in (label for label in LABELS if label in labels):
            of = labels == label
            print(f"  {label:8}{100 * (chance(scores[of]) >= least).mean():5.1f} % from {least}, "
                  f"{100 * (listed[of] > 0).mean():5.1f} % with a listed word")  # fmt: skip
    if args.out is not None:
        made = {name: [round(float(x), 4) for x in w] for name, w in known.items()}
        text = json.dumps({"encoder": encoder.name.partition("/")[0], **made})
        args.out.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
