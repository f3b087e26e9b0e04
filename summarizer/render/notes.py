"""What every readable form says of a summary: numbers for its sources, labels, what was left out.

No form's own syntax lives here; all strings are as the articles gave them, not yet made inert.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from summarizer.story import (
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Field_,
    Method,
    Problem,
    Summary,
)

METHODS: dict[Method, str] = {
    "fused": "written anew over its sources",
    "trimmed": "shortened from one source sentence",
    "quoted": "one source sentence, word for word",
    "edited": "changed by a reader",
}
"""How a sentence was made, in a reader's words."""

PROBLEMS: dict[Problem, str] = {
    "number": "a number",
    "name": "a name",
    "date": "a date",
    "quotation": "a quotation",
    "negation": "what it denies",
    "role": "who did what",
    "speaker": "who said it",
    "modality": "how certain it is",
    "unsupported": "what it says",
}
"""What a sentence's sources do not carry, in a reader's words."""

Span = tuple[str, Field_, int, int]


def span(citation: Citation) -> Span:
    """What tells two source sentences apart: article, field, start, end."""
    return citation.article, citation.field, citation.start, citation.end


@dataclass(frozen=True, slots=True)
class Notes:
    """The numbered sources of a summary.

    citations: each cited source sentence once; number n is at n - 1. The headline's and the
    sentences' come first, in reading order, then those that only a difference or the tone cites:
    `told` so far; last those that only a claim of the coverage rests on.
    """

    citations: tuple[Citation, ...]
    numbers: dict[Span, int]
    labels: dict[str, str]
    told: int

    @classmethod
    def of(cls, summary: Summary) -> Notes:
        """Number the sources of `summary` and name its articles."""
        numbers: dict[Span, int] = {}
        citations: list[Citation] = []
        told = 0
        for cited in (_told(summary), _reported(summary)):
            told = len(citations)
            for citation in cited:
                if numbers.setdefault(span(citation), len(citations) + 1) > len(citations):
                    citations.append(citation)
        return cls(tuple(citations), numbers, _labels(summary.articles), told)

    def marks(self, citations: Iterable[Citation]) -> list[int]:
        """The numbers of `citations` in rising order; those that have none are passed over."""
        found = {self.numbers[span(c)] for c in citations if span(c) in self.numbers}
        return sorted(found)

    def label(self, article: str) -> str:
        """The article's outlet; with its id where two articles share the outlet."""
        return self.labels.get(article, article)

    def origin(self, citation: Citation) -> str:
        """The label, and that it is a headline where it is one."""
        label = self.label(citation.article)
        return f"{label} (headline)" if citation.field == "title" else label


def reports(summary: Summary) -> tuple[list[Coverage], list[Coverage]]:
    """The claims that several sources make, and those that were found in one alone.

    A copy is no source of its own: it counts with the article that it prints. A claim that the
    summary quotes is made by all that the quoting sentence cites, and not told again by these.
    """
    prints = {a.id: a.copy_of or a.id for a in summary.articles}
    quoting = {s.text: s for s in summary.sentences if s.method == "quoted"}
    several: list[Coverage] = []
    single: list[Coverage] = []
    joined: set[Span] = set()
    for claim in summary.coverage:
        if claim.claim in quoting:
            quoted = quoting[claim.claim]
            claim = _joined(claim, quoted)
            joined.update(map(span, quoted.citations))
        sources = {prints.get(article, article) for article in claim.cells}
        (several if len(sources) > 1 else single).append(claim)
    return several, [c for c in single if c.claim in quoting or not _spans(c) <= joined]


def _joined(claim: Coverage, quoted: CitedSentence) -> Coverage:
    """A claim with the further articles that a sentence quoting it cites."""
    cells = dict(claim.cells)
    for c in quoted.citations:
        if c.article not in claim.cells:
            cells[c.article] = (*cells.get(c.article, ()), c)
    if len(cells) == len(claim.cells):
        return claim
    changed = {"independent_sources": quoted.independent_sources, "primary": quoted.primary}
    return claim.model_copy(update={"cells": cells, **changed})


def _spans(claim: Coverage) -> set[Span]:
    return {span(c) for cell in claim.cells.values() for c in cell}


def warnings(summary: Summary) -> Iterator[str]:
    """The warnings; an article that they name by its id is named by its outlet too."""
    for warning in summary.warnings:
        for a in summary.articles:
            if a.outlet:
                warning = warning.replace(f"article {a.id!r}", f"article {a.id!r} ({a.outlet})")
        yield warning


def day(published: str) -> str:
    """An ISO 8601 time as people write it; anything else as it is."""
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return published
    return f"{when.day} {when:%B %Y}" + (f", {when:%H:%M}" if "T" in published else "")


def fate(article: ArticleReport, notes: Notes) -> str | None:
    """Why (part of) an article was left out; None where all of it was read."""
    parts: list[str] = []
    if article.copy_of is not None:
        parts.append(f"counted as one source with {notes.label(article.copy_of)}, whose text it is")
    if article.reason is not None:
        parts.append(article.reason if article.used else f"set aside: {article.reason}")
    elif not article.used and article.copy_of is None:
        parts.append("no sentence of it was needed")
    if article.masked:
        reasons = Counter(mask.reason for mask in article.masked)
        listed = ", ".join(f"{n} × {reason}" for reason, n in reasons.items())
        parts.append(f"masked as no reporting: {listed}")
    return "; ".join(parts) or None


def uncarried(sentence: CitedSentence) -> str | None:
    """That its sources do not carry a sentence, and what of it; None where they do."""
    if not sentence.problems:
        return None
    return f"not carried by its sources: {', '.join(PROBLEMS[p] for p in sentence.problems)}"


def remarks(sentence: CitedSentence) -> Iterator[str]:
    """What a reader must know of a sentence beside its marks: what fails, or what it rests on."""
    if warning := uncarried(sentence):
        yield warning
        return
    articles = [c.article for c in sentence.citations]
    if rests := standing(articles, sentence.independent_sources, sentence.primary):
        yield rests


def methods(summary: Summary) -> str:
    """How many sentences were made in which way, as one line; empty for no sentences."""
    counted = Counter(s.method for s in summary.sentences)
    return "; ".join(f"{counted[m]} {m} ({why})" for m, why in METHODS.items() if counted[m])


def missing(claim: Coverage, summary: Summary) -> list[str]:
    """The articles of the story that do not make a claim; none that was set aside, and no copy."""
    return [
        a.id
        for a in summary.articles
        if a.id not in claim.cells and a.copy_of is None and (a.used or a.reason is None)
    ]


def standing(articles: Iterable[str], independent: int | None, primary: str | None) -> str | None:
    """What several articles that say one thing rest on; None where each stands for itself."""
    count = len(set(articles))
    if count < 2 or (primary is None and (independent is None or independent >= count)):
        return None
    each = "both" if count == 2 else f"all {count}"
    if primary is not None:
        return f"{each} rest on {primary}"
    if independent == 1:
        return f"{each} share one text, counted once"
    return f"{count} articles, {independent} independent sources"


def _told(summary: Summary) -> Iterator[Citation]:
    yield from summary.citations()
    for disagreement in summary.disagreements:
        for value in disagreement.values:
            yield from value.citations
    for tone in summary.tone:
        yield tone.citation


def _reported(summary: Summary) -> Iterator[Citation]:
    for claims in reports(summary):
        for claim in claims:
            for cell in claim.cells.values():
                yield from cell


def _labels(articles: Iterable[ArticleReport]) -> dict[str, str]:
    articles = tuple(articles)
    shared = Counter(a.outlet or a.id for a in articles)
    return {
        a.id: f"{a.outlet} ({a.id})" if a.outlet and shared[a.outlet] > 1 else a.outlet or a.id
        for a in articles
    }
