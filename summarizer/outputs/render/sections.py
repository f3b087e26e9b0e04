"""What follows the sentences in every readable form: sources, differences, coverage, the rest.

A form lends its `Pen`, which makes words inert and sets marks; layout stays with the form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.outputs.render.left_out import fate, missing, refusals, warnings
from summarizer.outputs.render.notes import (
    Notes,
    about,
    methods,
    printed_days,
    quoted,
    reports,
    standing,
)
from summarizer.schema import (
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Summary,
)

UNSEEN = (
    "Found by a list of words. Irony, what an outlet leaves out, framing by the choice of facts and"
    " loaded words that are in no list are not seen."
)
WARNINGS = "Warnings"
SOURCES = "Sources"
RESTS = "What each sentence rests on"
DIFFER = "Where the sources differ"
REPORTED = "Who reported what"
TONE = "Tone: words of one outlet that the summary does not adopt"
LEFT_OUT = "Left out"

_LISTED = 3
"""Articles without a claim that are named one by one; of more, their number is told."""

_OPENING = 8
"""Words of a sentence by which it is known in the list of what it rests on."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a form writes.

    inert: words of others, made safe for the form. strong: inert words, made to stand out.
    marks: the marks that point at articles of these numbers, each with its first source sentence.
    quotes: whether source sentences are listed under what they carry; not where panes show them.
    """

    inert: Callable[[str], str]
    strong: Callable[[str], str]
    marks: Callable[[Sequence[tuple[int, Citation]]], str]
    quotes: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a section, in the form's own syntax; depth 1 is listed under the line before."""

    words: str
    depth: int = 0


def sections(
    summary: Summary, notes: Notes, pen: Pen, wanted: Sequence[str]
) -> Iterator[tuple[str, list[Item]]]:
    """The `wanted` headings with their lines; a section with nothing to say is left out."""
    writer = _Sections(summary, notes, pen)
    lines: dict[str, Callable[[], Iterator[Item]]] = {
        WARNINGS: writer.warnings,
        SOURCES: writer.sources,
        RESTS: writer.rests,
        DIFFER: writer.differences,
        REPORTED: writer.coverage,
        TONE: writer.tone,
        LEFT_OUT: writer.left_out,
    }
    for heading in wanted:
        if written := list(lines[heading]()):
            yield heading, written


WHOLE = (SOURCES, WARNINGS, DIFFER, RESTS, REPORTED, TONE, LEFT_OUT)
"""Every section, in the order of a form that has no panes of articles."""


@dataclass(frozen=True, slots=True)
class _Sections:
    summary: Summary
    notes: Notes
    pen: Pen

    def warnings(self) -> Iterator[Item]:
        yield from (Item(self.pen.inert(w)) for w in warnings(self.summary))

    def sources(self) -> Iterator[Item]:
        yield from map(self._source, self.notes.cited(self.notes.citations))

    def rests(self) -> Iterator[Item]:
        told = [("Headline", self.summary.title)]
        told += [(f"Sentence {n}", s) for n, s in enumerate(self.summary.sentences, 1)]
        for name, sentence in told:
            if sentence is not None:
                yield from self._rest(name, sentence)
        if made := methods(self.summary):
            yield Item(f"How the sentences were made: {made}")

    def differences(self) -> Iterator[Item]:
        inert = self.pen.inert
        for difference in self.summary.disagreements:
            yield Item(f"{inert(difference.about)}:")
            days = printed_days(difference, self.summary.articles)
            for value, printed in zip(difference.values, days, strict=True):
                speaker = f", according to {inert(value.speaker)}" if value.speaker else ""
                outlets = self._outlets(c.article for c in value.citations)
                outlets += f", {inert(printed)}" if printed else ""
                value_ = self.pen.strong(inert(value.value))
                yield Item(f"{value_}{speaker}: {outlets}{self._marks(value.citations)}", depth=1)

    def coverage(self) -> Iterator[Item]:
        several, single = reports(self.summary)
        for claim in several:
            yield from self._claim(claim, self._shared(claim))
        for claim in single:
            found = f"found only in {self._outlets(claim.carried or claim.cells)}"
            rest = self._otherwise(claim) if claim.carried else ()
            yield from self._claim(claim, "; ".join((found, *rest)))

    def tone(self) -> Iterator[Item]:
        words: dict[str, dict[str, None]] = {}
        marks: dict[str, list[Citation]] = {}
        for tone in self.summary.tone:
            words.setdefault(tone.article, {})[f"“{self.pen.inert(tone.word)}”"] = None
            marks.setdefault(tone.article, []).append(tone.citation)
        for article, own in words.items():
            said = ", ".join(own)
            yield Item(f"{self._outlets([article])}: {said}{self._marks(marks[article])}")
        if self.summary.tone:
            yield Item(self.pen.inert(UNSEEN))

    def left_out(self) -> Iterator[Item]:
        inert, strong = self.pen.inert, self.pen.strong
        for article in self.summary.articles:
            if why := fate(article, self.notes):
                label = self.notes.label(article.id)
                number = self.notes.numbers[article.id]
                yield Item(f"[{number}] {strong(inert(label))}: {inert(why)}")
        yield from (Item(inert(why)) for why in refusals(self.summary))

    def _source(self, article: ArticleReport) -> Item:
        number, label = self.notes.numbers[article.id], self.notes.label(article.id)
        known = [self.pen.strong(self.pen.inert(label)), *map(self.pen.inert, about(article))]
        return Item(f"[{number}] {', '.join(known)}")

    def _rest(self, name: str, sentence: CitedSentence) -> Iterator[Item]:
        words = sentence.text.split()
        opening = " ".join(words[:_OPENING]) + (" …" if len(words) > _OPENING else "")
        made = f"{sentence.method}, support {sentence.support:.2f}"
        yield Item(f"{self.pen.strong(name)} ({made}): {quoted(self.pen.inert(opening))}")
        for citation in sentence.citations:
            yield self._quoted(citation)

    def _quoted(self, citation: Citation) -> Item:
        origin, text = self.pen.inert(self.notes.origin(citation)), self.pen.inert(citation.text)
        number = self.notes.numbers.get(citation.article)
        return Item(f"{'' if number is None else f'[{number}] '}{origin}: {quoted(text)}", depth=1)

    def _shared(self, claim: Coverage) -> str:
        parts = [self._outlets(claim.carried)] if claim.carried else []
        if rests := standing(claim.carried, claim.independent_sources, claim.primary):
            parts.append(self.pen.inert(rests))
        parts += self._otherwise(claim)
        if without := missing(claim, self.summary):
            few = len(without) <= _LISTED
            parts.append(
                f"missing in {self._outlets(without) if few else f'{len(without)} others'}"
            )
        return "; ".join(parts)

    def _otherwise(self, claim: Coverage) -> Iterator[str]:
        """The outlets that tell a claim in part only, or say otherwise."""
        for state, words in (("part", "in part in"), ("contradicts", "told otherwise in")):
            if found := [a for a in claim.cells if claim.state(a) == state]:
                yield f"{words} {self._outlets(found)}"

    def _claim(self, claim: Coverage, where: str) -> Iterator[Item]:
        """A claim, and under it each source sentence that makes it in other words."""
        cited = [c for cell in claim.cells.values() for c in cell]
        yield Item(f"{self.pen.inert(claim.claim)} ({where}){self._marks(cited)}")
        if self.pen.quotes:
            yield from (self._quoted(c) for c in cited if c.text != claim.claim)

    def _outlets(self, articles: Iterable[str]) -> str:
        return ", ".join(dict.fromkeys(self.pen.inert(self.notes.label(a)) for a in articles))

    def _marks(self, citations: Iterable[Citation]) -> str:
        return self.pen.marks(self.notes.marks(citations))
