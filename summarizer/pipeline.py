"""Summarizer: load the models once, then the rooms in their order.

The order of the rooms is written here and nowhere else; what a room does is in the room.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from summarizer import __version__, clean, group, marking, rounds, split, verify, write
from summarizer import cite as citing
from summarizer.backends import Citer, Composer, Encoder, Judge, Remote, Writer
from summarizer.config import Config
from summarizer.embed import embed, encode
from summarizer.errors import BadInput, BadOption, WeightsMissing
from summarizer.sources import Asked, Carried, Verify
from summarizer.story import (
    Attribution,
    Citation,
    CitedSentence,
    Embedded,
    Evidence,
    Judgement,
    Planned,
    SourceSentence,
    Story,
    Summary,
)
from summarizer.verification.verifier import Verifier
from summarizer.work import Articles, Prepared, Signature, Work, story_of, usable

Progress = Callable[[str, int, int], None]
"""Called with (stage, done, total); stages: reading, finding evidence, writing, verifying."""


def _silent(stage: str, done: int, total: int) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class StoryFailure:
    """A story of a batch that could not be summarised: its id, why, and how to mend it."""

    id: str
    reason: str
    mend: str


class Summarizer:
    """Fuses articles on one event into a neutral summary whose every sentence is cited.

    Loads nothing itself: `Summarizer.load` brings the models, or hand in any Encoder, Writer and
    Judge. Without a writer every sentence is trimmed or quoted from a source sentence.
    compose: the writer writes the whole text first; what of it does not hold is told by claims.
    """

    def __init__(
        self,
        encoder: Encoder,
        writer: Writer | None,
        judge: Judge,
        *,
        config: Config | None = None,
        model: str = "extract",
        compose: bool = False,
        citer: Citer | None = None,
    ) -> None:
        if compose and not isinstance(writer, Composer):
            raise BadOption(
                f"the model {model!r} cannot compose a whole text; leave compose out, "
                "or name a chat model or a server"
            )
        self.composer = writer if compose and isinstance(writer, Composer) else None
        self.encoder = encoder
        self.writer = writer
        self.judge_model = judge
        self.config = config or Config()
        self.model = model
        self.citer = citer

    @classmethod
    def load(
        cls,
        model: str = "default",
        *,
        device: str = "cpu",
        threads: int | None = None,
        config: Config | None = None,
        offline: bool = False,
        compose: bool = False,
        judge: str = "default",
    ) -> Self:
        """Load a writer as `load_writer` names it, or "extract" for none, with encoder and judge.

        device: "cpu", "cuda", "cuda:N" or "auto". threads: cores to use, all if None. offline:
        fetch nothing. judge: as `load_judge` names it, or "overlap" for shared words alone.
        Raises ModelError (which kind is in errors.py) or BadOption.
        """
        from summarizer.weights import load_citer, load_encoder, load_writer

        writer = None
        if model != "extract":
            writer = load_writer(model, device=device, threads=threads, offline=offline)
        return cls(
            load_encoder(device=device, threads=threads, offline=offline),
            writer,
            _judge(judge, threads=threads, offline=offline, needed=model != "extract"),
            config=config,
            model=model,
            compose=compose,
            citer=load_citer(offline=offline),
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What whoever asks should know beforehand: where texts are sent, what is not there."""
        sent = (self.writer.notice,) if isinstance(self.writer, Remote) else ()
        judge = self.judge_model
        unread = isinstance(judge, Verifier) and judge.reader is None
        return (*sent, *((_UNREAD,) if unread else ()))

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

    def prepare(self, articles: Articles, *, progress: Progress | None = None) -> Prepared:
        """Read a story once, for `watch` at several lengths, `revise` and `redraft`.

        Raises BadInput if there is no article with text.
        """
        return self._prepare([story_of(articles)], self.config, progress or _silent)[0]

    def watch(
        self,
        articles: Articles | Prepared,
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
        if not isinstance(articles, Prepared):
            articles = self._prepare([story_of(articles)], config, report)[0]
        work = Work.of(articles, config, self.notices)
        judged = self._judged()
        yielded = 0
        while self._round([work], judged, report):
            for n in range(yielded + 1, len(work.sentences)):
                yield work.summary(self._signature(config), with_text, upto=n)
            yielded = max(yielded, len(work.sentences) - 1)
        rounds.entitle([work], self.writer, self.encoder, judged)
        yield work.summary(self._signature(config), with_text)

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
        failures: dict[int, StoryFailure] = {}
        readable: dict[int, Story] = {}
        for i, story in enumerate(stories):
            try:
                readable[i] = usable(story)
            except BadInput as error:
                failures[i] = StoryFailure(story.id, str(error), "give at least one text")
        prepared = self._prepare(list(readable.values()), config, report)
        begun = [Work.of(p, config, self.notices) for p in prepared]
        works = dict(zip(readable, begun, strict=True))
        judged = self._judged()
        while self._round(begun, judged, report):
            pass
        rounds.entitle(begun, self.writer, self.encoder, judged)
        for i in range(len(stories)):
            if i in failures:
                yield failures[i]
            else:
                yield works[i].summary(self._signature(config), with_text)

    # --- the rooms in their order ----------------------------------------------------------------

    def _prepare(
        self, stories: Sequence[Story], config: Config, report: Progress
    ) -> list[Prepared]:
        """clean → split → embed → group, the vectors of all stories together."""
        report("reading", 0, len(stories))
        masks = []
        sentences: list[list[SourceSentence]] = []
        for story in stories:
            repeated = clean.repeated_lines(story.articles)
            masked = {a.id: clean.mask(a, repeated) for a in story.articles}
            masks.append(masked)
            sentences.append([s for a in story.articles for s in split.split(a, masked[a.id])])
        report("finding evidence", 0, len(stories))
        prepared = []
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
            prepared.append(Prepared(story, masked, grouped, empty))
        report("finding evidence", len(stories), len(stories))
        return prepared

    def _round(self, works: Sequence[Work], judged: Verify, report: Progress) -> bool:
        """plan → write → verify once for every story that is not full; False if none is left."""
        claims = [
            (work, index, planned)
            for work in works
            if work.open
            for index, planned in work.next_claims()
        ]
        if not claims:
            return False
        if self.composer is not None:
            report("writing", 0, len(claims))
            claims = rounds.compose(claims, self.composer, self.encoder, judged)
        briefs = [write.brief(w.story.id, w.grouped.embedded, p, w.config) for w, _, p in claims]
        report("writing", 0, len(claims))
        first = write.first(self.writer, self.config.drafts)
        drafts = write.write(briefs, self.writer, first)
        for (work, _, _), unread in zip(claims, write.unread(briefs, self.writer), strict=True):
            work.unread += unread
        report("verifying", 0, len(claims))
        settled = rounds.settle(claims, drafts, self.encoder, judged)
        failed = [i for i, outcome in enumerate(settled) if not outcome.reworded]
        if self.writer is not None and failed and first < self.config.drafts:
            more = write.write([briefs[i] for i in failed], self.writer, self.config.drafts)
            fresh = [
                [d for d in found if d not in drafts[i]]
                for i, found in zip(failed, more, strict=True)
            ]
            again = rounds.settle([claims[i] for i in failed], fresh, self.encoder, judged)
            for i, outcome in zip(failed, again, strict=True):
                settled[i] = settled[i].or_better(outcome)
        for n, ((work, index, planned), outcome) in enumerate(zip(claims, settled, strict=True), 1):
            better = rounds.differ(work, outcome, self.encoder)
            work.take(index, planned, better)
            report("verifying", n, len(claims))
        rounds.place(works, judged)
        return True

    def _judged(self) -> Verify:
        """How sentences are judged, each with each evidence once."""
        return citing.Remembered(verify.verifying(self.judge_model, self.config))

    def _signature(self, config: Config) -> Signature:
        return {
            "summarizer": __version__,
            "model": self.model,
            "encoder": self.encoder.name,
            "writer": self.writer.name if self.writer else None,
            "judge": self.judge_model.name,
            "words": config.words if config.sentences is None else None,
            "sentences": config.sentences,
            "seed": config.seed,
            "strictness": config.strictness,
            **({"compose": True} if self.composer is not None else {}),
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

    # --- a reader's changes ----------------------------------------------------------------------

    def revise(self, text: str, prepared: Prepared, *, instead_of: CitedSentence) -> CitedSentence:
        """A reader's wording in place of a sentence, cited and judged anew.

        Where no source sentence carries it, it keeps the citations of the one it replaces; what
        they do not carry is in its `problems`.
        """
        grouped = prepared.grouped
        sentences = grouped.embedded.sentences
        [scores] = citing.cite([text], encode([text], self.encoder), grouped.embedded)
        before = prepared.rows(instead_of.citations)
        asked = Asked(text, citing.candidates(scores, sentences), sentences, cited=before)
        [carried] = verify.carriers_of([asked], self._judged())
        found = () if carried.rows or carried.verdict is None else carried.verdict.findings
        return CitedSentence(
            text=text,
            method="edited",
            support=carried.verdict.support if carried.verdict is not None else 0.0,
            independent_sources=verify.independent(grouped, carried),
            primary=grouped.primary(carried.confirming),
            citations=_ranked(carried.rows or carried.partly or before, scores, grouped.embedded),
            problems=tuple(dict.fromkeys(f.problem for f in found)),
            faults=verify.faults(found),
        )

    def redraft(self, sentence: CitedSentence, prepared: Prepared) -> list[CitedSentence]:
        """Other wordings of a sentence that hold, over its sources and what tells the same.

        The writer's drafts come first, then cuts of the source sentences.
        """
        grouped, config = prepared.grouped, self.config
        cited = prepared.rows(sentence.citations)
        same = [e for e in grouped.evidence if cited[0] in e.rows]
        rows = tuple(dict.fromkeys((*cited, *(r for e in same for r in e.rows))))
        articles = tuple(dict.fromkeys(c.article for c in sentence.citations))
        evidence = Evidence(rows, articles, grouped.independent(rows), cohesion=1.0)
        planned = Planned(evidence, rows, order=0.0)
        brief = write.brief(prepared.story.id, grouped.embedded, planned, config)
        [drafts] = write.write([brief], self.writer, config.drafts)
        every = config.with_(fallbacks=len(rows))
        tried = verify.candidates(planned, drafts, grouped.embedded, every)
        vectors = encode([c.text for c in tried], self.encoder)
        settled = verify.settle(
            [(grouped, planned, [c], v[None]) for c, v in zip(tried, vectors, strict=True)],
            self._judged(),
            config,
        )
        held = {s.sentence.text: s.sentence for s in settled if s.sentence is not None}
        return [held[text] for text in held if text != sentence.text]

    # --- text that is not ours -------------------------------------------------------------------

    def attribute(
        self, sentences: Sequence[str], articles: Articles, *, rank: bool = False
    ) -> list[Attribution]:
        """For each sentence the source sentences that carry it, in every article, scored.

        rank: also return every source sentence with its score, best first. A sentence that
        nothing carries has no citations. Raises BadInput if there is no article with text.
        """
        story = usable(story_of(articles))
        marked = marking.mark(sentences, marking.as_marked(story), self.encoder, self.citer)
        embedded, scores = marked.embedded, marked.scores
        least = None if self.citer is None else self.config.attribute_least
        asked = [
            Asked(text, citing.candidates(row, embedded.sentences), embedded.sentences)
            for text, row in zip(sentences, scores, strict=True)
        ]
        found = verify.carriers_of(asked, self._judged())
        return [
            self._attribution(text, row, carried, embedded, least, rank=rank)
            for text, row, carried in zip(sentences, scores, found, strict=True)
        ]

    def _attribution(
        self,
        text: str,
        scores: NDArray[np.float64],
        carried: Carried,
        embedded: Embedded,
        least: float | None,
        *,
        rank: bool,
    ) -> Attribution:
        """A text with what carries it; what people would mark beside it is cited too.

        Nothing is cited of an article whose sentences contradict the text.
        """
        against = {a for a, state in carried.states.items() if state == "contradicts"}
        marked = [
            r
            for r in citing.choose(scores, self.config, least)
            if embedded.sentences[r].article not in against
        ]
        rows = tuple(dict.fromkeys((*carried.rows, *marked)))
        verdict = carried.verdict
        findings = () if carried.rows or verdict is None else verdict.findings
        return Attribution(
            text=text,
            support=verdict.support if verdict is not None else 0.0,
            problems=tuple(dict.fromkeys(f.problem for f in findings))
            or (() if carried.rows else ("unsupported",)),
            faults=verify.faults(findings),
            citations=_ranked(rows, scores, embedded),
            ranking=_ranked(np.argsort(-scores, kind="stable"), scores, embedded) if rank else None,
        )

    def judge(self, sentence: str, sources: Sequence[str]) -> Judgement:
        """How well the sources carry the sentence, in [0, 1], and each problem by name.

        `supported` asks for no problem.
        """
        return self.judge_many([(sentence, sources)])[0]

    def judge_many(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Judgement]:
        """Judge many (sentence, sources) together; a source may be a whole article.

        Of long sources the passages that carry the sentence best are judged.
        """
        asked = [(sentence, list[str]()) for sentence, _ in pairs]
        by_sources: dict[tuple[str, ...], list[int]] = {}
        for i, (_, sources) in enumerate(pairs):
            by_sources.setdefault(tuple(sources), []).append(i)
        for sources, places in by_sources.items():
            texts = [pairs[i][0] for i in places]
            found = marking.mark(texts, marking.passages(sources), self.encoder, self.citer)
            for i, row in zip(places, found.scores, strict=True):
                best = np.argsort(-row, kind="stable")[: self.config.judge_passages]
                asked[i][1].extend(found.embedded.sentences[r].text for r in best.tolist())
        return verify.judgements(asked, verify.verifying(self.judge_model, self.config))


_UNREAD = (
    "the reader's weights are not on this machine, so sentences were verified by alignment and "
    "exact checks alone; run `summarizer models pull mpnet-reader`"
)


def _judge(name: str, *, threads: int | None, offline: bool, needed: bool) -> Judge:
    """Our verifier over the shipped reader, or another judge by name.

    needed: whether the reader is fetched, and missing it an error; else, where it is not in the
    cache, the verifier does without, by alignment and exact checks, and says so in its name.
    """
    from summarizer.weights import load_judge, load_reader

    if name != "default":
        return load_judge(name, threads=threads, offline=offline)
    try:
        return Verifier(load_reader(threads=threads, offline=offline or not needed))
    except WeightsMissing:
        if needed:
            raise
        return Verifier(None)


def _ranked(
    rows: Iterable[int], scores: NDArray[np.float64], embedded: Embedded
) -> tuple[Citation, ...]:
    return tuple(Citation.of(embedded.sentences[int(r)], float(scores[int(r)])) for r in rows)
