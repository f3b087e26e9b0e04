"""Summary -> plain text: sentences with [1] marks, their sources, and where these differ.

One sentence a line, never wrapped, so that `grep` gives whole sentences with their marks; all
that follows is wrapped at 88 columns for a terminal's reader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from textwrap import TextWrapper

from summarizer.outputs.render.inert import one_line
from summarizer.outputs.render.left_out import tally
from summarizer.outputs.render.notes import (
    Notes,
    about,
    following,
    paragraphs,
    quoted,
    remarks,
    span,
    told,
)
from summarizer.outputs.render.sections import DIFFER, WARNINGS, WHOLE, Pen, sections
from summarizer.schema import CitedSentence, Summary

WIDTH = 88


def text(
    summary: Summary, *, details: bool = False, more: str = "", begins: Collection[int] = ()
) -> str:
    """The summary as plain text; control characters of the articles are shown, not sent.

    details: everything; without it source sentences are cut to a line, and what else was reported
    or left out is counted on the last line. more: how a reader gets at that, said there. begins:
    the numbers, from 1, of the sentences that begin a paragraph.
    """
    notes = Notes.of(summary)
    parts: list[list[str]] = []
    if summary.title is not None:
        parts.append([_sentence(summary.title, notes)])
    parts += paragraphs([_sentence(s, notes) for s in summary.sentences], begins)
    if not details and (listed := list(_sources(summary, notes))):
        parts.append(["SOURCES", *listed])
    wanted = WHOLE if details else (WARNINGS, DIFFER)
    for heading, items in sections(summary, notes, Pen(one_line, str, following), wanted):
        parts.append([heading.upper(), *(_item("    " * i.depth + "- ", i.words) for i in items)])
    if not details and (rest := tally(summary)):
        parts.append([_item("", f"Left out: {rest}{f'; {more}' if more else ''}.", hang=2)])
    return "\n\n".join("\n".join(lines) for lines in parts) + "\n"


def _sentence(sentence: CitedSentence, notes: Notes) -> str:
    marked = one_line(sentence.text) + following(notes.carrying(sentence))
    return " ".join([marked, *(f"({one_line(r)})" for r in remarks(sentence))])


def _sources(summary: Summary, notes: Notes) -> Iterator[str]:
    """Each article that the text or a difference cites, and under it the sentences it gave."""
    cited = list(told(summary))
    gutter = len(f"[{len(summary.articles)}] ")
    for article in notes.cited(cited):
        known = [notes.label(article.id), *about(article)]
        lead = f"[{notes.numbers[article.id]}] ".rjust(gutter)
        yield _item(lead, one_line(", ".join(known)))
        own = {span(c): c for c in cited if c.article == article.id and c.field == "text"}
        yield from (_clipped(" " * gutter, c.text) for c in own.values())


def _clipped(lead: str, sentence: str) -> str:
    """A source sentence on one line, its end cut where it is longer."""
    line = one_line(sentence)
    room = WIDTH - len(lead) - len(quoted(line)) + len(line)
    if len(line) > room:
        line = one_line(line[: room - 2].rsplit(" ", 1)[0]) + " …"
    return lead + quoted(line)


def _item(lead: str, words: str, hang: int | None = None) -> str:
    wrapper = TextWrapper(
        width=WIDTH,
        initial_indent=lead,
        subsequent_indent=" " * (len(lead) if hang is None else hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return wrapper.fill(words)
