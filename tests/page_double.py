"""The page's double: a summariser that quotes, with an open gate between its sentences.

Only what the page's tests need; the real rooms are tested in their own files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Event
from typing import Any

from summarizer.page.panes import Split
from summarizer.schema import (
    Article,
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Disagreement,
    DisagreementValue,
    Dropped,
    Mask,
    Problem,
    SourceSentence,
    Story,
    Summary,
)

_SENTENCE = re.compile(r"[^\s.](?:[^.\n]|\.(?=\S))*\.?")


def masks(article: Article) -> tuple[Mask, ...]:
    """Lines that begin with "Share" are masked."""
    return tuple(
        Mask(start=m.start(), end=m.end(), reason="share line")
        for m in re.finditer(r"^Share.*$", article.text, re.M)
    )


def split(article: Article, masked: Sequence[Mask]) -> tuple[SourceSentence, ...]:
    """Sentences end at a full stop or a line; masked ones are left out."""
    found = []
    if article.title:
        found.append(SourceSentence(article.id, "title", 0, len(article.title), article.title, -1))
    for n, m in enumerate(_SENTENCE.finditer(article.text)):
        if not any(k.start <= m.start() < k.end for k in masked):
            found.append(SourceSentence(article.id, "text", m.start(), m.end(), m[0], n))
    return tuple(found)


class Quoting:
    """Quotes the first sentences of the articles in turn; each cites its like in every article.

    gate: where given, waited for before each sentence and before other wordings; asks `progress`
    while it waits for a sentence.
    """

    def __init__(self, gate: Event | None = None) -> None:
        self.gate = gate
        self.runs = 0
        self.stories: list[Story] = []

    def prepare(
        self, articles: Story, *, progress: Callable[[str, int, int], None] | None = None
    ) -> Story:
        """Read nothing but that it was asked for: the story is what it prepares."""
        self.stories.append(articles)
        if progress is not None:
            progress("reading", 0, 1)
        return articles

    def revise(self, text: str, prepared: Story, *, instead_of: CitedSentence) -> CitedSentence:
        """Carried if some article has these very words."""
        carried = any(text in a.text for a in prepared.articles)
        problems: tuple[Problem, ...] = () if carried else ("unsupported",)
        return instead_of.model_copy(
            update={"text": text, "method": "edited", "problems": problems, "support": carried}
        )

    def redraft(self, sentence: CitedSentence, prepared: Story) -> list[CitedSentence]:
        """The words of each source, once the gate is open."""
        if self.gate is not None:
            self.gate.wait()
            self.gate.clear()
        return [sentence.model_copy(update={"text": c.text}) for c in sentence.citations]

    def watch(
        self,
        articles: Story,
        *,
        words: int | None = None,
        sentences: int | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> Iterator[Summary]:
        """Yield a summary with one, two, three … sentences, then the whole."""
        self.runs += 1
        say = progress or (lambda stage, done, total: None)
        of = {a.id: [s for s in split(a, masks(a)) if s.position >= 0] for a in articles.articles}
        rows = list(zip(*(v for v in of.values() if v), strict=False))[: sentences or 5]
        told: list[CitedSentence] = []
        for n, row in enumerate(rows):
            say("verifying", n, len(rows))
            if self.gate is not None:
                while not self.gate.wait(0.05):
                    say("verifying", n, len(rows))
                self.gate.clear()
            told.append(
                CitedSentence(
                    text=row[n % len(row)].text,
                    method="quoted",
                    support=0.9,
                    independent_sources=len(row),
                    citations=tuple(Citation.of(s, 0.9) for s in row),
                )
            )
            yield self._summary(articles, told, whole=False)
        yield self._summary(articles, told, whole=True)

    def _summary(self, story: Story, told: Sequence[CitedSentence], *, whole: bool) -> Summary:
        first = told[0] if told else None
        spread = len(story.articles) > 1 and first is not None and len(first.citations) > 1
        values: tuple[DisagreementValue, ...] = ()
        if whole and spread and first:
            values = tuple(
                DisagreementValue(value=c.text[:12], citations=(c,)) for c in first.citations[:2]
            )
        return Summary(
            id=story.id,
            title=first,
            sentences=tuple(told),
            articles=tuple(
                ArticleReport(
                    **a.model_dump(include={"id", "outlet", "title", "url", "published", "text"}),
                    used=bool(a.text.strip()),
                    reason=None if a.text.strip() else "has no text",
                    masked=masks(a),
                )
                for a in story.articles
            ),
            coverage=(Coverage(claim=first.text, cells={c.article: (c,) for c in first.citations}),)
            if whole and first
            else (),
            disagreements=(Disagreement(about="the first", kind="number", values=values),)
            if values
            else (),
            dropped=(Dropped(text="Forty were hurt.", problems=("number",)),) if whole else (),
            warnings=("one article is short",) if whole else (),
            signature={"model": "double", "words": 150},
        )


@contextmanager
def serving(
    models: Mapping[str, Callable[[], Any]], *, split: Split | None = split, **options: Any
) -> Iterator[str]:
    """The page with these models, on a port of its own: yields its address, closes it after.

    split: as the models do; None for the package's own.
    """
    from summarizer.page.server import launch

    page = launch(
        models,
        host="127.0.0.1",
        port=None,
        split=split,
        prevent_thread_lock=True,
        quiet=True,
        **options,
    )
    assert page.local_url
    yield page.local_url
    page.close()
