"""Which sentences make one claim.

Linear in the number of sentences: the number of leaders is bounded, and each is compared with all
sentences once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.evidence.duplicates import copies, passages
from summarizer.evidence.outdated import latest, outdated
from summarizer.evidence.outliers import opinions, strangers
from summarizer.evidence.provenance import primaries
from summarizer.nlp import parse, well_formed
from summarizer.nlp.commentary import Commentary, chance
from summarizer.nlp.denials import denies
from summarizer.nlp.words import bag, tf_idf
from summarizer.types import (
    Embedded,
    Evidence,
    Grouped,
    independent_sources,
    shared_primary,
    unit_mean,
)


def salience_of_rows(embedded: Embedded, config: Config) -> NDArray[np.float64]:
    """How likely each sentence is to matter, before anything is grouped: (n_sentences,) float64.

    Cosine to the story's centre (every article weighs the same) plus a share for an early place.
    """
    by_article: dict[str, list[int]] = defaultdict(list)
    for row, s in enumerate(embedded.sentences):
        by_article[s.article].append(row)
    means = np.stack([unit_mean(embedded.vectors[rows]) for rows in by_article.values()])
    centre = unit_mean(means)
    early = np.array([1.0 / (2.0 + max(s.position, 0)) for s in embedded.sentences])
    scores: NDArray[np.float64] = (embedded.vectors @ centre).astype(
        np.float64
    ) + config.claims.early_weight * early
    return scores


def _in_words(texts: Sequence[str], leaders: Sequence[int]) -> Iterator[NDArray[np.float64]]:
    """For each leader (an index of `texts`) the tf-idf cosine to every text: (n_texts,) in [0, 1].

    Vectors see what a sentence is about, words whether it says the same. Each word is looked up
    only where it stands, so time grows with the words.
    """
    weights = tf_idf([bag(text) for text in texts])
    holders: dict[str, list[int]] = defaultdict(list)
    held: dict[str, list[float]] = defaultdict(list)
    for i, own in enumerate(weights):
        for w, x in own.items():
            holders[w].append(i)
            held[w].append(x)
    posted = {w: (np.array(holders[w]), np.array(held[w])) for w in holders}
    for leader in leaders:
        scores = np.zeros(len(texts))
        for w, x in weights[leader].items():
            rows, values = posted[w]
            scores[rows] += x * values
        yield scores


def group(
    embedded: Embedded,
    articles: Sequence[str],
    config: Config,
    *,
    set_aside: Iterable[str] = (),
    printed: Embedded | None = None,
    commentary: Commentary | None = None,
    published: Mapping[str, str | None] | None = None,
) -> Grouped:
    """Gather the sentences that make the same claim, in one pass over bounded leaders.

    embedded.vectors: (n_sentences, dim) float32, rows of unit length.
    articles: ids in the story's order. set_aside: ids that take no part (empty articles).
    printed: the story with what was corrected since, where that is left out of `embedded`: what an
    article is about is told by all that it printed. commentary: of the sentences; None for what the
    listed loaded words alone tell. published: article id -> ISO 8601 where known.
    The most salient sentence not yet in a group leads the next one; every sentence at
    least `Config.claims.likeness` alike joins, the best `rows_per_article` of each article. At
    most `Config.claims.most` sentences lead; what was not considered is said in `warnings`. Returns
    groups in the order of their leaders' salience; the order of the articles changes nothing but
    ties.
    """
    sentences = embedded.sentences
    passage = passages(sentences, config)
    primary = primaries(sentences)
    copied = copies(sentences, passage, config)
    strange, warnings = strangers(printed or embedded, articles, copied, config)
    aside = set(strange) | set(set_aside)
    usable = [
        row for row, s in enumerate(sentences) if s.article not in aside and s.field == "text"
    ]
    argued = opinions(embedded, aside)
    voice = commentary or Commentary.listed([s.text for s in sentences])
    told = [
        [r for r in rows if sentences[r].field == "text"]
        for a, rows in embedded.article_rows.items()
        if a not in aside
    ]
    voice = voice.by_article([rows for rows in told if rows], config.commentary)
    warnings += tuple(
        f"article {a!r} reads as an opinion piece; what it says on its own word is not told as fact"
        for a in articles
        if a in argued
    )
    grouped = Grouped(
        embedded,
        (),
        copied,
        strange,
        passage,
        warnings,
        argued,
        voice.comments(config.commentary.comment),
        chance(voice.coloured),
        primary,
        outdated(sentences, published or {}),
        latest({a: at for a, at in (published or {}).items() if a not in aside}),
    )
    if not usable:
        return grouped
    scores = salience_of_rows(embedded, config)
    usable.sort(key=lambda r: (-scores[r], r))
    leaders = [r for r in usable if _leads(sentences[r].text, config)] or usable
    considered = leaders[: config.claims.most]
    if len(leaders) > len(considered):
        warnings += (
            f"{len(leaders) - len(considered)} of {len(leaders)} sentences were considered only "
            "as support for others, since the story is very long",
        )
    evidence = []
    for rows in _gathered(embedded, usable, considered, config):
        held = {sentences[r].article for r in rows}
        evidence.append(
            Evidence(
                rows=rows,
                articles=tuple(a for a in articles if a in held),
                independent=independent_sources(rows, sentences, passage, copied, primary),
                primary=shared_primary(rows, sentences, primary),
            )
        )
    return replace(grouped, evidence=tuple(evidence), warnings=warnings)


def _leads(text: str, config: Config) -> bool:
    """Whether a sentence is long enough to make a claim; who denies one says so in few words."""
    if well_formed.words(text) >= config.claims.least_words:
        return True
    [parsed] = parse([text])
    return denies(parsed)


def _gathered(
    embedded: Embedded, usable: Sequence[int], leaders: Sequence[int], config: Config
) -> Iterator[tuple[int, ...]]:
    """The rows of each claim, its leader first, then the most alike.

    usable: all rows that take part. leaders: those of them that may lead, in their order.
    """
    sentences, claims = embedded.sentences, config.claims
    column = {row: j for j, row in enumerate(usable)}
    nearness = embedded.vectors[list(leaders)] @ embedded.vectors[list(usable)].T
    in_words = _in_words([sentences[r].text for r in usable], [column[r] for r in leaders])
    taken: set[int] = set()
    for leader, near, words in zip(leaders, nearness, in_words, strict=True):
        if leader in taken:
            continue
        like = (1 - claims.words_share) * near + claims.words_share * words
        close = np.flatnonzero((like >= claims.likeness) & (near >= claims.least_cosine))
        rows, per_article = [leader], Counter({sentences[leader].article: 1})
        for m in close[np.argsort(-like[close], kind="stable")].tolist():
            row, article = usable[m], sentences[usable[m]].article
            if row != leader and per_article[article] < claims.rows_per_article:
                rows.append(row)
                per_article[article] += 1
        taken |= {leader, *(r for r in rows[1:] if near[column[r]] >= claims.same_sentence)}
        yield tuple(rows)
