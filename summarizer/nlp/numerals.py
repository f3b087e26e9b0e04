"""Figures as they are written: digits, words, scales, shares, ordinals and vague counts.

What a figure counts, its unit and its bound are read in `quantities`; dates in `dates`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.nlp.lexicons.lists import table
from summarizer.nlp.pieces import Piece
from summarizer.nlp.units import currency, words

Kind = Literal["number", "share", "ordinal", "vague"]

_DIGITS = re.compile(r"-?(?:\d{1,3}(?:,\d{2,3})*(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)")
_POINTED = re.compile(r"\d{1,3}(?:\.\d{3}){2,}")
_DIVIDED = re.compile(r"(\d{1,2})/(\d{1,2})")
_NTH = re.compile(r"(?:st|nd|rd|th)")
_JOINED = frozenset({"hundred", "thousand", "million"})
_GLUED_ONLY = frozenset({"k", "m", "b"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: pieces [first, last), its value, and the step in which it is written.

    low, high: equal to value but for what is vague. step: 10,000 for "250,000", 0.1 for "2.5".
    scaled: whether a scale word rounds it ("2.5 million"). digits: whether it is written in digits.
    """

    first: int
    last: int
    kind: Kind
    value: float
    low: float
    high: float
    step: float
    scaled: bool = False
    digits: bool = False


@cache
def _words() -> Mapping[str, int]:
    lexicon = table("numerals")
    small = {w: n for n, w in enumerate(lexicon["small"].split())}
    return small | {w: 10 * n for n, w in enumerate(lexicon["tens"].split(), 2)}


@cache
def _ordinals() -> Mapping[str, int]:
    return {w: n for n, w in enumerate(table("numerals")["ordinals"].split(), 1)}


def _scales() -> Mapping[str, float]:
    scales: Mapping[str, float] = table("numerals")["scales"]
    return scales


def _parts() -> Mapping[str, int]:
    parts: Mapping[str, int] = table("numerals")["parts"]
    return parts


@cache
def _vague() -> Mapping[tuple[str, ...], tuple[float, float]]:
    return {tuple(k.split()): (v[0], v[1]) for k, v in table("numerals")["vague"].items()}


def step_of(value: float) -> float:
    """The place of the last digit that is not nought: 10,000 for 250,000, 0.1 for 2.5."""
    if not value:
        return 1.0
    step = 1.0
    while value % (step * 10) == 0:
        step *= 10
    while abs(value / step - round(value / step)) > 1e-6 and step > 1e-6:
        step /= 10
    return step


def figure_at(run: Sequence[Piece], i: int) -> Figure | None:
    """The figure that begins at the piece of index `i`, in its longest form, or None."""
    return _vague_at(run, i) or _share_at(run, i) or _ordinal_at(run, i) or _number_at(run, i)


def _text(run: Sequence[Piece], i: int) -> str:
    return run[i].text if 0 <= i < len(run) else ""


def _vague_at(run: Sequence[Piece], i: int) -> Figure | None:
    for length in (3, 2, 1):
        bounds = _vague().get(tuple(_text(run, k) for k in range(i, i + length)))
        if bounds is None:
            continue
        if run[i].text == "scores" and _text(run, i + 1) not in ("of", "more"):
            return None
        return Figure(i, i + length, "vague", bounds[0], *bounds, step=0.0)
    return None


def _ordinal_at(run: Sequence[Piece], i: int) -> Figure | None:
    word, value = run[i].text, 0.0
    last = i + 1
    if word in _ordinals():
        value = _ordinals()[word]
    elif word in _words() and _text(run, i + 1) == "-" and _text(run, i + 2) in _ordinals():
        value, last = _words()[word] + _ordinals()[_text(run, i + 2)], i + 3
    elif _DIGITS.fullmatch(word) and i + 1 < len(run) and _NTH.fullmatch(run[i + 1].text):
        if not run[i + 1].glued:
            return None
        value, last = float(word.replace(",", "")), i + 2
    else:
        return None
    return Figure(i, last, "ordinal", value, value, value, step=1.0)


def _share_at(run: Sequence[Piece], i: int) -> Figure | None:
    """A part of a whole, in percent: "a third of", "two-thirds", "half the", "one in four"."""
    word, after = run[i].text, _text(run, i + 1)
    if word == "half":
        if after in words("halved"):
            return _share(i, i + 1, 1 / 2)
        return None
    top = _words().get(word, 1 if word in ("a", "an") else None)
    if _DIGITS.fullmatch(word) and "." not in word and float(word.replace(",", "")) < 10:
        top = int(word)
    if top is None:
        return None
    at = i + 2 if after == "-" else i + 1
    part = _parts().get(_text(run, at))
    if part is not None and 0 < top < part:
        ends = _text(run, at + 1)
        if word in ("a", "an") and ends not in ("of", "as"):
            return None
        if ends == "of" and _text(run, at + 2) in ("a", "an") and _text(run, at + 3) in _scales():
            return None
        if top > 1 and not _text(run, at).endswith("s"):
            return None
        if after != "-" and top == 1 and ends not in ("of", "as"):
            return None
        return _share(i, at + 1, top / part)
    for link in (("in",), ("out", "of"), ("of", "every"), ("in", "every"), ("out", "of", "every")):
        if tuple(_text(run, k) for k in range(i + 1, i + 1 + len(link))) == link:
            whole = i + 1 + len(link)
            below = _number_at(run, whole) if whole < len(run) else None
            if below is None or not top < below.value <= 100 or top > 10:
                continue
            if _text(run, below.last) in ("years", "days", "months", "weeks", "hours", "minutes"):
                continue
            return _share(i, below.last, top / below.value)
    return None


def _share(first: int, last: int, part: float) -> Figure:
    percent = 100 * part
    plain = abs(percent - round(percent)) < 1e-9
    return Figure(first, last, "share", percent, percent, percent, 1.0 if plain else 0.0)


def _number_at(run: Sequence[Piece], i: int) -> Figure | None:
    word = run[i].text
    if word in ("a", "an"):
        return _with_article(run, i)
    if word == "half":
        return _half(run, i)
    if _POINTED.fullmatch(word):
        word = word.replace(".", "")
    digits = bool(_DIGITS.fullmatch(word))
    if digits and _text(run, i + 1) == "s" and run[i + 1].glued:
        return None  # "in her 60s"
    if digits:
        value, at = float(word.replace(",", "")), i + 1
        decimals = len(word.partition(".")[2])
        step = 10.0**-decimals if decimals else step_of(value)
    elif word in _words():
        value, at = _spelled(run, i)
        step = step_of(value)
    elif (part := _fraction(word)) is not None:
        return _scaled(run, i, i + 1, part, part, digits=True)
    else:
        return None
    added = 0.0
    if (part := _fraction(_text(run, at))) is not None and part < 1:
        added, at = part, at + 1
    elif tuple(_text(run, k) for k in range(at, at + 3)) == ("and", "a", "half"):
        added, at = 0.5, at + 3
    if added:
        value, step = value + added, added
    return _scaled(run, i, at, value, step, digits=digits)


def _fraction(word: str) -> float | None:
    if len(word) == 1 and unicodedata.category(word) == "No":
        return unicodedata.numeric(word)
    match = _DIVIDED.fullmatch(word)
    if match and 0 < int(match[1]) < int(match[2]) and int(match[2]) in (2, 3, 4, 5, 8, 10):
        return int(match[1]) / int(match[2])
    return None


def _with_article(run: Sequence[Piece], i: int) -> Figure | None:
    """ "a dozen", "a hundred and five", "a million and a half", "a quarter of a million"."""
    if _text(run, i + 1) in ("half", "quarter"):
        half = _half(run, i + 1)
        return None if half is None else Figure(i, *_tail(half))
    scale = _scales().get(_text(run, i + 1))
    if scale is None or _text(run, i + 1) in _GLUED_ONLY:
        return None
    rest = _spelled(run, i + 1, start=1)
    value, at = rest
    if tuple(_text(run, k) for k in range(at, at + 3)) == ("and", "a", "half"):
        value, at = value + scale / 2, at + 3
    return Figure(i, at, "number", value, value, value, step_of(value), scaled=value >= 1000)


def _tail(f: Figure) -> tuple[int, Kind, float, float, float, float, bool]:
    return f.last, f.kind, f.value, f.low, f.high, f.step, f.scaled


def _half(run: Sequence[Piece], i: int) -> Figure | None:
    """ "half a million", "half-million", "half an hour", "quarter of a million"."""
    part = 1 / _parts()[run[i].text]
    at = i + 1
    if _text(run, at) == "of":
        at += 1
    if _text(run, at) == "-":
        at += 1
    if _text(run, at) in ("a", "an"):
        at += 1
    if at == i + 1 or (_text(run, i + 1) == "of" and at == i + 2):
        return None
    scale = _scales().get(_text(run, at))
    if scale is not None and _text(run, at) not in _GLUED_ONLY:
        return Figure(i, at + 1, "number", *(3 * (part * scale,)), step_of(part * scale), True)
    if _text(run, at - 1) in ("a", "an") and _text(run, i + 1) != "of":
        return Figure(i, at, "number", part, part, part, part)
    return None


def _spelled(run: Sequence[Piece], i: int, start: int = 0) -> tuple[float, int]:
    """The value of the number words from piece `i`, and the piece after them.

    start: what stands before them, 1 for the article of "a hundred".
    """
    total, current, at, last = 0.0, float(start), i, i
    while at < len(run):
        word = run[at].text
        if at > i and (word == "-" or (word == "and" and run[at - 1].text in _JOINED)):
            if _text(run, at + 1) not in _words() and _text(run, at + 1) not in _scales():
                break
            at += 1
            continue
        if word in _words():
            value, ones = _words()[word], current % 100
            if ones and not (ones >= 20 and ones % 10 == 0 and 0 < value < 10):
                break
            current += value
        elif word in ("hundred", "dozen"):
            current = max(1.0, current) * _scales()[word]
        elif word in _scales() and word not in _GLUED_ONLY:
            total += max(1.0, current) * _scales()[word]
            current = 0.0
        else:
            break
        at = last = at + 1
    return total + current, last


def _scaled(
    run: Sequence[Piece], first: int, at: int, value: float, step: float, *, digits: bool
) -> Figure:
    scaled = False
    while True:
        on = at + 1 if _text(run, at) == "-" else at
        word = _text(run, on)
        if word not in _scales() or (word in _GLUED_ONLY and not _is_scale(run, first, on)):
            break
        value, step = value * _scales()[word], step * _scales()[word]
        scaled = scaled or _scales()[word] >= 1000
        at = on + 1
    if not digits:
        scaled = scaled or value >= 1000
    return Figure(first, at, "number", value, value, value, step, scaled, digits)


def _is_scale(run: Sequence[Piece], first: int, at: int) -> bool:
    """Whether "k", "m" or "b" behind a figure is thousand, million or billion and not a metre."""
    if not run[at].glued:
        return False
    money = first > 0 and currency(run[first - 1].text) is not None
    return (
        money or run[at].text != "m" or "." in run[at - 1].text or _text(run, at + 1).endswith("s")
    )
