"""Similarities of a text's word pieces to each source sentence's, by the encoder's last states.

Token matching is BERTScore's (Zhang et al., ICLR 2020); we differ in that each piece is
shared out among the sentences by a softmax, so that the best match leaves little to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarizer.backends import States
from summarizer.citations.features import SILENT_PIECES, Matrix, Order, relative

_SHARP, _SOFT = 20.0, 10.0
"""Sharpness of that softmax, per unit of cosine."""

_NEAR = 0.6
"""Cosine from which a piece counts as found."""


@dataclass(frozen=True, eq=False, slots=True)
class Meeting:
    """Similarities of texts and source sentences, piece by piece.

    best: for each text (n_content_pieces, n_sentences), the cosine of each of its content pieces
    with the nearest piece of each sentence; 0 for a sentence without pieces. back: (n_texts,
    n_sentences), the mean cosine of the sentence's content pieces with the nearest of the text's.
    """

    best: tuple[NDArray[np.float32], ...]
    back: NDArray[np.float32]

    @classmethod
    def of(cls, asked: Sequence[States], held: Sequence[States]) -> Meeting:
        """Compare every text with every sentence; the states are not kept."""
        full = [j for j, h in enumerate(held) if len(h.pieces)]
        back = np.zeros((len(asked), len(held)), np.float32)
        if not full:
            return cls(
                tuple(np.zeros((len(_telling(a)), len(held)), np.float32) for a in asked), back
            )
        rows = np.concatenate([held[j].rows for j in full])
        telling = np.concatenate([_marks(held[j].pieces) for j in full]).astype(np.float32)
        starts = np.cumsum([0, *(len(held[j].pieces) for j in full[:-1])])
        share = np.add.reduceat(telling, starts)
        best = []
        for i, a in enumerate(asked):
            mine = a.rows[_telling(a)]
            found = np.zeros((len(mine), len(held)), np.float32)
            if len(mine):
                cosine = mine @ rows.T
                found[:, full] = np.maximum.reduceat(cosine, starts, axis=1)
                back[i, full] = np.add.reduceat(cosine.max(0) * telling, starts) / share
            best.append(found)
        return cls(tuple(best), back)

    @classmethod
    def join(cls, parts: Sequence[Meeting]) -> Meeting:
        """The similarities of the same texts to successive parts of the sentences."""
        best = tuple(
            np.concatenate(rows, axis=1) for rows in zip(*(p.best for p in parts), strict=True)
        )
        return cls(best, np.concatenate([p.back for p in parts], axis=1))

    def at(self, order: NDArray[np.intp]) -> Meeting:
        """The same with the sentences at these columns, which may repeat."""
        return Meeting(tuple(b[:, order] for b in self.best), self.back[:, order])


def _marks(pieces: Sequence[str]) -> NDArray[np.bool_]:
    """Which pieces have content: no stop word, no mark; all of them where fewer than two have."""
    telling = np.array(
        [p.startswith("##") or (p not in SILENT_PIECES and p.isalnum()) for p in pieces], dtype=bool
    )
    if telling.sum() < 2:
        telling[:] = True
    return telling


def _telling(states: States) -> NDArray[np.intp]:
    return np.flatnonzero(_marks(states.pieces))


def near(meeting: Meeting, order: Order) -> dict[str, Matrix]:
    """Features of the pieces' similarities, by name: (n_texts, n_sentences) each."""
    measures = [_measures(best, order) for best in meeting.best]
    table: dict[str, Matrix] = {}
    plain = {name: np.stack([m[name] for m in measures]) for name in measures[0]}
    plain["pieces met back"] = meeting.back.astype(np.float64)
    recall = np.maximum(plain["pieces met"], 0)
    plain["pieces met both ways"] = np.sqrt(np.maximum(plain["pieces met back"], 0) * recall)
    for name, match in plain.items():
        table |= relative(name, match, order)
    return table


def _measures(best: NDArray[np.float32], order: Order) -> dict[str, NDArray[np.float64]]:
    """Of one text, (n_sentences,) each; a piece is rare if few sentences come near it."""
    met = best.astype(np.float64)
    n = met.shape[1]
    if not len(met):
        return {name: np.zeros(n) for name in _NAMES}
    rare = np.maximum(met.max(1) - met.mean(1), 0.02)
    rare /= rare.sum()
    sharp = _shared(met, _SHARP)
    nearest = np.bincount(met.argmax(1), minlength=n) / len(met)
    article = np.zeros(n)
    for rows in order.groups:
        article[rows] = rare @ _shared(met[:, rows], _SHARP)
    values = (
        *(sharp.mean(0), rare @ sharp, _shared(met, _SOFT).mean(0), met.mean(0), rare @ met),
        *((met > _NEAR).mean(0), nearest, article, met.min(0)),
    )
    return dict(zip(_NAMES, values, strict=True))


_NAMES = (
    *("pieces' share", "rare pieces' share", "pieces' soft share", "pieces met", "rare pieces met"),
    *("pieces met well", "pieces met best", "rare pieces' share of the article", "piece met least"),
)


def _shared(met: NDArray[np.float64], sharpness: float) -> NDArray[np.float64]:
    """Each piece shared out among the sentences: rows sum to 1."""
    powers = np.exp(sharpness * (met - met.max(1, keepdims=True)))
    share: NDArray[np.float64] = powers / powers.sum(1, keepdims=True)
    return share
