"""Draft and citations: keep, fall back, or drop with a reason; and the public judgement.

What is printed beside a sentence is exactly what it was checked against here. Citations are
scored by `cite`; whether they carry the sentence is for `verification`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from summarizer import cite, prose
from summarizer.backends import Judge, Vectors
from summarizer.config import Config
from summarizer.copying import is_copied, longest_run, words_of
from summarizer.facts.text import content
from summarizer.nlp import parse
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
from summarizer.verification.checks import Source, findings
from summarizer.verification.verifier import Verdict, Verifier


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
    problems = _objections(candidate.text, [sentences[r].text for r in rows])
    for r in claim.planned.read:
        if not problems and rows:
            break
        if r in rows:
            continue
        fewer = _objections(candidate.text, [sentences[x].text for x in (*rows, r)])
        if not rows or fewer < problems:
            rows, problems = [*rows, r], fewer
    return rows


def _objections(text: str, evidence: Sequence[str]) -> int:
    """How many findings the exact checks have."""
    parsed, *held = parse([text, *evidence])
    return len(findings(parsed, [Source(p) for p in held]))


def _told(text: str, source: str) -> float:
    """The share of a source sentence's content words that a text has, in [0, 1]."""
    wanted = content(source)
    return len(wanted & content(text)) / len(wanted) if wanted else 1.0


def _decide(claim: _Open, k: int, rows: Sequence[int], verdict: Judgement, config: Config) -> None:
    """Note why a candidate falls, or keep it if the claim has no better one."""
    candidate, scores = claim.tried[k], claim.scores[k]
    sentences = claim.grouped.embedded.sentences
    problems = verdict.problems
    if candidate.drafted and not verdict.problems and verdict.support < config.draft_support:
        problems = ("unsupported",)
    if candidate.drafted and not problems and not (candidate.title or prose.stands(candidate.text)):
        problems = ("unsupported",)
    if problems:
        claim.dropped.append(Dropped(text=candidate.text, problems=problems))
        return
    rank = _CUT
    if candidate.drafted:
        held = [words_of(sentences[r].text) for r in dict.fromkeys((*rows, *claim.planned.read))]
        if candidate.row is None and longest_run(candidate.text, held) > config.copied_run:
            return  # an outlet's prose at length: quoting it openly is more honest
        if candidate.row is not None and (
            _told(candidate.text, sentences[candidate.row].text) < config.trim_told
        ):
            return  # too little of it is left: the whole says more
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
    pairs: Sequence[tuple[str, Sequence[str]]], judge: Judge, config: Config
) -> list[Judgement]:
    """Judge each (sentence, evidence sentences), each problem and the words at fault by name.

    A `Verifier` decides by all it knows. Of any other judge the support in [0, 1] leads: below
    `support_least`, and where an exact check objects, the sentence is not supported.
    """
    if isinstance(judge, Verifier):
        return [_judgement(verdict) for verdict in judge.verify(pairs)]
    asked = [(sentence, evidence) for sentence, evidence in pairs if evidence]
    supports = iter(judge.support(asked) if asked else ())
    out = []
    for sentence, evidence in pairs:
        support = float(next(supports)) if evidence else 0.0
        parsed, *held = parse([sentence, *evidence])
        found: dict[Problem, None] = dict.fromkeys(
            f.problem for f in findings(parsed, [Source(p) for p in held])
        )
        if support < config.support_least:
            found["unsupported"] = None
        out.append(Judgement(support=support, supported=not found, problems=tuple(found)))
    return out


def _judgement(verdict: Verdict) -> Judgement:
    return Judgement(
        support=verdict.support,
        supported=verdict.supported,
        problems=tuple(dict.fromkeys(f.problem for f in verdict.findings)),
    )


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
