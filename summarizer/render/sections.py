"""What follows the sentences in every readable form: differences, coverage, what was left out.

A form lends its `Pen`, which makes words inert and sets marks; layout stays with the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from summarizer.render.notes import Notes, fate, missing, reports, standing, warnings
from summarizer.story import Citation, Coverage, Summary

NOTHING = "Nothing in these articles could be summarised."
UNSEEN = (
    "Found by a list of words. Irony, what an outlet leaves out, framing by the choice of facts and"
    " loaded words that are in no list are not seen."
)
_LISTED = 3
"""Articles without a claim that are named one by one; of more, their number is told."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a form writes.

    inert: words of others, made safe for the form. strong: inert words, made to stand out.
    marks: the marks that point at sources of these numbers.
    """

    inert: Callable[[str], str]
    strong: Callable[[str], str]
    marks: Callable[[Iterable[int]], str]


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section, in the form's own syntax; depth 1 is listed under the line before."""

    words: str
    depth: int = 0


def sections(summary: Summary, notes: Notes, pen: Pen) -> Iterator[tuple[str, list[Item]]]:
    """Headings with their lines, in reading order; a section with nothing to say is left out."""
    writer = _Sections(summary, notes, pen)
    for heading, lines in (
        ("Where the sources differ", writer.differences()),
        ("Who reported what", writer.coverage()),
        ("Tone: words of one outlet that the summary does not adopt", writer.tone()),
        ("Left out", writer.left_out()),
        ("Warnings", (Item(pen.inert(w)) for w in warnings(summary))),
    ):
        if written := list(lines):
            yield heading, written


@dataclass(frozen=True, slots=True)
class _Sections:
    summary: Summary
    notes: Notes
    pen: Pen

    def differences(self) -> Iterator[Item]:
        inert = self.pen.inert
        for difference in self.summary.disagreements:
            yield Item(f"{inert(difference.about)} ({difference.kind}):")
            for value in difference.values:
                speaker = f", says {inert(value.speaker)}" if value.speaker else ""
                outlets = self._outlets(c.article for c in value.citations)
                value_ = self.pen.strong(inert(value.value))
                yield Item(f"{value_}{speaker}: {outlets}{self._marks(value.citations)}", depth=1)

    def coverage(self) -> Iterator[Item]:
        several, single = reports(self.summary)
        yield from map(self._shared, several)
        yield from (
            self._claim(claim, f"found only in {self._outlets(claim.cells)}") for claim in single
        )

    def tone(self) -> Iterator[Item]:
        words: dict[str, list[str]] = {}
        for tone in self.summary.tone:
            said = f"“{self.pen.inert(tone.word)}”{self._marks([tone.citation])}"
            words.setdefault(tone.article, []).append(said)
        for article, own in words.items():
            yield Item(f"{self._outlets([article])}: {', '.join(own)}")
        if self.summary.tone:
            yield Item(self.pen.inert(UNSEEN))

    def left_out(self) -> Iterator[Item]:
        inert, strong = self.pen.inert, self.pen.strong
        for article in self.summary.articles:
            if why := fate(article, self.notes):
                yield Item(f"{strong(inert(self.notes.label(article.id)))}: {inert(why)}")
        for dropped in self.summary.dropped:
            problems = ", ".join(dropped.problems) or "not needed"
            yield Item(f"a draft, dropped for {problems}: “{inert(dropped.text)}”")

    def _shared(self, claim: Coverage) -> Item:
        parts = [self._outlets(claim.cells)]
        if rests := standing(claim.cells, claim.independent_sources, claim.primary):
            parts.append(self.pen.inert(rests))
        if without := missing(claim, self.summary):
            few = len(without) <= _LISTED
            parts.append(
                f"missing in {self._outlets(without) if few else f'{len(without)} others'}"
            )
        return self._claim(claim, "; ".join(parts))

    def _claim(self, claim: Coverage, where: str) -> Item:
        marks = self._marks(c for cell in claim.cells.values() for c in cell)
        return Item(f"{self.pen.inert(claim.claim)} ({where}){marks}")

    def _outlets(self, articles: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(self.pen.inert(self.notes.label(a)) for a in articles))

    def _marks(self, citations: Iterable[Citation]) -> str:
        return self.pen.marks(self.notes.marks(citations))
