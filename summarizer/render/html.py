"""Summary -> one standalone page: no script, no request to anywhere, readable in print.

Choosing a sentence marks its source sentences and the other way round, by links and `:target`
alone. The style is style.css beside this file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from importlib.resources import files
from itertools import pairwise

from summarizer.render.inert import one_line, visible
from summarizer.render.notes import METHODS, Notes, day, remarks, span
from summarizer.render.sections import NOTHING, Item, Pen, sections
from summarizer.story import ArticleReport, CitedSentence, Field_, Summary

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def head(title: str, style: str) -> tuple[str, ...]:
    """The lines of a page that runs and loads nothing, up to its body."""
    return (
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{escape(title)}</title>",
        f"<style>\n{style}\n</style>",
        "</head>",
    )


def html(summary: Summary) -> str:
    """The summary as a page, beside the articles' full texts where the summary holds them."""
    notes = Notes.of(summary)
    sentences = _numbered(summary)
    title = one_line(summary.title.text if summary.title else summary.id)
    lines = [
        *head(title, _style(summary, sentences, notes)),
        "<body>",
        '<main id="summary">',
        *_summary(summary, sentences, notes),
        *_sections(summary, notes),
        "</main>",
        *_panes(summary, sentences, notes),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _numbered(summary: Summary) -> dict[int, CitedSentence]:
    """The headline as 0, the sentences from 1: the numbers that ids and classes carry."""
    numbered = dict(enumerate(summary.sentences, 1))
    return numbered if summary.title is None else {0: summary.title, **numbered}


def _colours(summary: Summary) -> dict[str, int]:
    """Each article's colour, 1 to 8 of the style sheet; articles of one outlet share theirs."""
    outlets = list(dict.fromkeys(a.outlet or a.id for a in summary.articles))
    return {a.id: outlets.index(a.outlet or a.id) % 8 + 1 for a in summary.articles}


def _style(summary: Summary, sentences: dict[int, CitedSentence], notes: Notes) -> str:
    # One rule a sentence and a source: the only way for a link to mark several places at once.
    rules = [
        f"body:has(#s{s}:target) .s{s}, body:has(#s{s}:target) .feeds-s{s} {{ --mark: var(--on) }}"
        for s in sentences
    ]
    rules += [
        f"body:has(#c{c}:target) .c{c}, body:has(#c{c}:target) .rests-c{c} {{ --mark: var(--on) }}"
        for c in range(1, len(notes.citations) + 1)
    ]
    colours = _colours(summary)
    rules += [
        f'[href="#c{n}"] {{ color: var(--o{colours[c.article]}) }}'
        for n, c in enumerate(notes.citations, 1)
    ]
    sheet = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    return "\n".join([sheet.rstrip(), *rules])


def _summary(summary: Summary, sentences: dict[int, CitedSentence], notes: Notes) -> Iterator[str]:
    for number, sentence in sentences.items():
        tag = "p" if number else "h1"
        yield f'<{tag} dir="auto">{_sentence(number, sentence, notes)}</{tag}>'
    if not summary.sentences:
        yield f"<p>{NOTHING}</p>"
        return
    yield '<details open><summary>How to read this</summary><dl class="key">'
    yield "<dt>1</dt><dd>leads to the source sentence; a sentence of the summary, chosen,"
    yield " marks every source sentence that it rests on</dd>"
    used = {s.method for s in summary.sentences}
    for method, why in METHODS.items():
        if method in used:
            yield f"<dt>{method}</dt><dd>{why}</dd>"
    yield "<dt>support</dt><dd>how well the cited sentences carry the sentence, from 0 to 1</dd>"
    yield "</dl></details>"


def _sentence(number: int, sentence: CitedSentence, notes: Notes) -> str:
    cited = notes.marks(sentence.citations)
    classes = " ".join(["sentence", f"s{number}", *(f"rests-c{c}" for c in cited)])
    sources = sentence.independent_sources
    label = (
        f"{sentence.method}: {METHODS[sentence.method]}; support {sentence.support:.2f}; "
        f"{sources} independent source{'s' * (sources != 1)}"
    )
    return (
        f'<a id="s{number}" class="{classes}" href="#s{number}" title="{label}">'
        f"{_inert(sentence.text)}</a>{_marks(cited)}"
        f' <small class="made">{sentence.method} {sentence.support:.2f}</small>'
        + "".join(f" <strong>({_inert(r)})</strong>" for r in remarks(sentence))
    )


def _sections(summary: Summary, notes: Notes) -> Iterator[str]:
    for heading, items in sections(summary, notes, Pen(_inert, _strong, _marks)):
        yield f"<section><h2>{heading}</h2><ul>"
        yield from map(_item, items)
        yield "</ul></section>"


def _item(item: Item) -> str:
    return f'<li class="depth-{item.depth}" dir="auto">{item.words}</li>'


def _panes(summary: Summary, sentences: dict[int, CitedSentence], notes: Notes) -> Iterator[str]:
    feeds: dict[int, list[int]] = {}
    for number, sentence in sentences.items():
        for c in notes.marks(sentence.citations):
            feeds.setdefault(c, []).append(number)
    yield '<aside id="sources" aria-label="The articles">'
    colours = _colours(summary)
    for article in summary.articles:
        pane = _Pane(article, notes, feeds, colours[article.id])
        if article.text is not None or pane.cited:
            yield from pane.lines()
    yield "</aside>"


class _Pane:
    """One article: its text with the cited sentences as targets, or the cited sentences alone."""

    def __init__(
        self, article: ArticleReport, notes: Notes, feeds: dict[int, list[int]], colour: int
    ) -> None:
        self.article, self.notes, self.feeds, self.colour = article, notes, feeds, colour
        cited = [c for c in notes.citations if c.article == article.id]
        self.cited = sorted(cited, key=lambda c: (c.field == "text", c.start, c.end))

    def lines(self) -> Iterator[str]:
        article = self.article
        unused = "" if article.used else " unused"
        label = _inert(self.notes.label(article.id))
        yield f'<article class="o{self.colour}{unused}"><header dir="auto"><h2>{label}</h2>'
        about = [
            a for a in (article.published and _inert(day(article.published)), self._link()) if a
        ]
        if about:
            yield f"<p>{' · '.join(about)}</p>"
        if article.title:
            yield f'<h3 dir="auto">{self._marked(article.title, "title")}</h3>'
        yield "</header>"
        if article.text is not None:
            yield f'<div class="text" dir="auto">{self._marked(article.text, "text")}</div>'
        else:
            yield "<ul>"
            for citation in self.cited:
                if citation.field == "text":
                    number = self.notes.numbers[span(citation)]
                    yield f'<li dir="auto">{self._source(citation.text, {number}, {number})}</li>'
            yield "</ul>"
        yield "</article>"

    def _link(self) -> str | None:
        url = self.article.url
        if not url:
            return None
        if not url.startswith(("https://", "http://")):
            return _inert(url)
        return f'<a href="{escape(url)}" rel="noopener noreferrer">{_inert(url)}</a>'

    def _marked(self, whole: str, field: Field_) -> str:
        """`whole` cut wherever a source or a mask begins or ends: spans may overlap in any way."""
        sources = [
            (self.notes.numbers[span(c)], c.start, c.end) for c in self.cited if c.field == field
        ]
        masks = self.article.masked if field == "text" else ()
        edges = {0, len(whole)}
        edges.update(e for _, start, end in sources for e in (start, end))
        edges.update(e for m in masks for e in (m.start, m.end))
        cuts = sorted(e for e in edges if 0 <= e <= len(whole))
        opened: set[int] = set()
        pieces: list[str] = []
        for start, end in pairwise(cuts):
            here = {n for n, s, e in sources if s <= start and end <= e}
            if here:
                last = {n for n, _, e in sources if e == end and n in here}
                pieces.append(self._source(whole[start:end], here, here - opened, last))
                opened |= here
            elif mask := next((m for m in masks if m.start <= start and end <= m.end), None):
                reason = escape(one_line(mask.reason))
                pieces.append(f'<del title="masked: {reason}">{_block(whole[start:end])}</del>')
            else:
                pieces.append(_block(whole[start:end]))
        return "".join(pieces)

    def _source(
        self, text: str, numbers: set[int], opening: set[int], ending: set[int] | None = None
    ) -> str:
        fed = sorted({s for n in numbers for s in self.feeds.get(n, ())})
        classes = ["source", *(f"c{n}" for n in sorted(numbers)), *(f"feeds-s{s}" for s in fed)]
        targets = "".join(f'<a id="c{n}"></a>' for n in sorted(opening))
        ends = sorted(numbers if ending is None else ending)
        back = "".join(
            f'<sup class="back"><a href="#c{n}" title="source {n}">{n}</a>{self._feeds(n)}</sup>'
            for n in ends
        )
        return f'{targets}<span class="{" ".join(classes)}">{_block(text)}</span>{back}'

    def _feeds(self, number: int) -> str:
        links = []
        for s in self.feeds.get(number, ()):
            fed = f"sentence {s}" if s else "the headline"
            links.append(f' <a href="#s{s}" title="feeds {fed}">←{s or ""}</a>')
        return "".join(links)


def _marks(numbers: Iterable[int]) -> str:
    links = " ".join(f'<a href="#c{n}" title="source {n}">{n}</a>' for n in numbers)
    return f'<sup class="marks">{links}</sup>' if links else ""


def _strong(words: str) -> str:
    return f"<strong>{words}</strong>"


def _inert(text: str) -> str:
    return f"<bdi>{escape(one_line(text))}</bdi>"


def _block(text: str) -> str:
    return escape(visible(text))
