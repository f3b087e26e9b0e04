"""Summary -> markdown (CommonMark): the text with [1] marks, its sources, and what else is known.

Every character of an article that markdown or html could act on is escaped. Marks are no
footnotes: what shows those numbers them anew, and an outlet has one number in every form.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from summarizer.outputs.render.inert import one_line
from summarizer.outputs.render.notes import Notes, following, paragraphs, remarks
from summarizer.outputs.render.sections import WHOLE, Pen, sections
from summarizer.schema import CitedSentence, Summary

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&!$^@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_AT_START = re.compile(r"[-+=:]|\d+(?=[.)](?:\s|$))")


def markdown(summary: Summary, *, begins: Collection[int] = ()) -> str:
    """The summary as markdown: the sentences with their marks, then what they rest on.

    begins: the numbers, from 1, of the sentences that begin a paragraph.
    """
    notes = Notes.of(summary)
    parts: list[str] = []
    if summary.title is not None:
        parts.append(f"# {_sentence(summary.title, notes)}")
    parts += map(" ".join, paragraphs([_sentence(s, notes) for s in summary.sentences], begins))
    for heading, items in sections(summary, notes, Pen(inert, _strong, following), WHOLE):
        parts.append(f"## {heading}")
        parts.append("\n".join(f"{'    ' * item.depth}- {item.words}" for item in items))
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


def _quiet(words: str) -> str:
    return f"*{words}*"


def _sentence(sentence: CitedSentence, notes: Notes) -> str:
    marked = inert(sentence.text) + following(notes.carrying(sentence))
    told = _strong if sentence.problems else _quiet
    return " ".join([marked, *(told(f"({inert(r)})") for r in remarks(sentence))])
