"""Source sentences scored for texts that are not ours, by the learned citer where there is one.

Thresholds are the caller's; sentences of ours are scored by `citations.cite`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from summarizer import citations
from summarizer.backends import Citer, CloseEncoder, Encoder, Vectors
from summarizer.backends.embeddings import embed, encode
from summarizer.schema import SourceSentence
from summarizer.types import Embedded

_CHUNK = 512  # sentences whose word pieces are held at once: memory does not grow with the story


@dataclass(frozen=True, eq=False, slots=True)
class Marked:
    """Source sentences, and the chance of each to be marked for each text.

    scores: (n_texts, n_sentences) in [0, 1].
    """

    embedded: Embedded
    scores: citations.Scores


def mark(
    texts: Sequence[str],
    sentences: Sequence[SourceSentence],
    encoder: Encoder,
    citer: Citer | None,
) -> Marked:
    """Score every sentence for every text.

    By the learned citer where there is one and the encoder gives states of word pieces, else by
    `citations.cite`. Takes time linear in the sentences; each different sentence is read once.
    """
    if citer is None or not isinstance(encoder, CloseEncoder) or not sentences or not texts:
        [embedded] = embed([sentences], encoder)
        return Marked(embedded, citations.cite(texts, encode(texts, encoder), embedded))
    embedded, vectors, meeting = met(texts, sentences, encoder)
    return Marked(embedded, citations.cite_closely(texts, vectors, embedded, meeting, citer))


def met(
    texts: Sequence[str], sentences: Sequence[SourceSentence], encoder: CloseEncoder
) -> tuple[Embedded, Vectors, citations.Meeting]:
    """Vectors of sentences and of texts, and similarities of their word pieces; neither empty."""
    vectors, asked = encoder.read(texts)
    rows = {text: i for i, text in enumerate(dict.fromkeys(s.text for s in sentences))}
    unique = list(rows)
    parts, found = [], []
    for start in range(0, len(unique), _CHUNK):
        part, states = encoder.read(unique[start : start + _CHUNK])
        parts.append(part)
        found.append(citations.Meeting.of(asked, states))
    order = np.array([rows[s.text] for s in sentences], dtype=np.intp)
    embedded = Embedded(tuple(sentences), np.concatenate(parts)[order])
    return embedded, vectors, citations.Meeting.join(found).at(order)
