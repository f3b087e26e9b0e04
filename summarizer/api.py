"""Summarizer: the models loaded once, and what can be asked of them.

Holds models and settings and passes them on; what is done with a story is in pipeline, with a
reader's changes in revision, with texts of others in attribution.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from summarizer import attribution, revision
from summarizer.backends import Citer, Composer, Encoder, Judge, Remote
from summarizer.citations import Remembered
from summarizer.config import VERSION, Config
from summarizer.errors import BadInput, BadOption, WeightsMissing
from summarizer.pipeline.account import Account
from summarizer.pipeline.prepared import Articles, Prepared, prepare, story_of
from summarizer.pipeline.prepared import usable as checked
from summarizer.pipeline.report import Signature, summary_of
from summarizer.pipeline.rounds import Models, tell
from summarizer.schema import Attribution, CitedSentence, Judgement, Story, Summary
from summarizer.types import Progress, silent
from summarizer.verification.judgement import verifying
from summarizer.verification.verifier import Verifier


@dataclass(frozen=True, slots=True)
class StoryFailure:
    """A story of a batch that could not be summarised: its id, why, and how to correct it."""

    id: str
    reason: str
    mend: str


class Summarizer:
    """Fuses articles on one event into a neutral summary whose every sentence is cited.

    Loads nothing itself: `Summarizer.load` brings the models, or hand in any Encoder, Composer and
    Judge. The writer composes the whole text first; a sentence of it that fails verification twice
    is replaced by a source sentence. Without one every sentence is trimmed or quoted from a source
    sentence.
    """

    def __init__(
        self,
        encoder: Encoder,
        writer: Composer | None,
        judge: Judge,
        *,
        config: Config | None = None,
        model: str = "extract",
        citer: Citer | None = None,
    ) -> None:
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
        judge: str = "default",
    ) -> Self:
        """Load a writer as `load_writer` names it, or "extract" for none, with encoder and judge.

        device: "cpu", "cuda", "cuda:N" or "auto". threads: cores to use, all if None. offline:
        fetch nothing. judge: as `load_judge` names it, or "overlap" for shared words alone.
        Raises ModelError (which kind is in errors.py) or BadOption.
        """
        from summarizer.backends.registry import load_citer, load_encoder, load_writer

        writer = None
        if model != "extract":
            writer = load_writer(model, device=device, threads=threads, offline=offline)
        return cls(
            load_encoder(device=device, threads=threads, offline=offline),
            writer,
            _judge(judge, threads=threads, offline=offline, needed=model != "extract"),
            config=config,
            model=model,
            citer=load_citer(offline=offline),
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """What a user should know beforehand: where texts are sent, which weights are missing."""
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
        [prepared] = prepare([story_of(articles)], self.encoder, self.config, progress or silent)
        return prepared

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
        report = progress or silent
        config = self._configured(words, sentences, seed)
        if not isinstance(articles, Prepared):
            [articles] = prepare([story_of(articles)], self.encoder, config, report)
        models, signature = self._models(), self._signature(config)
        accounts, shown = [Account.of(articles, config)], 0
        with closing(tell(accounts, models, report, preview=True)) as steps:
            for step, settled in steps:
                accounts = step if settled else accounts
                # The newest of a settled round waits: it may be the last, which comes whole.
                ready = len(step[0].told) - settled
                for n in range(shown + 1, ready + 1):
                    yield summary_of(step[0], signature, (), with_text=with_text, upto=n)
                shown = max(shown, ready)
        yield summary_of(accounts[0], signature, self.notices, with_text=with_text)

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
        """Many stories, in order; vectors and texts of `batch_size` stories go together.

        A story that cannot be summarised gives a StoryFailure in its place; the rest go on.
        """
        config = self._configured(words, sentences, seed)
        report = progress or silent
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
                readable[i] = checked(story)
            except BadInput as error:
                failures[i] = StoryFailure(story.id, str(error), "give at least one text")
        prepared = prepare(list(readable.values()), self.encoder, config, report)
        models, signature = self._models(), self._signature(config)
        accounts = [Account.of(p, config) for p in prepared]
        for further, _ in tell(accounts, models, report):
            accounts = further
        done = dict(zip(readable, accounts, strict=True))
        for i in range(len(stories)):
            if i in failures:
                yield failures[i]
            else:
                yield summary_of(done[i], signature, self.notices, with_text=with_text)

    def _models(self) -> Models:
        """The models that a run needs; each sentence is judged with each evidence once."""
        judged = Remembered(verifying(self.judge_model, self.config))
        return Models(self.encoder, self.writer, judged)

    def _signature(self, config: Config) -> Signature:
        return {
            "summarizer": VERSION,
            "model": self.model,
            "encoder": self.encoder.name,
            "writer": self.writer.name if self.writer else None,
            "judge": self.judge_model.name,
            "words": config.words if config.sentences is None else None,
            "sentences": config.sentences,
            "seed": config.seed,
            "strictness": config.strictness,
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
        return revision.revised(text, prepared, instead_of, self._models())

    def redraft(self, sentence: CitedSentence, prepared: Prepared) -> list[CitedSentence]:
        """Other wordings of a sentence that hold, over its sources and what tells the same.

        What the writer makes of these sources comes first, then cuts of the source sentences.
        """
        return revision.redrafted(sentence, prepared, self._models(), self.config)

    # --- text that is not ours -------------------------------------------------------------------

    def attribute(
        self, sentences: Sequence[str], articles: Articles, *, rank: bool = False
    ) -> list[Attribution]:
        """For each sentence the source sentences that carry it, in every article, scored.

        rank: also return every source sentence with its score, best first. A sentence that
        nothing carries has no citations. Raises BadInput if there is no article with text.
        """
        story = story_of(articles)
        models = self._models()
        return attribution.attributed(sentences, story, models, self.citer, self.config, rank=rank)

    def judge(self, sentence: str, sources: Sequence[str]) -> Judgement:
        """How well the sources carry the sentence, in [0, 1], and each problem by name.

        `supported` asks for no problem.
        """
        return self.judge_many([(sentence, sources)])[0]

    def judge_many(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Judgement]:
        """Judge many (sentence, sources) together; a source may be a whole article.

        Of long sources the passages that carry the sentence best are judged.
        """
        return attribution.judged(pairs, self._models(), self.citer, self.config)


_UNREAD = (
    "the reader's weights are not on this machine, so sentences were verified by alignment and "
    "exact checks alone; run `summarizer models pull mpnet-reader`"
)


def _judge(name: str, *, threads: int | None, offline: bool, needed: bool) -> Judge:
    """Our verifier over the shipped reader, or another judge by name.

    needed: whether the reader is fetched, and missing it an error; else, where it is not in the
    cache, the verifier does without, by alignment and exact checks, and says so in its name.
    """
    from summarizer.backends.registry import load_judge, load_reader

    if name != "default":
        return load_judge(name, threads=threads, offline=offline)
    try:
        return Verifier(load_reader(threads=threads, offline=offline or not needed))
    except WeightsMissing:
        if needed:
            raise
        return Verifier(None)
