"""Numbers of the same thing: what is counted, what became of it, and which figures exclude others.

Sentences are paired elsewhere; dates and ages of a day are for `times`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from summarizer.compare.ages import one_person
from summarizer.compare.reading import Point, Reading, opposed, overlap
from summarizer.facts import Date, Number, dates, numbers, relation, supports_value
from summarizer.facts.names import root
from summarizer.facts.text import content, lemma

_FATES = {
    "kill": "kill slain die dead death fatality fatally perish slay toll",
    "injure": "injure injury hurt wound hospitalised hospitalized treat hospital",
    "arrest": "arrest detain detention custody",
    "missing": "miss disappear unaccounted",
    "rescue": "rescue save alive survive survivor",
    "evacuate": "evacuate evacuee flee fled displaced",
    "infect": "infect infection case",
    "aboard": "aboard board carry",
    "crowd": "march marcher rally protest protester demonstrate demonstrator attend "
    "turnout crowd gather spectator",
    "job": "job layoff redundancy laid lay",
    "sell": "sell",
    "sentence": "sentence jail imprison prison",
}
_FATE = {lemma(word): fate for fate, words in _FATES.items() for word in words.split()}
"""Lemma -> what became of those counted: the dead and the injured are different counts."""

_TIGHT = 6
_FAR, _FAR_UNIT = (
    20,
    5,
)  # times by which two figures of one count, of people or of money, may differ

_TOLLS = frozenset("kill injure arrest missing rescue evacuate infect".split())
"""Counts of people that grow while a story runs."""

_ANYBODY = frozenset(
    "person victim casualty die dead injure hurt wound other human soul fatality death injury "
    "toll kill miss arrest detain body".split()
)
_CROWD = _ANYBODY | frozenset("protester demonstrator marcher supporter participant".split())
_PEOPLE = frozenset(
    """man woman child boy girl student pupil teacher worker employee staff crew sailor soldier
    troop officer police policeman policemen gunman gunmen firefighter fireman firemen nurse doctor
    patient resident civilian passenger migrant refugee villager guest visitor tourist fan spectator
    protester demonstrator marcher supporter participant prisoner inmate hostage suspect miner
    member civilian citizen voter customer household family journalist rebel militant fighter
    personnel baby infant teenager youth pedestrian motorist driver cyclist survivor shopper
    worshipper athlete player climber hiker skier diver pilgrim settler evacuee arrest
    case""".split()
)
_MONEY = frozenset("crown mark franc peso rupee yuan rouble ruble krona krone lira zloty".split())
_MEASURES = frozenset(
    "second minute hour day week month year decade mile kilometre kilometer metre meter foot acre "
    "hectare time percent point degree ton tonne litre liter gallon storey story crown mark dollar "
    "euro pound page item floor vote mph kph km inch home house building car vehicle".split()
)
_SMALL = "two|three|four|five|six|seven|eight|nine|ten|hundred|thousand"
_PART_OF = re.compile(r"(?i)^\s*(?:of (?:them|whom|those|the|its|his|her|their)\b)")
_AMONG = re.compile(
    r"(?i)\b(?:including|among them|of whom|of them|another|additional|a further|(?:than)? other)\s"
    r"+(?:at least\s+|the\s+|about\s+)?$"
)
_ONE_IN = re.compile(
    rf"(?i)^\s+(?:(?:out\s+)?of|in)\s+(?:the\s+|every\s+)?(?:\d|[a-z]+ty\b|{_SMALL})"
)
_IN_MANY = re.compile(
    rf"(?i)(?:\d|\b(?:{_SMALL}|half|most|all))(?:\s+\w+)?\s+(?:(?:out )?of|in)\s+"
    r"(?:the\s+|its\s+|every\s+)?(?:\w+['’]s\s+)?$"
)
_RATE = re.compile(
    r"(?i)\b(?:daily|a day|per day|a week|per week|a month|a year|per year|annual(?:ly)?|average"
    r"|averaging|on average|past 24 hours|new (?:cases|infections|deaths))\b"
)
_EXPECTED = re.compile(
    r"(?i)\b(?:expect(?:s|ed|ing|ations?)?|forecasts?|looking for|predict(?:s|ed|ing|ions?)?"
    r"|projected|could|may|might|target(?:s|ed)?|goal|hope[sd]?)\b"
)
_FURTHER = re.compile(r"(?i)^\s*(?:more|others?|further|additional)\b(?! than)")
_ORDINAL_BEFORE = re.compile(
    r"(?i)\b(?:first|second|third|fourth|last|later|latter|former|next|final|opening|other)\s+$"
)
_BY = re.compile(r"(?i)\bby\s+(?:\w+ ){0,3}$")
_TO = re.compile(r"(?i)\b(?:to|at|of)\s+(?:\w+ ){0,2}$")
_NUMBER_OF = re.compile(
    r"(?i)\b(?:the )?(?:number|total|toll|count) of (?:\w+ ){0,2}?(\w+)\b[^.;]{0,50}?"
    r"\b(?:at|to|was|is|reached|as)\s+(?:\w+ ){0,3}$"
)
_ONE_EACH = frozenset("magnitude population temperature".split())
"""What a thing has one of: two values of it differ wherever the sentences tell of one thing."""
_MEASURED = re.compile(
    r"(?i)\b(magnitude|rate|speed|temperature|price|score|population|cost|value|length|height|depth"
    r"|weight|toll)\s+(?:of|was|is|at|to)?\s*(?:\w+ ){0,2}$"
)
_ROSE = re.compile(
    r"(?i)\b(?:ros?e|risen|rises|climbed|grew|grown|increased|jumped|updated?|revised|raised"
    r"|went up|gone up|has reached|up from|earlier reports?|initial(?:ly)?|previous(?:ly)?"
    r"|first reported|earlier (?:said|put|gave|count|figure|toll)|a day earlier|the day before"
    r"|now (?:stands|stood))\b"
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number with what tells whether two count one thing.

    fate: what became of those counted ("kill", "aboard", …) or None. near: content lemmas around.
    period: the dates of its sentence that bind it to a year or a period. change: "by", "to" or "".
    marks: whether it is a rate ("a day") and whether it is only expected. subject: parts of the
    names before it. modifiers: capitalised words right after it ("of American goods"). called: what
    is counted, for a heading.
    """

    number: Number
    noun: str | None
    fate: str | None
    near: frozenset[str]
    period: tuple[Date, ...]
    change: str = ""
    marks: tuple[bool, bool] = (False, False)
    subject: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    called: str = ""


def points(reading: Reading) -> Iterator[Point]:
    """The counts of a sentence, and "nobody was hurt" as a count of none."""
    text = reading.text
    for number in numbers(text):
        if not _countable(text, number):
            continue
        at = reading.token_at(number.start)
        noun = _noun(text, number)
        fate = _fate(reading, at, reading.token_at(number.end), noun)
        tight = number.unit is not None or noun in _MONEY
        near = reading.around(at, _TIGHT if tight else 8, clause=tight)
        before = text[max(0, number.start - 30) : number.start]
        count = Count(
            number,
            noun,
            fate,
            near - {noun or ""},
            _period(reading),
            "by" if _BY.search(before) else "to" if _TO.search(before) else "",
            _marks(text, number),
            _subject(reading, number),
            _modifiers(reading, number),
            _called(text, number, noun),
        )
        value = (number.low, number.high, number.unit)
        yield Point(reading.row, number.start, number.end, value, _keys(count), at, count)
    yield from _nobody(reading)


_NOBODY = re.compile(
    r"(?i)\b(?:nobody|no[ -]one|none)\b[^.;,]{0,25}?\b(?P<verb>injured|hurt|killed|wounded|died)\b"
    r"|\b(?:no|without(?: any)?)\s+(?:\w+\s+)?(?P<noun>injuries|deaths|casualties|fatalities)\b"
)


def _nobody(reading: Reading) -> Iterator[Point]:
    for match in _NOBODY.finditer(reading.text):
        word = (match["verb"] or match["noun"]).lower()
        fate = "kill" if word in ("killed", "died", "deaths", "fatalities") else "injure"
        at = reading.token_at(match.start())
        zero = Number(*match.span(), Fraction(0), Fraction(0), None, "exact", "person")
        count = Count(zero, "person", fate, reading.around(at), (), called="number of people")
        yield Point(reading.row, *match.span(), (0, 0, None), _keys(count), at, count)


def _countable(text: str, number: Number) -> bool:
    before, after = text[: number.start], text[number.end :]
    said = text[number.start : number.end].lower()
    if number.ordinal or number.vague or number.low != number.high:
        return False
    if _ONE_IN.match(after) or _IN_MANY.search(before):
        return False
    if _PART_OF.match(after) or _AMONG.search(before) or _FURTHER.match(after):
        return False
    if said in ("half", "one") and (_ORDINAL_BEFORE.search(before) or said == "one"):
        return False
    if after.lstrip().startswith("percentage"):
        return False
    return not re.match(r"(?i)[\s-]percentage points?\b", text[number.start :].split(said)[-1])


def _noun(text: str, number: Number) -> str | None:
    before = text[max(0, number.start - 90) : number.start]
    if (number.noun is None or number.unit == "%") and (match := _NUMBER_OF.search(before)):
        return next(iter(content(match[1])), None)
    if number.noun is None and (match := _MEASURED.search(before)):
        return match[1].lower()
    return number.noun if number.unit is None else None


_WORD = re.compile(r"[A-Za-z-]+")
_NO_PLURAL = frozenset("police staff personnel crew dead aircraft sheep fish".split())


def _called(text: str, number: Number, noun: str | None) -> str:
    """What a number counts as a heading says it: "number of flats", "price", "percentage"."""
    if number.unit is not None or noun is None:
        return {None: "figure", "%": "percentage"}.get(number.unit, "amount")
    if noun == "age" or number.noun is None:
        return noun
    if noun in _ANYBODY:
        return "number of people"
    near = _WORD.findall(text[number.end : number.end + 60].lower())
    said = next((word for word in near if lemma(word) == noun), noun)
    if said == noun and noun not in _NO_PLURAL:
        said = re.sub(r"(?<![aeiou])y$", "ie", noun)
        said += "es" if said.endswith(("s", "x", "ch", "sh")) else "s"
    return f"amount in {said}" if noun in _MONEY else f"number of {said}"


def _keys(count: Count) -> tuple[str, ...]:
    keys = []
    if count.fate is not None and _somebody(count):
        keys.append(f"fate {count.fate}")
    if count.noun is not None:
        keys.append(f"noun {count.noun}")
    if count.number.unit is not None:
        keys += [f"unit {count.number.unit} {word}" for word in sorted(count.near)]
    return tuple(keys)


def _somebody(count: Count) -> bool:
    """Whether people may be counted: then what became of them says whose number it is."""
    if count.number.unit is not None:
        return False
    return count.noun is None or count.noun in _PEOPLE or count.noun in _ANYBODY


def _fate(reading: Reading, first: int, after: int, noun: str | None) -> str | None:
    """What became of those counted: the nearest word that says so, in the same clause first."""
    if noun == "body":
        return "kill"
    best: tuple[float, str] | None = None
    for i in range(max(0, first - 12), min(len(reading.words), after + 12)):
        fate = _FATE.get(reading.words[i].lemma)
        if fate is None or first <= i < after:
            continue
        span = (i + 1, first) if i < first else (after, i)
        crossed = [w.lower for w in reading.words[span[0] : span[1]]]
        far = float(span[1] - span[0])
        far += sum(6 for w in crossed if w in (",", ";", ":", "—", "-"))
        far += sum(4 for w in crossed if w in ("and", "but", "while", "after", "when"))
        if noun is not None and reading.words[i].lemma == noun:
            far = 0.0
        if fate in ("crowd", "job", "sell", "sentence", "aboard"):
            far += 2
        if best is None or far < best[0]:
            best = far, fate
    return best[1] if best is not None and best[0] <= 14 else None


def _marks(text: str, number: Number) -> tuple[bool, bool]:
    near = text[max(0, number.start - 50) : number.end + 60]
    return bool(_RATE.search(near)), bool(_EXPECTED.search(near))


def _modifiers(reading: Reading, number: Number) -> frozenset[str]:
    at = reading.token_at(number.end)
    after = reading.words[at : at + 4]
    return frozenset(root(w.text) for w in after if w.is_word and w.text[0].isupper())


def _period(reading: Reading) -> tuple[Date, ...]:
    return tuple(
        d
        for d in dates(reading.text)
        if (
            d.relative is not None
            and d.relative[0] in ("year", "month", "quarter", "decade", "season")
        )
        or d.year is not None
        or (d.month is not None and d.day is None)
    )


def _subject(reading: Reading, number: Number) -> frozenset[str]:
    """The parts of the names before a number that are not its speaker's."""
    speaker = reading.speaker(number.start) or ""
    return frozenset().union(
        *(
            parts
            for start, parts in reading.names
            if start < number.start and not any(p in speaker.lower() for p in parts)
        )
    )


def same_thing(one: Point, other: Point, a: Reading, b: Reading, near: float) -> bool:
    """Whether two points count one thing, whatever their values. near: cosine of the sentences."""
    x, y = one.detail, other.detail
    assert isinstance(x, Count)
    assert isinstance(y, Count)
    if x.number.unit != y.number.unit or {x.change, y.change} == {"by", "to"}:
        return False
    if x.marks != y.marks or (x.modifiers and y.modifiers and not x.modifiers & y.modifiers):
        return False
    low, high = sorted((x.number.low, y.number.low))
    money = x.number.unit is not None or x.noun in _MONEY
    if low > 0 and high > (_FAR_UNIT if money else _FAR) * low:
        return False
    if _other_time(x.period, y.period) or opposed(x.near, y.near):
        return False
    shared = x.near & y.near
    if x.fate is not None and y.fate is not None and _somebody(x) and _somebody(y):
        if x.fate != y.fate:
            return False
        whole = overlap(a.content, b.content)
        if _whose(x, y) and (near >= 0.40 or whole >= 0.4):
            return True
    if x.number.unit is None and (x.noun is None or x.noun != y.noun):
        return False
    if x.fate not in _TOLLS and _other_day(a, b):
        return False
    if x.noun == "age":
        return one_person(one, other, a, b, near)
    if x.subject and y.subject and not x.subject & y.subject and x.noun in _MEASURES:
        return False
    if (x.fate is None) != (y.fate is None) and {x.fate, y.fate} & (_TOLLS - {"rescue"}):
        return False
    alike = low > 0 and high <= 2 * low
    if alike and near >= 0.70 and x.noun in _ONE_EACH:
        return True
    if alike and near >= (0.70 if money else 0.75) and shared:
        return True
    if money:
        return near >= 0.60 and len(shared) >= 2
    if alike and low >= 1000:
        return near >= 0.35 or len(shared) >= 2
    return near >= 0.55 and len(shared) >= 2 and overlap(x.near, y.near) >= 0.3


def _whose(x: Count, y: Count) -> bool:
    """Whether both counts are of the same people: of one noun, or one of them of anybody.

    Five soldiers may be among nine people, so a smaller count of some is no other count of all.
    """
    anybody = _CROWD if x.fate in ("crowd", "aboard") else _ANYBODY
    general_x, general_y = x.noun is None or x.noun in anybody, y.noun is None or y.noun in anybody
    if x.noun == y.noun or (general_x and general_y):
        return True
    if x.fate == "aboard":
        return False
    if general_x:
        return y.number.low > x.number.low
    return general_y and x.number.low > y.number.low


def _other_time(one: tuple[Date, ...], other: tuple[Date, ...]) -> bool:
    """Whether one figure is of another year or period than the other."""
    if not one and not other:
        return False
    if one and other:
        return all(relation(x, y) in ("contradict", "unrelated") for x in one for y in other)
    return any(d.year is not None or d.relative is not None for d in (*one, *other)) and any(
        d.relative is None or d.relative[1] < 0 for d in (*one, *other)
    )


def _other_day(a: Reading, b: Reading) -> bool:
    """Whether both sentences name a day of what they tell, and not the same: two crowds, two games.

    The day on which somebody said it does not count.
    """
    mine, yours = (
        [
            d
            for d in dates(r.text)
            if (d.weekday is not None or d.day is not None) and not r.said_at(r.token_at(d.start))
        ]
        for r in (a, b)
    )
    return bool(mine and yours) and all(relation(x, y) == "contradict" for x in mine for y in yours)


def exclude(one: Point, other: Point) -> bool:
    """Whether two counts of one thing cannot both be true."""
    x, y = one.detail, other.detail
    assert isinstance(x, Count)
    assert isinstance(y, Count)
    if supports_value(x.number, y.number) or supports_value(y.number, x.number):
        return False
    return not (_rounds(x.number.low, y.number.low) or _rounds(y.number.low, x.number.low))


def _rounds(value: Fraction, rough: Fraction) -> bool:
    """Whether `rough` is a large `value` told in fewer figures: 1.4 trillion for 1.37 trillion."""
    if rough < 1000 or abs(value - rough) > rough * Fraction(1, 20):
        return False
    step = Fraction(1)
    while rough % (step * 10) == 0:
        step *= 10
    return round(value / step) * step == rough


def updates(one: Point, other: Point, a: Reading, b: Reading) -> bool:
    """Whether one figure is a later state of the same count and not another count.

    Only of counts that grow while a story runs. By the text: the sentence with the higher figure
    says that it rose, or that there were earlier reports. By `published`: the higher figure was
    printed later, on the word of the same speaker, or of none in both.
    """
    x, y = one.detail, other.detail
    assert isinstance(x, Count)
    assert isinstance(y, Count)
    if x.fate not in _TOLLS and y.fate not in _TOLLS and {x.noun, y.noun} - {"acre", "hectare"}:
        return False
    (_, early), (_, late) = sorted(((x.number.low, a), (y.number.low, b)), key=lambda pair: pair[0])
    if _ROSE.search(late.text) or re.search(
        r"(?i)\b(?:initial(?:ly)?|at first|preliminary|first reports?)\b", early.text
    ):
        return True
    if early.published is None or late.published is None or early.published >= late.published:
        return False
    first = early.speaker(one.start if early is a else other.start)
    second = late.speaker(other.start if late is b else one.start)
    if first is None or second is None:
        return first is second
    return bool(content(first) & content(second))


def about(one: Point, other: Point) -> str:
    """What both count, in a few words."""
    x, y = one.detail, other.detail
    assert isinstance(x, Count)
    assert isinstance(y, Count)
    shared = sorted((x.near & y.near) - {x.noun or ""})
    if x.fate in _TOLLS and x.fate == y.fate:
        return {
            "kill": "people killed", "injure": "people injured", "arrest": "people arrested",
            "missing": "people missing", "rescue": "people rescued",
            "evacuate": "people evacuated", "infect": "people infected",
        }[x.fate]  # fmt: skip
    return f"{x.called} ({', '.join(shared[:4])})" if shared else x.called
