"""Stand-ins for a model that writes: their texts come from what they are asked for.

Nothing here is learned, and nothing is read from disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field

from summarizer.backends import Commission, Correction, PartialText

_LEAD_IN = re.compile(
    r"^(?:however|meanwhile|moreover|in addition|also|still|but|and)[,:]?\s+", re.IGNORECASE
)
_ASIDE = re.compile(r"\s+(?:\([^()]*\)|\[[^\[\]]*\])(?=[\s.,;:!?]|$)")


@dataclass(frozen=True, slots=True)
class Scripted:
    """Makes each text and correction with a function, and remembers what it was asked."""

    text: Callable[[Commission], str] = lambda _: ""
    again: Callable[[Correction], str] = lambda _: ""
    name: str = "scripted"
    commissions: list[Commission] = field(default_factory=list, compare=False)
    corrections: list[Correction] = field(default_factory=list, compare=False)

    def composing(self, commissions: Sequence[Commission]) -> Generator[PartialText, None, None]:
        """Yield each text whole."""
        self.commissions.extend(commissions)
        for place, commission in enumerate(commissions):
            yield PartialText(place, self.text(commission))

    def correct(self, corrections: Sequence[Correction]) -> list[str]:
        """Return what `again` makes of each."""
        self.corrections.extend(corrections)
        return [self.again(c) for c in corrections]


def trimmed(commission: Commission) -> str:
    """The reports' sentences in turns, without asides and lead-ins, within the length asked."""
    turns = sorted((n, s) for r in commission.reports for n, s in enumerate(r.sentences))
    kept: list[str] = []
    for _, sentence in turns:
        bare = _LEAD_IN.sub("", _ASIDE.sub("", sentence.strip())).strip()
        told = bare[:1].upper() + bare[1:]
        if len(" ".join([*kept, told]).split()) <= commission.words:
            kept.append(told)
    return " ".join(kept)


def trimming() -> Scripted:
    """A composer whose texts are source sentences, some of them trimmed."""
    return Scripted(text=trimmed, name="trim")
