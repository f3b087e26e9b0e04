"""Summary -> plain text: sentences with [1] marks, then what they rest on and what was left out.

One sentence a line, never wrapped, so that `grep` gives whole sentences with their marks; all
that follows is wrapped at 88 columns for a terminal's reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import TextWrapper

from summarizer.render.inert import one_line
from summarizer.render.notes import Notes, methods, remarks
from summarizer.render.sections import NOTHING, Pen, sections
from summarizer.story import CitedSentence, Summary

WIDTH = 88


def text(summary: Summary) -> str:
    """The summary as plain text; control characters of the articles are shown, not sent."""
    notes = Notes.of(summary)
    parts: list[list[str]] = []
    if summary.title is not None:
        parts.append([_sentence(summary.title, notes)])
    parts.append([_sentence(s, notes) for s in summary.sentences] or [NOTHING])
    if notes.told:
        parts.append(["SOURCES", *_sources(notes, 0, notes.told)])
    if made := methods(summary):
        parts[-1].append(_item("How the sentences were made: ", made, hang=2))
    for heading, items in sections(summary, notes, Pen(one_line, str, _marks)):
        parts.append([heading.upper(), *(_item("    " * i.depth + "- ", i.words) for i in items)])
    if notes.told < len(notes.citations):
        rest = _sources(notes, notes.told, len(notes.citations))
        parts.append(["SOURCES OF WHAT ELSE WAS REPORTED", *rest])
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _sentence(sentence: CitedSentence, notes: Notes) -> str:
    marked = one_line(sentence.text) + _marks(notes.marks(sentence.citations))
    return " ".join([marked, *(f"({one_line(r)})" for r in remarks(sentence))])


def _marks(numbers: Iterable[int]) -> str:
    marks = "".join(f"[{n}]" for n in numbers)
    return f" {marks}" if marks else ""


def _sources(notes: Notes, first: int, end: int) -> list[str]:
    gutter = len(f"[{len(notes.citations)}] ")
    return [
        _item(f"[{n}] ".rjust(gutter), f"{one_line(notes.origin(c))}: “{one_line(c.text)}”")
        for n, c in enumerate(notes.citations[first:end], first + 1)
    ]


def _item(lead: str, words: str, hang: int | None = None) -> str:
    wrapper = TextWrapper(
        width=WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * (len(lead) if hang is None else hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.fill(words)
