"""Summary -> one standalone page: no script, no request to anywhere, readable in print.

Choosing a sentence marks its source sentences and the other way round, by links and `:target`
alone. The style is style.css beside this file. Marks are the articles' numbers, as on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise

from summarizer.outputs.render.inert import one_line, visible
from summarizer.outputs.render.notes import METHODS, Notes, colours, day, paragraphs, remarks, span
from summarizer.outputs.render.sections import (
    DIFFER,
    LEFT_OUT,
    REPORTED,
    TONE,
    WARNINGS,
    Item,
    Pen,
    sections,
)
from summarizer.schema import ArticleReport, Citation, CitedSentence, Field_, Summary

_BELOW = (WARNINGS, DIFFER, REPORTED, TONE, LEFT_OUT)

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


def html(summary: Summary, *, begins: Collection[int] = ()) -> str:
    """The summary as a page, beside the articles' full texts where the summary holds them.

    begins: the numbers, from 1, of the sentences that begin a paragraph.
    """
    notes = Notes.of(summary)
    sentences = _numbered(summary)
    lines = [
        *head(_title(summary), _style(summary, sentences, notes)),
        "<body>",
        '<main id="summary">',
        *_summary(summary, sentences, notes, begins),
        *_sections(summary, notes),
        "</main>",
        *_panes(summary, sentences, notes),
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def _title(summary: Summary) -> str:
    """What a browser's tab and a printed page's head say."""
    if summary.title is not None:
        return one_line(summary.title.text)
    return f"Summary of {len(summary.articles)} articles"


def _numbered(summary: Summary) -> dict[int, CitedSentence]:
    """The headline as 0, the sentences from 1: the numbers that ids and classes carry."""
    numbered = dict(enumerate(summary.sentences, 1))
    return numbered if summary.title is None else {0: summary.title, **numbered}


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
    colour = colours(summary.articles)
    rules += [
        f'[href="#c{n}"] {{ color: var(--o{colour[c.article]}) }}'
        for n, c in enumerate(notes.citations, 1)
    ]
    sheet = files(__package__).joinpath("style.css").read_text(encoding="utf-8")
    return "\n".join([sheet.rstrip(), *rules])


def _summary(
    summary: Summary, sentences: dict[int, CitedSentence], notes: Notes, begins: Collection[int]
) -> Iterator[str]:
    if 0 in sentences:
        yield f'<h1 dir="auto">{_sentence(0, sentences[0], notes)}</h1>'
    told = [_sentence(n, s, notes) for n, s in sentences.items() if n]
    for paragraph in paragraphs(told, begins):
        yield f'<p class="told" dir="auto">{" ".join(paragraph)}</p>'
    if not summary.sentences:
        return
    yield '<details class="help"><summary>How to read this</summary><dl class="key">'
    yield "<dt>[1]</dt><dd>is the number of an article and leads to its source sentence;"
    yield " a sentence of the summary, chosen, marks every source sentence that it rests on"
    yield " and says how it was made</dd>"
    used = {s.method for s in summary.sentences}
    for method, why in METHODS.items():
        if method in used:
            yield f"<dt>{method}</dt><dd>{why}</dd>"
    yield "<dt>support</dt><dd>how well the cited sentences carry the sentence, from 0 to 1</dd>"
    yield "</dl></details>"


def _sentence(number: int, sentence: CitedSentence, notes: Notes) -> str:
    rests = _places(sentence, notes)
    classes = " ".join(["sentence", f"s{number}", *(f"rests-c{c}" for c in rests)])
    sources = sentence.independent_sources
    label = (
        f"{sentence.method}: {METHODS[sentence.method]}; support {sentence.support:.2f}; "
        f"{sources} independent source{'s' * (sources != 1)}"
    )
    tag = "strong" if sentence.problems else "small"
    return (
        f'<span class="said"><a id="s{number}" class="{classes}" href="#s{number}" '
        f'title="{label}">{_inert(sentence.text)}</a>'
        f"{_marker(notes)(notes.carrying(sentence))}"
        + "".join(f" <{tag}>({_inert(r)})</{tag}>" for r in remarks(sentence))
        + f' <small class="made">({label})</small></span>'
    )


def _places(sentence: CitedSentence, notes: Notes) -> list[int]:
    """The places of its source sentences in the notes, rising, each once."""
    return sorted({notes.places[span(c)] for c in sentence.citations})


def _sections(summary: Summary, notes: Notes) -> Iterator[str]:
    pen = Pen(_inert, _strong, _marker(notes), quotes=False)  # the panes are the sources
    for heading, items in sections(summary, notes, pen, _BELOW):
        yield f"<section><h2>{heading}</h2><ul>"
        yield from map(_item, items)
        yield "</ul></section>"


def _item(item: Item) -> str:
    return f'<li class="depth-{item.depth}" dir="auto">{item.words}</li>'


def _panes(summary: Summary, sentences: dict[int, CitedSentence], notes: Notes) -> Iterator[str]:
    feeds: dict[int, list[int]] = {}
    for number, sentence in sentences.items():
        for c in _places(sentence, notes):
            feeds.setdefault(c, []).append(number)
    yield '<aside id="sources" aria-label="The articles">'
    colour = colours(summary.articles)
    for article in summary.articles:
        pane = _Pane(article, notes, feeds, colour[article.id])
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
        number = f'<b class="number">{self.notes.numbers[article.id]}</b>'
        yield f'<article class="o{self.colour}{unused}"><header dir="auto">'
        yield f"<h2>{number} {label}</h2>"
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
                    place = self.notes.places[span(citation)]
                    yield f'<li dir="auto">{self._source(citation.text, {place}, {place})}</li>'
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
            (self.notes.places[span(c)], c.start, c.end) for c in self.cited if c.field == field
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
            f'<sup class="back">{links}</sup>' for n in ends if (links := self._feeds(n))
        )
        return f'{targets}<span class="{" ".join(classes)}">{_block(text)}</span>{back}'

    def _feeds(self, number: int) -> str:
        links = []
        for s in self.feeds.get(number, ()):
            fed = f"sentence {s}" if s else "the headline"
            links.append(f'<a href="#s{s}" title="carries {fed}">←{s or ""}</a>')
        return " ".join(links)


def _marker(notes: Notes) -> Callable[[Sequence[tuple[int, Citation]]], str]:
    """Marks that lead to the source sentence, where that is shown."""

    def marks(found: Sequence[tuple[int, Citation]]) -> str:
        links = "".join(_mark(n, notes.places.get(span(c)), notes.origin(c)) for n, c in found)
        return f'<sup class="marks">{links}</sup>' if links else ""

    return marks


def _mark(number: int, place: int | None, origin: str) -> str:
    where = f'href="#c{place}" ' if place else ""
    return f'<a {where}title="{escape(one_line(origin))}">[{number}]</a>'


def _strong(words: str) -> str:
    return f"<strong>{words}</strong>"


def _inert(text: str) -> str:
    return f"<bdi>{escape(one_line(text))}</bdi>"


def _block(text: str) -> str:
    return escape(visible(text))
