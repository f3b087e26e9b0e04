"""A writer's own drafts that verification passes, as pairs for a second round of training.

Rejection sampling: what the writer can say and its sources carry is what it is taught to say
more often. Nothing is trained here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from summarizer import rounds, verify, write
from summarizer.errors import BadInput
from summarizer.pipeline import Progress, Summarizer
from summarizer.story import Story
from summarizer.work import Work

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
        works = [Work.of(summarizer.prepare(s), summarizer.config) for s in chunk]
        claims = [(work, i, planned) for work in works for i, planned in work.next_claims()]
        briefs = [write.brief(w.story.id, w.grouped.embedded, p, w.config) for w, _, p in claims]
        written = write.write(briefs, summarizer.writer, drafts)
        asked = [(k, draft) for k, found in enumerate(written) for draft in found]
        settled = rounds.settle(
            [claims[k] for k, _ in asked],
            [[draft] for _, draft in asked],
            summarizer.encoder,
            verify.verifying(summarizer.judge_model, summarizer.config),
            cuts=False,
        )
        refused: dict[int, list[str]] = {}
        for (k, draft), outcome in zip(asked, settled, strict=True):
            if outcome.dropped:
                refused.setdefault(k, []).append(draft)
        for (k, draft), outcome in zip(asked, settled, strict=True):
            if outcome.reworded:
                yield {
                    "id": claims[k][0].story.id,
                    "sources": list(briefs[k].evidence),
                    "fused": draft,
                    "kind": "own",
                    "refused": refused.get(k, []),
                }
        done += len(chunk)
        progress("writing", done, 0)
