"""Config: every number that can be tuned, its unit, and the docs/LOG.md entry that chose it.

Nothing else lives here. A default without a LOG entry is a first guess and says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self

from summarizer.errors import BadOption

MIN_WORDS, MAX_WORDS = 10, 5_000
"""Bounds of a summary's length in words."""


@dataclass(frozen=True, slots=True)
class Config:
    """Tunable numbers of every room. Build with keywords; change with `with_`."""

    # length: asked in words, or in sentences where `sentences` is given
    words: int = 150  # words of a summary
    sentences: int | None = None  # overrides words
    seed: int = 7  # seeds sampling, together with the story's id

    def __post_init__(self) -> None:
        if not MIN_WORDS <= self.words <= MAX_WORDS:
            raise BadOption(
                f"words is {self.words}; a summary can have {MIN_WORDS} to {MAX_WORDS} words"
            )
        if self.sentences is not None and not 1 <= self.sentences <= MAX_WORDS // MIN_WORDS:
            raise BadOption(
                f"sentences is {self.sentences}; "
                f"a summary can have 1 to {MAX_WORDS // MIN_WORDS} sentences"
            )

    def with_(self, **changes: Any) -> Self:
        """A copy with some numbers changed. Raises BadOption where one is out of range."""
        return replace(self, **changes)
