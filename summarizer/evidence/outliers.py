"""Which articles of a story are about another event, and which argue instead of reporting.

Compares whole articles; which sentences make one claim is for `claims`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from summarizer.config import Config
from summarizer.evidence.article_similarity import Head, alike, other_event
from summarizer.evidence.disjoint_sets import DisjointSets
from summarizer.nlp import subjectivity
from summarizer.text.language import foreign, in_english
from summarizer.types import Embedded, unit_mean

_WEIGHTS = np.array(
    [
        # the most alike of the other articles
        [0.394, -2.831, -1.020, 0.790, 0.481, -0.932, 0.184, -0.784, -2.028, 0.557, -1.774,
         -0.124, 0.047, -0.336, -0.187],
        # the other articles on the mean
        [1.383, -4.213, 0.634, 2.265, -1.392, -1.094, -0.384, -0.153, -2.718, -0.964, -1.658,
         0.006, -0.056, -4.211, 2.720],
        # the other articles to each other
        [-0.217, 2.142, 0.643, 0.172, 0.733, 1.596, -0.289, 0.817, 0.525, 0.183, 1.826,
         0.216, 0.068, 2.192, -1.693],
    ]
)  # fmt: skip
"""Logistic weights of `FEATURES`, learned on stories with an article swapped (LOG)."""
_BIAS = 0.120
_ALONE = 3.0
"""Log odds of an article that is apart from every other by place and time or figures."""
_COMPANIONS = 6
"""Other articles that one is compared with: time stays linear in the number of articles."""


def strangers(
    embedded: Embedded, articles: Sequence[str], copied: Mapping[str, str], config: Config
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Articles about another event, each with its reason, and warnings to be said first.

    The title and first sentences of each article are compared with those of up to six others, and
    these with each other: an article is set aside if it is unlike them while they are alike, or if
    it tells of another place and time or other figures than each of them. At most one in three is.
    Where they fall into groups of which no two share an event, the largest is told, the first of
    those as large, and a warning says so. Copies stand with their originals. Beside one in
    English, an article in another language is set aside, whatever the order; of it, as of one that
    no other shares its language with, nothing but that is said: it could not be compared.
    """
    rows: dict[str, list[int]] = defaultdict(list)
    for row, s in enumerate(embedded.sentences):
        if s.position < config.outliers.sentences and s.article not in copied:
            rows[s.article].append(row)
    heads = {
        id: Head.of([embedded.sentences[r] for r in rows[id]], embedded.vectors[rows[id]])
        for id in articles
        if rows[id]
    }
    known = list(heads)
    if len(known) < 2:
        return {}, ()
    tongues = {id: foreign(_told(embedded, id)) for id in known}
    ids = [id for id in known if tongues[id] is None] or known
    foreigners = [id for id in known if id not in ids]
    apart = {
        frozenset(pair)
        for pair in combinations(ids, 2)
        if _apart(heads[pair[0]], heads[pair[1]], config)
    } if len(ids) <= _COMPANIONS else set()  # fmt: skip
    found: dict[str, str] = {}
    warnings: tuple[str, ...] = ()
    told, *others = _events(ids, apart)
    parted = bool(others) and (len(told) == 1 or len(others[0]) > 1)
    if parted:
        reason = f"reports another event than article {told[0]!r}, which is told"
        found = {id: reason for group in others for id in group}
    elif len(ids) > 2:
        scores = _strangeness([heads[id] for id in ids])
        for i, id in enumerate(ids):
            alone = sum(frozenset((id, other)) in apart for other in ids if other != id)
            scores[i] += _ALONE * (alone == len(ids) - 1)
        for i in np.argsort(-scores, kind="stable")[: max(1, len(ids) // 3)].tolist():
            if scores[i] >= config.outliers.score:
                sure = 1.0 / (1.0 + float(np.exp(-scores[i])))
                found[ids[i]] = (
                    f"seems to report another event (likelihood {sure:.2f}): it shares little with "
                    "the other articles, which share much with each other"
                )
    by_language = _by_language([*found, *foreigners], tongues)
    found |= by_language
    kept = [id for id in ids if id not in found]
    if parted or len(kept) == 1:
        differ = "report different events, and one text cannot tell them as one"
        if by_language.keys() == found.keys():
            differ = "are in different languages, and could not be compared"
        names, ours = (" and ".join(map(repr, some)) for some in (known, kept))
        article = "article" if len(kept) == 1 else "articles"
        warnings = (f"articles {names} {differ}; this summary is of {article} {ours} alone",)
    for copy, original in copied.items():
        if original in found:
            found[copy] = f"prints article {original!r}, which was set aside"
    return found, warnings


def _events(ids: Sequence[str], apart: Collection[frozenset[str]]) -> list[list[str]]:
    """The articles by event, the largest group first, then the one that comes first.

    apart: pairs that report two events; two of one event may be linked by a third.
    """
    sets: DisjointSets[str] = DisjointSets()
    for one, other in combinations(ids, 2):
        if frozenset((one, other)) not in apart:
            sets.join(one, other)
    groups: dict[str, list[str]] = defaultdict(list)
    for id in ids:
        groups[sets.root(id)].append(id)
    return sorted(groups.values(), key=len, reverse=True)


def _by_language(found: Collection[str], tongues: Mapping[str, str | None]) -> dict[str, str]:
    """The articles of `found` in a language that none of the others is in: the reasons.

    tongues: each article's language, None for English.
    """
    told = {tongue for id, tongue in tongues.items() if id not in found}
    return {
        id: f"is in another language ({in_english(tongues[id] or 'en')}), and could not be compared"
        for id in found
        if tongues[id] not in told
    }


def _told(embedded: Embedded, article: str) -> str:
    """An article's sentences, to tell its language from."""
    rows = embedded.article_rows.get(article, ())
    return " ".join(embedded.sentences[r].text for r in rows)


def _apart(one: Head, other: Head, config: Config) -> bool:
    """Whether two articles plainly report two events."""
    near = float(one.centre @ other.centre)
    return near < config.outliers.least_cosine or other_event(one, other)


def _strangeness(heads: Sequence[Head]) -> NDArray[np.float64]:
    """How likely each article is of another event than the rest: (n,) float64 log odds; n >= 3."""
    centres = np.stack([h.centre for h in heads])
    central = np.argsort(-(centres @ unit_mean(centres)), kind="stable").tolist()
    known: dict[tuple[int, int], NDArray[np.float64]] = {}

    def measured(i: int, j: int) -> NDArray[np.float64]:
        pair = (min(i, j), max(i, j))
        if pair not in known:
            known[pair] = alike(heads[pair[0]], heads[pair[1]])
        return known[pair]

    scores = np.empty(len(heads))
    for i in range(len(heads)):
        others = [j for j in central if j != i][:_COMPANIONS]
        own = np.stack([measured(i, j) for j in others])
        rest = np.stack([measured(j, k) for j, k in combinations(others, 2)])
        features = np.stack([own.max(0), own.mean(0), rest.mean(0)])
        scores[i] = float((_WEIGHTS * features).sum()) + _BIAS
    return scores


def opinions(embedded: Embedded, aside: Collection[str] = ()) -> frozenset[str]:
    """The articles that argue: their own word is no report. Ids in `aside` are not looked at."""
    found = set()
    for article, rows in embedded.article_rows.items():
        own = [embedded.sentences[r] for r in rows]
        title = next((s.text for s in own if s.field == "title"), "")
        texts = [s.text for s in own if s.field == "text"]
        if article not in aside and subjectivity.opinion(title, texts) >= subjectivity.OPINION:
            found.add(article)
    return frozenset(found)
