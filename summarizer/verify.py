"""Draft and citations: keep, fall back, or drop with a reason; and the public judgement.

What is printed beside a sentence is exactly what it was checked against here. Citations are
scored by `cite`; the exact checks are `facts`'.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from numpy.typing import NDArray

from summarizer import cite, deeds, fidelity, prose, wordings
from summarizer.backends import Assisted, Judge, Scorer, Vectors, Writer
from summarizer.config import Config
from summarizer.copying import is_copied, longest_run, shared_pairs, words_of
from summarizer.facts import problems_of
from summarizer.facts.text import content
from summarizer.story import (
    Citation,
    CitedSentence,
    Dropped,
    Embedded,
    Grouped,
    Judgement,
    Method,
    Planned,
    Problem,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One wording of a planned claim, to be settled.

    row: the source sentence it was cut from, or None for a wording that is nobody's but ours.
    drafted: whether a writer wrote it; what it only cut out of a sentence has that one's row too.
    title: whether it is a headline, which need not be a whole sentence.
    """

    text: str
    method: Method
    row: int | None = None
    drafted: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a planned claim: a sentence or nothing, and the drafts that fell.

    merit: 0 for nothing; 1 to 2 for a source sentence, trimmed or whole; 2 to 3 for a draft that
    mostly copies, 3 to 4 for one in words of its own; within each, more for more support and for
    more of the claim told.
    """

    sentence: CitedSentence | None
    vector: NDArray[np.float32] | None
    dropped: tuple[Dropped, ...]
    merit: float = 0.0

    @property
    def fused(self) -> bool:
        """Whether a writer's own wording was kept."""
        return self.sentence is not None and self.sentence.method == "fused"

    @property
    def reworded(self) -> bool:
        """Whether what was kept is in words of its own, not trimmed or joined from its sources."""
        return self.merit >= _REWORDED

    def or_better(self, other: Settled) -> Settled:
        """The one of both with more merit, this one if equal; what fell in either is kept."""
        dropped = tuple(dict.fromkeys((*self.dropped, *other.dropped)))
        best = other if other.merit > self.merit else self
        return Settled(best.sentence, best.vector, dropped, best.merit)


_CUT, _DRAFTED, _REWORDED = 1.0, 2.0, 3.0


def candidates(
    planned: Planned, drafts: Sequence[str], embedded: Embedded, config: Config
) -> list[Candidate]:
    """The wordings to try in order: each draft, then trimmed from one sentence, then quoted.

    A draft that only repeats (part of) one source sentence is called what it is.
    """
    tried: list[Candidate] = []
    sources = [embedded.sentences[r].text for r in planned.read]
    for draft in drafts:
        row = next((i for i, s in enumerate(sources) if _within(draft, s)), None)
        if row is None:
            tried.append(Candidate(draft, "fused", drafted=True))
        elif draft not in sources and prose.stands(draft) and row < len(planned.rows):
            tried.append(Candidate(draft, "trimmed", planned.read[row], drafted=True))
    cuts = len(tried) + config.fallbacks
    for r in planned.rows:
        if len(tried) >= cuts:
            break
        sentence = embedded.sentences[r]
        trimmed = prose.trim(sentence.text)
        if not prose.stands(trimmed):
            continue
        method: Method = "quoted" if trimmed == sentence.text else "trimmed"
        tried.append(Candidate(trimmed, method, r))
    if not tried:
        first = planned.rows[0]
        tried.append(Candidate(embedded.sentences[first].text, "quoted", first))
    return tried


def _within(draft: str, source: str) -> bool:
    """Whether the words of `draft` are words of `source` in the same order, none added."""
    words = iter(words_of(source))
    return all(any(w == other for other in words) for w in words_of(draft))


@dataclass(eq=False, slots=True)
class _Open:
    """A planned claim on its way: its candidates in order, and those that fell."""

    grouped: Grouped
    planned: Planned
    tried: list[Candidate]
    vectors: Vectors
    scores: cite.Scores
    best: Settled | None = None
    dropped: list[Dropped] = field(default_factory=list)


_Asked = tuple[_Open, int]
"""A claim and the place of one of its candidates."""


def settle(
    claims: Sequence[tuple[Grouped, Planned, Sequence[Candidate], Vectors]],
    judge: Judge,
    config: Config,
) -> list[Settled]:
    """For each planned claim take the best draft that its final citations carry, else a cut.

    claims: (grouped, planned, candidates, (n_candidates, dim) vectors of the candidates' texts).
    All drafts of all claims go to the judge together; of those that hold, one in words of its own
    is taken before one that copies, then the better supported and fuller, then the earlier. Where
    none holds, the cuts are tried in order. What fails is reported with its problems; a claim none
    of whose wordings holds is dropped.
    """
    open_ = [
        _Open(grouped, planned, list(tried), vectors, scores)
        for (grouped, planned, tried, vectors), scores in zip(claims, _scores(claims), strict=True)
    ]
    drafts = [(c, k) for c in open_ for k, candidate in enumerate(c.tried) if candidate.drafted]
    _try(drafts, judge, config)
    cuts = [[k for k, candidate in enumerate(c.tried) if not candidate.drafted] for c in open_]
    for turn in range(max(map(len, cuts), default=0)):
        waiting = zip(open_, cuts, strict=True)
        _try(
            [(c, ks[turn]) for c, ks in waiting if c.best is None and turn < len(ks)], judge, config
        )
    return [
        Settled(None, None, tuple(c.dropped))
        if c.best is None
        else Settled(c.best.sentence, c.best.vector, tuple(c.dropped), c.best.merit)
        for c in open_
    ]


def _try(asked: Sequence[_Asked], judge: Judge, config: Config) -> None:
    """Judge candidates against their final citations; each claim keeps its best."""
    rows = [_final_rows(claim, k, config) for claim, k in asked]
    judged = judgements(
        [
            (claim.tried[k].text, [claim.grouped.embedded.sentences[r].text for r in found])
            for (claim, k), found in zip(asked, rows, strict=True)
        ],
        judge,
        config,
    )
    for (claim, k), found, verdict in zip(asked, rows, judged, strict=True):
        _decide(claim, k, found, verdict, config)


def _scores(
    claims: Sequence[tuple[Grouped, Planned, Sequence[Candidate], Vectors]],
) -> list[cite.Scores]:
    """Each claim's (n_candidates, n_sentences) scores; a story's claims are cited in one call."""
    stories: dict[int, list[int]] = {}
    for i, (grouped, *_) in enumerate(claims):
        stories.setdefault(id(grouped), []).append(i)
    found: dict[int, cite.Scores] = {}
    for indices in stories.values():
        grouped = claims[indices[0]][0]
        usable = np.array([s.article not in grouped.strangers for s in grouped.embedded.sentences])
        texts = [c.text for i in indices for c in claims[i][2]]
        vectors = np.concatenate([claims[i][3] for i in indices])
        scores = cite.cite(texts, vectors, grouped.embedded) * usable
        start = 0
        for i in indices:
            end = start + len(claims[i][2])
            found[i] = scores[start:end]
            start = end
    return [found[i] for i in range(len(claims))]


def _final_rows(claim: _Open, k: int, config: Config) -> list[int]:
    """The rows to cite: its own sentence first, what cite chooses, and what a problem asks for."""
    candidate, scores = claim.tried[k], claim.scores[k]
    sentences = claim.grouped.embedded.sentences
    rows = [r for r in cite.choose(scores, config) if r != candidate.row]
    if candidate.row is not None:
        return [candidate.row, *rows][: config.cite_most]
    problems = problems_of(candidate.text, [sentences[r].text for r in rows])
    for r in claim.planned.read:
        if not problems and rows:
            break
        if r in rows:
            continue
        fewer = problems_of(candidate.text, [sentences[x].text for x in (*rows, r)])
        if not rows or len(fewer) < len(problems):
            rows, problems = [*rows, r], fewer
    return rows


def draft_problems(
    draft: str, evidence: Sequence[str], config: Config, title: bool = False
) -> Iterator[Problem]:
    """What a writer's own wording must not do, over and above what any sentence must not.

    It stands on its own (unless it is a headline), says nothing twice, and puts together only what
    some source puts together in that order: a small model's favourite fault is to join what its
    sources keep apart.
    """
    together = fidelity.unattested(draft, evidence)
    if (
        together.turned > config.draft_turned
        or fidelity.promoted(draft, evidence)
        or fidelity.crossed(draft, evidence)
        or fidelity.adrift(draft, evidence)
        or deeds.misdone(draft, evidence)
        or deeds.equated(draft, evidence)
        or deeds.unverbed(draft, evidence)
        or deeds.misplaced(draft, evidence)
        or deeds.retitled(draft, evidence)
        or deeds.respliced(draft, evidence)
        or wordings.beheaded(draft, evidence)
        or wordings.spliced(draft, evidence)
        or wordings.renumbered(draft, evidence)
    ):
        yield "role"
    if wordings.misnamed(draft, evidence):
        yield "name"
    if wordings.requoted(draft, evidence):
        yield "quotation"
    if wordings.unhedged(draft, evidence):
        yield "modality"
    if deeds.misdated(draft, evidence) or wordings.unlimited(draft, evidence):
        yield "date"
    if (
        together.apart > config.draft_apart
        or len(together.new) > config.draft_new
        or fidelity.repeats(draft, evidence)
        or (title and not _from_one(draft, evidence, config))
        or not (title or _reads(draft, evidence))
        or deeds.wordless(draft)
        or wordings.unowned(draft, evidence)
        or wordings.reframed(draft, evidence)
        or (not title and wordings.indefinite(draft, evidence))
    ):
        yield "unsupported"


def _told(text: str, source: str) -> float:
    """The share of a source sentence's content words that a text has, in [0, 1]."""
    wanted = content(source)
    return len(wanted & content(text)) / len(wanted) if wanted else 1.0


def _reads(draft: str, evidence: Sequence[str]) -> bool:
    """Whether a draft is one whole sentence that says whom it is about."""
    return prose.stands(draft) and not (
        fidelity.faceless(draft, evidence)
        or deeds.fragment(draft)
        or deeds.bare(draft, evidence)
        or deeds.unnamed(draft)
        or wordings.unarticled(draft, evidence)
        or wordings.saying_nothing(draft)
    )


def _trims(text: str, claim: _Open, row: int, config: Config) -> bool:
    """Whether a writer's cut from one sentence still tells most of it, as a sentence."""
    source = claim.grouped.embedded.sentences[row].text
    return _told(text, source) >= config.trim_told and _reads(text, [source])


def _from_one(title: str, evidence: Sequence[str], config: Config) -> bool:
    """Whether one source alone carries a headline: in so few words, two are easily confused."""
    for source in evidence:
        together = fidelity.unattested(title, [source])
        if (
            not together.new
            and together.apart <= config.draft_apart
            and not deeds.misdone(title, [source])
            and deeds.tells(title)
            and not fidelity.other_speaker(title, [source])
            and not problems_of(title, [source])
        ):
            return True
    return False


def _decide(claim: _Open, k: int, rows: Sequence[int], verdict: Judgement, config: Config) -> None:
    """Note why a candidate falls, or keep it if the claim has no better one."""
    candidate, scores = claim.tried[k], claim.scores[k]
    sentences = claim.grouped.embedded.sentences
    evidence = [sentences[r].text for r in rows]
    problems = verdict.problems
    if candidate.row is None:
        more = draft_problems(candidate.text, evidence, config, candidate.title)
        problems = tuple(dict.fromkeys((*problems, *more)))
    if candidate.drafted and verdict.support < config.draft_support:
        problems = tuple(dict.fromkeys((*problems, "unsupported")))
    if candidate.drafted and (
        fidelity.cut_off(candidate.text, evidence)
        or fidelity.other_speaker(candidate.text, evidence)
        or fidelity.unspoken(candidate.text)
    ):
        problems = tuple(dict.fromkeys((*problems, "speaker")))
    if problems:
        claim.dropped.append(Dropped(text=candidate.text, problems=problems))
        return
    rank = _CUT
    if candidate.drafted:
        held = [words_of(sentences[r].text) for r in dict.fromkeys((*rows, *claim.planned.read))]
        if candidate.row is None and longest_run(candidate.text, held) > config.copied_run:
            return  # an outlet's prose at length: quoting it openly is more honest
        if candidate.row is not None and not _trims(candidate.text, claim, candidate.row, config):
            return  # what is left is no sentence, or too little of one: the whole says more
        rank = _DRAFTED if is_copied(candidate.text, held) else _REWORDED
    told = _told(candidate.text, sentences[claim.planned.rows[0]].text)
    merit = rank + min((verdict.support + told) / 2, 0.999)
    if claim.best is not None and claim.best.merit >= merit:
        return
    sentence = CitedSentence(
        text=candidate.text,
        method=candidate.method,
        support=verdict.support,
        independent_sources=claim.grouped.independent(rows),
        primary=claim.grouped.primary(rows),
        citations=tuple(
            Citation.of(sentences[r], 1.0 if r == candidate.row else float(scores[r])) for r in rows
        ),
    )
    claim.best = Settled(sentence, claim.vectors[k], (), merit)


def judgements(
    pairs: Sequence[tuple[str, Sequence[str]]],
    judge: Judge,
    config: Config,
    least: Callable[[str, Sequence[str]], float] | None = None,
) -> list[Judgement]:
    """Judge each (sentence, evidence sentences): exact checks and learned support, kept apart.

    `problems` names what the exact checks found, and "unsupported" where the judge's support in
    [0, 1] is below what `least` asks of the pair (`support_least` of each, unless given) or there
    is no evidence at all.
    """
    asked = [(s, e) for s, e in pairs if e]
    supports = iter(judge.support(asked) if asked else ())
    verdicts = []
    for sentence, evidence in pairs:
        support = float(next(supports)) if evidence else 0.0
        found: dict[Problem, None] = {f.problem: None for f in problems_of(sentence, evidence)}
        needed = config.support_least if least is None else least(sentence, evidence)
        if support < needed:
            found["unsupported"] = None
        verdicts.append(Judgement(support=support, supported=not found, problems=tuple(found)))
    return verdicts


def needed_support(sentence: str, evidence: Sequence[str], config: Config) -> float:
    """The support from which a sentence of unknown make counts as carried.

    What is mostly copied is given high supports and fails in a detail; free wording is given lower
    ones. The share of shared word pairs tells which it is.
    """
    free = shared_pairs(sentence, evidence) < config.judge_free
    return config.judge_least_free if free else config.judge_least


def verdicts(
    pairs: Sequence[tuple[str, Sequence[str]]], judge: Judge, writer: Writer | None, config: Config
) -> list[Judgement]:
    """`judgements` of sentences that are not ours, with the writer's reading where both can."""
    if isinstance(judge, Assisted) and isinstance(writer, Scorer):
        judge = judge.beside(writer, config.judge_free)
    return judgements(pairs, judge, config, partial(needed_support, config=config))


def extended(
    sentence: CitedSentence,
    text: str,
    row: int,
    grouped: Grouped,
    judge: Judge,
    config: Config,
) -> CitedSentence:
    """The sentence in a wording that rests on source sentence `row` too, if all of it holds.

    Where it does not, the sentence as it was.
    """
    source = grouped.embedded.sentences[row]
    more = Citation.of(source, 1.0)
    citations = tuple(dict.fromkeys((*sentence.citations, more)))
    if {(c.article, c.start) for c in sentence.citations} >= {(more.article, more.start)}:
        citations = sentence.citations
    [verdict] = judgements([(text, [c.text for c in citations])], judge, config)
    if verdict.problems:
        return sentence
    return sentence.model_copy(
        update={
            "text": text,
            "method": "fused",
            "support": verdict.support,
            "citations": citations,
        }
    )


def headline(grouped: Grouped, row: int, text: str) -> CitedSentence:
    """An article's title as the summary's, whole or cut to `text`, cited to itself."""
    sentence = grouped.embedded.sentences[row]
    return CitedSentence(
        text=text,
        method="quoted" if text == sentence.text else "trimmed",
        support=1.0,
        independent_sources=1,
        citations=(Citation.of(sentence, 1.0),),
    )
