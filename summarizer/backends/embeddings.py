"""Sentences of many stories to unit vectors, in one call of the encoder.

Checks what the encoder returns; choosing and loading an encoder lives in `backends`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from summarizer.backends import Encoder, Vectors
from summarizer.errors import BadVectors
from summarizer.schema import SourceSentence
from summarizer.types import Embedded

_UNIT_TOLERANCE = 1e-2  # int8 encoders normalise in float32: anything further off is an error


def embed(stories: Sequence[Sequence[SourceSentence]], encoder: Encoder) -> list[Embedded]:
    """Embed the sentences of each story; a text that occurs twice is encoded once.

    Returns one Embedded a story, vectors (n_sentences, dim) float32 with rows of unit length.
    Raises BadVectors if the encoder's shape or a row's length is wrong.
    """
    texts = [s.text for story in stories for s in story]
    vectors = encode(texts, encoder)
    embedded = []
    start = 0
    for story in stories:
        end = start + len(story)
        embedded.append(Embedded(tuple(story), vectors[start:end].copy()))
        start = end
    return embedded


def encode(texts: Sequence[str], encoder: Encoder) -> Vectors:
    """Encode texts, each different one once; (len(texts), dim) float32 rows of unit length.

    Raises BadVectors, naming the first text whose row is not of unit length.
    """
    rows = {text: i for i, text in enumerate(dict.fromkeys(texts))}
    vectors = encoder.encode(list(rows))
    if vectors.ndim != 2 or vectors.shape[0] != len(rows):
        raise BadVectors(
            f"encoder {encoder.name!r} was given {len(rows)} texts and returned shape "
            f"{vectors.shape}; row i must embed text i"
        )
    if len(rows):
        lengths = np.linalg.norm(vectors, axis=1)
        worst = int(np.argmax(np.abs(lengths - 1.0)))
        if not abs(lengths[worst] - 1.0) <= _UNIT_TOLERANCE:
            raise BadVectors(
                f"encoder {encoder.name!r} returned a vector of length {lengths[worst]:.3f} for "
                f"{list(rows)[worst][:60]!r}; every row must have length 1"
            )
    return np.ascontiguousarray(vectors[[rows[t] for t in texts]], dtype=np.float32)
