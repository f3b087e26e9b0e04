"""Trains a writer on files: stories with references and ready pairs in, an adapter out.

Which pairs are honest is decided in writer_pairs; the loop is in backends.train_writer.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summarizer.backends.train_writer import Recipe, Trained, train_writer
from summarizer.errors import BadInput
from summarizer.training.writer_pairs import is_close, read_pairs, split_held_out
from summarizer.training.writer_pairs.exercises import plainer

_LEAST = 20


def train_on_files(
    paths: Sequence[Path], out: Path, *, recipe: Recipe | None = None, **options: Any
) -> Trained:
    """Train an adapter on the pairs of `paths`; options as of `train_writer`.

    Raises BadInput where fewer than 20 pairs are carried by their evidence, and what
    `writer_pairs.read_pairs` and `train_writer` raise.
    """
    recipe = recipe or Recipe()
    pairs = [pair for path in paths for pair in read_pairs(path)]
    if len(pairs) < _LEAST:
        raise BadInput(
            f"only {len(pairs)} training pairs are carried by their evidence; give more stories "
            f"with a reference summary (at least {_LEAST} pairs are needed)"
        )
    training, held = split_held_out(pairs, recipe.held_out, recipe.seed)
    if recipe.close:
        training = [p for p in training if is_close(p)]
    training += list(plainer(training, recipe.plainer, recipe.seed))
    data = [path.name for path in paths]
    return train_writer(training, held, out, data=data, recipe=recipe, **options)
