"""Draft and citations: keep, fall back, or drop with a reason; and the public judgement.

What is printed beside a sentence is exactly what it was checked against here. Citations are
scored by `cite`; the exact checks are `facts`'.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from summarizer import cite, fidelity, prose
from summarizer.backends import Judge, Vectors
from summarizer.config import Config
from summarizer.facts import problems_of
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

    row: the source sentence it was cut from, or None for a writer's draft.
    """

    text: str
    method: Method
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a planned claim: a sentence or nothing, and the drafts that fell."""

    sentence: CitedSentence | None
    vector: NDArray[np.float32] | None
    dropped: tuple[Dropped, ...]

    @property
    def fused(self) -> bool:
        """Whether a writer's own wording was kept."""
        return self.sentence is not None and self.sentence.method == "fused"

    def or_better(self, other: Settled) -> Settled:
        """`other` if that one is fused, else this one; what fell in both is kept."""
        dropped = tuple(dict.fromkeys((*self.dropped, *other.dropped)))
        best = other if other.fused else self
        return Settled(best.sentence, best.vector, dropped)


def candidates(
    planned: Planned, drafts: Sequence[str], embedded: Embedded, config: Config
) -> list[Candidate]:
    """The wordings to try in order: each draft, then trimmed from one sentence, then quoted.

    A draft that only repeats (part of) one source sentence is called what it is.
    """
    tried: list[Candidate] = []
    sources = [embedded.sentences[r].text for r in planned.rows]
    for draft in drafts:
        row = next((i for i, s in enumerate(sources) if _within(draft, s)), None)
        if row is None:
            tried.append(Candidate(draft, "fused"))
        elif draft not in sources:
            tried.append(Candidate(draft, "trimmed", planned.rows[row]))
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
    words = iter(w.lower() for w in prose.tokens(source))
    return all(any(w == other for other in words) for w in map(str.lower, prose.tokens(draft)))


@dataclass(eq=False, slots=True)
class _Open:
    """A planned claim on its way: its candidates in order, and those that fell."""

    grouped: Grouped
    planned: Planned
    tried: list[Candidate]
    vectors: Vectors
    scores: cite.Scores
    next: int = 0
    dropped: list[Dropped] = field(default_factory=list)


def settle(
    claims: Sequence[tuple[Grouped, Planned, Sequence[Candidate], Vectors]],
    judge: Judge,
    config: Config,
) -> list[Settled]:
    """For each planned claim take the first candidate that its final citations carry.

    claims: (grouped, planned, candidates, (n_candidates, dim) vectors of the candidates' texts).
    All claims' candidates of one round go to the judge together. Drafts come before cuts; what
    fails is reported with its problems; a claim none of whose wordings holds is dropped.
    """
    open_ = [
        _Open(grouped, planned, list(tried), vectors, scores)
        for (grouped, planned, tried, vectors), scores in zip(claims, _scores(claims), strict=True)
    ]
    settled: list[Settled | None] = [None] * len(open_)
    while waiting := [i for i, done in enumerate(settled) if done is None]:
        rows: dict[int, list[int]] = {}
        for i in waiting:
            claim = open_[i]
            if claim.next >= len(claim.tried):
                settled[i] = Settled(None, None, tuple(claim.dropped))
                continue
            rows[i] = _final_rows(claim, config)
        judged = judgements(
            [
                (
                    open_[i].tried[open_[i].next].text,
                    [open_[i].grouped.embedded.sentences[r].text for r in rows[i]],
                )
                for i in rows
            ],
            judge,
            config,
        )
        for i, verdict in zip(rows, judged, strict=True):
            settled[i] = _decide(open_[i], rows[i], verdict, config)
    return [s for s in settled if s is not None]


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


def _final_rows(claim: _Open, config: Config) -> list[int]:
    """The rows to cite: its own sentence first, what cite chooses, and what a problem asks for."""
    candidate, scores = claim.tried[claim.next], claim.scores[claim.next]
    sentences = claim.grouped.embedded.sentences
    rows = [r for r in cite.choose(scores, config) if r != candidate.row]
    if candidate.row is not None:
        return [candidate.row, *rows][: config.cite_most]
    problems = problems_of(candidate.text, [sentences[r].text for r in rows])
    for r in claim.planned.rows:
        if not problems and rows:
            break
        if r in rows:
            continue
        fewer = problems_of(candidate.text, [sentences[x].text for x in (*rows, r)])
        if not rows or len(fewer) < len(problems):
            rows, problems = [*rows, r], fewer
    return rows


def draft_problems(draft: str, evidence: Sequence[str], config: Config) -> Iterator[Problem]:
    """What a writer's own wording must not do, over and above what any sentence must not.

    It stands on its own, says nothing twice, and puts together only what some source puts
    together in that order: a small model's favourite fault is to join what its sources keep apart.
    """
    together = fidelity.unattested(draft, evidence)
    if together.turned > config.draft_turned or fidelity.promoted(draft, evidence):
        yield "role"
    if (
        together.apart > config.draft_apart
        or len(together.new) > config.draft_new
        or fidelity.repeats(draft, evidence)
        or not prose.stands(draft)
    ):
        yield "unsupported"


def _decide(
    claim: _Open, rows: Sequence[int], verdict: Judgement, config: Config
) -> Settled | None:
    """Keep the candidate, or note why not and go on to the next (None)."""
    candidate, scores = claim.tried[claim.next], claim.scores[claim.next]
    vector = claim.vectors[claim.next]
    claim.next += 1
    problems = verdict.problems
    if candidate.row is None:
        evidence = [claim.grouped.embedded.sentences[r].text for r in rows]
        problems = tuple(
            dict.fromkeys((*problems, *draft_problems(candidate.text, evidence, config)))
        )
    if problems:
        claim.dropped.append(Dropped(text=candidate.text, problems=problems))
        return None
    sentences = claim.grouped.embedded.sentences
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
    return Settled(sentence, vector, tuple(claim.dropped))


def judgements(
    pairs: Sequence[tuple[str, Sequence[str]]], judge: Judge, config: Config
) -> list[Judgement]:
    """Judge each (sentence, evidence sentences): exact checks and learned support, kept apart.

    `problems` names what the exact checks found, and "unsupported" where the judge's support in
    [0, 1] is below `support_least` or there is no evidence at all.
    """
    asked = [(s, e) for s, e in pairs if e]
    supports = iter(judge.support(asked) if asked else ())
    verdicts = []
    for sentence, evidence in pairs:
        support = float(next(supports)) if evidence else 0.0
        found: dict[Problem, None] = {f.problem: None for f in problems_of(sentence, evidence)}
        if support < config.support_least:
            found["unsupported"] = None
        verdicts.append(Judgement(support=support, supported=not found, problems=tuple(found)))
    return verdicts


def headline(grouped: Grouped, row: int) -> CitedSentence:
    """An article's title as the summary's, cited to itself."""
    sentence = grouped.embedded.sentences[row]
    return CitedSentence(
        text=sentence.text,
        method="quoted",
        support=1.0,
        independent_sources=1,
        citations=(Citation.of(sentence, 1.0),),
    )
