"""Summary -> str, in every form there is. A new form is one function and one line in FORMATS.

Nothing here reads, writes or decides; whatever came from an article is made inert on its way out.
"""

from __future__ import annotations

from collections.abc import Callable

from summarizer.render.html import html
from summarizer.render.markdown import markdown
from summarizer.render.text import text
from summarizer.story import Summary


def json(summary: Summary) -> str:
    """The wire form, indented; `Summary.from_json` reads it back."""
    return summary.to_json(indent=2) + "\n"


FORMATS: dict[str, Callable[[Summary], str]] = {
    "text": text,
    "markdown": markdown,
    "json": json,
    "html": html,
}
"""Each form by the name that `--format` takes; every function's result ends with a newline."""

__all__ = ["FORMATS", "html", "json", "markdown", "text"]
