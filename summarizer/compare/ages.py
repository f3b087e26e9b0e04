"""Whether two ages are one person's.

Other figures are for `counts`.
"""

from __future__ import annotations

from summarizer.compare.reading import Point, Reading, overlap


def one_person(one: Point, other: Point, a: Reading, b: Reading, near: float) -> bool:
    """Whether two ages are one person's: by the name before them, or what the person is called."""
    mine, yours = _before(a, one), _before(b, other)
    if mine and yours:
        return bool(mine & yours)
    if mine or yours or near < 0.6:
        return False
    called = _called(a, one)
    if called is not None and called == _called(b, other):
        return overlap(a.content, b.content) >= 0.6
    return len(a.around(one.at, 4) & b.around(other.at, 4)) >= 2


def _called(reading: Reading, point: Point) -> str | None:
    """What one of an age is called: "boy" of "the boy, 9," and of "the 12-year-old boy"."""
    after = reading.words[reading.token_at(point.end) :]
    if after and after[0].is_word and after[0].is_content:
        return after[0].lemma
    before = [w for w in reading.words[max(0, point.at - 2) : point.at] if w.text != ","]
    return before[-1].lemma if before and before[-1].is_content else None


def _before(reading: Reading, point: Point) -> frozenset[str]:
    for start, parts in reversed(reading.names):
        if start < point.start and point.start - start < 40:
            return parts
    return frozenset()
