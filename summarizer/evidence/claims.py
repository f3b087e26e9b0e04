"""Which sentences make one claim.

Linear in the number of sentences: leaders are bounded, and every leader meets all sentences once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.evidence.duplicates import copies, passages
from summarizer.evidence.outliers import opinions, strangers
from summarizer.evidence.provenance import primaries
from summarizer.nlp import well_formed
from summarizer.nlp.words import words as words_of
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
    bags = [Counter(w.lemma for w in words_of(text) if w.content) for text in texts]
    found_in = Counter(w for bag in bags for w in bag)
    holders: dict[str, list[int]] = defaultdict(list)
    held: dict[str, list[float]] = defaultdict(list)
    weights: list[dict[str, float]] = []
    for i, bag in enumerate(bags):
        raw = {w: (1 + log(n)) * log(1 + len(bags) / found_in[w]) for w, n in bag.items()}
        length = sqrt(sum(x * x for x in raw.values())) or 1.0
        weights.append({w: x / length for w, x in raw.items()})
        for w, x in weights[-1].items():
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
    embedded: Embedded, articles: Sequence[str], config: Config, *, set_aside: Iterable[str] = ()
) -> Grouped:
    """Gather the sentences that make the same claim, in one pass over bounded leaders.

    embedded.vectors: (n_sentences, dim) float32, rows of unit length.
    articles: ids in the story's order. set_aside: ids that take no part (empty articles).
    The most salient sentence not yet in a group leads the next one; every sentence within
    `same_claim` cosine joins, the best two of each article. At most `max_groups` sentences lead;
    what was not considered is said in `warnings`. Returns groups in the order of their leaders'
    salience; the order of the articles changes nothing but ties.
    """
    sentences = embedded.sentences
    passage = passages(sentences, config)
    primary = primaries(sentences)
    copied = copies(sentences, passage, config)
    strange, warnings = strangers(embedded, articles, copied, config)
    aside = set(strange) | set(set_aside)
    usable = [
        row for row, s in enumerate(sentences) if s.article not in aside and s.field == "text"
    ]
    argued = opinions(embedded, aside)
    warnings = (
        *warnings,
        *(
            f"article {a!r} reads as an opinion piece; what it says on its own word is not told as "
            "fact"
            for a in articles
            if a in argued
        ),
    )
    if not usable:
        return Grouped(embedded, (), copied, strange, passage, warnings, argued, primary)
    scores = salience_of_rows(embedded, config)
    usable.sort(key=lambda r: (-scores[r], r))
    long = [r for r in usable if well_formed.words(sentences[r].text) >= config.claims.least_words]
    leaders = long or usable
    considered = leaders[: config.claims.most]
    if len(leaders) > len(considered):
        warnings = (
            *warnings,
            f"{len(leaders) - len(considered)} of {len(leaders)} sentences were considered only "
            "as support for others, since the story is very long",
        )
    members = np.array(usable)
    column = {row: j for j, row in enumerate(usable)}
    nearness = embedded.vectors[considered] @ embedded.vectors[members].T
    in_words = _in_words([sentences[r].text for r in usable], [column[r] for r in considered])
    taken: set[int] = set()
    evidence: list[Evidence] = []
    for leader, near, words in zip(considered, nearness, in_words, strict=True):
        if leader in taken:
            continue
        like = (1 - config.claims.words_share) * near + config.claims.words_share * words
        close = np.flatnonzero(
            (like >= config.claims.likeness) & (near >= config.claims.least_cosine)
        )
        ranked = close[np.argsort(-like[close], kind="stable")]
        rows, per_article = [leader], Counter({sentences[leader].article: 1})
        for m in ranked.tolist():
            row = int(members[m])
            article = sentences[row].article
            if row == leader or per_article[article] >= config.claims.rows_per_article:
                continue
            rows.append(row)
            per_article[article] += 1
        closeness = [float(near[column[r]]) for r in rows[1:]]
        taken.add(leader)
        taken.update(
            r for r, c in zip(rows[1:], closeness, strict=True) if c >= config.claims.same_sentence
        )
        cohesion = float(np.mean([1.0, *closeness]))
        evidence.append(
            Evidence(
                rows=tuple(rows),
                articles=tuple(a for a in articles if a in per_article),
                independent=independent_sources(rows, sentences, passage, copied, primary),
                cohesion=cohesion,
                primary=shared_primary(rows, sentences, primary),
            )
        )
    return Grouped(embedded, tuple(evidence), copied, strange, passage, warnings, argued, primary)
