"""One round's drafts settled: sentence by sentence, or first as a whole text.

Called by `pipeline`, which knows when; how a draft is judged is `verify`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from summarizer import compose as composing
from summarizer import days, differing, introduce, plan, verify, write
from summarizer.backends import Commission, Composer, Encoder, Writer
from summarizer.embed import encode
from summarizer.nlp import parse
from summarizer.sources import Verify
from summarizer.story import CitedSentence, Dropped, Method, Planned
from summarizer.verification.checks import Source, findings
from summarizer.work import Work

Claim = tuple[Work, int, Planned]
"""A planned claim of a story: its work, the claim's index there, and the plan."""


def settle(
    claims: Sequence[Claim],
    drafts: Sequence[Sequence[str]],
    encoder: Encoder,
    judged: Verify,
    *,
    cuts: bool = True,
) -> list[verify.Settled]:
    """Settle each claim with its drafts, all stories together.

    cuts: whether sentences of the claim, trimmed or whole, are tried where its drafts fail.
    """
    if not claims:
        return []
    tried = [
        verify.candidates(p, d, w.grouped.embedded, w.config)
        for (w, _, p), d in zip(claims, drafts, strict=True)
    ]
    if not cuts:
        tried = [o[: max(1, len(d))] for o, d in zip(tried, drafts, strict=True)]
    written = encode([c.text for o in tried for c in o if c.row is None], encoder)
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
        judged,
        claims[0][0].config,
    )


def differ(work: Work, outcome: verify.Settled, encoder: Encoder) -> verify.Settled:
    """The outcome, or one sentence with both tolls where it gives another than is told.

    Once that is told, no further sentence that rests on either count is: nothing is kept of it.
    """
    if outcome.sentence is None or not outcome.sentence.citations:
        return outcome
    own = outcome.sentence.citations[:1]
    for difference in work.disagreements:
        mine = differing.sides(difference, own)
        text = differing.wording(difference)
        if not mine or text is None:
            continue
        opening = differing.opening(difference)
        if any(s.text.startswith(opening) for _, s in work.sentences):
            return replace(outcome, sentence=None, vector=None)
        told = [differing.sides(difference, s.citations[:1]) for _, s in work.sentences]
        if not any(other - mine for other in told):
            continue
        citations = tuple(c for v in difference.values for c in v.citations[:2])
        # That they differ is ours to say; every figure and name of it must be theirs.
        parsed, *held = parse([text, *(c.text for c in citations)])
        if findings(parsed, [Source(p) for p in held]):
            continue
        sentence = CitedSentence(
            text=text, method="fused", support=1.0, independent_sources=1, citations=citations
        )
        return replace(outcome, sentence=sentence, vector=encode([text], encoder)[0])
    return outcome


def place(works: Sequence[Work], judged: Verify) -> None:
    """Let each summary so far stand on its own: who is who, and which day, at first mention."""
    for work in works:
        order = work.in_order()
        told = [work.sentences[i][1] for i in order]
        for found in introduce.introductions(told, work.grouped):
            at = order[found.index]
            planned, sentence = work.sentences[at]
            longer = verify.extended(sentence, found.text, found.row, work.grouped, judged)
            work.sentences[at] = (planned, longer)
        _date(work, order, judged)


def _date(work: Work, order: Sequence[int], judged: Verify) -> None:
    """Give each weekday its date at first mention, where the cited articles' own dates show it."""
    published = {a.id: a.published for a in work.story.articles}
    known: set[str] = set()
    for place in order:
        planned, sentence = work.sentences[place]
        found = days.resolve(sentence, published, known)
        if found is None:
            continue
        text, written, weekday = found
        known.add(weekday)
        evidence = [*(c.text for c in sentence.citations), written]
        [verdict] = verify.judgements([(text, evidence)], judged)
        if not verdict.problems:
            dated = sentence.model_copy(update={"text": text, "method": _no_longer(sentence)})
            work.sentences[place] = (planned, dated)


def _no_longer(sentence: CitedSentence) -> Method:
    """How a sentence is made once a word of ours is in it: what was quoted is quoted no more."""
    return "trimmed" if sentence.method == "quoted" else sentence.method


def entitle(works: Sequence[Work], writer: Writer | None, encoder: Encoder, judged: Verify) -> None:
    """Give each finished story a headline in words of its own, where a draft of one holds."""
    works = [w for w in works if w.sentences]
    if writer is None or not works:
        return
    plans = []
    for work in works:
        lead = work.sentences[work.in_order()[0]][0]
        titles = plan.headlines(work.grouped, work.disputed)[: work.config.evidence_rows - 1]
        plans.append(replace(lead, rows=tuple(dict.fromkeys((*titles, *lead.rows[:1])))))
    briefs = [
        write.title_brief(
            w.story.id, [w.grouped.embedded.sentences[r].text for r in p.rows], w.config
        )
        for w, p in zip(works, plans, strict=True)
    ]
    drafts = write.write(briefs, writer, works[0].config.title_drafts)
    tried = [
        [
            verify.Candidate(d, "fused", drafted=True, title=True)
            for d in found
            if plan.heads(d) and plan.impartial(d, work.disputed)
        ]
        for work, found in zip(works, drafts, strict=True)
    ]
    vectors = iter(encode([c.text for options in tried for c in options], encoder))
    asked = [
        (w, (w.grouped, p, options, np.stack([next(vectors) for _ in options])))
        for w, p, options in zip(works, plans, tried, strict=True)
        if options
    ]
    settled = verify.settle([claim for _, claim in asked], judged, works[0].config) if asked else []
    for (work, _), outcome in zip(asked, settled, strict=True):
        work.dropped.extend(outcome.dropped)
        if outcome.reworded or (outcome.sentence is not None and work.headline() is None):
            work.title = outcome.sentence


def compose(
    claims: Sequence[Claim], composer: Composer, encoder: Encoder, judged: Verify
) -> list[Claim]:
    """Have each story's claims told in one text, and take of it what holds.

    A composed sentence is settled like any draft, over the source sentences of all claims that its
    marks name. Returns the claims that are still to tell: those that the text leaves out, those
    of sentences that fell, and all claims of a story's later rounds.
    """
    stories: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim[0].rounds == 1:
            stories.setdefault(id(claim[0]), []).append(claim)
    asked = [sorted(own, key=lambda claim: claim[2].order) for own in stories.values()]
    texts = composer.compose([_commission(own) for own in asked]) if asked else []
    sentences: list[Claim] = []
    drafts: list[list[str]] = []
    others: list[list[int]] = []
    for own, text in zip(asked, texts, strict=True):
        work, plans = own[0][0], [p for _, _, p in own]
        marked = composing.marked(text, len(own))
        work.dropped.extend(
            Dropped(text=m.text, problems=("unsupported",)) for m in marked if not m.claims
        )
        told = [m for m in marked if m.claims]
        for sentence, order in zip(told, composing.orders(told, plans), strict=True):
            indices = [own[c][1] for c in sentence.claims]
            joined = composing.joined([plans[c] for c in sentence.claims], order)
            sentences.append((work, indices[0], joined))
            drafts.append([sentence.text])
            others.append(indices[1:])
    settled = settle(sentences, drafts, encoder, judged, cuts=False)
    done: set[tuple[int, int]] = set()
    fell: dict[tuple[int, int], float] = {}
    for (work, index, planned), more, outcome in zip(sentences, others, settled, strict=True):
        before = len(work.sentences)
        work.take(index, planned, outcome)
        if outcome.sentence is not None:
            done.update((id(work), i) for i in (index, *more))
        else:
            fell.setdefault((id(work), index), planned.order)
        if len(work.sentences) > before:
            work.told.extend(more)
    # What is told in place of a sentence that fell stands where that stood.
    return [
        (work, index, replace(planned, order=fell.get((id(work), index), planned.order)))
        for work, index, planned in claims
        if (id(work), index) not in done
    ]


def _commission(own: Sequence[Claim]) -> Commission:
    work, planned = own[0][0], [p for _, _, p in own]
    evidence = [work.grouped.embedded.sentences[r].text for p in planned for r in p.rows]
    seed = write.seed_of(work.story.id, work.config.seed, evidence)
    return composing.commission(
        work.grouped.embedded, planned, work.config.words, seed, work.config
    )
