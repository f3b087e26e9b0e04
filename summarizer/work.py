"""A story on its way through the rooms: what was told, tried and dropped, and the Summary of it.

Holds state for `pipeline` and decides nothing about a sentence but whether it fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from summarizer import cite, compare, plan, prose, read, verify
from summarizer.config import Config
from summarizer.errors import BadInput
from summarizer.nlp.words import content
from summarizer.story import (
    Article,
    ArticleReport,
    Citation,
    CitedSentence,
    Coverage,
    Disagreement,
    Dropped,
    Grouped,
    Mask,
    Planned,
    Story,
    Summary,
)
from summarizer.verification.verifier import Verifier

Articles = Story | Sequence[Article | str]
Signature = dict[str, str | int | float | bool | None]


@dataclass(frozen=True, eq=False, slots=True)
class Prepared:
    """A story read once: summaries of any length, and a reader's changes, start from here.

    empty: article id -> why it has nothing to read.
    """

    story: Story
    masks: Mapping[str, tuple[Mask, ...]]
    grouped: Grouped
    empty: Mapping[str, str]

    def rows(self, citations: Sequence[Citation]) -> tuple[int, ...]:
        """The rows of the source sentences that are cited. Raises KeyError for another story's."""
        return rows_of(self.grouped, citations)


@dataclass(eq=False, slots=True)
class Work:
    """One story between reading and its finished summary.

    empty: article id -> why it has nothing to read. tried, told: indices of the story's evidence.
    notices: what is to be known of every summary of this writer. unread: evidence sentences that
    did not reach the writer.
    """

    story: Story
    config: Config
    masks: Mapping[str, tuple[Mask, ...]]
    grouped: Grouped
    empty: Mapping[str, str]
    notices: tuple[str, ...] = ()
    tried: set[int] = field(default_factory=set)
    told: list[int] = field(default_factory=list)
    sentences: list[tuple[Planned, CitedSentence]] = field(default_factory=list)
    vectors: list[NDArray[np.float32]] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    title: CitedSentence | None = None
    rounds: int = 0
    unread: int = 0
    salience: NDArray[np.float64] = field(init=False)
    disagreements: tuple[Disagreement, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.salience = plan.salience(self.grouped, self.config)
        published = {a.id: a.published for a in self.story.articles}
        self.disagreements = compare.disagreements(self.grouped, self.config, published=published)

    @classmethod
    def of(cls, prepared: Prepared, config: Config, notices: tuple[str, ...] = ()) -> Work:
        """Work not yet begun on a story that was read."""
        p = prepared
        return cls(p.story, config, p.masks, p.grouped, p.empty, notices)

    @property
    def words(self) -> int:
        """The words told so far."""
        return sum(prose.words(s.text) for _, s in self.sentences)

    @property
    def full(self) -> bool:
        """Whether the length that was asked is reached."""
        if self.config.sentences is not None:
            return len(self.sentences) >= self.config.sentences
        return self.words >= self.config.length_under * self.config.words

    @property
    def short(self) -> bool:
        """Whether the sources ran out well before the length that was asked."""
        if self.config.sentences is not None:
            return not self.full
        return self.words < self.config.length_short * self.config.words

    @property
    def open(self) -> bool:
        """Whether another round may bring more."""
        return not self.full and self.rounds <= self.config.refills

    def next_claims(self) -> list[tuple[int, Planned]]:
        """Plan the next claims for what is left of the length; each is planned once."""
        self.rounds += 1
        wanted = self.config.sentences
        claims = plan.plan(
            self.grouped,
            self.salience,
            self.config,
            words=max(0, self.config.words - self.words),
            sentences=None if wanted is None else wanted - len(self.sentences),
            tried=self.tried,
            told=self.told,
        )
        self.tried.update(index for index, _ in claims)
        return claims

    def take(self, index: int, planned: Planned, outcome: verify.Settled) -> None:
        """Put a verified sentence in the summary, unless it repeats one or does not fit."""
        self.dropped.extend(outcome.dropped)
        sentence, vector = outcome.sentence, outcome.vector
        if sentence is None or vector is None or self._repeats(sentence.text, vector):
            return
        if self.config.sentences is not None:
            if self.full:
                return
        elif self.sentences:
            length = self.words + prose.words(sentence.text)
            if length > self.config.length_over * self.config.words:
                return
        self.told.append(index)
        self.vectors.append(vector)
        self.sentences.append((planned, sentence))

    def _repeats(self, text: str, vector: NDArray[np.float32]) -> bool:
        words = content(text)
        return any(
            float(other @ vector)
            + self.config.overlap_weight * plan.word_overlap(words, content(told.text))
            >= self.config.repeat
            for (_, told), other in zip(self.sentences, self.vectors, strict=True)
        )

    @property
    def disputed(self) -> tuple[str, ...]:
        """The values that the sources give differently, as worded."""
        return tuple(v.value for d in self.disagreements for v in d.values)

    def headline(self) -> CitedSentence | None:
        """The article title that suits the whole story best, or None where none can stand."""
        row = plan.headline(self.grouped, self.disputed)
        if row is None:
            return None
        title = self.grouped.embedded.sentences[row].text
        return verify.headline(self.grouped, row, plan.undisputed(title, self.disputed))

    def in_order(self) -> list[int]:
        """Places in `sentences`, in reading order."""
        return sorted(range(len(self.sentences)), key=lambda i: self.sentences[i][0].order)

    def summary(self, signature: Signature, with_text: bool, upto: int | None = None) -> Summary:
        """The summary so far, in reading order. upto: only the first sentences that were taken.

        Comparisons, dropped drafts and closing warnings come with the whole summary only.
        """
        told = sorted(self.sentences[:upto], key=lambda pair: pair[0].order)
        whole = upto is None
        return Summary(
            id=self.story.id,
            title=(self.title or self.headline()) if told else None,
            sentences=tuple(s for _, s in told),
            coverage=self._coverage([s for _, s in told]) if whole else (),
            disagreements=self.disagreements if whole else (),
            tone=compare.tone(self.grouped) if whole else (),
            articles=tuple(
                self._report(a, with_text, told=bool(told)) for a in self.story.articles
            ),
            dropped=tuple(self.dropped) if whole else (),
            warnings=self._warnings() if whole else (),
            signature=signature,
        )

    def _coverage(self, told: Sequence[CitedSentence]) -> tuple[Coverage, ...]:
        """Who reported what, by alignment and exact checks: a reader for each cell takes long."""
        return compare.coverage(
            self.grouped,
            self.config,
            told=told,
            find=lambda asked: cite.carriers(asked, Verifier(None).verify),
        )

    def _warnings(self) -> tuple[str, ...]:
        warnings = [
            *self.notices,
            *(f"article {id!r} {reason} and was set aside" for id, reason in self.empty.items()),
        ]
        if self.unread:
            warnings.append(
                f"{self.unread} evidence sentence{'s' * (self.unread != 1)} did not fit into what "
                "the writer reads; drafts were written without, and checked against all"
            )
        warnings.extend(self.grouped.warnings)
        warnings.extend(read.language_warnings(self.story.articles))
        if len(self.story.articles) - len(self.empty) == 1:
            warnings.append("only one article has text; nothing could be compared or confirmed")
        elif len(self.story.articles) - len(self.empty) - len(self.grouped.copies) == 1:
            warnings.append("all articles are copies of one text; it counts as one source")
        if self.short:
            n = len(self.sentences)
            warnings.append(
                f"the sources carry {n} sentence{'s' * (n != 1)} ({self.words} words) that can be "
                "verified without repeating; the summary ends there"
            )
        return tuple(warnings)

    def _report(self, article: Article, with_text: bool, told: bool) -> ArticleReport:
        reason = self.empty.get(article.id) or self.grouped.strangers.get(article.id)
        return ArticleReport(
            id=article.id,
            outlet=article.outlet,
            title=article.title,
            url=article.url,
            published=article.published,
            used=told and reason is None,
            reason=reason,
            copy_of=self.grouped.copies.get(article.id),
            masked=self.masks[article.id],
            text=article.text if with_text else None,
        )


def rows_of(grouped: Grouped, citations: Sequence[Citation]) -> tuple[int, ...]:
    """The rows of the source sentences that are cited. Raises KeyError for another story's."""
    sentences = grouped.embedded.sentences
    at = {(s.article, s.field, s.start): row for row, s in enumerate(sentences)}
    return tuple(dict.fromkeys(at[c.article, c.field, c.start] for c in citations))


def story_of(articles: Articles) -> Story:
    """A Story of what was given: plain strings become articles. Raises BadInput for nothing."""
    if isinstance(articles, Story):
        return usable(articles)
    if isinstance(articles, str):
        raise BadInput("articles is one string; give a list of articles or of strings")
    given = tuple(a if isinstance(a, Article) else Article(text=a) for a in articles)
    return usable(Story(articles=given))


def usable(story: Story) -> Story:
    """The story, if it has something to read. Raises BadInput if it has not."""
    if not story.articles:
        raise BadInput(f"story {story.id!r} has no articles; give at least one")
    if not any(a.text.strip() for a in story.articles):
        raise BadInput(f"all articles of story {story.id!r} are empty; fill at least one text")
    return story
