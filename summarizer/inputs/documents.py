"""One document to one Article: text with header lines, markdown, HTML, PDF.

Which of its text is reporting is decided in text.boilerplate; which files make a story, in inputs.
"""

from __future__ import annotations

import io
import re
from typing import Any

from summarizer.errors import UnreadableFile
from summarizer.inputs.times import iso, unread
from summarizer.schema import Article

FIELDS = {
    **dict.fromkeys(("title", "headline"), "title"),
    **dict.fromkeys(("outlet", "source", "publisher", "site", "sitename"), "outlet"),
    **dict.fromkeys(("date", "published", "pubdate"), "published"),
    **dict.fromkeys(("url", "link"), "url"),
}
"""What header lines are called, and the field of Article that each fills."""

MAX_PAGES = 2_000
"""Pages of a PDF: its text is drawn out page by page, and a page can be made to cost much."""

_HEADER = re.compile(r"([A-Za-z][\w -]{0,30}):[ \t]*([^\r\n]*?)[ \t]*(?:\r\n|\r|\n|\Z)")
_FRONT = re.compile(r"---[ \t]*(?:\r\n|\r|\n)")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\r|\n)")
_HEADING = re.compile(r"\s*#[ \t]+([^\r\n]+?)[ \t#]*(?:(?:\r\n|\r|\n)|\Z)")
_FIRST_LINES = re.compile(r"[ \t]*([^\r\n]*[^\s])[ \t]*(\r\n|\r|\n|\Z)((?:[ \t]*(?:\r\n|\r|\n))*)")
_NOT_A_TITLE = re.compile(r"by\s|.*[.:;,!…](?:[\"”’']?)$|.*[>›|/]|.*\b(?:photo|image)\b", re.I)

Header = dict[str, str]


def from_text(text: str, id: str, *, markdown: bool = False) -> tuple[Article, tuple[str, ...]]:
    """An article from plain text or markdown, and warnings of header fields not known or not read.

    Front matter (`key: value` lines between two `---` lines) or `Title:`, `Outlet:`, `Date:`,
    `URL:` lines at the very top fill the fields, and so does markdown's first `# heading`;
    `Article.text` is then exactly what follows them. Otherwise it is the whole text, and a first
    line that looks like a headline (four words or more, no full stop, a blank line and a longer
    paragraph after it) is the title too, left where it is.
    """
    header, rest, unknown = opening_fields(text)
    if markdown and "title" not in header and (heading := _HEADING.match(rest)):
        header["title"] = heading.group(1)
        rest = _without_blank_lines(rest[heading.end() :])
    if "title" not in header and (title := _headline(rest)):
        header["title"] = title
    warnings = [f"{id}: unknown fields {', '.join(unknown)} ignored"] if unknown else []
    if published := header.get("published"):
        header["published"] = iso(published) or published
        if iso(published) is None:
            warnings.append(f"{id}: {unread(published)}")
    return Article(id=id, text=rest, **header), tuple(warnings)


def opening_fields(text: str) -> tuple[Header, str, list[str]]:
    """The fields that front matter or header lines at the very top give, the text that follows
    them, and the names in front matter that are no field."""
    header, rest, unknown = _front_matter(text)
    if not header and not unknown:
        header, rest = _header_lines(text)
    return header, rest, unknown


def _front_matter(text: str) -> tuple[Header, str, list[str]]:
    opening = _FRONT.match(text)
    header: Header = {}
    unknown: list[str] = []
    at = opening.end() if opening else 0
    while opening and at < len(text):
        if closing := _FRONT.match(text, at):
            return header, _without_blank_lines(text[closing.end() :]), unknown
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        line = _HEADER.match(text, at)
        if line is None:
            break
        name = FIELDS.get(line.group(1).strip().lower())
        value = line.group(2).strip("\"'")
        if name is None:
            unknown.append(line.group(1).strip())
        elif value:
            header.setdefault(name, value)
        at = line.end()
    return {}, text, []


def _header_lines(text: str) -> tuple[Header, str]:
    header: Header = {}
    at = 0
    while line := _HEADER.match(text, at):
        name = FIELDS.get(line.group(1).strip().lower())
        if name is None or name in header:
            break
        if line.group(2):
            header[name] = line.group(2)
        at = line.end()
    return header, _without_blank_lines(text[at:]) if header else text


def _without_blank_lines(text: str) -> str:
    at = 0
    while blank := _BLANK.match(text, at):
        at = blank.end()
    return text[at:]


def _headline(text: str) -> str | None:
    """The first line that looks like a headline, among the first three that are not blank."""
    at = len(text) - len(text.lstrip())
    for _ in range(3):
        line = _FIRST_LINES.match(text, at)
        if line is None:
            return None
        candidate = line.group(1)
        following = _FIRST_LINES.match(text, line.end())
        if following is None or not line.group(3):
            return None
        if is_headline(candidate):
            return candidate
        if len(candidate.split()) > 8:
            return None
        at = line.end()
    return None


def is_headline(line: str) -> bool:
    """Whether a line looks like a headline: four words or more, no full stop, no byline."""
    return 4 <= len(line.split()) <= 25 and not _NOT_A_TITLE.match(line)


def from_html(html: str, id: str, name: str) -> Article:
    """An article from a web page by trafilatura: main text, title, site, date and address.

    The text is trafilatura's, not the page's. Raises UnreadableFile if no text is found.
    """
    import trafilatura

    try:
        found: Any = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    except (ValueError, TypeError, RecursionError) as error:
        raise UnreadableFile(
            f"{name} cannot be read as HTML ({error}); save the article as text"
        ) from None
    text = (found.text if found is not None else None) or trafilatura.html2txt(html)
    if not text.strip():
        raise UnreadableFile(f"{name} holds no article text; save the article as text")
    if found is None:
        return Article(id=id, text=text)
    return Article(
        id=id,
        text=text,
        title=found.title or None,
        outlet=found.sitename or None,
        url=found.url or None,
        published=found.date or None,
    )


def from_pdf(data: bytes, id: str, name: str) -> Article:
    """An article from a PDF's text layer by pypdf, pages joined by a newline.

    Raises UnreadableFile if pypdf is not installed, the file is broken or locked, or has no text.
    """
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        raise UnreadableFile(
            f"{name} is a PDF, which needs pypdf; install it with: pip install 'summarizer[pdf]'"
        ) from None
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if (pages := len(reader.pages)) > MAX_PAGES:
            raise UnreadableFile(
                f"{name} has {pages:,} pages, more than the {MAX_PAGES:,} that are read; split it"
            )
        text = "\n".join(page.extract_text() for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        why = " ".join(str(error).split()) or type(error).__name__
        raise UnreadableFile(
            f"{name} cannot be read as PDF ({why}); save the article as text"
        ) from None
    if not text.strip():
        raise UnreadableFile(f"{name} has no text layer; run text recognition on it first")
    return Article(id=id, text=text, title=title or None)
