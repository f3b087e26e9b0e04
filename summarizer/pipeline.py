"""Summarizer: load the models once, then the rooms in their order.

The order of the rooms is written here and nowhere else; what a room does is in the room.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from summarizer import __version__, clean, compare, group, plan, prose, split, verify, write
from summarizer import cite as citing
from summarizer.backends import Encoder, Judge, Writer
from summarizer.config import MAX_WORDS, Config
from summarizer.embed import embed, encode
from summarizer.errors import BadInput, BadOption
from summarizer.story import (
    Article,
    ArticleReport,
    Attribution,
    Citation,
    CitedSentence,
    Dropped,
    Embedded,
    Grouped,
    Judgement,
    Mask,
    Planned,
    SourceSentence,
    Story,
    Summary,
)

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); stages: reading, finding evidence, writing, verifying."""

Articles = Story | Sequence[Article | str]


def _silent(stage: str, done: int, total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class StoryFailure:
    """A story of a batch that could not be summarised: its id, why, and how to mend it."""

    id: str
    reason: str
    mend: str


@dataclass(eq=False, slots=True)
class _Work:
    """A story on its way through the rooms."""

    story: Story
    config: Config
    masks: dict[str, tuple[Mask, ...]]
    grouped: Grouped
    empty: dict[str, str]
    warnings: list[str]
    tried: set[int] = field(default_factory=set)
    told: list[int] = field(default_factory=list)
    sentences: list[tuple[Planned, CitedSentence]] = field(default_factory=list)
    vectors: list[Any] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    rounds: int = 0

    @property
    def words(self) -> int:
        return sum(prose.words(s.text) for _, s in self.sentences)

    @property
    def full(self) -> bool:
        if self.config.sentences is not None:
            return len(self.sentences) >= self.config.sentences
        return self.words >= self.config.length_under * self.config.words


class Summarizer:
    """Fuses articles on one event into a neutral summary whose every sentence is cited.

    Loads nothing itself: `Summarizer.load` brings the models, or hand in any Encoder, Writer and
    Judge. Without a writer every sentence is trimmed or quoted from a source sentence.
    """

    def __init__(
        self,
        encoder: Encoder,
        writer: Writer | None,
        judge: Judge,
        *,
        config: Config | None = None,
        model: str = "extract",
    ) -> None:
        self.encoder = encoder
        self.writer = writer
        self.judge_model = judge
        self.config = config or Config()
        self.model = model

    @classmethod
    def load(
        cls,
        model: str = "default",
        *,
        device: str = "cpu",
        threads: int | None = None,
        config: Config | None = None,
        offline: bool = False,
    ) -> Self:
        """Load the models of a preset: "default", "extract" (no writer), a name or a folder.

        device: "cpu" or "cuda". threads: cores to use, all if None. offline: fetch nothing.
        Raises UnknownModel, WeightsMissing, WeightsCorrupt, BadOption.
        """
        from summarizer.backends.load import load_encoder, load_judge, load_writer

        writer = None
        if model != "extract":
            writer = load_writer(model, device=device, threads=threads, offline=offline)
        return cls(
            load_encoder(device=device, threads=threads, offline=offline),
            writer,
            load_judge(device=device, threads=threads, offline=offline),
            config=config,
            model=model,
        )

    # --- summaries -------------------------------------------------------------------------------

    def summarize(
        self,
        articles: Articles,
        *,
        words: int | None = None,
        sentences: int | None = None,
        seed: int | None = None,
        with_text: bool = True,
        progress: Progress | None = None,
    ) -> Summary:
        """One story to one summary of about `words` words, or of `sentences` sentences.

        with_text: put the articles' text in the summary, so that it can be read by itself.
        Raises BadInput if there is no article with text, BadOption for a length out of range.
        """
        growing = self.watch(
            articles,
            words=words,
            sentences=sentences,
            seed=seed,
            with_text=with_text,
            progress=progress,
        )
        [whole] = deque(growing, maxlen=1)
        return whole

    def stream(self, articles: Articles, **options: Any) -> Iterator[CitedSentence]:
        """The sentences as they are verified; options as for `summarize`.

        A sentence found late may belong further up: the order of the text is in `watch`.
        """
        seen: set[str] = set()
        for summary in self.watch(articles, **options):
            for sentence in summary.sentences:
                if sentence.text not in seen:
                    seen.add(sentence.text)
                    yield sentence

    def watch(
        self,
        articles: Articles,
        *,
        words: int | None = None,
        sentences: int | None = None,
        seed: int | None = None,
        with_text: bool = True,
        progress: Progress | None = None,
    ) -> Iterator[Summary]:
        """A growing summary, each with one more verified sentence; the last one is complete."""
        report = progress or _silent
        config = self._configured(words, sentences, seed)
        report("reading", 0, 1)
        [work] = self._prepare([_story(articles)], config, report)
        yielded = 0
        while self._round([work], report):
            for n in range(yielded + 1, len(work.sentences)):
                yield self._summary(work, with_text, upto=n)
            yielded = max(yielded, len(work.sentences) - 1)
        yield self._summary(work, with_text)

    def batch(
        self,
        stories: Iterable[Story],
        *,
        words: int | None = None,
        sentences: int | None = None,
        seed: int | None = None,
        with_text: bool = False,
        batch_size: int = 16,
        progress: Progress | None = None,
    ) -> Iterator[Summary | StoryFailure]:
        """Many stories, in order; vectors and drafts of `batch_size` stories go together.

        A story that cannot be summarised gives a StoryFailure in its place; the rest go on.
        """
        config = self._configured(words, sentences, seed)
        report = progress or _silent
        source = iter(stories)
        while chunk := list(islice(source, batch_size)):
            yield from self._chunk(chunk, config, with_text, report)

    def _chunk(
        self, stories: Sequence[Story], config: Config, with_text: bool, report: Progress
    ) -> Iterator[Summary | StoryFailure]:
        outcomes: dict[int, StoryFailure] = {}
        usable: dict[int, Story] = {}
        for i, story in enumerate(stories):
            try:
                usable[i] = _usable(story)
            except BadInput as error:
                outcomes[i] = StoryFailure(story.id, str(error), "give at least one text")
        works = dict(zip(usable, self._prepare(list(usable.values()), config, report), strict=True))
        while self._round(list(works.values()), report):
            pass
        for i in range(len(stories)):
            yield outcomes[i] if i in outcomes else self._summary(works[i], with_text)

    # --- the rooms in their order ----------------------------------------------------------------

    def _prepare(self, stories: Sequence[Story], config: Config, report: Progress) -> list[_Work]:
        """clean → split → embed → group, the vectors of all stories together."""
        masks = []
        sentences: list[list[SourceSentence]] = []
        for story in stories:
            repeated = clean.repeated_lines(story.articles)
            masked = {a.id: clean.mask(a, repeated) for a in story.articles}
            masks.append(masked)
            sentences.append([s for a in story.articles for s in split.split(a, masked[a.id])])
        report("finding evidence", 0, len(stories))
        works = []
        for story, masked, embedded in zip(
            stories, masks, embed(sentences, self.encoder), strict=True
        ):
            empty = {
                a.id: "has no text" if not a.text.strip() else "has nothing but boilerplate"
                for a in story.articles
                if a.id not in embedded.article_rows
            }
            ids = [a.id for a in story.articles]
            grouped = group.group(embedded, ids, config, set_aside=empty)
            works.append(
                _Work(
                    story,
                    config,
                    masked,
                    grouped,
                    empty,
                    [*_warnings(story, empty), *grouped.warnings],
                )
            )
        report("finding evidence", len(stories), len(stories))
        return works

    def _round(self, works: Sequence[_Work], report: Progress) -> bool:
        """plan → write → verify once for every story that is not full; False if none is left."""
        open_ = [w for w in works if not w.full and w.rounds <= w.config.refills]
        claims: list[tuple[_Work, int, Planned]] = []
        for work in open_:
            work.rounds += 1
            left = round(work.config.words - work.words)
            wanted = work.config.sentences
            for index, planned in plan.plan(
                work.grouped,
                work.config,
                words=left if wanted is None else MAX_WORDS,
                sentences=None if wanted is None else wanted - len(work.sentences),
                tried=work.tried,
                told=work.told,
            ):
                work.tried.add(index)
                claims.append((work, index, planned))
        if not claims:
            return False
        report("writing", 0, len(claims))
        drafts = write.write(
            [write.brief(w.story.id, w.grouped.embedded, p, w.config) for w, _, p in claims],
            self.writer,
            1,
        )
        report("verifying", 0, len(claims))
        settled = self._settle(claims, drafts)
        for n, ((work, index, planned), outcome) in enumerate(zip(claims, settled, strict=True), 1):
            work.dropped.extend(outcome.dropped)
            if outcome.sentence is not None:
                self._take(work, index, planned, outcome)
            report("verifying", n, len(claims))
        return True

    def _settle(
        self, claims: Sequence[tuple[_Work, int, Planned]], drafts: Sequence[Sequence[str]]
    ) -> list[verify.Settled]:
        tried = [
            verify.candidates(p, d, w.grouped.embedded, w.config)
            for (w, _, p), d in zip(claims, drafts, strict=True)
        ]
        written = encode([c.text for o in tried for c in o if c.row is None], self.encoder)
        drafted = iter(written)
        parts = []
        for (work, _, _), options in zip(claims, tried, strict=True):
            vectors = work.grouped.embedded.vectors
            # What is cut from one sentence is found where that sentence is found.
            rows = [next(drafted) if c.row is None else vectors[c.row] for c in options]
            parts.append(np.stack(rows) if rows else vectors[:0])
        return verify.settle(
            [
                (w.grouped, p, options, part)
                for (w, _, p), options, part in zip(claims, tried, parts, strict=True)
            ],
            self.judge_model,
            claims[0][0].config,
        )

    def _take(self, work: _Work, index: int, planned: Planned, outcome: verify.Settled) -> None:
        """Put a verified sentence in the summary, unless it repeats one or does not fit."""
        sentence, vector, config = outcome.sentence, outcome.vector, work.config
        assert sentence is not None
        if work.vectors and float(np.max(np.stack(work.vectors) @ vector)) >= config.repeat:
            return
        length = work.words + prose.words(sentence.text)
        if config.sentences is not None:
            if len(work.sentences) >= config.sentences:
                return
        elif work.sentences and length > config.length_over * config.words:
            return
        work.told.append(index)
        work.vectors.append(vector)
        work.sentences.append((planned, sentence))

    def _summary(self, work: _Work, with_text: bool, upto: int | None = None) -> Summary:
        told = sorted(work.sentences[:upto], key=lambda pair: pair[0].order)
        sentences = tuple(s for _, s in told)
        whole = upto is None
        warnings = list(work.warnings)
        if whole and not work.full:
            warnings.append(
                f"the sources carry {len(sentences)} sentence{'s' * (len(sentences) != 1)} "
                f"({work.words} words) that can be verified; the summary ends there"
            )
        title = plan.headline(work.grouped) if told else None
        return Summary(
            id=work.story.id,
            title=None if title is None else verify.headline(work.grouped, title),
            sentences=sentences,
            coverage=compare.coverage(work.grouped, work.config) if whole else (),
            disagreements=compare.disagreements(work.grouped, work.config) if whole else (),
            articles=tuple(
                _reported(a, work, with_text, used=bool(sentences)) for a in work.story.articles
            ),
            dropped=tuple(work.dropped) if whole else (),
            warnings=tuple(warnings),
            signature=self._signature(work.config),
        )

    def _signature(self, config: Config) -> dict[str, str | int | float | bool | None]:
        return {
            "summarizer": __version__,
            "model": self.model,
            "encoder": self.encoder.name,
            "writer": self.writer.name if self.writer else None,
            "judge": self.judge_model.name,
            "words": config.words if config.sentences is None else None,
            "sentences": config.sentences,
            "seed": config.seed,
        }

    def _configured(self, words: int | None, sentences: int | None, seed: int | None) -> Config:
        if words is not None and sentences is not None:
            raise BadOption("words and sentences are both given; give the length in one of them")
        changes: dict[str, int | None] = {}
        if words is not None:
            changes = {"words": words, "sentences": None}
        if sentences is not None:
            changes = {"sentences": sentences}
        if seed is not None:
            changes["seed"] = seed
        return self.config.with_(**changes)

    # --- text that is not ours -------------------------------------------------------------------

    def attribute(
        self, sentences: Sequence[str], articles: Articles, *, rank: bool = False
    ) -> list[Attribution]:
        """For each sentence the source sentences that carry it, in every article, scored.

        rank: also return every source sentence with its score, best first. A sentence that
        nothing carries has no citations. Raises BadInput if there is no article with text.
        """
        embedded = embed([_split(_usable(_story(articles)))], self.encoder)[0]
        scores = citing.cite(sentences, encode(sentences, self.encoder), embedded)
        chosen = [citing.choose(row, self.config) for row in scores]
        judged = verify.judgements(
            [
                (text, [embedded.sentences[r].text for r in rows])
                for text, rows in zip(sentences, chosen, strict=True)
            ],
            self.judge_model,
            self.config,
        )
        return [
            Attribution(
                text=text,
                support=verdict.support,
                problems=verdict.problems,
                citations=_cited(rows, row_scores, embedded),
                ranking=_cited(np.argsort(-row_scores, kind="stable"), row_scores, embedded)
                if rank
                else None,
            )
            for text, rows, row_scores, verdict in zip(
                sentences, chosen, scores, judged, strict=True
            )
        ]

    def judge(self, sentence: str, sources: Sequence[str]) -> Judgement:
        """How well the sources carry the sentence, in [0, 1], and each problem by name."""
        return self.judge_many([(sentence, sources)])[0]

    def judge_many(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Judgement]:
        """Judge many (sentence, sources) together; a source may be a whole article.

        Of long sources the passages that carry the sentence best are found first, and judged.
        """
        embedded = embed([_passages(sources) for _, sources in pairs], self.encoder)
        vectors = encode([sentence for sentence, _ in pairs], self.encoder)
        asked = []
        for (sentence, _), vector, source in zip(pairs, vectors, embedded, strict=True):
            row_scores = citing.cite([sentence], vector[None, :], source)[0]
            best = np.argsort(-row_scores, kind="stable")[: self.config.judge_passages]
            asked.append((sentence, [source.sentences[r].text for r in best.tolist()]))
        return verify.judgements(asked, self.judge_model, self.config)


def _story(articles: Articles) -> Story:
    """A Story of what was given: plain strings become articles."""
    if isinstance(articles, Story):
        return _usable(articles)
    if isinstance(articles, str):
        raise BadInput("articles is one string; give a list of articles or of strings")
    given = tuple(a if isinstance(a, Article) else Article(text=a) for a in articles)
    return _usable(Story(articles=given))


def _usable(story: Story) -> Story:
    """The story, if it has something to read. Raises BadInput if it has not."""
    if not story.articles:
        raise BadInput(f"story {story.id!r} has no articles; give at least one")
    if not any(a.text.strip() for a in story.articles):
        raise BadInput(f"all articles of story {story.id!r} are empty; fill at least one text")
    return story


def _split(story: Story) -> list[SourceSentence]:
    repeated = clean.repeated_lines(story.articles)
    return [s for a in story.articles for s in split.split(a, clean.mask(a, repeated))]


def _passages(sources: Sequence[str]) -> list[SourceSentence]:
    story = Story(articles=tuple(Article(text=text) for text in sources))
    return [s for a in story.articles for s in split.split(a, ())]


def _cited(
    rows: Iterable[int], scores: NDArray[np.float64], embedded: Embedded
) -> tuple[Citation, ...]:
    return tuple(Citation.of(embedded.sentences[int(r)], float(scores[int(r)])) for r in rows)


def _warnings(story: Story, empty: dict[str, str]) -> list[str]:
    warnings = [f"article {id!r} {reason} and was set aside" for id, reason in empty.items()]
    if len(story.articles) - len(empty) == 1:
        warnings.append("there is one article with text; nothing could be compared or confirmed")
    return warnings


def _reported(article: Article, work: _Work, with_text: bool, used: bool) -> ArticleReport:
    reason = work.empty.get(article.id) or work.grouped.strangers.get(article.id)
    return ArticleReport(
        id=article.id,
        outlet=article.outlet,
        title=article.title,
        url=article.url,
        published=article.published,
        used=used and reason is None,
        reason=reason,
        copy_of=work.grouped.copies.get(article.id),
        masked=work.masks[article.id],
        text=article.text if with_text else None,
    )
