"""Which sentences make one claim, which are copies of one text, which articles are strangers.

Linear in the number of sentences: leaders are bounded, and every leader meets all sentences once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from summarizer import prose, tone
from summarizer.config import Config
from summarizer.story import (
    Embedded,
    Evidence,
    Grouped,
    SourceSentence,
    independent_sources,
    unit_mean,
)

# --- copies --------------------------------------------------------------------------------------


def _shingles(text: str, size: int) -> set[tuple[str, ...]]:
    words = [w.lower() for w in prose.tokens(text)]
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def passages(sentences: Sequence[SourceSentence], config: Config) -> NDArray[np.int64]:
    """Number the passages: sentences of different articles that are one text share a number.

    Two sentences are one text if the smaller shares `copy_overlap` of its word 5-grams with the
    other (Broder, "On the resemblance and containment of documents", 1997). Only 5-grams that
    occur in few sentences are looked up, so time grows with the text, not with its square.
    Returns (n_sentences,) int64; a sentence that nobody copied has a number of its own.
    """
    shingles = [
        _shingles(s.text, config.copy_shingle) if s.field == "text" else set() for s in sentences
    ]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(row)
    parent = np.arange(len(sentences))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    for row, own in enumerate(shingles):
        shared: Counter[int] = Counter()
        for shingle in own:
            # The first holders stand for all: a text printed by 200 outlets is found through them.
            for other in holders[shingle][: config.copy_holders]:
                if other < row and sentences[other].article != sentences[row].article:
                    shared[other] += 1
        for other, n in shared.items():
            smaller = min(len(own), len(shingles[other]))
            if n >= config.copy_overlap * smaller and n >= config.copy_least:
                a, b = root(row), root(other)
                parent[max(a, b)] = min(a, b)
    return np.array([root(i) for i in range(len(sentences))], dtype=np.int64)


def copies(
    sentences: Sequence[SourceSentence], passage: NDArray[np.int64], config: Config
) -> dict[str, str]:
    """Which article prints which: {copy's id: original's id}, originals first in the story.

    An article is a copy if `copy_share` of its words stand in passages that an earlier article
    prints too; so a paragraph added or cut, or another order, hides nothing.
    """
    size: dict[str, int] = defaultdict(int)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    first: dict[int, list[str]] = defaultdict(list)
    for s, p in zip(sentences, passage.tolist(), strict=True):
        if s.field != "text":
            continue
        n = len(prose.tokens(s.text))
        size[s.article] += n
        for earlier in first[p]:
            if earlier != s.article:
                shared[s.article, earlier] += n
        if s.article not in first[p] and len(first[p]) < config.copy_holders:
            first[p].append(s.article)
    found: dict[str, str] = {}
    for (copy, original), n in sorted(shared.items(), key=lambda kv: -kv[1]):
        if copy not in found and n >= config.copy_share * size[copy]:
            found[copy] = original
    for copy in found:
        seen = {copy}
        while found[copy] in found and found[copy] not in seen:
            seen.add(found[copy])
            found[copy] = found[found[copy]]
    return found


# --- strangers -----------------------------------------------------------------------------------


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


# --- opinion -------------------------------------------------------------------------------------


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


# --- claims --------------------------------------------------------------------------------------


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
    ) + config.early_weight * early
    return scores


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
        return Grouped(embedded, (), copied, strange, passage, warnings, argued)
    scores = salience_of_rows(embedded, config)
    usable.sort(key=lambda r: (-scores[r], r))
    long = [r for r in usable if prose.words(sentences[r].text) >= config.least_words]
    leaders = long or usable
    considered = leaders[: config.max_groups]
    if len(leaders) > len(considered):
        warnings = (
            *warnings,
            f"{len(leaders) - len(considered)} of {len(leaders)} sentences were considered only "
            "as support for others, since the story is very long",
        )
    members = np.array(usable)
    column = {row: j for j, row in enumerate(usable)}
    nearness = embedded.vectors[considered] @ embedded.vectors[members].T
    taken: set[int] = set()
    evidence: list[Evidence] = []
    for leader, near in zip(considered, nearness, strict=True):
        if leader in taken:
            continue
        close = np.flatnonzero(near >= config.same_claim)
        ranked = close[np.argsort(-near[close], kind="stable")]
        rows, per_article = [leader], Counter({sentences[leader].article: 1})
        for m in ranked.tolist():
            row = int(members[m])
            article = sentences[row].article
            if row == leader or per_article[article] >= config.rows_per_article:
                continue
            rows.append(row)
            per_article[article] += 1
        closeness = [float(near[column[r]]) for r in rows[1:]]
        taken.add(leader)
        taken.update(
            r for r, c in zip(rows[1:], closeness, strict=True) if c >= config.same_sentence
        )
        cohesion = float(np.mean([1.0, *closeness]))
        evidence.append(
            Evidence(
                rows=tuple(rows),
                articles=tuple(a for a in articles if a in per_article),
                independent=independent_sources(rows, sentences, passage, copied),
                cohesion=cohesion,
            )
        )
    return Grouped(embedded, tuple(evidence), copied, strange, passage, warnings, argued)
