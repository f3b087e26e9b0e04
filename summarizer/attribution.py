"""Texts that are not ours: which source sentences carry them, and whether sources do at all.

The order of the stages for such texts; a score is `citations`', a verdict `verification`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer import citations
from summarizer.backends import Citer
from summarizer.citations.scoring import mark
from summarizer.config import Config
from summarizer.pipeline.rounds import Models
from summarizer.pipeline.settlement import carriers_of
from summarizer.schema import Article, Attribution, Judgement, SourceSentence, Story
from summarizer.text import boilerplate
from summarizer.text.sentences import split
from summarizer.types import Asked, Carried, Embedded
from summarizer.verification.judgement import faults, judgements


def attributed(
    texts: Sequence[str],
    story: Story,
    models: Models,
    citer: Citer | None,
    config: Config,
    *,
    rank: bool,
) -> list[Attribution]:
    """For each text the source sentences that carry it: see Summarizer.attribute."""
    marked = mark(texts, as_marked(story), models.encoder, citer)
    embedded, scores = marked.embedded, marked.scores
    least = config.citation.least if citer is None else config.citation.attributed_least
    asked = [
        Asked(text, citations.candidates(row, embedded.sentences), embedded.sentences)
        for text, row in zip(texts, scores, strict=True)
    ]
    found = carriers_of(asked, models.judged)
    return [
        _attribution(text, row, carried, embedded, config.citation.most, least, rank=rank)
        for text, row, carried in zip(texts, scores, found, strict=True)
    ]


def _attribution(
    text: str,
    scores: NDArray[np.float64],
    carried: Carried,
    embedded: Embedded,
    most: int,
    least: float,
    *,
    rank: bool,
) -> Attribution:
    """A text with what carries it; what people would mark beside it is cited too.

    Nothing is cited of an article whose sentences contradict the text. Sentences that carry it only
    together, each a part, are cited where people would mark none: the verdict is less sure of them.
    """
    against = {a for a, state in carried.states.items() if state == "contradicts"}
    marked = [
        r
        for r in citations.choose(scores, most, least)
        if embedded.sentences[r].article not in against
    ]
    own = carried.rows if carried.full or not marked else ()
    rows = tuple(dict.fromkeys((*own, *marked)))
    verdict = carried.verdict
    findings = () if carried.rows or verdict is None else verdict.findings
    ranking = np.argsort(-scores, kind="stable").tolist()
    return Attribution(
        text=text,
        support=verdict.support if verdict is not None else 0.0,
        problems=tuple(dict.fromkeys(f.problem for f in findings))
        or (() if carried.rows else ("unsupported",)),
        faults=faults(findings),
        citations=citations.scored(rows, scores, embedded),
        ranking=citations.scored(ranking, scores, embedded) if rank else None,
    )


def judged(
    pairs: Sequence[tuple[str, Sequence[str]]],
    models: Models,
    citer: Citer | None,
    config: Config,
) -> list[Judgement]:
    """Judge many (sentence, sources) together: see Summarizer.judge_many."""
    asked = [(sentence, list[str]()) for sentence, _ in pairs]
    by_sources: dict[tuple[str, ...], list[int]] = {}
    for i, (_, sources) in enumerate(pairs):
        by_sources.setdefault(tuple(sources), []).append(i)
    for sources, places in by_sources.items():
        texts = [pairs[i][0] for i in places]
        found = mark(texts, passages(sources), models.encoder, citer)
        for i, row in zip(places, found.scores, strict=True):
            best = np.argsort(-row, kind="stable")[: config.verification.passages]
            asked[i][1].extend(found.embedded.sentences[r].text for r in best.tolist())
    return judgements(asked, models.judged)


def as_marked(story: Story) -> list[SourceSentence]:
    """The story's sentences as people mark them: those of a quotation one by one."""
    repeated = boilerplate.repeated_lines(story.articles)
    return [
        s
        for a in story.articles
        for s in split(a, boilerplate.mask(a, repeated), quotations="marked")
    ]


def passages(sources: Sequence[str]) -> list[SourceSentence]:
    """The sentences of sources that are each a sentence or a whole article."""
    story = Story(articles=tuple(Article(text=text) for text in sources))
    return [s for a in story.articles for s in split(a, ())]
