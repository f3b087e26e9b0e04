"""Whether evidence carries a number of a sentence: its value, and that it counts the same thing.

How numbers are read, and when one value supports another, is for numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.events import Event
from summarizer.facts.numbers import Number, contradicts, numbers, supports_value
from summarizer.facts.roles import matching
from summarizer.facts.text import CACHE, tokens
from summarizer.facts.verbs import is_verb

_PEOPLE = frozenset(
    """people person man woman child victim soldier civilian resident passenger worker volunteer
    patient employee student fan member protester troop""".split()
)
_PAIR = frozenset("both pair couple twins twin duo twice".split())
_SPELLS = frozenset("day night week month quarter season year time".split())
_WINDOW = 5
"""Content words on each side that say what a number counts."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the content lemmas around it."""

    number: Number
    around: frozenset[str]


@lru_cache(maxsize=CACHE)
def counted(text: str) -> tuple[Counted, ...]:
    """The numbers of one sentence, each with up to five content lemmas on either side."""
    found = numbers(text)
    if not found:
        return ()
    words = [t for t in tokens(text) if (t.is_content and t.is_word) or t.text in ".;,"]
    out: list[Counted] = []
    for n in found:
        left = [t for t in words if t.end <= n.start]
        right = [t for t in words if t.start >= n.end]
        near: list[str] = []
        for side, onward in ((reversed(left), False), (iter(right), True)):
            run: list[str] = []
            for t in side:
                if t.text == ";" or (t.text == "," and (run or not onward)) or len(run) == _WINDOW:
                    break
                if t.is_word:
                    run.append(t.lemma)
            near += run
        out.append(Counted(n, frozenset(near)))
    return tuple(out)


def of_another(sentence: str, evidence: Sequence[str]) -> Iterator[Number]:
    """The amounts of a sentence behind a verb, where its doer has another amount in the evidence.

    "The bank offered 6 percent" is not carried where it offered 2, whoever asked for 6.
    """
    own = numbers(sentence)
    if not any(n.unit for n in own) or not evidence:
        return
    for event, near in matching(sentence, evidence):
        mine = _behind(sentence, event)
        doer = event.subject.related
        if len(mine) != 1 or not doer:
            continue
        held = [_behind(t, o) for o, t in near if o.subject.related & doer]
        same = [[n for n in found if n.unit == mine[0].unit] for found in held]
        if same and all(len(s) == 1 and not supports_value(mine[0], s[0]) for s in same):
            yield mine[0]


def _behind(text: str, event: Event) -> list[Number]:
    """The plain amounts of money and shares behind a verb, before the next comma or verb."""
    words = tokens(text)
    end = next(
        (
            i for i in range(event.index + 1, len(words))
            if words[i].text in ",;:" or words[i].lower in ("from", "after", "while", "than")
            or (i > event.index + 1 and is_verb(words, i))
        ),
        len(words) - 1,
    )  # fmt: skip
    low, high = words[event.index].end, words[end].start
    return [
        n for n in numbers(text) if n.unit and not n.vague and low <= n.start and n.end <= high + 1
    ]


def uncarried(sentence: str, evidence: Sequence[str]) -> Iterator[Number]:
    """The numbers of a sentence that no evidence sentence carries.

    A value must be supported; and where another value of the evidence counts the same noun and
    stands in the sentence's own words (two more of them than the supporting one), it is that value
    the sentence should have given.
    """
    mine = counted(sentence)
    if not mine:
        return
    theirs = [c for text in evidence for c in counted(text)]
    words = [t.lower for text in evidence for t in tokens(text)] if evidence else []
    for own in mine:
        if not _carries(own, mine, theirs, words, sentence):
            yield own.number


def _carries(
    own: Counted,
    mine: Sequence[Counted],
    theirs: Sequence[Counted],
    words: Sequence[str],
    sentence: str,
) -> bool:
    number = own.number
    said = sentence[number.start : number.end].lower()
    matching = [
        c for c in theirs if supports_value(number, c.number) and _may_count(number, c.number)
    ]
    if said in ("one", "first", "second", "half") or (number.ordinal and number.low == 1):
        return bool(matching) or not any(contradicts(number, c.number) for c in theirs)
    if not matching:
        if _nth(number, theirs):
            return True
        if number.low != number.high and not number.vague:
            ends = {c.number.low for c in theirs if c.number.unit == number.unit}
            return (
                number.low in ends
                and number.high in ends
                and not any(c.number.low != c.number.high for c in theirs)
            )
        return number.low == 2 and number.unit is None and not _PAIR.isdisjoint(words)
    exact = [c for c in matching if c.number.low == number.low and c.number.high == number.high]
    if not exact:
        # A bound or a rounding must be of the same thing, or of nothing named.
        return any(_same_noun(number, c.number) or own.around & c.around for c in matching)
    best = max(_fit(own, c) for c in matching)
    taken = [m.number for m in mine if m is not own]
    if _exchanged(number, taken, theirs):
        return False
    rivals = [
        _fit(own, c)
        for c in theirs
        if c.number.unit == number.unit
        and c.number.ordinal == number.ordinal
        and c not in matching
        and c.number.noun is not None
        and c.number.noun == number.noun
        and not any(supports_value(t, c.number) for t in taken)
    ]
    return not rivals or max(rivals) < best + 2


def _exchanged(number: Number, taken: Sequence[Number], theirs: Sequence[Counted]) -> bool:
    """Whether two counts of a sentence stand exchanged: "15 adults for 800 years".

    The evidence counts this thing only by the value that the sentence has for another thing.
    """
    if number.noun is None or number.ordinal:
        return False
    other = [t for t in taken if t.noun not in (None, number.noun) and t.unit == number.unit]
    held = [c.number for c in theirs if c.number.noun == number.noun and not c.number.ordinal]
    return bool(held) and any(
        all(h.low == t.low != number.low for h in held)
        and any(c.number.noun == t.noun and c.number.low == number.low for c in theirs)
        for t in other
    )


def _nth(number: Number, theirs: Sequence[Counted]) -> bool:
    """Whether "three years" are told by "a third year", or "three times" by "the third time"."""
    return number.noun in _SPELLS and any(
        c.number.ordinal and c.number.low == number.low and number.noun in c.around for c in theirs
    )


def _may_count(one: Number, other: Number) -> bool:
    """An age is carried by an age, or by a number that nothing named follows."""
    nouns = {one.noun, other.noun}
    return "age" not in nouns or len(nouns) == 1 or None in nouns


def _same_noun(one: Number, other: Number) -> bool:
    if one.noun is None or other.noun is None:
        return one.noun == other.noun
    return one.noun == other.noun or {one.noun, other.noun} <= _PEOPLE


def _fit(own: Counted, other: Counted) -> float:
    shared = len(own.around & other.around)
    return shared + (1 if _same_noun(own.number, other.number) else 0)
