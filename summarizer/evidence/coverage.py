"""Who reported what: the story's claims, and what each article does with them.

Whether sentences carry a claim, and where outlets differ, is handed in; which words are one side's
is for `loaded_words`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summarizer.config import Config
from summarizer.nlp import parse, well_formed
from summarizer.nlp.frames import frames
from summarizer.nlp.quantities import gives
from summarizer.nlp.subjectivity import loaded
from summarizer.schema import Citation, CitedSentence, Coverage, Disagreement, State
from summarizer.types import Asked, Carried, FindCarriers, Grouped

NEAREST = 3
"""Sentences of an article that are looked at for a claim, beside those of the claim's group."""

NEAR = 0.35
"""Cosine to a sentence that makes the claim from which another may."""


_ANSWERS = frozenset({"answer", "comment", "reply", "respond"})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A row of the table. rows: of its group, or cited; own: the row it was cut from, if one."""

    text: str
    rows: tuple[int, ...]
    own: int | None
    told: CitedSentence | None = None


def coverage(
    grouped: Grouped,
    config: Config,
    *,
    told: Sequence[CitedSentence] = (),
    find: FindCarriers | None = None,
    differing: Sequence[Disagreement] = (),
) -> tuple[Coverage, ...]:
    """The story's main claims and, for each article, whether it carries them and where.

    told: the summary's sentences, each a row with its own citations: an article that it cites
    carries it there, all of it or a part. What is told is not listed again as a claim of the
    articles'. find: what carries each claim; without it an article makes a claim if a sentence of
    it is in the claim's group, and no states are given. differing: where outlets differ: to a claim
    that states one side the articles of another say otherwise, and of one that states several each
    article tells the part that is its own.

    Claims that several articles carry come first, of them those that are told, then each by
    salience; claims that no sentence can name (every one a bare quotation, or led by a pronoun)
    come last of their kind. At most `Config.comparison.claims`. A copy's cell is listed beside its
    original's. A
    score is the cosine to the first sentence that makes the claim, in [0, 1].
    """
    claims = _claims(grouped, config, told)
    if find is None:
        return tuple(_by_group(claim, grouped) for claim in claims)
    asked = [
        Asked(
            text=claim.text,
            rows=_near(claim, grouped),
            sentences=grouped.embedded.sentences,
            own=claim.own,
            cited=claim.rows if claim.told is not None else (),
        )
        for claim in claims
    ]
    found = [
        _row(claim, _sided(claim, carried, differing, grouped), grouped)
        for claim, carried in zip(claims, find(asked), strict=True)
    ]
    return tuple(sorted(found, key=lambda claim: len(claim.carried) < 2))


def _claims(grouped: Grouped, config: Config, told: Sequence[CitedSentence]) -> list[_Claim]:
    """What is told, then the groups that are not."""
    sentences = grouped.embedded.sentences
    at = {s.place: row for row, s in enumerate(sentences)}
    claims = []
    for sentence in told[: config.comparison.claims]:
        rows = [at.get(c.place) for c in sentence.citations]
        cited = tuple(dict.fromkeys(r for r in rows if r is not None))
        own = cited[0] if cited and sentence.method in ("quoted", "trimmed") else None
        if cited:
            claims.append(_Claim(sentence.text, cited, own, sentence))
    shown = {r for claim in claims for r in claim.rows}
    ranked = sorted(
        range(len(grouped.evidence)),
        key=lambda i: (
            not _names(grouped, grouped.evidence[i].rows),
            len(grouped.evidence[i].articles) < 2,
            i,
        ),
    )
    for i in ranked:
        rows_ = grouped.evidence[i].rows
        # Most of it stands in the table already, under what is told or a more salient sentence.
        if rows_[0] in shown or 2 * len(shown.intersection(rows_)) > len(rows_):
            continue
        if len(claims) == config.comparison.claims:
            break
        shown.update(rows_)
        best = _plainest(grouped, rows_)
        text = well_formed.trim(sentences[best].text)
        if all(text != claim.text for claim in claims):
            claims.append(_Claim(text, rows_, best))
    return claims


def _near(claim: _Claim, grouped: Grouped) -> tuple[int, ...]:
    """The rows that may carry a claim: its own, and of each article those nearest to them."""
    embedded = grouped.embedded
    cosine = (embedded.vectors @ embedded.vectors[list(claim.rows)].T).max(axis=1)
    found = list(claim.rows)
    for article, rows in embedded.article_rows.items():
        if article not in grouped.strangers:
            ranked = sorted(rows, key=lambda r: -float(cosine[r]))
            found.extend(r for r in ranked[:NEAREST] if cosine[r] >= NEAR)
    return tuple(sorted(dict.fromkeys(found), key=lambda r: (r not in claim.rows, -cosine[r])))


def _sided(
    claim: _Claim, carried: Carried, differing: Sequence[Disagreement], grouped: Grouped
) -> Carried:
    """What was found, put right by where the outlets differ, and by who was asked.

    An article that is cited for the claim is never said to be against it. That somebody gave no
    answer is told by an outlet of its own asking: what they said to another is no part of it.
    """
    sentences = grouped.embedded.sentences
    at = {s.place: row for row, s in enumerate(sentences)}
    own_rows = claim.rows if claim.told is not None or claim.own is None else (claim.own,)
    cited = {sentences[r].article for r in own_rows}
    states, near, full = dict(carried.states), dict(carried.near), dict(carried.full)
    for difference in differing:
        sides = [
            tuple(r for c in v.citations if (r := at.get(c.place)) is not None)
            for v in difference.values
        ]
        mine = {k for k, v in enumerate(difference.values) if gives(claim.text, v.value)}
        mine &= {k for k, rows in enumerate(sides) if not set(rows).isdisjoint(own_rows)}
        for k, rows in enumerate(sides):
            for article, own in _by_article(rows, grouped).items():
                given = {j for j, other in enumerate(sides) if _gives(article, other, grouped)}
                if article not in states or not mine:
                    continue
                if len(mine) > 1 and not given >= mine:
                    states[article], near[article] = "part", own[:1]
                    full.pop(article, None)
                elif k not in mine and given.isdisjoint(mine) and article not in cited:
                    states[article], near[article] = "contradicts", own[:1]
                    full.pop(article, None)
    if _unanswered(claim.text):
        for article, state in carried.states.items():
            told = (sentences[r].text for r in near.get(article, ()))
            partly = state in ("part", "contradicts") and article not in cited
            if partly and not any(map(_of_answers, told)):
                states[article] = "none"
                near.pop(article, None)
    return replace(carried, states=states, near=near, full=full)


def _gives(article: str, rows: Sequence[int], grouped: Grouped) -> bool:
    return any(grouped.embedded.sentences[r].article == article for r in rows)


def _unanswered(text: str) -> bool:
    """Whether a text tells that somebody did not answer or comment, and no more."""
    [parsed] = parse([text])
    found = frames(parsed)
    said = [f for f in found if not any(g.denied_by == f.predicate for g in found)]
    return bool(said) and all(f.lemma in _ANSWERS and f.negated for f in said)


def _of_answers(text: str) -> bool:
    """Whether a text tells that somebody answered, or did not."""
    [parsed] = parse([text])
    return any(t.lemma in _ANSWERS for t in parsed.tokens)


def _row(claim: _Claim, carried: Carried, grouped: Grouped) -> Coverage:
    """A claim with what was found; what it was cut from and what it is cited to stand anyhow."""
    sentences = grouped.embedded.sentences
    cells: dict[str, tuple[int, ...]] = {**carried.near, **carried.full}
    states: dict[str, State] = {
        a: "none" for a in grouped.embedded.article_rows if a not in grouped.strangers
    }
    states |= carried.states
    full = dict(carried.full)
    if claim.told is not None:
        cited = _by_article(claim.rows, grouped)
        for article, rows in cited.items():
            cells[article] = rows
            if article not in full:
                states[article] = "carries" if len(cited) == 1 else "part"
    if claim.own is not None:
        article = sentences[claim.own].article
        states[article] = "carries"
        cells.setdefault(article, (claim.own,))
        full.setdefault(article, (claim.own,))
    confirming = [r for rows in full.values() for r in rows]
    return Coverage(
        claim=claim.text,
        cells=_cited(cells, claim, grouped),
        states=states,
        independent_sources=grouped.independent(confirming) if confirming else None,
        primary=grouped.primary(confirming) if confirming else None,
    )


def _by_group(claim: _Claim, grouped: Grouped) -> Coverage:
    return Coverage(
        claim=claim.text,
        cells=_cited(_by_article(claim.rows, grouped), claim, grouped),
        independent_sources=grouped.independent(claim.rows),
        primary=grouped.primary(claim.rows),
    )


def _by_article(rows: Sequence[int], grouped: Grouped) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for r in rows:
        article = grouped.embedded.sentences[r].article
        found[article] = (*found.get(article, ()), r)
    return found


def _cited(
    cells: Mapping[str, Sequence[int]], claim: _Claim, grouped: Grouped
) -> dict[str, tuple[Citation, ...]]:
    """The cells' source sentences, each with its cosine to the claim's first."""
    vectors = grouped.embedded.vectors
    near = vectors @ vectors[claim.rows[0]]
    return {
        article: tuple(Citation.of(grouped.embedded.sentences[r], float(near[r])) for r in rows)
        for article, rows in cells.items()
    }


def _plainest(grouped: Grouped, rows: Sequence[int]) -> int:
    """The row that names its claim best, without dateline or connective.

    What stands on its own comes first, then what is no opinion piece's, then the fewest loaded
    words, the least quoted, and what was nearest to the claim's leader.
    """
    sentences = grouped.embedded.sentences

    def rank(indexed: tuple[int, int]) -> tuple[bool, bool, int, float, int]:
        place, row = indexed
        text = well_formed.trim(sentences[row].text)
        return (
            not well_formed.stands(text),
            sentences[row].article in grouped.opinions,
            len(loaded(text)),
            round(well_formed.quoted_share(text), 1),
            place,
        )

    return min(enumerate(rows), key=rank)[1]


def _names(grouped: Grouped, rows: Sequence[int]) -> bool:
    """Whether some sentence of `rows` can be read without what stands before it."""
    return any(
        well_formed.stands(well_formed.trim(grouped.embedded.sentences[r].text)) for r in rows
    )
