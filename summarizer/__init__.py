"""Fuse several articles on one event into one neutral summary, every sentence with its sources.

Only the public names live here; importing them loads no model and no torch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from summarizer import config

if TYPE_CHECKING:
    from summarizer.api import Summarizer
    from summarizer.config import Config
    from summarizer.errors import SummarizerError
    from summarizer.outputs.render import render
    from summarizer.schema import (
        Article,
        Attribution,
        Citation,
        CitedSentence,
        Judgement,
        Story,
        Summary,
    )

__version__ = config.VERSION

_HOMES = {
    "Article": "schema",
    "Attribution": "schema",
    "Citation": "schema",
    "CitedSentence": "schema",
    "Config": "config",
    "Judgement": "schema",
    "Story": "schema",
    "Summarizer": "api",
    "SummarizerError": "errors",
    "Summary": "schema",
    "render": "outputs.render",
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
    "render",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'summarizer' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"summarizer.{home}"), name)
