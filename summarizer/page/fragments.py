"""What stands beside a summary's text, as html: sources, notes, status; and what links them.

Pure: values in, str out. Every piece of article text passes `escaped`; the text itself is in
`account`, script and style in assets/. What rests on source sentences lists them in `data-src`.
"""

from __future__ import annotations

import html
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.page.running import Waiting
from summarizer.render.notes import reports
from summarizer.story import (
    Article,
    ArticleReport,
    Citation,
    Coverage,
    Mask,
    SourceSentence,
    Summary,
)

COLOURS = 8
"""Colours in the style sheet; outlets beyond them begin again."""

LONG_PARAGRAPH = 4_000
"""Characters of a paragraph in the panes, from which it is cut at the next sentence's end."""

Split = Callable[[Article, Sequence[Mask]], tuple[SourceSentence, ...]]


def escaped(text: str) -> str:
    """Text as html: the five characters that could be markup are not."""
    return html.escape(text, quote=True)


def counted(n: int, what: str) -> str:
    """The number and the thing, in the plural where there is not one."""
    return f"{n:,} {what}{'' if n == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a run is: the stage's name, and how many of how many are done."""

    name: str
    done: int
    total: int


class Numbers:
    """The number and colour of each article, and the element id of each source sentence."""

    def __init__(self, articles: Sequence[ArticleReport]) -> None:
        self._number = {a.id: n for n, a in enumerate(articles, 1)}
        outlets = list(dict.fromkeys(a.outlet or a.id for a in articles))
        self._colour = {a.id: outlets.index(a.outlet or a.id) % COLOURS + 1 for a in articles}
        self._label = {a.id: a.outlet or f"Article {self._number[a.id]}" for a in articles}

    def number(self, article: str) -> int:
        """1-based, in the order of the articles."""
        return self._number[article]

    def colour(self, article: str) -> int:
        """1 to COLOURS; articles of one outlet share theirs."""
        return self._colour[article]

    def label(self, article: str) -> str:
        """The outlet, or "Article 2" where none is known. Not escaped."""
        return self._label[article]

    def id_of(self, article: str, field: str, start: int) -> str:
        """The id of the source sentence that begins there: letters and digits of ours only."""
        return f"s{self._number[article]}{field[:2]}{start}"

    def ids(self, citations: Iterable[Citation]) -> str:
        """The value of `data-src`."""
        found = (self.id_of(c.article, c.field, c.start) for c in citations)
        return " ".join(dict.fromkeys(found))

    def marks(self, citations: Iterable[Citation]) -> str:
        """One [n] for each article cited, linked to its first cited sentence."""
        first: dict[str, Citation] = {}
        for c in citations:
            first.setdefault(c.article, c)
        return "".join(
            f'<a class="mark o{self.colour(a)}" href="#{self.id_of(a, c.field, c.start)}" '
            f'aria-label="source {self.number(a)}, {escaped(self.label(a))}">{self.number(a)}</a>'
            for a, c in sorted(first.items(), key=lambda item: self.number(item[0]))
        )


def sources(summary: Summary, split: Split) -> str:
    """The articles side by side, each source sentence a span with an id of its own.

    Needs the articles' text in the summary. `split` must be the one the summary was made with;
    a cited span that it does not give is shown nonetheless.
    """
    numbers = Numbers(summary.articles)
    cited: dict[str, list[Citation]] = {}
    for citation in _all_citations(summary):
        cited.setdefault(citation.article, []).append(citation)
    panes = "".join(_pane(a, cited.get(a.id, ()), numbers, split) for a in summary.articles)
    tabs = "".join(
        f'<button type="button" class="tab o{numbers.colour(a.id)}" '
        f'data-pane="pane{numbers.number(a.id)}">'
        f"<b>{numbers.number(a.id)}</b> {escaped(numbers.label(a.id))}</button>"
        for a in summary.articles
    )
    return (
        f'<div class="tabs" aria-label="Articles">{tabs}</div>'
        f'<div class="panes" id="sources" role="group" aria-label="Sources">{panes}</div>'
    )


def _all_citations(summary: Summary) -> Iterable[Citation]:
    yield from summary.citations()
    for claim in summary.coverage:
        for cell in claim.cells.values():
            yield from cell
    for difference in summary.disagreements:
        for value in difference.values:
            yield from value.citations
    for tone in summary.tone:
        yield tone.citation


def _pane(report: ArticleReport, cited: Iterable[Citation], numbers: Numbers, split: Split) -> str:
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
            ['<div class="piece">']
            + [f"<p>{run('text', article.text, start, stop)}</p>" for start, stop in piece]
            + ["</div>"]
        )
        for piece in _pieces(_paragraphs(article.text, ends))
    )
    title = run("title", report.title, 0, len(report.title)) if report.title else ""
    state = _state(report, numbers)
    number = numbers.number(report.id)
    return (
        f'<section class="pane o{numbers.colour(report.id)}{"" if report.used else " aside"}" '
        f'id="pane{number}" tabindex="0" '
        f'aria-label="Article {number}, {escaped(numbers.label(report.id))}">'
        f'<header><span class="badge">{number}</span><span class="outlet">'
        f"{escaped(numbers.label(report.id))}</span>{state}</header>"
        f'<div class="body" dir="auto">{f"<h3>{title}</h3>" if title else ""}{pieces}</div>'
        "</section>"
    )


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


def _state(report: ArticleReport, numbers: Numbers) -> str:
    if report.copy_of is not None:
        return f'<span class="state">copy of {numbers.number(report.copy_of)}</span>'
    if not report.used:
        return '<span class="state">set aside</span>'
    return ""


def notes(summary: Summary) -> str:
    """Where they differ, who reported what, what was left out and why, and the warnings."""
    numbers = Numbers(summary.articles)
    parts = [
        _warnings(summary, numbers),
        _differences(summary, numbers),
        _coverage(summary, numbers),
        _tone(summary, numbers),
        _left_out(summary, numbers),
        _signature(summary.signature),
    ]
    return f'<div class="notes">{"".join(parts)}</div>'


def _warnings(summary: Summary, numbers: Numbers) -> str:
    if not summary.warnings:
        return ""
    said = list(summary.warnings)
    for a in summary.articles:  # a reader knows an article by its number and outlet
        label = numbers.label(a.id)
        known = f"article {numbers.number(a.id)}" + (f" ({label})" if a.outlet else "")
        said = [w.replace(f"article {a.id!r}", known) for w in said]
    items = "".join(f"<li>{escaped(w)}</li>" for w in said)
    return f'<section class="note warn"><h3>To know</h3><ul>{items}</ul></section>'


def _coverage(summary: Summary, numbers: Numbers) -> str:
    several, single = reports(summary)
    return _table(several, summary, numbers) + _only(single, numbers)


def _table(claims: Sequence[Coverage], summary: Summary, numbers: Numbers) -> str:
    if not claims:
        return ""
    heads = "".join(
        f'<th scope="col"><span class="badge o{numbers.colour(a.id)}">{numbers.number(a.id)}</span>'
        f'<span class="outlet">{escaped(numbers.label(a.id))}</span></th>'
        for a in summary.articles
    )

    def cell(citations: Sequence[Citation], article: str) -> str:
        if not citations:
            return '<td><span class="no">not reported</span></td>'
        return (
            f'<td><button type="button" class="dot o{numbers.colour(article)}" '
            f'data-src="{numbers.ids(citations)}" '
            f'aria-label="Show where {escaped(numbers.label(article))} reports it">●</button></td>'
        )

    rows = "".join(
        f'<tr><th scope="row" dir="auto">{escaped(c.claim)}</th>'
        + "".join(cell(c.cells.get(a.id, ()), a.id) for a in summary.articles)
        + "</tr>"
        for c in claims
    )
    return (
        '<section class="note coverage"><h3>Who reported what</h3>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Who reported what">'
        f'<table><thead><tr><th scope="col">Claim</th>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _only(claims: Sequence[Coverage], numbers: Numbers) -> str:
    if not claims:
        return ""
    items = "".join(
        f'<li dir="auto"><span class="claimed" role="button" tabindex="0" '
        f'data-src="{numbers.ids(cited)}">{escaped(c.claim)}</span>'
        f'<span class="marks">{numbers.marks(cited)}</span></li>'
        for c in claims
        if (cited := [x for cell in c.cells.values() for x in cell])
    )
    return (
        '<section class="note only"><h3>Only in one source</h3><p>Nobody else reports this; '
        f"copies of one text count as one.</p><ul>{items}</ul></section>"
    )


def _differences(summary: Summary, numbers: Numbers) -> str:
    if not summary.disagreements:
        return ""
    items = "".join(
        f"<li><b>{escaped(d.about)}</b><ul>"
        + "".join(
            f'<li><button type="button" class="value" data-src="{numbers.ids(v.citations)}">'
            f"{escaped(v.value)}</button>{_speaker(v.speaker)} "
            f'<span class="marks">{numbers.marks(v.citations)}</span></li>'
            for v in d.values
        )
        + "</ul></li>"
        for d in summary.disagreements
    )
    return f'<section class="note differ"><h3>Where they differ</h3><ul>{items}</ul></section>'


def _speaker(speaker: str | None) -> str:
    return f" according to {escaped(speaker)}" if speaker else ""


def _tone(summary: Summary, numbers: Numbers) -> str:
    by_article: dict[str, list[str]] = {}
    for tone in summary.tone:
        by_article.setdefault(tone.article, []).append(
            f'<button type="button" class="value" data-src="{numbers.ids([tone.citation])}">'
            f"{escaped(tone.word)}</button>"
        )
    if not by_article:
        return ""
    items = "".join(
        f'<li dir="auto"><span class="badge o{numbers.colour(a)}">{numbers.number(a)}</span> '
        f"{escaped(numbers.label(a))}: {', '.join(words)}</li>"
        for a, words in by_article.items()
    )
    return (
        '<section class="note tone"><h3>Tone</h3><p>Loaded words of one outlet, '
        f"which the summary does not adopt.</p><ul>{items}</ul></section>"
    )


def _left_out(summary: Summary, numbers: Numbers) -> str:
    groups = []
    aside = [a for a in summary.articles if not a.used or a.copy_of is not None]
    if aside:
        items = "".join(
            f'<li><span class="badge o{numbers.colour(a.id)}">{numbers.number(a.id)}</span> '
            f"{escaped(numbers.label(a.id))}: {escaped(_why(a, numbers))}</li>"
            for a in aside
        )
        groups.append(f"<h4>Articles set aside or counted as copies</h4><ul>{items}</ul>")
    if summary.dropped:
        items = "".join(
            f"<li><q>{escaped(d.text)}</q> <em>{escaped(', '.join(d.problems))}</em></li>"
            for d in summary.dropped
        )
        groups.append(f"<h4>Drafts that did not pass ({len(summary.dropped)})</h4><ul>{items}</ul>")
    masked = [(a, m) for a in summary.articles for m in a.masked]
    if masked:
        items = "".join(
            f'<li><span class="badge o{numbers.colour(a.id)}">{numbers.number(a.id)}</span> '
            f"<q>{escaped(_cut(a, m))}</q> <em>{escaped(m.reason)}</em></li>"
            for a, m in masked
        )
        groups.append(f"<h4>Lines that are not reporting ({len(masked)})</h4><ul>{items}</ul>")
    if not groups:
        return ""
    return (
        '<section class="note left"><details><summary><h3>Left out, and why</h3></summary>'
        f"{''.join(groups)}</details></section>"
    )


def _why(report: ArticleReport, numbers: Numbers) -> str:
    if report.reason:
        return report.reason
    if report.copy_of is not None:
        return f"a copy of {numbers.number(report.copy_of)}; they count as one source"
    return "nothing of it was used"


def _cut(report: ArticleReport, mask: Mask) -> str:
    if report.text is None:
        return f"characters {mask.start} to {mask.end}"
    return report.text[mask.start : mask.end].strip()


def _signature(signature: Mapping[str, str | int | float | bool | None]) -> str:
    said = " · ".join(f"{key} {value}" for key, value in signature.items() if value is not None)
    return f'<p class="signature">{escaped(said)}</p>' if said else ""


_STAGES = {
    "waiting for the model": "Loading the model",
    "reading": "Reading",
    "finding evidence": "Finding evidence",
    "writing": "Writing",
    "verifying": "Verifying",
}


def stage(at: Stage, sentences: int = 0) -> str:
    """What a run is doing, how far it is, and how many sentences are already there."""
    name = _STAGES.get(at.name, at.name.capitalize())
    far = f" {at.done} of {at.total}" if at.total > 1 else ""
    have = f" · {counted(sentences, 'sentence')} so far" if sentences else ""
    share = round(100 * at.done / at.total) if at.total else 0
    bar = f'<progress max="100" value="{share}" aria-label="{escaped(name)}"></progress>'
    return f'<p class="status busy" role="status">{bar}{escaped(name)}{far}{have}</p>'


def waiting(at: Waiting) -> str:
    """That another's summary comes first."""
    if at.ahead == 0:
        return stage(Stage("waiting for the model", 0, 1))
    first = (
        "One summary is being made; yours is next."
        if at.ahead == 1
        else f"{at.ahead} summaries are before yours."
    )
    return f'<p class="status busy waiting" role="status">{first}</p>'


def said(message: str) -> str:
    """A plain remark in the status line."""
    return f'<p class="status" role="status">{escaped(message)}</p>'


def refused(message: str) -> str:
    """An error a reader can mend, as one sentence."""
    return f'<p class="status error" role="alert">{escaped(message)}</p>'
