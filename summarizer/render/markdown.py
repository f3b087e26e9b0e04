"""Summary -> markdown with a footnote for each source sentence (CommonMark, GFM's footnotes).

Every character of an article that markdown or html could act on is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summarizer.render.inert import one_line
from summarizer.render.notes import Notes, methods, remarks
from summarizer.render.sections import NOTHING, Pen, sections
from summarizer.story import CitedSentence, Summary

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!$^@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"[-+=:]|\d+(?=[.)])")


def markdown(summary: Summary) -> str:
    """The summary as markdown: the sentences with footnotes, then what they rest on."""
    notes = Notes.of(summary)
    parts: list[str] = []
    if summary.title is not None:
        parts.append(f"# {_sentence(summary.title, notes)}")
    parts.append(" ".join(_sentence(s, notes) for s in summary.sentences) or NOTHING)
    if made := methods(summary):
        parts.append(f"*How the sentences were made: {made}.*")
    for heading, items in sections(summary, notes, Pen(inert, _strong, _marks)):
        parts.append(f"## {heading}")
        parts.append("\n".join(f"{'    ' * item.depth}- {item.words}" for item in items))
    if notes.citations:
        parts.append("\n".join(_footnote(n, notes) for n in range(1, len(notes.citations) + 1)))
    return "\n\n".join(parts) + "\n"


def inert(text: str) -> str:
    """`text` on one line so that markdown shows it as it is: no mark-up, no html, no link."""
    line = _SPECIAL.sub(lambda m: "\\" + m[0], one_line(text))
    if start := _AT_START.match(line):
        # A first "-" or "1." would open a list, a first "=" make a heading of the line above.
        escaped = f"{start[0]}\\" if start[0].isdigit() else f"\\{start[0]}"
        return escaped + line[start.end() :]
    return line


def _strong(words: str) -> str:
    return f"**{words}**"


def _sentence(sentence: CitedSentence, notes: Notes) -> str:
    marked = inert(sentence.text) + _marks(notes.marks(sentence.citations))
    return " ".join([marked, *(_strong(f"({inert(r)})") for r in remarks(sentence))])


def _marks(numbers: Iterable[int]) -> str:
    return "".join(f"[^{n}]" for n in numbers)


def _footnote(number: int, notes: Notes) -> str:
    citation = notes.citations[number - 1]
    return f"[^{number}]: {_strong(inert(notes.origin(citation)))}: “{inert(citation.text)}”"
