"""The articles beside a summary, as html: every source sentence an element of its own.

Pure: values in, str out. What lights them up is assets/reader.js.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from summarizer.outputs.render.notes import cited as all_cited
from summarizer.outputs.render.notes import day
from summarizer.page.fragments import (
    LONGEST_SHOWN,
    Numbers,
    cut_note,
    direction,
    escaped,
    shown,
    unbroken,
)
from summarizer.schema import Article, ArticleReport, Citation, Mask, SourceSentence, Summary

LONG_PARAGRAPH = 4_000
"""Characters of a paragraph, from which it is cut at the next sentence's end.

Where that is as far again, it is cut at a blank, or between any two letters: a browser lays out
the pieces of a text that are in sight, but the whole of a line.
"""

SIDE_BY_SIDE = 4
"""Articles that stand side by side without a row of tabs to leap by."""

_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_JOINER = "\u200d"

Split = Callable[[Article, Sequence[Mask]], tuple[SourceSentence, ...]]


def sources(summary: Summary, split: Split) -> str:
    """The articles side by side, each source sentence a span with an id of its own.

    `split` must be the one the summary was made with; a cited span that it does not give is shown
    nonetheless. Of an article whose text the summary does not hold, the cited sentences are shown.
    """
    numbers = Numbers(summary.articles)
    cited: dict[str, list[Citation]] = {}
    for citation in all_cited(summary):
        cited.setdefault(citation.article, []).append(citation)
    panes = "".join(_pane(a, cited.get(a.id, ()), numbers, split) for a in summary.articles)
    tabs = "".join(
        f'<button type="button" class="tab o{numbers.colour(a.id)}" '
        f'data-pane="pane{numbers.number(a.id)}">'
        f"<b>{numbers.number(a.id)}</b> {escaped(numbers.label(a.id))}</button>"
        for a in summary.articles
    )
    many = " many" if len(summary.articles) > SIDE_BY_SIDE else ""
    return (
        '<div class="strip"><button type="button" class="sheet" aria-expanded="false" '
        'aria-controls="sources">Sources</button>'
        f'<div class="tabs{many}" role="group" aria-label="Articles">{tabs}</div></div>'
        f'<div class="panes" id="sources" role="group" aria-label="Sources">{panes}</div>'
    )


def _pane(report: ArticleReport, cited: Iterable[Citation], numbers: Numbers, split: Split) -> str:
    cited = tuple(cited)
    article = Article(id=report.id, text=report.text or "", title=report.title)
    spans = {(s.field, s.start): s.end for s in split(article, report.masked)}
    for c in cited:
        spans.setdefault((c.field, c.start), c.end)
    cuts: dict[str, list[tuple[int, int, str | None]]] = {"text": [], "title": []}
    for (field, start), end in spans.items():
        cuts[field].append((start, end, None))
    cuts["text"] += [(m.start, m.end, m.reason) for m in report.masked]

    ordered = {field: sorted(spans_, key=lambda s: s[:2]) for field, spans_ in cuts.items()}
    starts = {field: [s for s, _, _ in spans_] for field, spans_ in ordered.items()}

    def run(field: str, whole: str, begin: int, stop: int) -> str:
        out, at = [], begin
        first = bisect_left(starts[field], begin)
        while first and ordered[field][first - 1][1] > begin:
            first -= 1
        last = bisect_left(starts[field], stop)
        for first_at, end, reason in ordered[field][first:last]:
            start, end = max(first_at, at), min(end, stop)
            if start >= end:
                continue
            out.append(escaped(whole[at:start]))
            inner = escaped(whole[start:end])
            if reason is None:
                # A sentence that begins in a paragraph before goes on here as a part of it.
                id_ = numbers.id_of(report.id, field, first_at)
                named = "data-part" if first_at < begin else "id"
                inner = f'<span class="s" {named}="{id_}">{inner}</span>'
            else:
                inner = f'<span class="masked" title="left out: {escaped(reason)}">{inner}</span>'
            out.append(inner)
            at = end
        return "".join([*out, escaped(whole[at:stop])])

    ends = sorted(end for _, end, _ in cuts["text"])
    pieces = "".join(
        "".join(
            [f'<div class="piece{unbroken(article.text[piece[0][0] : piece[-1][1]])}">']
            + [
                f"<p{_going_on(article.text, start)}>{run('text', article.text, start, stop)}</p>"
                for start, stop in piece
            ]
            + ["</div>"]
        )
        for piece in _pieces(_below_head(report, _paragraphs(article.text, ends), numbers))
    )
    if report.text is None:
        pieces = _alone(cited, numbers)
    title = report.title or ""
    heading = run("title", title, 0, min(len(title), LONGEST_SHOWN)) + cut_note(title)
    number, label = numbers.number(report.id), escaped(numbers.label(report.id))
    aside = not report.used
    unfold = (
        f'<button type="button" class="unfold" aria-expanded="false" '
        f'aria-controls="pane{number}" aria-label="Show article {number}, {label}, set aside">'
        "</button>"
        if aside
        else ""
    )
    return (
        f'<section class="pane o{numbers.colour(report.id)}{" aside" if aside else ""}" '
        f'id="pane{number}" tabindex="0" aria-label="Article {number}, {label}">'
        f"<header>{numbers.named(report.id)}{_state(report, numbers)}{unfold}</header>"
        f'<div class="body" dir="{direction(report.title or article.text)}">'
        f"{f'<h3>{heading}</h3>' if title else ''}{_line(report)}"
        f"{pieces}</div></section>"
    )


def _alone(cited: Iterable[Citation], numbers: Numbers) -> str:
    """The cited sentences of an article whose text is not there, in its order."""
    sentences = {(c.start, c.end): c for c in cited if c.field == "text"}
    told = "".join(
        f'<p><span class="s" id="{numbers.id_of(c.article, "text", c.start)}">'
        f"{shown(c.text)}</span></p>"
        for _, c in sorted(sentences.items(), key=lambda item: item[0])
    )
    return f'<p class="dateline" dir="ltr">Only what is cited was saved.</p>{told}'


def _line(report: ArticleReport) -> str:
    """When the article was published and where it can be read, as far as either is known."""
    known = []
    if report.published:
        known.append(f"<time>{escaped(day(report.published))}</time>")
    if report.url and report.url.startswith(("https://", "http://")):
        known.append(
            f'<a class="origin" href="{escaped(report.url)}" target="_blank" '
            'rel="noopener noreferrer">open the original</a>'
        )
    return f'<p class="dateline" dir="ltr">{" · ".join(known)}</p>' if known else ""


def _state(report: ArticleReport, numbers: Numbers) -> str:
    if report.copy_of is not None:
        return f'<span class="state">copy of {numbers.number(report.copy_of)}</span>'
    if not report.used:
        return '<span class="state">set aside</span>'
    return ""


def _going_on(text: str, start: int) -> str:
    """A class for a paragraph that begins within a line."""
    return ' class="going-on"' if start and text[start - 1] not in _LINE_ENDS else ""


def _paragraphs(text: str, ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Spans of the lines that are not blank; very long ones are cut where a sentence ends.

    ends: where sentences end, rising.
    """
    at = 0
    for line in text.splitlines(keepends=True):
        stop = at + len(line)
        if line.strip():
            while stop - at > LONG_PARAGRAPH:
                i = bisect_left(ends, at + LONG_PARAGRAPH)
                end = ends[i] if i < len(ends) else stop
                if end - at > 2 * LONG_PARAGRAPH:
                    end = _between(text, at + LONG_PARAGRAPH, at + 2 * LONG_PARAGRAPH)
                if end >= stop:
                    break
                yield at, end
                at = end
            yield at, stop
        at = stop


def _below_head(
    report: ArticleReport, paragraphs: Iterable[tuple[int, int]], numbers: Numbers
) -> Iterator[tuple[int, int]]:
    """The paragraphs without the lines over the report of which every word stands above it.

    Above it stand its outlet, headline and day; a line is over the report where it is masked, and
    so is all before it.
    """
    when = day(report.published) if report.published else ""
    above = _words(" ".join((report.title or "", numbers.label(report.id), when)))
    text, over = report.text or "", True
    for start, stop in paragraphs:
        line = text[start:stop].rstrip()
        over = over and any(m.start <= start and start + len(line) <= m.end for m in report.masked)
        if not (over and _words(line) <= above):
            yield start, stop


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _between(text: str, start: int, stop: int) -> int:
    """Where a text without a sentence's end is cut: behind a blank, or before a letter."""
    if (blank := text.find(" ", start, stop)) >= 0:
        return blank + 1
    letters = (i for i in range(start, stop) if not unicodedata.category(text[i]).startswith("M"))
    return next((i for i in letters if _JOINER not in text[i - 1 : i + 1]), start)


def _pieces(paragraphs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Neighbouring paragraphs together: the browser lays out only the pieces near the window."""
    piece: list[tuple[int, int]] = []
    for start, stop in paragraphs:
        piece.append((start, stop))
        if stop - piece[0][0] >= 2 * LONG_PARAGRAPH:
            yield piece
            piece = []
    if piece:
        yield piece
