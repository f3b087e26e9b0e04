"""Who reported what, and where the sources differ.

Reads groups of evidence; it chooses nothing for the summary and averages nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from summarizer.config import Config
from summarizer.facts import Number, claims, contradicts, numbers
from summarizer.facts.text import content
from summarizer.story import (
    Citation,
    Coverage,
    Disagreement,
    DisagreementValue,
    Grouped,
    SourceSentence,
)


def coverage(grouped: Grouped, config: Config) -> tuple[Coverage, ...]:
    """The story's main claims and, for each article that makes one, the sentences that do.

    Claims of several articles come first, then what only one has, each by salience; at most
    `coverage_most`. A score is the cosine of the sentence to the claim's leader, in [0, 1].
    """
    embedded = grouped.embedded
    ranked = sorted(
        range(len(grouped.evidence)),
        key=lambda i: (len(grouped.evidence[i].articles) < 2, i),
    )
    claims = []
    for i in ranked[: config.coverage_most]:
        evidence = grouped.evidence[i]
        leader = evidence.rows[0]
        cells: dict[str, list[Citation]] = {}
        for r in evidence.rows:
            sentence = embedded.sentences[r]
            near = float(embedded.vectors[leader] @ embedded.vectors[r])
            cells.setdefault(sentence.article, []).append(Citation.of(sentence, near))
        claims.append(
            Coverage(
                claim=embedded.sentences[leader].text,
                cells={article: tuple(cited) for article, cited in cells.items()},
            )
        )
    return tuple(claims)


def disagreements(grouped: Grouped, config: Config) -> tuple[Disagreement, ...]:
    """Where sources give different numbers for the same thing: each value with who gives it.

    Two sentences of one claim, of different articles and not one text, differ if they count the
    same noun in like words with numbers that exclude each other, and neither article also gives
    the other's number. A figure that only one outlet gives is no disagreement; copies of one text
    stand together behind their value.
    """
    found: dict[tuple[str, frozenset[Fraction]], Disagreement] = {}
    sentences, vectors = grouped.embedded.sentences, grouped.embedded.vectors
    given = _given(grouped)
    for evidence in grouped.evidence:
        rows = [r for r in evidence.rows if sentences[r].field == "text"]
        for one, other in combinations(rows[: config.compare_rows], 2):
            if sentences[one].article == sentences[other].article:
                continue
            if grouped.passages[one] == grouped.passages[other]:
                continue
            if float(vectors[one] @ vectors[other]) < config.same_thing:
                continue
            for a, b in _conflicts(sentences[one], sentences[other], given):
                key = (a.noun or "", frozenset((a.low, b.low)))
                if key not in found:
                    found[key] = _disagreement(grouped, evidence.rows, a, b)
    return tuple(found.values())


def _given(grouped: Grouped) -> Mapping[str, frozenset[tuple[Fraction, str | None]]]:
    """For each article the (value, noun) pairs it gives anywhere."""
    pairs: dict[str, set[tuple[Fraction, str | None]]] = {}
    for s in grouped.embedded.sentences:
        pairs.setdefault(s.article, set()).update((n.low, n.noun) for n in numbers(s.text))
    return {article: frozenset(p) for article, p in pairs.items()}


def _conflicts(
    one: SourceSentence,
    other: SourceSentence,
    given: Mapping[str, frozenset[tuple[Fraction, str | None]]],
) -> Iterator[tuple[Number, Number]]:
    for a in numbers(one.text):
        for b in numbers(other.text):
            if a.ordinal or b.ordinal or a.vague or b.vague or not contradicts(a, b):
                continue
            if a.noun is None or a.noun != b.noun or a.unit != b.unit:
                continue
            if (b.low, b.noun) in given[one.article] or (a.low, a.noun) in given[other.article]:
                continue
            ours, theirs = _around(one.text, a), _around(other.text, b)
            if (ours & theirs) - {a.noun} and not _fates(ours) ^ _fates(theirs):
                yield a, b


def _around(text: str, number: Number, reach: int = 60) -> frozenset[str]:
    """The content lemmas near a number: what is counted, and what happened to it."""
    return content(text[max(0, number.start - reach) : number.end + reach])


_FATES = (
    frozenset("kill die dead death fatality".split()),
    frozenset("injure hurt wound injury".split()),
    frozenset("arrest detain custody charge".split()),
    frozenset("miss disappear".split()),
    frozenset("rescue save survive evacuate".split()),
)


def _fates(lemmas: frozenset[str]) -> frozenset[int]:
    return frozenset(i for i, fate in enumerate(_FATES) if lemmas & fate)


def _disagreement(grouped: Grouped, rows: Sequence[int], a: Number, b: Number) -> Disagreement:
    sentences = grouped.embedded.sentences
    sides: dict[Fraction, list[SourceSentence]] = {a.low: [], b.low: []}
    wording: dict[Fraction, str] = {}
    for row in rows:
        s = sentences[row]
        for n in numbers(s.text):
            if n.low in sides and n.noun == a.noun and s not in sides[n.low]:
                sides[n.low].append(s)
                wording.setdefault(n.low, s.text[n.start : n.end])
    shared = _around(sides[a.low][0].text, a) & _around(sides[b.low][0].text, b)
    about = f"number of {a.noun}" if a.unit is None else f"{a.unit} {a.noun}"
    context = sorted(shared - {a.noun or ""})
    return Disagreement(
        about=f"{about} ({', '.join(context[:4])})" if context else about,
        kind="number",
        values=tuple(
            DisagreementValue(
                value=wording[value],
                speaker=_speaker(cited[0].text),
                citations=tuple(Citation.of(s, 1.0) for s in cited),
            )
            for value, cited in sorted(sides.items())
        ),
    )


def _speaker(text: str) -> str | None:
    """Who is said to say it, where the sentence names one."""
    for claim in claims(text):
        if claim.speaker is not None:
            return text[slice(*claim.speaker)]
    return None
