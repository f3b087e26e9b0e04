"""Summary -> str or bytes, in every form there is. A new form is one function and one line below.

Nothing here reads, writes or decides; whatever came from an article is made inert on its way out.
"""

from __future__ import annotations

from collections.abc import Callable

from summarizer.errors import BadOption
from summarizer.outputs.render.clip import plain, rich
from summarizer.outputs.render.docx import docx
from summarizer.outputs.render.html import html
from summarizer.outputs.render.markdown import markdown
from summarizer.outputs.render.text import text
from summarizer.schema import Summary


def json(summary: Summary) -> str:
    """The wire form, indented; `Summary.from_json` reads it back. Alone holds refused drafts."""
    return summary.to_json(indent=2) + "\n"


FORMATS: dict[str, Callable[[Summary], str]] = {
    "text": text,
    "markdown": markdown,
    "json": json,
    "html": html,
}
"""Each form of text by the name that `--format` takes; every result ends with a newline."""

FILES: dict[str, Callable[[Summary], bytes]] = {"docx": docx}
"""Each form that is no text, by the name that `--format` takes."""

__all__ = [
    "FILES",
    "FORMATS",
    "docx",
    "html",
    "json",
    "markdown",
    "plain",
    "render",
    "rich",
    "text",
]


def render(summary: Summary, form: str) -> str:
    """The summary in one of FORMATS: "text", "markdown", "json" or "html".

    Raises BadOption for another name.
    """
    if form not in FORMATS:
        raise BadOption(f"no form {form!r}; have: {', '.join(FORMATS)}")
    return FORMATS[form](summary)
