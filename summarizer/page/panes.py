"""The articles beside a summary, as html: every source sentence an element of its own.

Pure: values in, str out. What lights them up is assets/reader.js.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from summarizer.outputs.render.notes import cited as all_cited
from summarizer.outputs.render.notes import day
from summarizer.page.fragments import Numbers, escaped, unbroken
from summarizer.schema import Article, ArticleReport, Citation, Mask, SourceSentence, Summary

LONG_PARAGRAPH = 4_000
"""Characters of a paragraph, from which it is cut at the next sentence's end."""

SIDE_BY_SIDE = 4
"""Articles that stand side by side without a row of tabs to leap by."""

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
        f'<div class="tabs{many}" aria-label="Articles">{tabs}</div>'
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
        for start, end, reason in ordered[field][first:last]:
            start, end = max(start, at), min(end, stop)
            if start >= end:
                continue
            out.append(escaped(whole[at:start]))
            inner = escaped(whole[start:end])
            if reason is None:
                id_ = numbers.id_of(report.id, field, start)
                inner = f'<span class="s" id="{id_}">{inner}</span>'
            else:
                inner = f'<span class="masked" title="left out: {escaped(reason)}">{inner}</span>'
            out.append(inner)
            at = end
        return "".join([*out, escaped(whole[at:stop])])

    ends = sorted(end for _, end, _ in cuts["text"])
    pieces = "".join(
        "".join(
            [f'<div class="piece{unbroken(article.text[piece[0][0] : piece[-1][1]])}">']
            + [f"<p>{run('text', article.text, start, stop)}</p>" for start, stop in piece]
            + ["</div>"]
        )
        for piece in _pieces(_paragraphs(article.text, ends))
    )
    if report.text is None:
        pieces = _alone(cited, numbers)
    title = run("title", report.title, 0, len(report.title)) if report.title else ""
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
        f'<div class="body" dir="auto">{f"<h3>{title}</h3>" if title else ""}{_line(report)}'
        f"{pieces}</div></section>"
    )


def _alone(cited: Iterable[Citation], numbers: Numbers) -> str:
    """The cited sentences of an article whose text is not there, in its order."""
    sentences = {(c.start, c.end): c for c in cited if c.field == "text"}
    told = "".join(
        f'<p><span class="s" id="{numbers.id_of(c.article, "text", c.start)}">'
        f"{escaped(c.text)}</span></p>"
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
                if i == len(ends) or ends[i] >= stop:
                    break
                yield at, ends[i]
                at = ends[i]
            yield at, stop
        at = stop


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
