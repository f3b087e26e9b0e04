"""One round's drafts settled: sentence by sentence, or first as a whole text.

Called by `pipeline`, which knows when; how a draft is judged is `verify`'s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from summarizer import compose as composing
from summarizer import verify, write
from summarizer.backends import Commission, Composer, Encoder, Judge
from summarizer.embed import encode
from summarizer.story import Dropped, Planned
from summarizer.work import Work

Claim = tuple[Work, int, Planned]
"""A planned claim of a story: its work, the claim's index there, and the plan."""


def settle(
    claims: Sequence[Claim],
    drafts: Sequence[Sequence[str]],
    encoder: Encoder,
    judge: Judge,
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
        judge,
        claims[0][0].config,
    )


def compose(
    claims: Sequence[Claim], composer: Composer, encoder: Encoder, judge: Judge
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
    settled = settle(sentences, drafts, encoder, judge, cuts=False)
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
