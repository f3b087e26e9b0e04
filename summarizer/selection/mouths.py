"""Who speaks how much: no third of a summary is one speaker's, where others speak, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

from summarizer.nlp import Parsed, parse, well_formed
from summarizer.nlp.reported_speech import reported_speech

_SHARE = 1 / 3
"""The share of a text's words above which one speaker is told no more."""


@dataclass(frozen=True, slots=True)
class Mouths:
    """The speakers of claims, by name or by what they are called, and the words told of each.

    speakers: of each claim, or "". lengths: its words. limit: words that one may have.
    """

    speakers: Sequence[str]
    lengths: Sequence[int]
    limit: float
    told: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Sequence[str], told: Sequence[int], words: int) -> Self:
        """texts: a sentence of each claim. told: claims in the summary. words: left to tell."""
        speakers = [_speaker(parsed) for parsed in parse(texts)]
        lengths = [well_formed.words(text) for text in texts]
        limit = _SHARE * (words + sum(lengths[i] for i in told))
        found = cls(speakers, lengths, limit)
        for i in told:
            found.tell(i)
        return found

    def tell(self, claim: int) -> None:
        """Count a claim's words as its speaker's."""
        speaker = self.speakers[claim]
        self.told[speaker] = self.told.get(speaker, 0) + self.lengths[claim]

    def full(self) -> NDArray[np.bool_]:
        """(n_claims,): whether a speaker who is told already would have too much, with the claim.

        Nobody has where only one speaks in the whole story.
        """
        several = len({s for s in self.speakers if s}) > 1
        return np.array(
            [
                several and bool(s) and s in self.told and self.told[s] + n > self.limit
                for s, n in zip(self.speakers, self.lengths, strict=True)
            ],
            dtype=bool,
        )


def _speaker(parsed: Parsed) -> str:
    """Who speaks first in a sentence: the last word of a name, else all words but "the".

    "" for nobody, and for a pronoun: whose it is the sentence alone does not say.
    """
    found = next((r.speaker for r in reported_speech(parsed) if r.speaker), ())
    tokens = [parsed.tokens[i] for i in found]
    names = [t.lower for t in tokens if t.pos == "PROPN"]
    words = [t.lower for t in tokens if t.pos not in ("DET", "PRON")]
    return names[-1] if names else " ".join(words)
