"""A run: stories through systems, scored story by story, gathered into a report.

How a system summarises is its own business; it is handed in as callables.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Protocol

from summarizer import __version__
from summarizer.errors import BadInput, BadOption
from summarizer.evaluation.attribution import (
    StoryAttribution,
    against_gold,
    calibration_error,
    reliability,
)
from summarizer.evaluation.baselines import BASELINES, SentencesOf
from summarizer.evaluation.bootstrap import Counts, Tally, difference, draws, interval
from summarizer.evaluation.details import details, known_names, unsupported
from summarizer.evaluation.overlap import length, overlap, rouge_signature
from summarizer.evaluation.report import (
    SCORES,
    Failure,
    Report,
    ScoreDifference,
    Seconds,
    SignatureValue,
    StoryScores,
    SystemReport,
)
from summarizer.nlp.overlap import is_copied, longest_run, repetitions, words_of
from summarizer.schema import Attribution, Citation, CitedSentence, SourceSentence, Story, Summary
from summarizer.types import Progress, silent

TIMED_STORIES = 10
"""Most stories whose single summaries are timed, when the summaries themselves come in batches."""

COMPARED = ("rouge_1", "rouge_2", "rouge_l", "unsupported_details", "copied", "citation_f1")
"""Scores whose differences between systems are reported."""

Tallies = dict[str, Tally | None]


@dataclass(frozen=True, slots=True)
class SystemSummary:
    """What a system made of a story.

    sentences: with their citations; None where a system writes text without any, and then
    nothing that needs them is scored. `text` is scored against the reference.
    signature: what names the models and settings behind it.
    """

    text: str
    sentences: tuple[CitedSentence, ...] | None = None
    signature: Mapping[str, SignatureValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotSummarised:
    """A system's word that it could not summarise a story, and why."""

    reason: str


Outcome = SystemSummary | NotSummarised


@dataclass(frozen=True, slots=True)
class System:
    """Something that summarises stories, by callables.

    summarize: one story. Timed.
    summarize_all: all stories, in order; where given, the scored summaries come from it.
    attribute: the sentences and the story to one Attribution a sentence, rankings included;
        where given, stories with gold and grid are scored on it.
    """

    name: str
    summarize: Callable[[Story], Outcome]
    summarize_all: Callable[[Sequence[Story]], Iterable[Outcome]] | None = None
    attribute: Callable[[Sequence[str], Story], Sequence[Attribution]] | None = None


class _Summarizes(Protocol):
    """The part of `summarizer.Summarizer` that a run needs."""

    def summarize(self, articles: Story, /, *, words: int | None, seed: int | None) -> Summary: ...

    def batch(
        self, stories: Iterable[Story], /, *, words: int | None, seed: int | None
    ) -> Iterable[Any]: ...

    def attribute(
        self, sentences: Sequence[str], articles: Story, /, *, rank: bool
    ) -> list[Attribution]: ...


def system(name: str, summarizer: _Summarizes, *, words: int, seed: int) -> System:
    """A Summarizer as a System: its batch is scored, its single calls are timed.

    words: length to aim at; both it and the seed are of every summary.
    """

    def outcome(result: Any) -> Outcome:
        if isinstance(result, Summary):
            return SystemSummary(result.text, result.sentences, result.signature)
        return NotSummarised(f"{result.reason}; {result.mend}")

    return System(
        name,
        summarize=lambda story: outcome(summarizer.summarize(story, words=words, seed=seed)),
        summarize_all=lambda stories: map(
            outcome, summarizer.batch(stories, words=words, seed=seed)
        ),
        attribute=lambda sentences, story: summarizer.attribute(sentences, story, rank=True),
    )


def baseline(name: str, sentences_of: SentencesOf, *, words: int) -> System:
    """A baseline of BASELINES as a System that takes sentences up to about `words` words.

    Raises BadOption for a name that is not there.
    """
    if name not in BASELINES:
        raise BadOption(f"no baseline named {name!r}; have: {', '.join(BASELINES)}")
    choose = BASELINES[name]

    def summarize(story: Story) -> Outcome:
        chosen = choose(story, words, sentences_of)
        return SystemSummary(" ".join(s.text for s in chosen), tuple(map(_quoted, chosen)))

    return System(name, summarize)


def _quoted(sentence: SourceSentence) -> CitedSentence:
    return CitedSentence(
        text=sentence.text,
        method="quoted",
        support=1.0,
        independent_sources=1,
        citations=(Citation.of(sentence, 1.0),),
    )


@dataclass(eq=False, slots=True)
class _Sources:
    """What is computed once for a story, however many systems run."""

    words: list[tuple[str, ...]]
    names: frozenset[str]

    @classmethod
    def of(cls, story: Story, sentences_of: SentencesOf) -> _Sources:
        sentences = [s.text for s in sentences_of(story)]
        return cls([words_of(s) for s in sentences], known_names(sentences))


def score_text(summary: SystemSummary, story: Story) -> Tallies:
    """Length, and the overlap with the story's reference (None without one)."""
    scores: Tallies = {"words": Tally(length(summary.text))}
    agreed = overlap(summary.text, story.reference.text) if story.reference else None
    for name in ("rouge_1", "rouge_2", "rouge_l", "unigram_recall"):
        scores[name] = Tally(getattr(agreed, name)) if agreed else None
    return scores


def score_sentences(
    sentences: Sequence[CitedSentence], sources: Sequence[Sequence[str]], names: frozenset[str]
) -> Tallies:
    """What a summary's own sentences and citations show; shares are of its sentences.

    sources: the words of each source sentence of the story. names: `known_names` of them.
    """
    n = len(sentences)
    held = [(details(s.text, names), [c.text for c in s.citations]) for s in sentences]
    missing = sum(len(unsupported(d, texts)) for d, texts in held)
    scores: Tallies = {
        "unsupported_details": Tally(missing, sum(len(d) for d, _ in held)),
        "copied": Tally(sum(is_copied(s.text, sources) for s in sentences), n),
        "repeated": Tally(repetitions([s.text for s in sentences]), n),
        "citations": Tally(sum(len(s.citations) for s in sentences), n),
        "independent_sources": Tally(sum(s.independent_sources for s in sentences), n),
    }
    runs = [longest_run(s.text, sources) for s in sentences]
    scores["longest_copied_run"] = Tally(max(runs)) if runs else None
    for method in ("fused", "trimmed", "quoted"):
        scores[method] = Tally(sum(s.method == method for s in sentences), n)
    return scores


def score_attribution(found: StoryAttribution) -> Tallies:
    """Citation precision, recall, F1 on the grid and of articles; average precision."""
    scores: Tallies = {}
    for level, m in (("citation", found.sentences), ("article", found.articles)):
        scores[f"{level}_precision"] = Tally(m.right, m.found)
        scores[f"{level}_recall"] = Tally(m.right, m.marked)
        scores[f"{level}_f1"] = Tally(2 * m.right, m.found + m.marked)
    m = found.sentences
    scores["citation_f1_macro"] = (
        Tally(2 * m.right / (m.found + m.marked)) if m.found + m.marked else None
    )
    precisions = found.average_precisions
    scores["average_precision"] = Tally(sum(precisions), len(precisions)) if precisions else None
    return scores


@dataclass(eq=False, slots=True)
class _Scored:
    """One system's tallies, a row a story (an empty one where it failed), and what lies under."""

    rows: list[Tallies] = field(default_factory=list)
    texts: list[str | None] = field(default_factory=list)
    signature: dict[str, SignatureValue] = field(default_factory=dict)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def column(self, name: str) -> list[Tally | None]:
        return [row.get(name) for row in self.rows]


def _run_system(
    system: System,
    stories: Sequence[Story],
    sources: Sequence[_Sources],
    clock: Callable[[], float],
    progress: Progress,
) -> _Scored:
    scored = _Scored()
    system.summarize(stories[0])  # warms caches; neither scored nor timed
    timed = stories[:TIMED_STORIES] if system.summarize_all else stories
    singles: list[Outcome] = []
    for i, story in enumerate(timed, 1):
        begun = clock()
        singles.append(system.summarize(story))
        scored.seconds.append(clock() - begun)
        if not system.summarize_all:
            progress(system.name, i, len(stories))
    outcomes = system.summarize_all(stories) if system.summarize_all else singles
    for i, (story, source, outcome) in enumerate(zip(stories, sources, outcomes, strict=True), 1):
        row: Tallies = {}
        if isinstance(outcome, NotSummarised):
            scored.failures.append(Failure(story=story.id, reason=outcome.reason))
            scored.texts.append(None)
        else:
            row |= score_text(outcome, story)
            if outcome.sentences is not None:
                row |= score_sentences(outcome.sentences, source.words, source.names)
            scored.texts.append(outcome.text)
            scored.signature = scored.signature or dict(outcome.signature)
        if system.attribute is not None and story.gold and story.grid is not None:
            found = against_gold(story, system.attribute([g.text for g in story.gold], story))
            row |= score_attribution(found)
            scored.judged += found.judged
        scored.rows.append(row)
        if system.summarize_all:
            progress(system.name, i, len(stories))
    return scored


def run(
    stories: Sequence[Story],
    systems: Sequence[System],
    *,
    sentences_of: SentencesOf,
    words: int,
    seed: int = 7,
    resamples: int = 2_000,
    clock: Callable[[], float] = time.perf_counter,
    progress: Progress = silent,
) -> Report:
    """Score every system on every story and compare them pair by pair.

    sentences_of: the story's split sentences without what is masked; copying is counted
        against them. words: the budget given to every system, for the signature.
    progress: called with a system, and how many stories it has done.
    Raises BadInput without stories, BadOption without systems or where two share a name.
    """
    if not stories:
        raise BadInput("there is no story to evaluate on; give a file with at least one line")
    names = [s.name for s in systems]
    if not names or len(set(names)) < len(names):
        raise BadOption(f"systems to evaluate are {', '.join(names) or 'none'}; name each one once")
    counts = draws(len(stories), seed=seed, resamples=resamples)
    sources = [_Sources.of(story, sentences_of) for story in stories]
    scored = {s.name: _run_system(s, stories, sources, clock, progress) for s in systems}
    return Report(
        systems=tuple(_report(name, s, stories, counts) for name, s in scored.items()),
        differences=tuple(
            ScoreDifference(a=a, b=b, score=score, p=found[1], **dict(found[0]))
            for a, b in combinations(names, 2)
            for score in COMPARED
            if (found := difference(scored[a].column(score), scored[b].column(score), counts))
        ),
        signature={
            "stories": len(stories),
            "words": words,
            "rouge": rouge_signature(),
            "seed": seed,
            "resamples": resamples,
            "v": __version__,
        },
    )


def _report(name: str, scored: _Scored, stories: Sequence[Story], counts: Counts) -> SystemReport:
    bins = reliability(scored.judged)
    runs = [t.amount for t in scored.column("longest_copied_run") if t]
    return SystemReport(
        name=name,
        signature=scored.signature,
        scores={score: interval(scored.column(score), counts) for score in SCORES},
        reliability=bins or None,
        calibration_error=calibration_error(bins),
        longest_copied_run=int(max(runs)) if runs else None,
        seconds=Seconds(
            median=statistics.median(scored.seconds),
            low=min(scored.seconds),
            high=max(scored.seconds),
            n=len(scored.seconds),
        ),
        failures=tuple(scored.failures),
        stories=tuple(
            StoryScores(
                story=story.id,
                text=text,
                scores={k: t.amount / t.of if t and t.of else None for k, t in row.items()},
            )
            for story, text, row in zip(stories, scored.texts, scored.rows, strict=True)
            if text is not None
        ),
    )
