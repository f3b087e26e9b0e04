"""A writer's own drafts that verification passes, as pairs for a second round of training.

Rejection sampling: what the writer can say and its sources carry is what it is taught to say
more often. Nothing is trained here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from summarizer.api import Summarizer
from summarizer.citations import Remembered
from summarizer.errors import BadInput
from summarizer.generation import drafts as drafting
from summarizer.pipeline.account import Account
from summarizer.pipeline.rounds import Claim, Models, settle
from summarizer.schema import Story
from summarizer.types import Progress
from summarizer.verification.judgement import verifying

_TOGETHER = 16  # stories whose drafts are written in one batch


def own_pairs(
    stories: Iterable[Story], summarizer: Summarizer, drafts: int, progress: Progress
) -> Iterator[dict[str, object]]:
    """Ready pairs (see files.read_pairs) of all drafts that hold and are in words of their own.

    drafts: asked of each planned claim. What a draft rests on is what the writer was shown;
    "refused" holds the claim's drafts that verification refused.
    Raises BadInput where the summarizer has no writer.
    """
    if summarizer.writer is None:
        raise BadInput("a model without a writer has no drafts; name one that writes")
    source, done = iter(stories), 0
    while chunk := list(islice(source, _TOGETHER)):
        accounts = [Account.of(summarizer.prepare(s), summarizer.config) for s in chunk]
        claims = [
            Claim(i, index, planned)
            for i, account in enumerate(accounts)
            for index, planned in account.planned()[1]
        ]
        briefs = [
            drafting.brief(a.prepared.story.id, a.prepared.grouped.embedded, c.planned, a.config)
            for c in claims
            for a in (accounts[c.story],)
        ]
        written = drafting.write(briefs, summarizer.writer, drafts)
        asked = [(k, draft) for k, found in enumerate(written) for draft in found]
        judged = Remembered(verifying(summarizer.judge_model, summarizer.config))
        settled = settle(
            accounts,
            [claims[k] for k, _ in asked],
            [[draft] for _, draft in asked],
            Models(summarizer.encoder, summarizer.writer, None, judged),
            cuts=False,
        )
        refused: dict[int, list[str]] = {}
        for (k, draft), outcome in zip(asked, settled, strict=True):
            if outcome.dropped:
                refused.setdefault(k, []).append(draft)
        for (k, draft), outcome in zip(asked, settled, strict=True):
            if outcome.reworded:
                yield {
                    "id": accounts[claims[k].story].prepared.story.id,
                    "sources": list(briefs[k].evidence),
                    "fused": draft,
                    "kind": "own",
                    "refused": refused.get(k, []),
                }
        done += len(chunk)
        progress("writing", done, 0)
