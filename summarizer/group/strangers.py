"""Which articles of a story are about another event, and which argue instead of reporting.

Compares whole articles; which sentences make one claim is for `claims`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer import tone
from summarizer.config import Config
from summarizer.story import Embedded, unit_mean


def strangers(
    embedded: Embedded, articles: Sequence[str], copied: Mapping[str, str], config: Config
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Articles about another event, each with its reason, and warnings where it can't be told.

    Each article is compared with the centre of the others (its title and first sentences weigh
    most): it is set aside if it is far from them while they hold together. With two articles
    nobody can say which is the stranger: then there is only a warning.
    """
    heads: dict[str, NDArray[np.float32]] = {}
    by_article: dict[str, list[int]] = defaultdict(list)
    for row, s in enumerate(embedded.sentences):
        if s.position < config.stranger_sentences:
            by_article[s.article].append(row)
    for id in articles:
        if by_article[id] and id not in copied:
            heads[id] = unit_mean(embedded.vectors[by_article[id]])
    if len(heads) < 2:
        return {}, ()
    ids = list(heads)
    matrix = np.stack([heads[i] for i in ids])
    if len(ids) == 2:
        if float(matrix[0] @ matrix[1]) < config.stranger_pair:
            names = " and ".join(repr(i) for i in ids)
            return {}, (
                f"articles {names} may report different events; the summary keeps them apart "
                "only by its citations",
            )
        return {}, ()
    total = matrix.sum(axis=0)
    near = np.array([float(m @ unit_mean((total - m)[None, :])) for m in matrix])
    order = np.argsort(near, kind="stable")
    others = float(np.median(near[order[1:]]))
    found: dict[str, str] = {}
    limit = max(1, (len(ids) - 1) // 3)
    for i in order[:limit].tolist():
        if near[i] < config.stranger_floor and near[i] < others - config.stranger_gap:
            found[ids[i]] = (
                f"seems to report another event: similarity {near[i]:.2f} to the other articles, "
                f"which have {others:.2f}"
            )
    return found, ()


def opinions(embedded: Embedded, aside: Collection[str] = ()) -> frozenset[str]:
    """The articles that argue: their own word is no report. Ids in `aside` are not looked at."""
    found = set()
    for article, rows in embedded.article_rows.items():
        own = [embedded.sentences[r] for r in rows]
        title = next((s.text for s in own if s.field == "title"), "")
        texts = [s.text for s in own if s.field == "text"]
        if article not in aside and tone.opinion(title, texts) >= tone.OPINION:
            found.add(article)
    return frozenset(found)
