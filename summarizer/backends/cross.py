"""A sentence read beside its evidence by one encoder: does it hold, and where does it fail?

The tuned encoder's input, its conversion and its two heads live here; training is train_judge.py's,
and what its readings are joined with is judge.py's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_SENTENCE = 96
"""Word pieces of a judged sentence that are read; news sentences have about 30."""

MAX_PIECES = 288
"""Word pieces that are read in all; evidence that does not fit whole is left out, last first."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """The input of one pair: [CLS] sentence [SEP] evidence [SEP] evidence … [SEP].

    ids, kinds: of each token; kinds are 0 up to the first [SEP], then 1. spans: where in the
    sentence each of its pieces stands; they are the tokens from 1 on.
    """

    ids: tuple[int, ...]
    kinds: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]


def tokenizer_of(folder: Path) -> Any:
    """The word-piece tokenizer of a model folder, to which "[SEP]" in an article is text."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.encode_special_tokens = True
    return tokenizer


def layout(tokenizer: Any, sentence: str, evidence: Sequence[str]) -> Reading:
    """Lay a pair out for the encoder; the first evidence is cut where it alone is too long."""
    first, last = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    asked, *held = tokenizer.encode_batch([sentence, *evidence], add_special_tokens=False)
    spans = tuple(asked.offsets[:MAX_SENTENCE])
    ids = [first, *asked.ids[:MAX_SENTENCE], last]
    kinds = [0] * len(ids)
    for number, e in enumerate(held):
        room = MAX_PIECES - len(ids) - 1
        pieces = e.ids if number else e.ids[:room]
        if len(pieces) > room:
            continue
        ids += [*pieces, last]
        kinds += [1] * (len(pieces) + 1)
    return Reading(tuple(ids), tuple(kinds), spans)
