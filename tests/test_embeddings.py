"""Rules of embeddings: one call of the encoder, and no vector that does not fit its sentence.

Uses encoders of its own making; real ones are tested with the backends.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from summarizer.backends import Vectors
from summarizer.backends.embeddings import embed, encode
from summarizer.backends.standin import HashEncoder
from summarizer.errors import BadVectors
from summarizer.schema import SourceSentence


class _Counting:
    """An encoder that remembers what it was asked."""

    name = "counting"

    def __init__(self, vectors: Vectors | None = None) -> None:
        self.asked: list[list[str]] = []
        self.vectors = vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked.append(list(texts))
        if self.vectors is not None:
            return self.vectors
        return np.eye(len(texts), 8, dtype=np.float32)


def _sentence(text: str) -> SourceSentence:
    return SourceSentence("a1", "text", 0, len(text), text, 0)


def test_all_stories_go_to_the_encoder_in_one_call_and_a_text_only_once() -> None:
    """Two stories with a sentence in common cost three encodings, not four, and one call."""
    encoder = _Counting()
    one, two = embed(
        [[_sentence("A."), _sentence("B.")], [_sentence("B."), _sentence("C.")]], encoder
    )
    assert encoder.asked == [["A.", "B.", "C."]]
    assert np.array_equal(one.vectors[1], two.vectors[0])


def test_a_row_too_few_is_named_with_both_shapes() -> None:
    """An encoder that drops a row is caught before a citation can shift."""
    encoder = _Counting(np.eye(1, 8, dtype=np.float32))
    with pytest.raises(BadVectors, match=r"given 2 texts and returned shape \(1, 8\)"):
        encode(["A.", "B."], encoder)


def test_a_row_that_is_not_of_unit_length_is_named_with_its_text() -> None:
    """A cosine of vectors that are not of unit length would be no cosine."""
    vectors = np.eye(2, 8, dtype=np.float32)
    vectors[1] *= 3
    with pytest.raises(BadVectors, match=r"length 3\.000 for 'B\.'"):
        encode(["A.", "B."], _Counting(vectors))


def test_no_text_gives_no_row() -> None:
    """A story without sentences has vectors of shape (0, dim)."""
    assert embed([[]], HashEncoder())[0].vectors.shape[0] == 0
