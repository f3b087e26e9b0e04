"""A quantity as a value, and how two compare: whether both may be true, whether one carries one.

Nothing is read here; `quantities` finds them in a parse.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from summarizer.nlp import units

FURTHEST = 0.25
"""How far off the figure of a bound a value may lie that carries it: 900 for "more than 750"."""

WRITTEN = 0.05
"""The most by which "1.2 million" and round figures in other units may be rounded."""

CONVERTED = 0.1
"""The same for figures in other units whose last digit is their ones: 5 miles are 8 km."""

SAME = 1e-9
"""Values this near, relative to the larger, differ by arithmetic alone."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit, tokens [first, last), as the text gives it.

    low, high: the values it allows, in the base unit; equal for a plain figure, (750, inf) for
    "more than 750", the rounding for "about 750". bound: "" exact, "about", "more", "fewer" (both
    exclusive), "at_least", "at_most" or "range". unit: the base unit ("" for counts, "%", "pp",
    "m", "m2", "kg", "s", "month", "C", "times", "year_old", "magnitude", "score", "all_but", a
    currency). noun: the token of what is counted, or None. fate: what befalls it, see
    `fates.fate`. value: the figure itself; of a range the lower end, of a score the first. step:
    the place of its last digit in the base unit, 0 for a third. of: the noun's lemma. written: the
    unit as the text has it. scaled: whether a scale word rounds it. per: what a rate is by ("day").
    cue: tokens right before `first` that make the bound, 2 for "at least 12".
    """

    first: int
    last: int
    low: float
    high: float
    bound: str
    unit: str
    noun: int | None
    fate: str
    ordinal: bool
    value: float
    step: float
    of: str = ""
    written: str = ""
    scaled: bool = False
    per: str = ""
    cue: int = 0

    @property
    def at(self) -> int:
        """The index of the token that stands for it: what is counted, or the figure's last."""
        return self.noun if self.noun is not None else self.last - 1


def _comparable(a: Quantity, b: Quantity) -> bool:
    if a.ordinal != b.ordinal or (a.per and b.per and a.per != b.per):
        return False
    if a.unit == b.unit:
        return True
    if {a.unit, b.unit} == {"degree", "C"}:  # degrees of no scale may be of either
        return True
    if {a.unit, b.unit} == {"year_old", ""}:  # "he died at 78"
        return not (a if b.unit else b).of
    return {a.unit, b.unit} == {"year_old", "month"} and a.written == b.written == "year"


def _span(q: Quantity, other: Quantity) -> tuple[float, float]:
    """The values that a quantity allows beside another: wider where it is rounded as written."""
    low, high = q.low, q.high
    if q.ordinal or q.unit == "score":
        return low, high
    if q.unit == "month" and other.unit == "year_old":
        return low / 12, high / 12
    if q.unit == "C" and other.unit == "degree" and q.written == "fahrenheit":
        return low * 9 / 5 + 32, high * 9 / 5 + 32
    slack = 0.0
    if not q.step:
        slack = abs(q.value) * 0.01
    elif q.unit == other.unit and q.written != other.written and not units.is_money(q.unit):
        slack = min(q.step / 2, abs(q.value) * (CONVERTED if _to_the_ones(q) else WRITTEN))
    elif q.scaled and not q.bound:
        slack = min(q.step / 2, abs(q.value) * WRITTEN)
    return low - slack, high + slack


def _to_the_ones(q: Quantity) -> bool:
    """Whether the figure's last digit is its ones or a decimal: "8 km" and not "20 miles"."""
    return abs(q.value) < 10 * q.step or round(abs(q.value) / q.step) % 10 != 0


def _near(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=SAME)


def _open(q: Quantity, value: float) -> bool:
    """Whether a value is the end that an exclusive bound leaves out."""
    return (q.bound == "more" and _near(value, q.low)) or (
        q.bound == "fewer" and _near(value, q.high)
    )


def compatible(a: Quantity, b: Quantity) -> bool:
    """Whether both could be true of one thing, whatever they count. Symmetric.

    Bounds, ranges, rounding and units are heard: "more than 750" and 755, 5 miles and 8 km, one in
    four and 25 %. Currencies are not converted.
    """
    if not _comparable(a, b):
        return False
    if "score" in (a.unit, b.unit):
        return (a.low, a.high) == (b.low, b.high)
    (a_low, a_high), (b_low, b_high) = _span(a, b), _span(b, a)
    low, high = max(a_low, b_low), min(a_high, b_high)
    return (low < high and not _near(low, high)) or (
        _near(low, high) and not _open(a, low) and not _open(b, low)
    )


def carries(claim: Quantity, evidence: Quantity) -> bool:
    """Whether the evidence's figure makes the claim's true, whatever both count.

    755 carries "more than 750" and "hundreds", 50,516 "about 50,000"; "more than 750" does not
    carry 755, nor does a figure that is further than a quarter off carry a bound. A figure that
    the evidence gives with "about" carries it without.
    """
    if not compatible(claim, evidence):
        return False
    if claim.unit == "score":
        return True
    low, high = _span(claim, evidence)
    e_low, e_high = evidence.low, evidence.high
    if evidence.unit != claim.unit:
        e_low, e_high = _span(evidence, claim)
    if claim.unit == evidence.unit and _near(claim.value, evidence.value):
        if claim.bound == evidence.bound and _near(claim.high, evidence.high):
            return True
        if not claim.bound and evidence.bound == "about" and evidence.step:
            return True
    match claim.bound:
        case "more" | "at_least":
            inside = e_low > low or (_near(e_low, low) and not _exceeds(claim, evidence))
            return inside and (not claim.step or e_low <= max(low * (1 + FURTHEST), low + 1))
        case "fewer" | "at_most":
            inside = e_high < high or (_near(e_high, high) and not _exceeds(claim, evidence))
            return inside and e_high >= min(high / (1 + FURTHEST), high - 1)
        case "range" if evidence.bound == "range":
            return _near(low, e_low) and _near(high, e_high)
    return (low <= e_low or _near(low, e_low)) and (e_high <= high or _near(high, e_high))


def _exceeds(claim: Quantity, evidence: Quantity) -> bool:
    """Whether the claim leaves out its end and the evidence does not."""
    return claim.bound in ("more", "fewer") and evidence.bound != claim.bound
