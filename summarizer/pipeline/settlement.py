"""A wording settled by what carries it: kept with its citations, or dropped with a reason.

What is printed beside a sentence is exactly what it was checked against here. Which source
sentences carry it is found by `citations`, whether they do by `verification`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from summarizer import citations
from summarizer.backends import Vectors
from summarizer.config import Config
from summarizer.generation.lost_speakers import with_speaker
from summarizer.generation.pruned import pruned
from summarizer.nlp import cuts, parse, well_formed
from summarizer.nlp.overlap import words_of
from summarizer.schema import Citation, CitedSentence, Dropped, Method, SourceSentence
from summarizer.types import Asked, Carried, Embedded, Grouped, Planned, Verify
from summarizer.verification.judgement import judgements
from summarizer.verification.verifier import Verifier


@dataclass(frozen=True, slots=True)
class Candidate:
    """One wording of a planned claim, to be settled.

    row: the source sentence it was cut from, or None for a wording of our own.
    composed: whether a model wrote it; what it only cut out of a sentence has that one's row too.
    """

    text: str
    method: Method
    row: int | None = None
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a planned claim: a sentence or nothing, and the refused wordings.

    fault: what is wrong with the last refused one, in words. mended: that one with its speaker
    behind it, where it only lacked that, or without the parts at fault; to be settled anew.
    """

    sentence: CitedSentence | None
    vector: NDArray[np.float32] | None
    dropped: tuple[Dropped, ...]
    fault: str | None = None
    mended: str | None = None

    @property
    def nothing(self) -> Settled:
        """What was refused, without what was kept."""
        return replace(self, sentence=None, vector=None)

    def or_else(self, other: Settled) -> Settled:
        """The other one if it has a sentence, else this one; refused wordings of both are kept."""
        dropped = tuple(dict.fromkeys((*self.dropped, *other.dropped)))
        return replace(self if other.sentence is None else other, dropped=dropped)


_NAMED = 0.65
"""Support that a sentence needs with a name of ours put into it."""

_NEAREST = 4
"""Sentences by which a text that nothing carries is judged."""


def candidates(planned: Planned, embedded: Embedded, config: Config) -> list[Candidate]:
    """The wordings of a claim that its own source sentences give, in order, trimmed or whole."""
    tried: list[Candidate] = []
    for r in planned.rows:
        if len(tried) >= config.verification.fallbacks:
            break
        sentence = embedded.sentences[r]
        trimmed = well_formed.trim(sentence.text)
        if not well_formed.stands(trimmed):
            continue
        method: Method = "quoted" if trimmed == sentence.text else "trimmed"
        tried.append(Candidate(trimmed, method, r))
    if not tried:
        first = planned.rows[0]
        tried.append(Candidate(embedded.sentences[first].text, "quoted", first))
    return tried


def composed_candidate(text: str, rows: Sequence[int], embedded: Embedded) -> Candidate:
    """A sentence that a model wrote; a copy of one of source sentences `rows` is called so."""
    for r in rows:
        source = embedded.sentences[r].text
        if is_within(text, source):
            method: Method = "quoted" if text == source else "trimmed"
            return Candidate(text, method, r, composed=True)
    return Candidate(text, "fused", composed=True)


def is_within(text: str, source: str) -> bool:
    """Whether the words of `text` are words of `source` in the same order, none added."""
    words = iter(words_of(source))
    return all(any(w == other for other in words) for w in words_of(text))


@dataclass(eq=False, slots=True)
class _Open:
    """A planned claim being settled: its candidates in order, what holds, what was refused."""

    grouped: Grouped
    planned: Planned
    tried: list[Candidate]
    vectors: Vectors
    scores: citations.Scores
    sentence: CitedSentence | None = None
    vector: NDArray[np.float32] | None = None
    dropped: list[Dropped] = field(default_factory=list)
    fault: str | None = None
    mended: str | None = None


_Asked = tuple[_Open, int]
"""A claim and the place of one of its candidates."""


def settle(
    claims: Sequence[tuple[Grouped, Planned, Sequence[Candidate], Vectors]],
    judged: Verify,
    config: Config,
) -> list[Settled]:
    """For each planned claim take the first candidate that its final citations carry.

    claims: (grouped, planned, candidates, (n_candidates, dim) vectors of the candidates' texts).
    judged: `verifying` of a judge, or one that remembers. The claims' first candidates are judged
    together, each with the sentences that will be cited, then the second of those that failed, and
    so on. What fails is reported with its problems; a claim none of whose wordings holds is
    dropped.
    """
    open_ = [
        _Open(grouped, planned, list(tried), vectors, scores)
        for (grouped, planned, tried, vectors), scores in zip(claims, _scores(claims), strict=True)
    ]
    for k in range(max((len(c.tried) for c in open_), default=0)):
        _try([(c, k) for c in open_ if c.sentence is None and k < len(c.tried)], judged, config)
    return [Settled(c.sentence, c.vector, tuple(c.dropped), c.fault, c.mended) for c in open_]


def _try(asked: Sequence[_Asked], judged: Verify, config: Config) -> None:
    """Find for candidates what carries them, and judge them by it; each claim keeps what holds."""
    searches = []
    for claim, k in asked:
        sentences = claim.grouped.embedded.sentences
        near = citations.candidates(claim.scores[k], sentences)
        rows = tuple(dict.fromkeys((*claim.planned.rows, *near)))
        searches.append(Asked(claim.tried[k].text, rows, sentences, own=claim.tried[k].row))
    for (claim, k), carried in zip(asked, carriers_of(searches, judged), strict=True):
        _decide(claim, k, carried, config)


def carriers_of(searches: Sequence[Asked], judged: Verify) -> list[Carried]:
    """What carries each text; one that nothing carries is judged by its best rows all the same.

    So that whoever wrote it is told which of its words are at fault.
    """
    found = citations.carriers(searches, judged, Verifier(None).verify)
    bare = [i for i, carried in enumerate(found) if carried.verdict is None]
    pairs = []
    for i in bare:
        asked = searches[i]
        rows = tuple(dict.fromkeys((*asked.cited, *asked.rows)))[:_NEAREST]
        pairs.append((asked.text, tuple(asked.sentences[r].text for r in rows)))
    for i, verdict in zip(bare, judged(pairs), strict=True):
        if not verdict.supported:  # else what contradicts it stands among these rows
            found[i] = replace(found[i], verdict=verdict)
    return found


def _scores(
    claims: Sequence[tuple[Grouped, Planned, Sequence[Candidate], Vectors]],
) -> list[citations.Scores]:
    """Each claim's (n_candidates, n_sentences) scores; a story's claims are cited in one call."""
    stories: dict[int, list[int]] = {}
    for i, (grouped, *_) in enumerate(claims):
        stories.setdefault(id(grouped), []).append(i)
    found: dict[int, citations.Scores] = {}
    for indices in stories.values():
        grouped = claims[indices[0]][0]
        usable = np.array([s.article not in grouped.strangers for s in grouped.embedded.sentences])
        texts = [c.text for i in indices for c in claims[i][2]]
        vectors = np.concatenate([claims[i][3] for i in indices])
        scores = citations.cite(texts, vectors, grouped.embedded) * usable
        start = 0
        for i in indices:
            end = start + len(claims[i][2])
            found[i] = scores[start:end]
            start = end
    return [found[i] for i in range(len(claims))]


def _decide(claim: _Open, k: int, carried: Carried, config: Config) -> None:
    """Note why a candidate is refused, or keep it."""
    candidate, scores, rows = claim.tried[k], claim.scores[k], carried.rows
    sentences = claim.grouped.embedded.sentences
    objection = _objection(candidate, carried, [sentences[r].text for r in rows], config)
    if objection is not None:
        claim.dropped.append(objection)
        claim.fault = _in_words(objection, carried)
        if candidate.composed:
            claim.mended = _mended(
                candidate.text, objection, carried, [sentences[r].text for r in rows]
            )
        return
    support = carried.verdict.support if carried.verdict is not None else 0.0
    claim.vector = claim.vectors[k]
    claim.sentence = CitedSentence(
        text=candidate.text,
        method=candidate.method,
        support=support,
        independent_sources=independent(claim.grouped, carried),
        primary=claim.grouped.primary(carried.confirming),
        citations=tuple(
            Citation.of(sentences[r], 1.0 if r == candidate.row else float(scores[r])) for r in rows
        ),
    )


def _objection(
    candidate: Candidate, carried: Carried, sources: Sequence[str], config: Config
) -> Dropped | None:
    """Why a candidate cannot stand beside its sources; None where it can."""
    verdict = carried.verdict
    if not carried.rows or verdict is None:
        found = verdict.findings if verdict is not None else ()
        problems = tuple(dict.fromkeys(f.problem for f in found)) or ("unsupported",)
        rules = tuple(dict.fromkeys(f.rule for f in found)) or ("whole.unsupported",)
        return Dropped(text=candidate.text, problems=problems, rules=rules)
    if not candidate.composed:
        return None
    if candidate.method != "quoted" and verdict.reservations:
        # A composer can be asked again, or its sources be quoted: nothing doubtful need stand.
        doubts = tuple(dict.fromkeys(f.problem for f in verdict.reservations))
        rules = tuple(f"draft.{problem}" for problem in doubts)
        return Dropped(text=candidate.text, problems=doubts, rules=rules)
    if verdict.support < _least(candidate, config):
        rule: str | None = "draft.unsure"
    else:
        rule = _unreadable(candidate, sources)
    if rule is None:
        return None
    return Dropped(text=candidate.text, problems=("unsupported",), rules=(rule,))


def _least(candidate: Candidate, config: Config) -> float:
    """The support that a composed sentence needs: a fused one hides most, and needs more.

    Where it falls, its sources are quoted; so little is lost.
    """
    limits = config.verification
    return limits.fused_support if candidate.method == "fused" else limits.composed_support


def _mended(text: str, objection: Dropped, carried: Carried, sources: Sequence[str]) -> str | None:
    """A refused sentence with its speaker, or without what is at fault, if it can be either."""
    verdict = carried.verdict
    findings = (*verdict.findings, *verdict.reservations) if verdict is not None else ()
    spoken = bool(findings) and all(f.problem == "speaker" for f in findings)
    if spoken and (named := with_speaker(text, parse(sources))) is not None:
        return named
    spans = [(f.start, f.end) for f in findings if spoken or f.problem != "speaker"]
    return pruned(text, [(a, b) for a, b in spans if a < b < len(text)])


# "draft" is a composed sentence: these ids stand in the JSON of summaries, and so they stay.
_FAULTS = {
    "draft.dangles": "its first words point at something before it; name who or what is meant",
    "draft.fragment": "it is no whole sentence",
    "draft.cut": "it leaves out the day, or among what something is the first or the most",
}


def _in_words(objection: Dropped, carried: Carried) -> str:
    """What is wrong with a sentence, as whoever wrote it is told."""
    verdict = carried.verdict
    findings = (*verdict.findings, *verdict.reservations) if verdict is not None else ()
    for found in findings:
        if found.end > found.start and found.end - found.start < len(objection.text):
            words = objection.text[found.start : found.end]
            if found.problem == "speaker":
                return f"the reports give {words!r} as somebody's word; name who says it"
            instead = f"; they say: {found.instead}" if found.instead else ""
            return f"{words!r} is not what the reports say{instead}"
    return _FAULTS.get(objection.rules[0], "the reports do not say all of it")


def _unreadable(candidate: Candidate, sources: Sequence[str]) -> str | None:
    """The rule by which a true sentence still cannot stand in a text, or None.

    A composer writes whole sentences, each once; where a rule sees none, the rule is wrong more
    often. What it cut out of one source sentence is looked at all the same.
    """
    if not well_formed.stands(candidate.text):
        return "draft.dangles"
    if candidate.method != "trimmed":
        return None
    [parsed] = parse([candidate.text])
    if well_formed.fragment(parsed):
        return "draft.fragment"
    whole = parse([s for s in sources if is_within(candidate.text, s)][:1])
    return "draft.cut" if any(cuts.loses(w, candidate.text) for w in whole) else None


def independent(grouped: Grouped, carried: Carried) -> int:
    """How many sources carry the whole text by themselves, copies and shared primaries once."""
    return grouped.independent(carried.confirming) if carried.full else 1


def extended(
    sentence: CitedSentence,
    text: str,
    row: int,
    grouped: Grouped,
    judged: Verify,
) -> CitedSentence:
    """The sentence in a wording that rests on source sentence `row` too, if all of it holds.

    By all its citations, else by the first of them. Where it does not, the sentence as it was.
    """
    more = Citation.of(grouped.embedded.sentences[row], 1.0)
    for given in (sentence.citations, sentence.citations[:1]):
        known = any((c.article, c.start) == (more.article, more.start) for c in given)
        cited = given if known else (*given, more)
        [verdict] = judgements([(text, [c.text for c in cited])], judged)
        if verdict.supported and verdict.support >= _NAMED:
            changes = {
                "text": text,
                "method": "fused",
                "support": verdict.support,
                "citations": cited,
            }
            return sentence.model_copy(update=changes)
    return sentence


def quoted(source: SourceSentence, text: str | None = None) -> CitedSentence:
    """A source sentence (or an article's title) as the summary's, whole or cut to `text`."""
    told = source.text if text is None else text
    return CitedSentence(
        text=told,
        method="quoted" if told == source.text else "trimmed",
        support=1.0,
        independent_sources=1,
        citations=(Citation.of(source, 1.0),),
    )
