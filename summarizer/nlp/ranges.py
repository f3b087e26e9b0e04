"""Two figures that are one quantity: ranges, scores, and "6 feet 2 inches".

Single figures are read in `quantities`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.nlp import units
from summarizer.nlp.quantity_values import Quantity

_SUMMED = frozenset({"m", "s", "month", "kg"})
_SCALES = (1e12, 1e9, 1e6, 1e3)


@dataclass(frozen=True, slots=True)
class Placed:
    """A quantity with its pieces [first, last), its figure before any unit, and its unit."""

    first: int
    last: int
    quantity: Quantity
    figure: float
    measure: units.Measure | None


def joined(words: Sequence[str], one: Placed, other: Placed) -> Placed | None:
    """Both as one quantity, or None. words: the pieces' texts."""
    a, b = one.quantity, other.quantity
    if a.ordinal or b.ordinal or "times" in (a.unit, b.unit):
        return None
    gap = tuple(w for w in words[one.last : other.first] if units.currency(w) is None)
    before = one.first - 1
    if before >= 0 and units.currency(words[before]) is not None:
        before -= 1
    opening = words[before] if before >= 0 else ""
    if _sums(a, b, gap):
        total = replace(
            a, last=b.last, low=a.low + b.low, high=a.high + b.high, value=a.value + b.value
        )
        total = replace(total, step=b.step, noun=b.noun, of=b.of)
        return Placed(one.first, other.last, total, one.figure, one.measure)
    if _is_score(one, other, gap, opening):
        low, high = sorted((a.value, b.value))
        score = replace(a, last=b.last, low=low, high=high, bound="", unit="score", step=1.0)
        return Placed(one.first, other.last, replace(score, noun=None, of=""), one.figure, None)
    if _is_range(a, b, gap, opening):
        return _range(one, other, one.first - before if opening == "between" else a.cue)
    return None


def _sums(a: Quantity, b: Quantity, gap: tuple[str, ...]) -> bool:
    """Whether the second adds to the first: "two years and three months"."""
    return (
        gap in ((), ("and",))
        and a.unit == b.unit
        and a.unit in _SUMMED
        and b.written != a.written
        and b.value < a.step
        and not (a.bound or b.bound)
    )


def _is_score(one: Placed, other: Placed, gap: tuple[str, ...], opening: str) -> bool:
    """Whether two counts stand against each other: "3-1", "63 votes to 57"."""
    a, b = one.quantity, other.quantity
    if a.unit or b.unit or a.bound or b.bound or a.low != a.high or b.low != b.high:
        return False
    if gap == ("-",):
        return b.value <= a.value or b.noun is None
    if gap == ("to",):
        return b.value < a.value and opening != "from"  # "a 219 to 212 vote"
    named = len(gap) == 2 and gap[1] == "to" and a.noun is not None
    return named and b.noun in (None, a.noun) and opening not in ("from", "between")


def _is_range(a: Quantity, b: Quantity, gap: tuple[str, ...], opening: str) -> bool:
    if a.bound in ("more", "fewer", "range") or b.bound or b.low != b.high:
        return False
    if a.unit and b.unit and a.unit != b.unit:
        return False
    if gap == ("and",):
        return opening == "between"
    if gap == ("to",):
        return opening != "from"
    return gap in (("-",), ("or",))


def _range(one: Placed, other: Placed, cue: int) -> Placed | None:
    measure = other.measure or one.measure
    a, b = one.figure, other.figure
    if other.quantity.scaled and not one.quantity.scaled:  # "3 to 4 million"
        a *= next((s for s in _SCALES if b >= s and a < 1000 and a * s <= b), 1.0)
    factor, shift = (measure.factor, measure.shift) if measure is not None else (1.0, 0.0)
    low, high = sorted((a * factor + shift, b * factor + shift))
    if a > b:
        return None
    q = replace(
        other.quantity, first=one.quantity.first, low=low, high=high, value=low, bound="range",
        unit=other.quantity.unit or one.quantity.unit,
        written=other.quantity.written or one.quantity.written,
        fate=other.quantity.fate or one.quantity.fate, cue=cue,
    )  # fmt: skip
    if q.unit == "year_old":
        q = replace(q, fate="")
    if q.noun is None and (measure is None or q.unit == "year_old"):
        q = replace(q, noun=one.quantity.noun, of=one.quantity.of)
    return Placed(one.first, other.last, q, a, measure)
