"""Fuse several articles on one event into one neutral summary, every sentence with its sources.

Only the public names live here; importing them loads no model and no torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summarizer.config import Config
    from summarizer.errors import SummarizerError
    from summarizer.pipeline import Summarizer
    from summarizer.story import (
        Article,
        Attribution,
        Citation,
        CitedSentence,
        Judgement,
        Story,
        Summary,
    )

__version__ = "0.1.0"

_HOMES = {
    "Article": "story",
    "Attribution": "story",
    "Citation": "story",
    "CitedSentence": "story",
    "Config": "config",
    "Judgement": "story",
    "Story": "story",
    "Summarizer": "pipeline",
    "SummarizerError": "errors",
    "Summary": "story",
}

__all__ = [
    "Article",
    "Attribution",
    "Citation",
    "CitedSentence",
    "Config",
    "Judgement",
    "Story",
    "Summarizer",
    "SummarizerError",
    "Summary",
    "__version__",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"summarizer.{home}"), name)
