"""Summary -> str or bytes, in every form there is. A new one is one function and one Format below.

Nothing here reads, writes or decides; whatever came from an article is made inert on its way out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from summarizer.errors import BadOption
from summarizer.outputs.render.clip import plain, rich
from summarizer.outputs.render.docx import docx
from summarizer.outputs.render.html import html
from summarizer.outputs.render.markdown import markdown
from summarizer.outputs.render.text import text
from summarizer.schema import Summary


def json(summary: Summary, *, begins: Collection[int] = ()) -> str:
    """The wire form, indented; `Summary.from_json` reads it back. Alone holds refused drafts.

    begins: places of first sentences, as every form takes them; the wire form has no paragraphs.
    """
    return summary.to_json(indent=2) + "\n"


T = TypeVar("T", str, bytes)
Written = TypeVar("Written", str, bytes, covariant=True)


class Write(Protocol[Written]):
    """Writes a summary; begins: the numbers, from 1, of the sentences that begin a paragraph."""

    def __call__(self, summary: Summary, *, begins: Collection[int] = ()) -> Written:
        """Text that ends with a newline, or bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Format(Generic[T]):
    """A form of the summary to read or to take away.

    name: what `--format` takes. suffix: how its files end, dot included. mime: its media type.
    label: what a reader calls it. write: gives text that ends with a newline, or bytes.
    """

    name: str
    suffix: str
    mime: str
    label: str
    write: Write[T]


TEXTS: tuple[Format[str], ...] = (
    Format("text", ".txt", "text/plain;charset=utf-8", "Text", text),
    Format("markdown", ".md", "text/markdown;charset=utf-8", "Markdown", markdown),
    Format("html", ".html", "text/html;charset=utf-8", "HTML", html),
    Format("json", ".json", "application/json;charset=utf-8", "JSON", json),
)
"""The formats that are text."""

BINARIES: tuple[Format[bytes], ...] = (
    Format(
        "docx",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word",
        docx,
    ),
)
"""The formats that are bytes: no terminal shows them."""

ALL: tuple[Format[str] | Format[bytes], ...] = (*BINARIES, *TEXTS)
"""Every format, in the order of the page's buttons."""

FORMATS: dict[str, Write[str]] = {f.name: f.write for f in TEXTS}
"""What writes each format that is text, by name."""

FILES: dict[str, Write[bytes]] = {f.name: f.write for f in BINARIES}
"""What writes each format that is bytes, by name."""

__all__ = [
    "ALL",
    "BINARIES",
    "FILES",
    "FORMATS",
    "TEXTS",
    "Format",
    "Write",
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
    """The summary in one of FORMATS: "text", "markdown", "html" or "json".

    Raises BadOption for another name.
    """
    if form not in FORMATS:
        raise BadOption(f"no form {form!r}; have: {', '.join(FORMATS)}")
    return FORMATS[form](summary)
