"""Measures and currencies: their forms, the base unit of each, and the way to it.

Reads lexicons/units.toml and numerals.toml; figures in a sentence are read in `numerals`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from summarizer.nlp.lexicons.lists import listed, table

words = partial(listed, "numerals", "words")
"""The list of that name of words that stand around figures."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit as written: value in the base = factor · figure + shift.

    base: "m", "kg", "s" and so on, or a currency. shift: 0 but for degrees Fahrenheit.
    """

    name: str
    base: str
    factor: float
    shift: float = 0.0


@cache
def measures() -> Mapping[tuple[str, ...], Measure]:
    """Forms as words in lower case → what they measure, currencies that follow a figure too."""
    lexicon = table("units")
    found: dict[tuple[str, ...], Measure] = {}
    for name, (base, factor, forms) in lexicon["measures"].items():
        for form in forms.split("|"):
            found[tuple(form.split())] = Measure(name, base, float(factor))
    for name, (factor, shift, forms) in lexicon["temperatures"].items():
        for form in forms.split("|"):
            found[tuple(form.split())] = Measure(name, "C", float(factor), float(shift))
    for code, forms in lexicon["currencies"].items():
        name, _, parent = code.partition("_")
        measure = Measure(name, parent or code, 0.01 if parent else 1.0)
        for form in forms.split("|"):
            found[tuple(form.split())] = measure
    return found


@cache
def _longest() -> int:
    return max(map(len, measures()))


def measure_at(words: Sequence[str], i: int) -> tuple[int, Measure] | None:
    """The unit that begins at word `i` in its longest form, and the place after it; or None.

    words: lower case. A hyphen between a unit's words counts as the space that it stands for.
    """
    taken: list[str] = []
    best: tuple[int, Measure] | None = None
    at = i
    while at < len(words) and len(taken) < _longest():
        if words[at] != "-" or not taken:
            taken.append(words[at])
            if (measure := measures().get(tuple(taken))) is not None:
                best = at + 1, measure
        at += 1
    return best


def temperature(word: str) -> bool:
    """Whether a lower-case word alone is a scale of temperature: capitals make no name of it."""
    found = measures().get((word,))
    return found is not None and found.base == "C" and len(word) > 1


def currency(mark: str) -> Measure | None:
    """The currency of a mark or code before a figure ("$", "us$", "rs.", "eur"); lower case."""
    code = table("units")["marks"].get(mark)
    if code is None and len(mark) == 3 and mark.upper() in table("units")["currencies"]:
        code = mark.upper()
    return Measure(code, code, 1.0) if code else None


def is_money(unit: str) -> bool:
    """Whether a base unit is a currency."""
    lexicon = table("units")
    return unit in lexicon["marks"].values() or unit in lexicon["currencies"]


def pound(*, as_money: bool) -> Measure:
    """ "Pounds" as money or as weight."""
    code, base, factor, _ = table("units")["either"]["pound"]
    return Measure(code, code, 1.0) if as_money else Measure("pound", base, float(factor))


@cache
def pounds() -> frozenset[str]:
    """The forms that are money or weight."""
    return frozenset(table("units")["either"]["pound"][3].split("|"))
