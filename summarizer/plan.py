"""Which claims a summary tells, in which order, within its length.

Ranks and orders groups of evidence; it neither writes nor checks a sentence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer import prose
from summarizer.config import Config
from summarizer.story import Embedded, Evidence, Grouped, Planned, unit_mean


def salience(grouped: Grouped, config: Config) -> NDArray[np.float64]:
    """How much each claim matters: (n_evidence,) float64, higher is more.

    A weighted sum of what is known to mark salient content in news: support by independent
    sources, centrality to the story (Radev et al., 2004), an early place (Lin & Hovy, 1997), and
    the names and numbers it brings.
    """
    embedded = grouped.embedded
    by_article: dict[str, list[int]] = defaultdict(list)
    for row, s in enumerate(embedded.sentences):
        if s.article not in grouped.strangers:
            by_article[s.article].append(row)
    centre = unit_mean(np.stack([unit_mean(embedded.vectors[r]) for r in by_article.values()]))
    outlets = len(set(by_article) - set(grouped.copies)) or 1
    scores = np.empty(len(grouped.evidence))
    for i, evidence in enumerate(grouped.evidence):
        central = float(embedded.vectors[evidence.rows[0]] @ centre)
        news = min(prose.information(embedded.sentences[evidence.rows[0]].text), 6) / 6
        support = (evidence.independent - 1) / max(1, outlets - 1)
        scores[i] = (
            config.central_weight * central
            + config.support_weight * support
            + config.position_weight * earliest(embedded, evidence)
            + config.information_weight * news
            - heaviness(embedded.sentences[evidence.rows[0]].text, config)
        )
    return scores


def heaviness(text: str, config: Config) -> float:
    """What speaks against a sentence in a summary: mostly somebody's words, or very long."""
    over = max(0, prose.words(text) - config.heavy_words) / 10
    return config.quotation_weight * prose.quoted_share(text) + config.length_weight * over


def leads(embedded: Embedded, row: int, config: Config) -> bool:
    """Whether a sentence may open the summary: from the top of an article, in plain statement."""
    sentence = embedded.sentences[row]
    text = prose.trim(sentence.text)
    return (
        sentence.position <= config.lead_position
        and prose.stands(text)
        and not prose.leans(text)
        and prose.quoted_share(text) < config.lead_quoted
    )


def tellers(embedded: Embedded, evidence: Evidence, config: Config, lead: bool) -> tuple[int, ...]:
    """The claim's rows, the one that tells it best first.

    First what can open the summary (for the lead), then what stands on its own, then what is not
    heavy; else as they were: the leader, then the nearest to it.
    """

    def rank(indexed: tuple[int, int]) -> tuple[bool, bool, float, int]:
        i, row = indexed
        text = embedded.sentences[row].text
        heavy = round(2 * heaviness(text, config), 1)
        fit = leads(embedded, row, config) if lead else True
        return not fit, not prose.stands(prose.trim(text)), heavy, i

    return tuple(row for _, row in sorted(enumerate(evidence.rows), key=rank))


def tellable(embedded: Embedded, evidence: Evidence) -> bool:
    """Whether some sentence of the claim can stand in a summary, as it is or trimmed."""
    return any(prose.stands(prose.trim(embedded.sentences[r].text)) for r in evidence.rows)


def plan(
    grouped: Grouped,
    config: Config,
    *,
    words: int,
    sentences: int | None = None,
    tried: Collection[int] = (),
    told: Sequence[int] = (),
) -> list[tuple[int, Planned]]:
    """Choose the next claims to tell, for about `words` words or exactly `sentences` sentences.

    tried: indices into grouped.evidence that were planned before; told: those that ended in the
    summary. Greedy by salience less redundancy (Carbonell & Goldstein, 1998): a claim as near as
    `repeat` to one already chosen is never chosen. Returns (index, Planned), best first;
    `Planned.order` gives the reading order: the lead, then as the articles themselves go.
    """
    scores = salience(grouped, config) if grouped.evidence else np.zeros(0)
    embedded = grouped.embedded
    leaders = np.array([e.rows[0] for e in grouped.evidence], dtype=np.int64)
    nearest = np.full(len(leaders), -1.0)
    for i in told:
        nearest = np.maximum(nearest, embedded.vectors[leaders] @ embedded.vectors[leaders[i]])
    telling = [tellable(embedded, e) for e in grouped.evidence]
    # Where nothing can stand on its own (three words, verse, a list), the text is quoted as it is.
    open_ = np.array(telling if any(telling) else [True] * len(telling), dtype=bool)
    open_[list(tried)] = False
    leading = np.array(
        [any(leads(embedded, r, config) for r in e.rows) for e in grouped.evidence], dtype=bool
    )
    early = np.array([earliest(embedded, e) for e in grouped.evidence])
    chosen: list[tuple[int, Planned]] = []
    total = 0
    while open_.any() and (total < words if sentences is None else len(chosen) < sentences):
        value = scores - config.redundancy_weight * np.maximum(nearest, 0.0)
        value = np.where(open_ & (nearest < config.repeat), value, -np.inf)
        is_lead = not told and not chosen
        if is_lead and np.isfinite(value[leading]).any():
            value = np.where(leading, value + config.lead_weight * early, -np.inf)
        best = int(np.argmax(value))
        if not np.isfinite(value[best]):
            break
        open_[best] = False
        evidence = grouped.evidence[best]
        order = -1.0 if is_lead else place(embedded, evidence)
        rows = tellers(embedded, evidence, config, is_lead)
        chosen.append((best, Planned(evidence, rows, order)))
        if sentences is None:
            total += prose.words(embedded.sentences[rows[0]].text)
        nearest = np.maximum(nearest, embedded.vectors[leaders] @ embedded.vectors[leaders[best]])
    return chosen


def earliest(embedded: Embedded, evidence: Evidence) -> float:
    """How near the top of an article a claim is told, in (0, 0.5]: 1 / (2 + position)."""
    return max(1.0 / (2.0 + max(embedded.sentences[r].position, 0)) for r in evidence.rows)


def place(embedded: Embedded, evidence: Evidence) -> float:
    """Where a claim stands in its articles, in [0, 1]: 0 at the top, 1 at the end; the mean."""
    places = []
    for row in evidence.rows:
        s = embedded.sentences[row]
        n = max(1, len(embedded.article_rows[s.article]) - 1)
        places.append(max(s.position, 0) / n)
    return float(np.mean(places))


def headline(grouped: Grouped) -> int | None:
    """The row of the article title that the story's titles and sentences are nearest to.

    Questions, first persons and titles of fewer than four words are passed over; None if no
    article has a title that can stand.
    """
    embedded = grouped.embedded
    centre = unit_mean(embedded.vectors)
    best: tuple[float, int] | None = None
    for row, s in enumerate(embedded.sentences):
        if s.field != "title" or s.article in grouped.strangers:
            continue
        if prose.words(s.text) < 4 or prose.asks(s.text) or prose.personal(s.text):
            continue
        near = float(embedded.vectors[row] @ centre)
        if best is None or near > best[0]:
            best = (near, row)
    return None if best is None else best[1]
