"""Summary -> a Word document (Office Open XML): headline, text with marks, sources, the rest.

python-docx is imported only here, and only when a document is asked for. The same summary gives
the same bytes: nothing of the clock goes into the file.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from summarizer.outputs.render.inert import one_line
from summarizer.outputs.render.notes import Notes, numbered, paragraphs, remarks
from summarizer.outputs.render.sections import WHOLE, Pen, sections
from summarizer.schema import Citation, CitedSentence, Summary

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT = "Georgia"
"""On every Windows and Mac; elsewhere Word and LibreOffice take a serif that is like it."""

_UNWRITABLE = re.compile("[\ufffe\uffff\ud800-\udfff]")  # what XML cannot hold, beside controls

# Bold and raised stretches are set off by control characters, which inert words never hold.
_BOLD, _RAISED, _END = "\x01", "\x02", "\x03"
_STRETCH = re.compile(f"([{_BOLD}{_RAISED}])([^{_END}]*){_END}")


def docx(summary: Summary, *, begins: Collection[int] = ()) -> bytes:
    """The summary as a .docx file; marks are raised [1], the numbers of its articles.

    begins: the numbers, from 1, of the sentences that begin a paragraph.
    """
    from docx import Document

    document = Document()
    _set_styles(document, summary)
    notes = Notes.of(summary)
    if summary.title is not None:
        _write(document.add_heading(level=1), _sentence(summary.title, notes))
    for paragraph in paragraphs([_sentence(s, notes) for s in summary.sentences], begins):
        _write(document.add_paragraph(), " ".join(paragraph))
    for heading, items in sections(summary, notes, Pen(_inert, _strong, _marks), WHOLE):
        document.add_heading(heading, level=2)
        for item in items:
            style = "List Bullet 2" if item.depth else "List Bullet"
            _write(document.add_paragraph(style=style), item.words)
    return _packed(document)


def _set_styles(document: Document, summary: Summary) -> None:
    from datetime import datetime

    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, size in (("Normal", 11), ("Heading 1", 20), ("Heading 2", 13)):
        font = document.styles[name].font
        font.name, font.size = FONT, Pt(size)
        fonts = font.element.rPr.rFonts
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        font.color.rgb = RGBColor(0, 0, 0)
    about = document.core_properties
    about.title = _inert(summary.title.text) if summary.title else "Summary"
    about.author, about.comments = "", ""
    about.created = about.modified = datetime(1980, 1, 1)


def _write(paragraph: Paragraph, words: str) -> None:
    for kind, stretch in _stretches(words):
        run = paragraph.add_run(stretch)
        if kind == _BOLD:
            run.bold = True
        elif kind == _RAISED:
            run.font.superscript = True


def _stretches(words: str) -> Iterator[tuple[str, str]]:
    at = 0
    for found in _STRETCH.finditer(words):
        if found.start() > at:
            yield "", words[at : found.start()]
        yield found[1], found[2]
        at = found.end()
    if at < len(words):
        yield "", words[at:]


def _packed(document: Document) -> bytes:
    """The document's parts, packed again without the time of day that zip files carry."""
    written, packed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as anew:
        for name in parts.namelist():
            anew.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return packed.getvalue()


def _sentence(sentence: CitedSentence, notes: Notes) -> str:
    marked = _inert(sentence.text) + _marks(notes.carrying(sentence))
    said = [f"({_inert(r)})" for r in remarks(sentence)]
    return " ".join([marked, *(map(_strong, said) if sentence.problems else said)])


def _inert(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", one_line(text))


def _strong(words: str) -> str:
    return f"{_BOLD}{words}{_END}"


def _marks(marks: Sequence[tuple[int, Citation]]) -> str:
    return f"{_RAISED}{numbered(marks)}{_END}" if marks else ""
