"""A draft settled by what carries it: kept with its citations, replaced, or dropped with a reason.

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
from summarizer.nlp import cuts, parse, well_formed
from summarizer.nlp.overlap import is_copied, longest_run, words_of
from summarizer.nlp.words import content
from summarizer.schema import Citation, CitedSentence, Dropped, Method, SourceSentence
from summarizer.types import Asked, Carried, Embedded, Grouped, Planned, Verify
from summarizer.verification.judgement import judgements
from summarizer.verification.verifier import Verifier


@dataclass(frozen=True, slots=True)
class Candidate:
    """One wording of a planned claim, to be settled.

    row: the source sentence it was cut from, or None for a wording of our own.
    drafted: whether a writer wrote it; what it only cut out of a sentence has that one's row too.
    title: whether it is a headline, which need not be a whole sentence. composed: whether it is of
    a whole text, and need not tell all of a claim.
    """

    text: str
    method: Method
    row: int | None = None
    drafted: bool = False
    title: bool = False
    composed: bool = False


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a planned claim: a sentence or nothing, and the refused drafts.

    merit: 0 for nothing; 1 to 2 for a source sentence, trimmed or whole; 2 to 3 for a draft that
    mostly copies, 3 to 4 for one in words of its own; within each, more for more support and for
    more of the claim told. fault: what is wrong with the last refused draft, in words.
    with_speaker: that draft with its speaker behind it, where it only lacked that.
    """

    sentence: CitedSentence | None
    vector: NDArray[np.float32] | None
    dropped: tuple[Dropped, ...]
    merit: float = 0.0
    fault: str | None = None
    with_speaker: str | None = None

    @property
    def reworded(self) -> bool:
        """Whether what was kept is in words of its own, not trimmed or joined from its sources."""
        return self.merit >= _REWORDED

    @property
    def nothing(self) -> Settled:
        """What was refused, without what was kept."""
        return replace(self, sentence=None, vector=None, merit=0.0)

    def or_better(self, other: Settled) -> Settled:
        """The one of both with more merit, this one if equal; refused drafts of both are kept."""
        dropped = tuple(dict.fromkeys((*self.dropped, *other.dropped)))
        best = other if other.merit > self.merit else self
        return replace(best, dropped=dropped)


_CUT, _DRAFTED, _REWORDED = 1.0, 2.0, 3.0

_NAMED = 0.65
"""Support that a sentence needs with a name of ours put into it."""

_NEAREST = 4
"""Sentences by which a text that nothing carries is judged."""


def candidates(
    planned: Planned, drafts: Sequence[str], embedded: Embedded, config: Config
) -> list[Candidate]:
    """The wordings to try in order: each draft, then trimmed from one sentence, then quoted.

    A draft that only repeats (part of) one source sentence is called what it is.
    """
    tried: list[Candidate] = []
    sources = [embedded.sentences[r].text for r in planned.read]
    for draft in map(stopped, drafts):
        row = next((i for i, s in enumerate(sources) if is_within(draft, s)), None)
        if row is None:
            tried.append(Candidate(draft, "fused", drafted=True))
        elif draft not in sources and well_formed.stands(draft) and row < len(planned.rows):
            tried.append(Candidate(draft, "trimmed", planned.read[row], drafted=True))
    cuts = len(tried) + config.verification.fallbacks
    for r in planned.rows:
        if len(tried) >= cuts:
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


def stopped(draft: str) -> str:
    """A draft with a full stop where it has no end mark."""
    plain = draft.rstrip()
    return plain if plain.endswith((".", "!", "?", '"', "”", "'", "’")) else f"{plain}."


def is_within(draft: str, source: str) -> bool:
    """Whether the words of `draft` are words of `source` in the same order, none added."""
    words = iter(words_of(source))
    return all(any(w == other for other in words) for w in words_of(draft))


@dataclass(eq=False, slots=True)
class _Open:
    """A planned claim being settled: its candidates in order, and those that were refused."""

    grouped: Grouped
    planned: Planned
    tried: list[Candidate]
    vectors: Vectors
    scores: citations.Scores
    best: Settled | None = None
    dropped: list[Dropped] = field(default_factory=list)
    fault: str | None = None
    with_speaker: str | None = None


_Asked = tuple[_Open, int]
"""A claim and the place of one of its candidates."""


def settle(
    claims: Sequence[tuple[Grouped, Planned, Sequence[Candidate], Vectors]],
    judged: Verify,
    config: Config,
) -> list[Settled]:
    """For each planned claim take the best draft that its final citations carry, else a cut.

    claims: (grouped, planned, candidates, (n_candidates, dim) vectors of the candidates' texts).
    judged: `verifying` of a judge, or one that remembers. All drafts of all claims are judged
    together, each with the sentences that will be cited; of those that hold, one in its own words
    is taken before one that copies, then the better supported and fuller, then the earlier. Where
    none holds, the cuts are tried in order. What fails is reported with its problems; a claim none
    of whose wordings holds is dropped.
    """
    open_ = [
        _Open(grouped, planned, list(tried), vectors, scores)
        for (grouped, planned, tried, vectors), scores in zip(claims, _scores(claims), strict=True)
    ]
    drafts = [(c, k) for c in open_ for k, candidate in enumerate(c.tried) if candidate.drafted]
    _try(drafts, judged, config)
    cuts = [[k for k, candidate in enumerate(c.tried) if not candidate.drafted] for c in open_]
    for turn in range(max(map(len, cuts), default=0)):
        waiting = zip(open_, cuts, strict=True)
        left = [(c, ks[turn]) for c, ks in waiting if c.best is None and turn < len(ks)]
        _try(left, judged, config)
    return [
        Settled(None, None, tuple(c.dropped), fault=c.fault, with_speaker=c.with_speaker)
        if c.best is None
        else Settled(c.best.sentence, c.best.vector, tuple(c.dropped), c.best.merit)
        for c in open_
    ]


def _try(asked: Sequence[_Asked], judged: Verify, config: Config) -> None:
    """Find for candidates what carries them, and judge them by it; each claim keeps its best."""
    searches = []
    for claim, k in asked:
        sentences = claim.grouped.embedded.sentences
        near = citations.candidates(claim.scores[k], sentences)
        rows = tuple(dict.fromkeys((*claim.planned.read, *near)))
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


def _told(text: str, source: str) -> float:
    """The share of a source sentence's content words that a text has, in [0, 1]."""
    wanted = content(source)
    return len(wanted & content(text)) / len(wanted) if wanted else 1.0


def _decide(claim: _Open, k: int, carried: Carried, config: Config) -> None:
    """Note why a candidate is refused, or keep it if the claim has no better one."""
    candidate, scores, rows = claim.tried[k], claim.scores[k], carried.rows
    sentences = claim.grouped.embedded.sentences
    limits = config.verification
    objection = _objection(candidate, carried, [sentences[r].text for r in rows], config)
    if objection is not None:
        claim.dropped.append(objection)
        claim.fault = _in_words(objection, carried)
        if objection.rules == ("draft.speaker",):
            sources = parse([sentences[r].text for r in rows])
            claim.with_speaker = with_speaker(candidate.text, sources)
        return
    support = carried.verdict.support if carried.verdict is not None else 0.0
    rank = _CUT
    if candidate.drafted:
        held = [words_of(sentences[r].text) for r in dict.fromkeys((*rows, *claim.planned.read))]
        copied = candidate.row is None and longest_run(candidate.text, held) > limits.copied_run
        if copied and not candidate.composed:
            return  # an outlet's prose at length: quoting it openly is more honest
        source = candidate.row if candidate.row is not None else claim.planned.rows[0]
        least = limits.draft_told if candidate.row is None else limits.trim_told
        whole = candidate.title or candidate.composed
        if not whole and _told(candidate.text, sentences[source].text) < least:
            return  # too little of it is left: the whole says more
        rank = _DRAFTED if is_copied(candidate.text, held) else _REWORDED
    told = _told(candidate.text, sentences[claim.planned.rows[0]].text)
    merit = rank + min((support + told) / 2, 0.999)
    if claim.best is not None and claim.best.merit >= merit:
        return
    sentence = CitedSentence(
        text=candidate.text,
        method=candidate.method,
        support=support,
        independent_sources=independent(claim.grouped, carried),
        primary=claim.grouped.primary(carried.confirming),
        citations=tuple(
            Citation.of(sentences[r], 1.0 if r == candidate.row else float(scores[r])) for r in rows
        ),
    )
    claim.best = Settled(sentence, claim.vectors[k], (), merit)


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
    if not candidate.drafted:
        return None
    if candidate.method != "quoted" and verdict.reservations:
        # A writer can be asked again, or quoted: of its text nothing doubtful need stand.
        doubts = tuple(dict.fromkeys(f.problem for f in verdict.reservations))
        rules = tuple(f"draft.{problem}" for problem in doubts)
        return Dropped(text=candidate.text, problems=doubts, rules=rules)
    rule = None
    if verdict.support < _least(candidate, config):
        rule = "draft.unsure"
    elif candidate.title and len(carried.rows) > 1 and not carried.full:
        rule = "title.of_several"  # in so few words, two sources are easily confused
    elif not candidate.title:
        rule = _unreadable(candidate, sources)
    if rule is None:
        return None
    return Dropped(text=candidate.text, problems=("unsupported",), rules=(rule,))


def _least(candidate: Candidate, config: Config) -> float:
    """The support that a draft needs: a fused sentence of a fluent text hides most, and needs more.

    Where it falls, its sources are quoted; so little is lost.
    """
    limits = config.verification
    fused = candidate.composed and candidate.method == "fused"
    return limits.composed_support if fused else limits.draft_support


_FAULTS = {
    "draft.dangles": "its first words point at something before it; name who or what is meant",
    "draft.headlinese": "it is a headline and no sentence",
    "draft.fragment": "it is no whole sentence",
    "draft.cut": "it leaves out the day, or among what something is the first or the most",
    "draft.repeats": "it says the same thing twice",
}


def _in_words(objection: Dropped, carried: Carried) -> str:
    """What is wrong with a draft, as whoever wrote it is told."""
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
    """The rule by which a true draft is still no sentence that can stand in a text, or None.

    A composer writes whole sentences, each once; where a rule sees none, the rule is wrong more
    often.
    """
    if not well_formed.stands(candidate.text):
        return "draft.dangles"
    [parsed] = parse([candidate.text])
    if candidate.composed:
        if candidate.method != "trimmed":
            return None
        if well_formed.fragment(parsed):
            return "draft.fragment"
        whole = parse([s for s in sources if is_within(candidate.text, s)][:1])
        return "draft.cut" if any(cuts.loses(w, candidate.text) for w in whole) else None
    if well_formed.headlinese(parsed):
        return "draft.headlinese"
    if well_formed.fragment(parsed):
        return "draft.fragment"
    return "draft.repeats" if well_formed.repeats(parsed) else None


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

    Where it does not, the sentence as it was.
    """
    source = grouped.embedded.sentences[row]
    more = Citation.of(source, 1.0)
    cited = tuple(dict.fromkeys((*sentence.citations, more)))
    if {(c.article, c.start) for c in sentence.citations} >= {(more.article, more.start)}:
        cited = sentence.citations
    [verdict] = judgements([(text, [c.text for c in cited])], judged)
    if verdict.problems or verdict.support < _NAMED:
        return sentence
    return sentence.model_copy(
        update={
            "text": text,
            "method": "fused",
            "support": verdict.support,
            "citations": cited,
        }
    )


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
