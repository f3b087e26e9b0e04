"""What every readable form says of a summary: numbers of its articles, labels, remarks.

No form's own syntax lives here; all strings are as the articles gave them, not yet made inert.
What was left out is in `left_out`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from summarizer.schema import (
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Disagreement,
    Field_,
    Method,
    Problem,
    Summary,
)

METHODS: dict[Method, str] = {
    "fused": "written anew, or put together, from its sources",
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
    "contradiction": "what it says (its sources say the opposite)",
    "unsupported": "what it says",
}
"""What a sentence's sources do not carry, in a reader's words."""

NOTHING = "Nothing in these articles could be summarised."
COLOURS = 8
"""Colours in the style sheets; outlets beyond them begin again."""

_MARKS = tuple('“”„«»"')

Span = tuple[str, Field_, int, int]


def span(citation: Citation) -> Span:
    """What tells two source sentences apart: article, field, start, end."""
    return citation.article, citation.field, citation.start, citation.end


@dataclass(frozen=True, slots=True)
class Notes:
    """The numbers of a summary's articles, which are the marks of every form and of the page.

    numbers: each article's, from 1 in the order of the articles, cited or not.
    citations: each cited source sentence once. The headline's and the sentences' come first, in
    reading order, then those that only a difference or the tone cites, last those that only a
    claim of the coverage rests on. places: where in `citations` each is, from 1.
    """

    articles: tuple[ArticleReport, ...]
    citations: tuple[Citation, ...]
    places: dict[Span, int]
    numbers: dict[str, int]
    labels: dict[str, str]

    @classmethod
    def of(cls, summary: Summary) -> Notes:
        """Number the articles and the source sentences of `summary`."""
        places: dict[Span, int] = {}
        citations: list[Citation] = []
        for citation in chain(_told(summary), _reported(summary)):
            if places.setdefault(span(citation), len(citations) + 1) > len(citations):
                citations.append(citation)
        numbers = {a.id: n for n, a in enumerate(summary.articles, 1)}
        return cls(summary.articles, tuple(citations), places, numbers, _labels(summary.articles))

    def marks(self, citations: Iterable[Citation]) -> list[tuple[int, Citation]]:
        """Each cited article's number with its first source sentence here, in rising order."""
        first: dict[int, Citation] = {}
        for citation in citations:
            if citation.article in self.numbers:
                first.setdefault(self.numbers[citation.article], citation)
        return sorted(first.items(), key=lambda mark: mark[0])

    def carrying(self, sentence: CitedSentence) -> list[tuple[int, Citation]]:
        """The marks of a sentence's own; none where its sources do not carry it."""
        return [] if sentence.problems else self.marks(sentence.citations)

    def label(self, article: str) -> str:
        """The article's outlet; with its number where two articles share the outlet."""
        return self.labels.get(article, article)

    def origin(self, citation: Citation) -> str:
        """The label, and that it is a headline where it is one."""
        label = self.label(citation.article)
        return f"{label} (headline)" if citation.field == "title" else label

    def cited(self, citations: Iterable[Citation]) -> list[ArticleReport]:
        """The articles that `citations` are cut from, in the order of their numbers."""
        ids = {c.article for c in citations}
        return [a for a in self.articles if a.id in ids]


def numbered(marks: Iterable[tuple[int, Citation]]) -> str:
    """The numbers of marks as plain text: "[1][3]"."""
    return "".join(f"[{n}]" for n, _ in marks)


def following(marks: Sequence[tuple[int, Citation]]) -> str:
    """The numbers of marks as they follow a word, " [1][3]"; "" for none."""
    return f" {numbered(marks)}" if marks else ""


def reports(summary: Summary) -> tuple[list[Coverage], list[Coverage]]:
    """The claims that several sources tell, and those that one alone carries.

    Several: one carries it whole, and another whole, in part or otherwise; what several tell in
    parts alone is in neither. A copy is no source of its own: it counts with the article that it
    prints. A claim that the summary quotes is made by all that the quoting sentence cites, and not
    told again by these; nor is a claim by the sentences that stand behind one told before.
    """
    prints = {a.id: a.copy_of or a.id for a in summary.articles}
    quoting = {s.text: s for s in summary.sentences if s.method == "quoted"}
    several: list[Coverage] = []
    single: list[Coverage] = []
    joined: set[Span] = set()
    behind: list[set[Span]] = []
    for claim in summary.coverage:
        if claim.claim in quoting:
            quoted = quoting[claim.claim]
            claim = _joined(claim, quoted)
            joined.update(map(span, quoted.citations))
        whole = {prints.get(a, a) for a in claim.carried}
        told = {prints.get(a, a) for a in claim.cells if claim.state(a) != "none"}
        spans = {span(c) for cell in claim.carried.values() for c in cell}
        if len(told) < 2:
            single.append(claim)
        elif whole and spans not in behind:
            several.append(claim)
            behind.append(spans)
    return several, [c for c in single if c.claim in quoting or not _spans(c) <= joined]


def _joined(claim: Coverage, quoted: CitedSentence) -> Coverage:
    """A claim with the further articles that a sentence quoting it cites."""
    cells, states = dict(claim.cells), dict(claim.states)
    for c in quoted.citations:
        if c.article not in claim.cells:
            cells[c.article] = (*cells.get(c.article, ()), c)
            states.pop(c.article, None)
    if len(cells) == len(claim.cells):
        return claim
    changed = {"independent_sources": quoted.independent_sources, "primary": quoted.primary}
    return claim.model_copy(update={"cells": cells, "states": states, **changed})


def _spans(claim: Coverage) -> set[Span]:
    return {span(c) for cell in claim.cells.values() for c in cell}


def paragraphs(told: Sequence[str], begins: Collection[int]) -> list[list[str]]:
    """The sentences in paragraphs, each of which begins at one of these numbers, from 1.

    Without any they are one paragraph; of no sentence there is one that says so.
    """
    found: list[list[str]] = []
    for n, sentence in enumerate(told, 1):
        if not found or n in begins:
            found.append([])
        found[-1].append(sentence)
    return found or [[NOTHING]]


def colours(articles: Iterable[ArticleReport]) -> dict[str, int]:
    """Each article's colour, 1 to COLOURS; articles of one outlet share theirs."""
    outlets: dict[str, int] = {}
    return {
        a.id: outlets.setdefault(a.outlet or a.id, len(outlets)) % COLOURS + 1 for a in articles
    }


def named(article: ArticleReport, number: int) -> str:
    """What a reader knows an article by: its outlet, the id it was given, or its number."""
    given = "" if article.id == f"a{number}" else article.id
    return article.outlet or given or f"Article {number}"


def about(article: ArticleReport) -> list[str]:
    """An article's headline in quotation marks, its day and its address, as far as known."""
    known = (
        quoted(article.title) if article.title else "",
        day(article.published) if article.published else "",
        article.url or "",
    )
    return [part for part in known if part]


def quoted(text: str) -> str:
    """A text in quotation marks; one that has its own at either end has no second ones."""
    return text if text[:1] in _MARKS or text[-1:] in _MARKS else f"“{text}”"


def day(published: str) -> str:
    """An ISO 8601 time as people write it; anything else as it is."""
    try:
        when = datetime.fromisoformat(published)
    except ValueError:
        return published
    return f"{when.day} {when:%B %Y}" + (f", {when:%H:%M}" if "T" in published else "")


def printed_days(disagreement: Disagreement, articles: Sequence[ArticleReport]) -> list[str]:
    """For each value the days on which its articles were printed; "" where these tell nothing.

    That is where all have the same, or one is not known. An earlier count may be no other view:
    "23 (3 June 2026), 38 (11 June 2026)".
    """
    days = []
    for value in disagreement.values:
        given = {c.article for c in value.citations}
        printed = (a.published[:10] for a in articles if a.id in given and a.published)
        days.append(" and ".join(map(day, dict.fromkeys(printed))))
    return days if all(days) and len(set(days)) > 1 else [""] * len(days)


def uncarried(sentence: CitedSentence) -> str | None:
    """That its sources do not carry a sentence, and what of it; None where they do."""
    if not sentence.problems:
        return None
    return f"not carried by its sources: {', '.join(PROBLEMS[p] for p in sentence.problems)}"


def remarks(sentence: CitedSentence) -> list[str]:
    """What a reader must know of a sentence beside its marks: what fails, or what it rests on."""
    said = uncarried(sentence) or resting(sentence)
    return [said] if said else []


def methods(summary: Summary) -> str:
    """How many sentences were made in which way, as one line; empty for no sentences."""
    counted = Counter(s.method for s in summary.sentences)
    return "; ".join(f"{counted[m]} {m} ({why})" for m, why in METHODS.items() if counted[m])


def resting(sentence: CitedSentence) -> str | None:
    """What the articles that a sentence cites rest on; None where that is not known.

    Articles of which none carries all of it are no independent sources, and yet no one text: that
    they share one is said only where their cited sentences are the same words.
    """
    articles = [c.article for c in sentence.citations]
    texts = {" ".join(c.text.split()).casefold() for c in sentence.citations}
    if sentence.primary is None and sentence.independent_sources == 1 and len(texts) > 1:
        return None
    return standing(articles, sentence.independent_sources, sentence.primary)


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


def cited(summary: Summary) -> Iterator[Citation]:
    """Every citation of a summary, wherever it is: of its text, differences, tone and coverage."""
    yield from _told(summary)
    for claim in summary.coverage:
        for cell in claim.cells.values():
            yield from cell


def told(summary: Summary) -> Iterator[Citation]:
    """The citations of the headline, the sentences and the differences."""
    yield from summary.citations()
    for disagreement in summary.disagreements:
        for value in disagreement.values:
            yield from value.citations


def _told(summary: Summary) -> Iterator[Citation]:
    yield from told(summary)
    for tone in summary.tone:
        yield tone.citation


def _reported(summary: Summary) -> Iterator[Citation]:
    for claims in reports(summary):
        for claim in claims:
            for cell in claim.cells.values():
                yield from cell


def _labels(articles: Iterable[ArticleReport]) -> dict[str, str]:
    names = {a.id: named(a, n) for n, a in enumerate(articles, 1)}
    shared = Counter(names.values())
    return {
        id_: f"{name} ({n})" if shared[name] > 1 else name
        for n, (id_, name) in enumerate(names.items(), 1)
    }
