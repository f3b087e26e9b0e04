"""Figures of one thing: what is counted or measured, and which figures cannot both be true.

How figures are read and compared is for `nlp.quantities`; which sentences are
compared, for `pairing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarizer.disagreements.statements import (
    Point,
    Reading,
    Word,
    alike,
    clash,
    cues,
    meets,
    named_apart,
    opposed,
    overlap,
    shared,
)
from summarizer.nlp.counted import fate_classes, fate_noun, fates, is_person
from summarizer.nlp.dates import Date, contradicts_date, said
from summarizer.nlp.entities import same_name
from summarizer.nlp.fates import is_part, is_toll
from summarizer.nlp.frames import Frame
from summarizer.nlp.inflect import inflect
from summarizer.nlp.lexicons.wordnet import relation
from summarizer.nlp.quantities import Quantity, compatible

_FAR, _FAR_UNIT = 20.0, 5.0  # times by which two figures of one thing may differ: counts, amounts
_ALIKE = 2.0  # times under which two figures are near enough to be of one thing by the cosine
_MEASURING = frozenset({"attr", "at", "to"})
"""How an amount stands to its verb where the noun beside it is what is measured: "put at"."""
_NAMED = frozenset({"%", "pp", "year_old", "score", "magnitude"})
"""Units that say themselves what is measured."""
_DIMENSIONS = {
    "m": "length or distance", "m2": "area", "kg": "weight", "l": "volume", "m/s": "speed",
    "s": "time", "month": "time", "W": "power", "C": "temperature", "degree": "temperature",
}  # fmt: skip
"""What an amount in a unit measures, for a heading."""
TOLLS = {
    "kill": "people killed", "injure": "people injured", "arrest": "people arrested",
    "miss": "people missing", "rescue": "people rescued", "survive": "people rescued",
    "evacuate": "people evacuated", "infect": "people infected",
    "hospitalise": "people in hospital", "critical": "people in a critical condition",
}  # fmt: skip
"""Counts of people that change while a story runs, by fate, and how a heading calls them."""
_EITHER_WAY = frozenset({"miss", "hospitalise", "critical"})
"""Those that fall as well as rise."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure with what tells whether two are of one thing.

    noun: lemma of what is counted or measured, or "". fate: class of what befalls the counted, or
    "". anybody: whether people in general may be counted. ahead, past: whether it is planned or
    possible, and whether it is told of the past. near: content words of its clause. days, periods:
    dates of the clause. moment: hours, parts of a day and words ("the close") by which a measure
    that moves is told. called: what is counted, for a heading.
    """

    figure: Quantity
    noun: str
    fate: str
    anybody: bool
    ahead: bool
    past: bool
    near: frozenset[Word]
    days: tuple[Date, ...]
    periods: tuple[Date, ...]
    moment: frozenset[str]
    called: str


def points(reading: Reading) -> Iterator[Point[Count]]:
    """The figures of a sentence that count or measure a whole."""
    for q in reading.quantities:
        condition = _condition(reading, q)  # its count is whole, also of "three of the injured"
        part = _partial(reading, q) and not condition
        if q.ordinal or part or _added(reading, q) or _before(reading, q):
            continue
        noun = _noun(reading, q)
        told = q.fate.partition(":")[0]
        fate = condition or (told if told in fate_classes() else "")
        if not fate and not q.of:  # "put the number of missing at 60"
            fate = noun if noun in TOLLS else fates().nouns.get(noun, "")
        frame = reading.frame(q.at)
        timed = list(_dates_of(reading, frame))
        count = Count(
            figure=q,
            noun=noun,
            fate=fate if not q.unit else "",
            anybody=not q.unit
            and (not noun or bool(condition) or noun in _ANYBODY or fate_noun(noun)),
            ahead=_ahead(frame),
            past=frame is not None and frame.tense == "past" and not frame.modal,
            near=reading.clause(q.at),
            days=tuple(d for d in timed if d.weekday is not None or d.day is not None),
            periods=tuple(d for d in timed if _is_period(d)),
            moment=_moment(reading, q, frame, timed),
            called=_called(reading, q, noun),
        )
        worded, value = q.first - q.cue, (q.low, q.high, q.unit)
        yield Point(reading, worded, q.last, q.first, value, _keys(count), count)


def _before(reading: Reading, q: Quantity) -> bool:
    """Whether a figure is what was before: "from 9.3 days a month to 4.9"."""
    parsed = reading.parsed
    tokens, at = parsed.tokens, q.last - 1
    while tokens[at].dep in ("nummod", "compound", "npadvmod"):
        at = tokens[at].head
    above = tokens[at].head
    if tokens[at].dep != "pobj" or tokens[above].lower != "from":
        return False
    beside = (*parsed.children[above], *parsed.children[tokens[above].head])
    later = (c for c in beside if tokens[c].lower == "to")
    reached = {i for to in later for i in parsed.subtree(to)}
    return any(r.at in reached and r.unit in ("", q.unit) for r in reading.quantities)


def _moment(
    reading: Reading, q: Quantity, frame: Frame | None, timed: Sequence[Date]
) -> frozenset[str]:
    """Which moment of a day a measure is of that moves: a share's price, a river's level."""
    if not q.unit or q.unit in _NAMED - {"%", "pp"} or frame is None:
        return frozenset()
    words = {lemma for lemma, _ in reading.clause(q.at)}
    if frame.lemma.partition("_")[0] not in cues("moves") and words.isdisjoint(cues("moments")):
        return frozenset()
    hours = {str(d.hour.minute) for d in timed if d.hour is not None}
    return frozenset(hours | {d.part for d in timed if d.part} | (words & cues("moments")))


def _dates_of(reading: Reading, frame: Frame | None) -> Iterator[Date]:
    """The dates of a clause, and of the one above a participle: "sank in 2019, killing 12"."""
    tokens = reading.parsed.tokens
    above: list[int] = []
    if frame is not None and tokens[frame.predicate].tag in ("VBG", "VBN"):
        above = reading.parsed.above(frame.predicate)
    for d in reading.dates:
        other = reading.frame(d.first)
        if other is frame or (above and (other is None or other.predicate in above)):
            yield d


def _condition(reading: Reading, q: Quantity) -> str:
    """The class of those whose condition is told: "four of them were in a critical condition"."""
    tokens, children = reading.parsed.tokens, reading.parsed.children
    if q.unit or tokens[q.at].dep not in ("nsubj", "nummod", "attr"):
        return ""
    told = tokens[q.at].head if tokens[q.at].dep == "nsubj" else q.at
    return next(
        (
            tokens[a].lower
            for p in children[told] if tokens[p].lower == "in"
            for c in children[p] if tokens[c].lemma == "condition"
            for a in children[c] if tokens[a].lower in TOLLS
        ),
        "",
    )  # fmt: skip


def _ahead(frame: Frame | None) -> bool:
    return frame is not None and frame.modal in ("possible", "conditional", "attempt")


_ANYBODY = frozenset({"people", "person", "victim", "other", "human", "body", "life", "casualty"})


def _keys(count: Count) -> tuple[str, ...]:
    if count.figure.unit:
        return (f"unit {count.figure.unit}",)
    people = count.anybody or is_person(count.noun)
    keys = (count.fate, count.noun, "people" if people else "")
    # The dead of another year are a count of their own: an article that names them tells its own.
    years = "".join(f" {d.year}" for d in count.periods if d.year is not None)
    return tuple(dict.fromkeys(f"{k}{years}" for k in keys if k))


def _is_period(d: Date) -> bool:
    parts = said(d)
    return (
        "year" in parts
        or "quarter" in parts
        or ("month" in parts and "day" not in parts)
        or ("relative" in parts and " " in d.relative)
    )


_BESIDE = frozenset({"nsubj", "nsubjpass", "dobj"})
_RESTRICTING = frozenset({"prep", "relcl", "acl"})


def _partial(reading: Reading, q: Quantity) -> bool:
    """Whether a figure counts some of a whole that is told of: "two of them", "including five".

    So does nobody of some place: "no one inside the shop" is not nobody at all.
    """
    parsed = reading.parsed
    tokens, at = parsed.tokens, q.at
    if is_part(parsed, at) or q.unit in ("all_but", "times"):
        return True
    bound = range(q.first - q.cue, q.first)  # "more than" counts no part
    for i in {at, q.last - 1}:
        if any(tokens[c].lower in cues("rest") and c not in bound for c in parsed.children[i]):
            return True
    placed = (tokens[c] for c in parsed.children[q.last - 1])
    if q.value == 0 and any(t.dep in _RESTRICTING and t.lower != "of" for t in placed):
        return True
    above = tokens[tokens[at].head]
    if (
        tokens[at].dep == "pobj"
        and above.lower == "of"
        and any(r is not q and r.first <= above.head < r.last for r in reading.quantities)
    ):
        return True  # the whole of "half of the 8,000 residents"
    after = tokens[q.last].lower if q.last < len(tokens) else ""
    if after in cues("rest"):
        return True
    within = after == "in" and q.first <= tokens[q.last].head < q.last  # not "killed one in Lund"
    if (after == "of" or within) and q.last + 1 < len(tokens) and not q.unit:
        below = tokens[q.last + 1]
        definite = below.pos == "PRON" or below.tag in ("DT", "PRP$", "WDT", "WP", "CD")
        if definite and below.lower not in ("a", "an"):
            return True
    head = tokens[at].head
    return tokens[at].dep in ("nsubj", "attr") and any(
        tokens[c].lower == "among" for c in parsed.children[head]
    )


def _added(reading: Reading, q: Quantity) -> bool:
    """Whether people are what a total grew by: "rose to 19 after two more bodies were found"."""
    tokens = reading.parsed.tokens
    if not q.fate and _noun(reading, q) not in _ANYBODY:
        return False
    totals = {
        tokens[tokens[i].head].head
        for r in reading.quantities
        if r is not q
        for i in (r.at, r.last - 1)
        if tokens[i].dep == "pobj" and tokens[tokens[i].head].lower == "to"
    }
    at = q.at
    while tokens[at].head != at:
        above = tokens[at].head
        grown = above in totals and tokens[above].lemma in cues("rise")
        if grown and tokens[at].dep in ("advcl", "prep"):
            return tokens[at].dep == "advcl" or tokens[at].lower in ("after", "with")
        at = above
    return False


def _noun(reading: Reading, q: Quantity) -> str:
    """What is counted or measured: its own noun, "number of X", or the subject of the figure."""
    parsed = reading.parsed
    tokens, head = parsed.tokens, q.last - 1
    own = tokens[tokens[head].head]
    if tokens[head].dep == "nummod" and own.dep == "compound" and not q.unit:
        return own.lemma  # "58-storey tower"
    days = {i for d in reading.dates for i in range(d.first, d.last)}
    if q.of and q.noun not in days:  # "9 percent next autumn" is of no autumn
        return q.of
    while tokens[head].head != head and tokens[head].pos not in ("VERB", "AUX"):
        head = tokens[head].head
        named = tokens[head].pos in ("NOUN", "PROPN") and head not in days
        if named and not q.first <= head < q.last:
            return tokens[head].lemma
    for c in parsed.children[head]:
        if q.unit and tokens[c].dep == "dobj" and q.fate.partition(":")[2] in _MEASURING:
            return tokens[c].lemma  # "put the damage at 5 million euros"
    beside = [c for c in parsed.children[head] if c < q.first and tokens[c].dep in _BESIDE]
    for c in beside:
        for p in parsed.children[c] if tokens[c].lemma in cues("count_nouns") else ():
            if tokens[p].lower == "of" and parsed.children[p]:
                return tokens[parsed.children[p][0]].lemma  # "the mayor put the number of …"
    subjects = [c for c in beside if tokens[c].dep != "dobj" and tokens[c].pos == "NOUN"]
    return next((tokens[c].lemma for c in subjects), "")


def _called(reading: Reading, q: Quantity, noun: str) -> str:
    """What a figure counts as a heading says it: "number of flats", "price", "percentage"."""
    if q.unit in ("%", "pp"):
        return "percentage"
    if q.unit == "year_old":
        return "age"
    if q.unit in ("score", "magnitude"):
        return q.unit
    if q.unit in _DIMENSIONS:
        return _DIMENSIONS[q.unit]
    if q.unit:
        return f"amount in {inflect(q.unit, 'NNS')}" if q.written == q.unit.lower() else "amount"
    if not noun:
        return "figure"
    if noun in _ANYBODY or fate_noun(noun):
        return "number of people"
    token = reading.parsed.tokens[q.noun] if q.noun is not None else None
    plural = token.lower if token and token.tag in ("NNS", "NNPS") else inflect(noun, "NNS")
    if token and token.tag == "NN" and noun in cues("count_nouns"):
        return noun
    return f"amount in {plural}" if noun in cues("currency_nouns") else f"number of {plural}"


def same_thing(one: Point[Count], other: Point[Count], near: float) -> bool:
    """Whether two figures are of one thing, whatever their values.

    near: cosine of the sentences.
    """
    x, y = one.detail, other.detail
    q, r = x.figure, y.figure
    if not _may_meet(one, other):
        return False
    if x.fate and y.fate and x.fate != y.fate:
        return False
    if x.fate not in TOLLS and _other_day(x.days, y.days):
        return False
    a, b = one.reading, other.reading
    if q.unit == "year_old":
        return _one_person(one, other, near)
    if x.fate and x.fate == y.fate:
        return _one_crowd(x, y) and (near >= 0.4 or overlap(a.content, b.content) >= 0.4)
    severe = {x.fate, y.fate} & {"kill", "injure", "miss", "arrest", "critical"}
    if bool(x.fate) != bool(y.fate) and severe and q.value != r.value:
        return False
    if not q.unit and not _one_crowd(x, y):
        return False
    if clash(one, other) or (q.unit and _measured_apart(x, y, a, b)):
        return False
    if not q.unit and _some_of(one, other):
        return False
    both = shared(x.near if q.unit else x.near - {(x.noun, "NOUN")}, y.near)
    low, high = sorted((q.value, r.value))
    if low > 0 and high <= _ALIKE * low and near >= 0.7 and both:
        return True
    return len(both) > 1 and alike(x.near, y.near, near)


def _may_meet(one: Point[Count], other: Point[Count]) -> bool:
    """Whether no unit, size, time, opposite or name in their clauses sets two figures apart."""
    x, y = one.detail, other.detail
    q, r = x.figure, y.figure
    if not _comparable(q, r) or (q.per or r.per) != (r.per or q.per):
        return False
    if (x.ahead and y.past) or (y.ahead and x.past):
        return False
    low, high = sorted((q.value, r.value))
    money = bool(q.unit) or x.noun in cues("currency_nouns")
    if low > 0 and high > (_FAR_UNIT if money else _FAR) * low:
        return False
    if _other_time(x.periods, y.periods) or opposed(x.near, y.near) or x.moment != y.moment:
        return False
    rate, whole = (x, y) if q.per else (y, x)
    if q.per != r.per and any(lemma in cues("totals") for lemma, _ in whole.near - rate.near):
        return False
    a, b = one.reading, other.reading
    return not named_apart(a.others(one.at), b.others(other.at), a, b)


def sole(one: Point[Count], other: Point[Count]) -> bool:
    """Whether two figures, each the only one that its article gives under a key, are of one thing.

    Two accounts of one event in quite other words share few of them; the one toll of each, and the
    one distance, is mostly the same. Only amounts of less than twice each other, with nothing
    against it; an age is of one person where both sentences name one.
    """
    x, y = one.detail, other.detail
    if x.fate in TOLLS and x.fate == y.fate:
        people = all(c.anybody or is_person(c.noun) for c in (x, y))
        return people and _may_meet(one, other) and not _some_of(one, other)
    a, b = one.reading, other.reading
    low, high = sorted((x.figure.value, y.figure.value))
    if not x.figure.unit or x.figure.unit != y.figure.unit or not 0 < high < _ALIKE * low:
        return False
    if _other_day(x.days, y.days):
        return False
    if x.figure.unit in ("%", "pp") and _measured_apart(x, y, a, b):
        return False
    if x.figure.unit == "year_old":
        mine, yours = ([n for n in r.names if n.kind == "person"] for r in (a, b))
        if not any(same_name(n, m) for n in mine for m in yours):
            return False
    return _may_meet(one, other)


def _comparable(q: Quantity, r: Quantity) -> bool:
    return q.unit == r.unit or {q.unit, r.unit} == {"degree", "C"}


def _one_crowd(x: Count, y: Count) -> bool:
    """Whether both count the same: of one noun, or one of them people in general.

    Five soldiers may be among nine people, so a smaller count of some is no other count of all.
    """
    if x.anybody and y.anybody:
        return True
    if x.noun and y.noun and meets((x.noun, "NOUN"), (y.noun, "NOUN")):
        kind = relation(x.noun, "NOUN", y.noun, "NOUN")
        if kind not in ("broader", "narrower") or x.fate not in ("kill", "injure"):
            return True
        general, special = (y, x) if kind == "broader" else (x, y)
        return special.figure.value > general.figure.value
    general, special = (x, y) if x.anybody else (y, x)
    return (
        general.anybody and is_person(special.noun) and special.figure.value > general.figure.value
    )


def _measured_apart(x: Count, y: Count, a: Reading, b: Reading) -> bool:
    """Whether two amounts are of two things, or two scores of two events."""
    mine, yours = frozenset({(x.noun, "NOUN")}), frozenset({(y.noun, "NOUN")})
    if x.noun and y.noun and not shared(mine, b.content) and not shared(yours, a.content):
        return True
    if x.figure.unit in ("%", "pp") and x.noun and y.noun and not {x.noun, y.noun} & cues("shares"):
        if x.noun == x.figure.of or y.noun == y.figure.of:
            return not meets((x.noun, "NOUN"), (y.noun, "NOUN"))
        return not shared(mine, y.near) and not shared(yours, x.near)
    if x.figure.unit != "score":
        return False
    f, g = a.frame(x.figure.first), b.frame(y.figure.first)
    return f is not None and g is not None and not meets((f.lemma, "VERB"), (g.lemma, "VERB"))


def _some_of(one: Point[Count], other: Point[Count]) -> bool:
    """Whether the smaller figure is of some told apart by their noun: "people from Lund"."""
    few, all_ = sorted((one, other), key=value_of)
    noun, parsed = few.detail.figure.noun, few.reading.parsed
    return noun is not None and any(
        parsed.tokens[c].lower in ("from", "with")
        and not shared(few.reading.words(parsed.subtree(c)), all_.reading.content)
        for c in parsed.children[noun]
    )


def _one_person(one: Point[Count], other: Point[Count], near: float) -> bool:
    """Whether two ages are one person's: by name, or by what the person is called."""
    a, b = one.reading, other.reading
    x, y = one.detail, other.detail
    mine, yours = (
        [n for n in r.names if q.noun is not None and n.first <= q.noun < n.last]
        for r, q in ((a, x.figure), (b, y.figure))
    )
    if mine and yours:
        return not named_apart(mine, yours, a, b)
    if mine or yours or near < 0.6 or not x.noun or not y.noun:
        return False
    return meets((x.noun, "NOUN"), (y.noun, "NOUN")) and overlap(a.content, b.content) >= 0.6


def _other_time(one: tuple[Date, ...], other: tuple[Date, ...]) -> bool:
    """Whether one figure is of another year or period than the other."""
    if not one and not other:
        return False
    if one and other:
        return all(
            contradicts_date(x, y)
            or x.relative != y.relative
            or not (said(x).keys() & said(y).keys())
            for x in one
            for y in other
        )
    return any(d.year is not None or d.relative.startswith("last") for d in (*one, *other))


def _other_day(one: tuple[Date, ...], other: tuple[Date, ...]) -> bool:
    """Whether both clauses name a day of what they tell, and not the same: two games."""
    return bool(one and other) and all(contradicts_date(x, y) for x in one for y in other)


def series(a: Reading, b: Reading) -> bool:
    """Whether both give another figure of one measure: then each is of its own day.

    "The river rose to 6.1 metres on Monday" and "to 6.8 metres on Tuesday" agree.
    """
    return any(
        x.unit == y.unit and (x.unit or x.of) and x.of == y.of and not compatible(x, y)
        for x in a.quantities
        for y in b.quantities
    )


def exclude(one: Point[Count], other: Point[Count]) -> bool:
    """Whether two figures of one thing exclude each other, and not as one counter's update."""
    x, y = one.detail, other.detail
    if compatible(x.figure, y.figure):
        return False
    if (states := newer(one, other)) is not None and (_says_so(*states) or _one_counter(*states)):
        return False
    return not _sums(one, y.figure) and not _sums(other, x.figure)


def _sums(point: Point[Count], whole: Quantity) -> bool:
    """Whether a sentence's figures of one thing add up to the whole: 5,000 here and 3,000 there."""
    own = point.detail.figure
    parts = [q for q in point.reading.quantities if q.unit == own.unit and q.of in ("", own.of)]
    total = sum(q.value for q in parts)
    return len(parts) > 1 and compatible(replace(own, low=total, high=total, value=total), whole)


def is_whole(point: Point[Count]) -> bool:
    """Whether a figure is called its article's toll: its other figures of that fate count parts."""
    figure, parsed = point.detail.figure, point.reading.parsed
    return point.detail.fate in TOLLS and is_toll(parsed, figure.first, figure.at)


def both_tolls(one: Point[Count], other: Point[Count]) -> bool:
    """Whether both count what befell people: then each is shown, excluding or not."""
    return one.detail.fate in TOLLS and one.detail.fate == other.detail.fate


def newer(one: Point[Count], other: Point[Count]) -> tuple[Point[Count], Point[Count]] | None:
    """The earlier and the newer of two states of one count that changes; None if none is newer.

    By the text: a sentence says that it corrects what was given, or the one with the higher figure
    that it rose, is so now, or that there were earlier reports. By `published`: the higher figure
    (of the missing: any) was printed on a later day, or later that day on the word of the same
    speaker, or of none in both.
    """
    low, high = sorted((one, other), key=value_of)
    x, y = low.detail.figure, high.detail.figure
    if low.detail.fate not in TOLLS and x.unit not in ("m2",):
        return None
    grown = x.bound in ("more", "at_least") and x.value + x.step <= y.value
    if compatible(x, y) and not grown:
        return None
    a, b = low.reading.published, high.reading.published
    falls = low.detail.fate in _EITHER_WAY
    if _corrects(low, high):
        return high, low
    if _corrects(high, low) or (_says_so(low, high) and (not falls or None in (a, b) or a == b)):
        return low, high
    if a is None or b is None or a == b:
        return None
    early, late = (low, high) if a < b else (high, low)
    if a > b and not falls:
        return None
    same_day = a.date() == b.date()
    return None if same_day and not _one_counter(early, late, unnamed=True) else (early, late)


def _says_so(early: Point[Count], late: Point[Count]) -> bool:
    """Whether the text itself tells one figure as an earlier or a later state of the count."""
    told = _cued(late, "rise") or earlier(late) or earlier(early) or _now(late)
    return told or _corrects(late, early)


def _corrects(late: Point[Count], early: Point[Count]) -> bool:
    """Whether a figure is told to be given in place of others, as the other one is not."""
    return _cued(late, "corrects") and not _cued(early, "corrects")


def _one_counter(early: Point[Count], late: Point[Count], *, unnamed: bool = False) -> bool:
    """Whether two figures are given by the same speaker. unnamed: what is said if none is named."""
    first, second = early.reading.speaker(early.at), late.reading.speaker(late.at)
    if first is None or second is None:
        return unnamed and first is second
    return bool(set(first.lower().split()) & set(second.lower().split()) - {"the", "of", "a"})


def value_of(point: Point[Count]) -> float:
    """The number itself, in its base unit (metres, seconds, kilograms, …)."""
    return point.detail.figure.value


def _cued(point: Point[Count], kind: str) -> bool:
    words = (t for t in point.reading.parsed.tokens if t.pos != "PROPN")  # no "Mount Orn"
    return any(t.lemma in cues(kind) or t.lower in cues(kind) for t in words)


def _now(point: Point[Count]) -> bool:
    """Whether a figure is told as of now, or as up from another."""
    parsed = point.reading.parsed
    tokens = parsed.tokens
    after = [t.lower for t in tokens[point.last :]]
    if ("up", "from") in pairwise(after):
        return True
    at = point.last - 1
    while True:
        if tokens[at].pos in ("VERB", "AUX") and any(
            tokens[c].lower == "now" for c in parsed.children[at]
        ):
            return True
        if tokens[at].head == at:
            return False
        at = tokens[at].head


def heading(point: Point[Count]) -> str:
    """What a figure counts, if it is a count that grows while a story runs: "people killed"."""
    return TOLLS.get(point.detail.fate, "")


def earlier(point: Point[Count]) -> bool:
    """Whether a sentence itself calls its figure an earlier one."""
    return _cued(point, "earlier")


def about(one: Point[Count], other: Point[Count]) -> str:
    """What both count, in a few words."""
    x, y = one.detail, other.detail
    if x.fate in TOLLS and x.fate == y.fate:
        return TOLLS[x.fate]
    called, both, own = x.called, shared(x.near, y.near), frozenset({(x.noun, "NOUN")})
    role = x.figure.fate.partition(":")[2]
    measured = x.figure.unit not in _NAMED and role in _MEASURING and x.noun == y.noun
    if x.figure.unit and measured and (noun := one.reading.nouns(own)):
        called, both = noun, both - own
    elif not x.figure.unit:
        both -= own
    context = one.reading.nouns(both) or one.reading.nouns(x.near - own)
    return f"{called} ({context})" if context else called
