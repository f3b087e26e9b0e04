"""The exact checks: what a sentence asserts that its evidence does not carry, each by name.

Whether the sentence as a whole is supported is the judge's; nothing here is learned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.facts.counted import uncarried
from summarizer.facts.dates import dates, supports_date
from summarizer.facts.names import index, missing_part, names
from summarizer.facts.polarity import (
    ALLEGING,
    OPPOSITES,
    Stance,
    denied_near,
    has_negative,
    is_past,
    stances,
)
from summarizer.facts.quotes import is_verbatim, quotes
from summarizer.facts.roles import misattributed
from summarizer.facts.speakers import claims, is_pronoun, said_spans
from summarizer.facts.text import content, sentences, tokens
from summarizer.story import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a sentence, and the words that show it."""

    problem: Problem
    what: str


def problems_of(sentence: str, evidence: Sequence[str]) -> tuple[Finding, ...]:
    """What a sentence asserts that none of its evidence carries.

    sentence: one sentence. evidence: the source sentences or passages (titles too) it rests on; a
    fact found in any of them is carried. Returns findings in the order of the checks, one for each
    problem and place; an empty tuple says only that no exact check objects. With no evidence every
    number, date, name and quotation is a finding.
    """
    parts = tuple(s for text in evidence for s in sentences(text))
    return (
        *_numbers(sentence, parts),
        *_dates(sentence, parts),
        *_names(sentence, parts),
        *_quotations(sentence, parts),
        *_polarity(sentence, parts),
        *_roles(sentence, parts),
        *_speakers(sentence, parts),
    )


# --- numbers, dates, names, quotations -----------------------------------------------------------


def _numbers(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for number in uncarried(sentence, evidence):
        yield Finding("number", sentence[number.start : number.end])


def _dates(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    theirs = [d for text in evidence for d in dates(text)]
    for date in dates(sentence):
        if not supports_date(date, theirs):
            yield Finding("date", sentence[date.start : date.end])


def _names(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    found = names(sentence, evidence)
    if not found:
        return
    known = index(evidence)
    for name in found:
        if missing_part(name, known) is not None:
            yield Finding("name", name.text)


def _quotations(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for quote in quotes(sentence):
        if not is_verbatim(quote.text, evidence):
            yield Finding("quotation", quote.text)


# --- negation and modality -----------------------------------------------------------------------


def _polarity(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    mine = stances(sentence)
    whole = content(sentence)
    held: dict[str, list[tuple[int, Stance]]] = {}
    where: dict[Stance, str] = {}
    for text in evidence:
        near = [s.token.lemma for s in stances(text)]
        for at, stance in enumerate(stances(text)):
            window = set(near[max(0, at - 6) : at + 7]) - {stance.token.lemma}
            held.setdefault(stance.token.lemma, []).append((len(window & whole), stance))
            where[stance] = text
    nearest = max((len(content(text) & whole) for text in evidence), default=0)
    negative = any(
        has_negative(text) for text in evidence if len(content(text) & whole) >= 0.7 * nearest
    )
    alleging = any(t.lemma in ALLEGING for t in tokens(sentence))
    in_mine = {s.token.lemma for s in mine}
    for stance in mine:
        word = stance.token.lemma
        top = _closest(held.get(word, ()))
        if stance.negated:
            if (top and not any(s.near_negation for s in top)) or (not top and not negative):
                yield Finding("negation", f"not {stance.token.text}")
            continue
        if not top:
            yield from _opposite(stance, held, in_mine)
            continue
        denied = stance.near_negation or denied_near(sentence, stance.index)
        if all(s.negated for s in top) and not denied:
            yield Finding("negation", stance.token.text)
        if stance.modal or stance.soft or not stance.token.text.islower():
            continue
        if all(s.modal == "will" for s in top) and not is_past(stance.token):
            continue
        if alleging and any(
            s.modal in ("alleged", "allegedly", "accused", "suspected") for s in top
        ):
            continue
        if all(s.modal for s in top):
            yield Finding("modality", f"{top[0].modal} {stance.token.text}")


def _closest(found: Sequence[tuple[int, Stance]]) -> list[Stance]:
    best = max((shared for shared, _ in found), default=0)
    if best < 1:
        return []
    return [s for shared, s in found if shared >= max(1, 0.6 * best)]


def _opposite(
    stance: Stance, held: dict[str, list[tuple[int, Stance]]], mine: set[str]
) -> Iterator[Finding]:
    word = stance.token.lemma if stance.token.lemma in OPPOSITES else stance.token.lower
    if word not in OPPOSITES:
        return
    own, other = OPPOSITES[word]
    if own & held.keys() or other & mine:
        return
    for against in other & held.keys():
        if any(shared >= 2 and not s.near_negation for shared, s in held[against]):
            yield Finding("negation", f"{stance.token.text} for {against}")
            return


# --- roles and speakers --------------------------------------------------------------------------


def _roles(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for problem, what in misattributed(sentence, evidence):
        yield Finding(problem, what)


def _outside(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    return frozenset(
        t.lemma
        for t in tokens(text)
        if t.is_content and not any(a <= t.start < b for a, b in spans)
    )


def _inside(text: str, spans: Sequence[tuple[int, int]]) -> frozenset[str]:
    return frozenset(
        t.lemma for t in tokens(text) if t.is_content and any(a <= t.start < b for a, b in spans)
    )


def _speakers(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    own = claims(sentence)
    theirs = [(text, c) for text in evidence for c in claims(text) if c.speaker]
    if not own and not any(s.modal for s in stances(sentence)):
        flat = _outside(sentence, said_spans(sentence))
        said = max(
            (_inside(t, said_spans(t)) & flat for t in evidence), key=len, default=frozenset()
        )
        stated = frozenset().union(*(_outside(t, said_spans(t)) for t in evidence))
        only_said = (said & flat) - stated
        if len(flat) >= 3 and len(said) >= 0.6 * len(flat) and len(only_said) >= 0.6 * len(flat):
            yield Finding("speaker", "stated as fact")
    for claim in own:
        if claim.speaker is None:
            continue
        speaker = sentence[slice(*claim.speaker)]
        said = _inside(sentence, claim.claim)
        if is_pronoun(speaker) or len(said) < 2:
            continue
        scored = [(len(said & _inside(t, c.claim)), t, c) for t, c in theirs]
        best = max((n for n, _, _ in scored), default=0)
        if best < max(2, 0.5 * len(said)):
            continue
        close = [(t, t[slice(*c.speaker)]) for n, t, c in scored if n >= 0.6 * best and c.speaker]
        if not any(_same_speaker(speaker, other) for _, other in close):
            yield Finding("speaker", speaker)


def _same_speaker(one: str, other: str) -> bool:
    if is_pronoun(other):
        return True
    mine = {p for n in names(f"so {one}") for p in n.parts}
    yours = {p for n in names(f"so {other}") for p in n.parts}
    if mine and yours:
        return bool(mine & yours)
    return True
