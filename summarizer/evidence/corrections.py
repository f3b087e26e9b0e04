"""What an outlet corrected: which values are superseded, and which sentences still tell them.

A sentence with the value that was wrong is set aside like boilerplate, so that it is neither told
nor compared; what differs without having been corrected is for `disagreements`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.nlp import Parsed, parse, well_formed
from summarizer.nlp.dates import dates
from summarizer.nlp.entities import names
from summarizer.nlp.publication_days import moment
from summarizer.nlp.quantities import quantities
from summarizer.nlp.reported_speech import reported_speech
from summarizer.nlp.words import content
from summarizer.schema import Mask, SourceSentence

SUPERSEDED, NOTE = "corrected since", "editors' note"
"""Reasons why a sentence is set aside: its value was corrected; it is but the note that says so."""

_TO_END = r"(?:[^;:.—–]|\.(?=\d))*"  # up to the end of a clause that a mark closes
_PAPER = r"(?:version|report|article|story|edition|bulletin|post|headline)"
_ERRED = r"(?:in(?:correct|accurate)ly|wrongly|mistakenly|erroneously|falsely|in error)"
_GAVE = r"(?:said|stated|gave|reported|named|identified|listed|put|described|wrote|quoted|called)"
_WRONG = re.compile(
    rf"^an? (?:earlier|previous|original) version (?={_GAVE}){_TO_END}"
    rf"|\b(?:(?:earlier|previous|original|first) (?:{_PAPER}s? (?=of (?:this|our) {_PAPER}"
    rf"|{_ERRED}|mis)|(?:article|story|headline|post) (?={_GAVE}))"
    rf"|{_ERRED} {_GAVE}|{_GAVE} {_ERRED}"
    r"|mis(?:stated|reported|identified|named|dated)"
    r"|we (?:had )?(?:earlier )?(?:reported|said|wrote)"
    r"|(?:withdrew|retracted|took back) (?:its|the|their|an?))\b"
    rf"{_TO_END}",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"\b(?:not|rather than|instead of)\b(?:[^,;:.—–]|[.,](?=\d))*|\bfrom\b.*?(?=\bto\b)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    rf"^\W*(?:corrections?|clarifications?|for the record|corrected)\b.{{0,30}}?[:—–]\s*"
    rf"|\bthis (?:{_PAPER}|page) (?:has been|was|is) corrected\b|\bversions? of (?:this|our|the)"
    rf" {_PAPER}\b|\bwe (?:had )?(?:earlier )?(?:reported|said|wrote)\b.*\b(?:wrong|error|mistake)"
    r"|^(?:that|this|it) was (?:wrong|incorrect|an error|a mistake|not (?:so|true|right|correct))\b"
    rf"|^an? (?:earlier|previous|original) version (?={_GAVE})"
    rf"|\b(?:earlier|previous) {_PAPER} (?:{_ERRED}|mis)|\bas we (?:earlier )?reported",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\b(?:corrected|correct(?:s|ing))\b(?!.*\b(?:forecast|estimate|course)s?\b).*\b(?:from\b.*\bto|to"
    r" (?:say|read|show|state|reflect)|instead of|rather than|not)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\W*(?:that|this|it) (?:was|is) (?:wrong|incorrect|an error|a mistake|not)\b", re.IGNORECASE
)
_ON = re.compile(
    r"(?:it|he|she|they|in fact|the (?:correct|right|true)|there|that|this)\b", re.IGNORECASE
)
_ITS_OWN = re.compile(
    r"\b(?:it had|its own|its earlier|its report|its figure|we had)\b", re.IGNORECASE
)
_LABEL = re.compile(
    r"^\W*(?:corrections?|clarifications?|for the record)\b.{0,30}?[:—–]\s*", re.IGNORECASE
)
_VERSION = re.compile(
    r"an? (?:earlier|previous|original) version (?!of (?:this|our)\b)", re.IGNORECASE
)
_AMENDED = re.compile(
    rf"\bthis {_PAPER} (?:has been|was) (?:amended|updated|corrected)", re.IGNORECASE
)
_WORD = re.compile(r"\w")
_SCALED = re.compile(r"\bfrom (\S+) to (\S+)( (?:thousand|[mb]illion|trillion)(?: [a-z]+)?)\b")
_SHARED = 2
"""Content words that a sentence shares with a correction that does not say what was wrong."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Words of an article that are not to be told: half-open code points of its text or title."""

    article: str
    field: str
    mask: Mask


@dataclass(frozen=True, slots=True)
class _Value:
    """A value with what it is compared by; kind: figures by unit, days, names. at: code point."""

    kind: str
    value: Hashable
    at: int


@dataclass(frozen=True, slots=True)
class _Correction:
    """Sentences (rows) that correct, the values that were wrong and those that are right.

    note: whether it is the outlet's note, not a report of one.
    """

    rows: tuple[int, ...]
    words: frozenset[str]
    wrong: frozenset[tuple[str, Hashable]]
    right: frozenset[tuple[str, Hashable]]
    note: bool


def corrected(
    sentences: Sequence[SourceSentence], published: Mapping[str, str | None]
) -> tuple[SetAside, ...]:
    """What a story's sentences tell that an outlet has corrected since.

    published: article id -> ISO 8601 time where known; a report printed after the correction is
    not superseded by it. A correction is one by its own words (a note, "corrected from … to …",
    "We reported … That was wrong"), never what somebody says of a report. A sentence of any article
    with the wrong value for the same thing, and without the right one, is set aside; so is the note
    itself where a sentence of the report gives the right value.
    """
    found: list[SetAside] = []
    before = ["", *(s.text for s in sentences)]
    known = [
        _correction(sentences, row)
        for row, s in enumerate(sentences)
        if _corrects(s.text, before[row])
    ]
    notes = {row for c in known if c for row in c.rows}
    for correction in known:
        if correction is None:
            continue
        source = sentences[correction.rows[0]]
        stands = False
        for row, s in enumerate(sentences):
            if row in notes or not content(s.text) & correction.words:
                continue
            told = {(v.kind, v.value) for v in _values(*parse([s.text]))}
            if told & correction.right:
                alone = well_formed.stands(well_formed.trim(s.text))
                stands = stands or (s.field == "text" and alone)
            elif _is_wrong(told, s, correction) and not _later(s, source, published):
                found.append(_aside(s, s.start, s.end, SUPERSEDED))
        if correction.note:
            found.extend(_of_note([sentences[row] for row in correction.rows], correction, stands))
    return tuple(dict.fromkeys(found))


def _corrects(text: str, before: str) -> bool:
    """Does a sentence correct a report? before: the sentence before it."""
    if _VERSION.match(text) and not _AMENDED.search(before):
        return False  # of a bill, say
    if not (_NOTE.search(text) or _WRONG.search(text) or _CORRECTED.search(text)):
        return False
    [parsed] = parse([text])
    cue = _WRONG.search(text) or _CORRECTED.search(text)
    said = {i for r in reported_speech(parsed) if r.speaker for i in r.content}
    inside = cue is not None and any(parsed.tokens[i].start == cue.start() for i in said)
    return not inside or _ITS_OWN.search(text) is not None


def _correction(sentences: Sequence[SourceSentence], row: int) -> _Correction | None:
    """The correction at a row, with the sentence before or behind that belongs to it."""

    def beside(step: int) -> str:
        other = row + step
        same = 0 <= other < len(sentences) and sentences[other].article == sentences[row].article
        return sentences[other].text if same and sentences[other].field == "text" else ""

    rows = [row]
    if _BACK.match(sentences[row].text) and beside(-1):
        rows.insert(0, row - 1)
    own = sentences[row].text
    goes_on = _NOTE.search(own) and (
        _ON.match(beside(1)) or all(v.kind == "name" for v in _values(*parse([own])))
    )
    if beside(1) and (_BACK.match(beside(1)) or goes_on):
        rows.append(row + 1)
    text = _SCALED.sub(r"from \1\3 to \2\3", " ".join(sentences[r].text for r in rows))
    spans = [m.span() for m in _WRONG.finditer(text)]
    spans += [m.span() for m in _INSTEAD.finditer(text)]
    values = [v for parsed in parse([text]) for v in _values(parsed)]
    wrong = {(v.kind, v.value) for v in values if any(a <= v.at < b for a, b in spans)}
    right = {(v.kind, v.value) for v in values} - wrong
    # What stands beside the value that was wrong ("the fire on Sunday killed 14") is not corrected.
    kinds = {k for k, _ in wrong if k != "name"} or {k for k, _ in wrong}
    kinds = kinds & {k for k, _ in right} or kinds
    wrong = {(k, v) for k, v in wrong if k in kinds}
    right = {(k, v) for k, v in right if (k in kinds if wrong else k != "name")}
    note = _NOTE.search(text) is not None
    if not wrong and not (right and note):
        return None
    return _Correction(tuple(rows), content(text), frozenset(wrong), frozenset(right), note)


def _values(parsed: Parsed) -> Iterator[_Value]:
    """The figures, days, years and names of a sentence."""
    for q in quantities(parsed):
        if not q.ordinal and q.low == q.high:
            unit = q.unit if q.unit != "year_old" else ""
            yield _Value(f"figure {unit}", q.value, parsed.tokens[q.first].start)
    for d in dates(parsed):
        at = parsed.tokens[d.first].start
        if d.weekday is not None:
            yield _Value("weekday", d.weekday, at)
        if d.day is not None:
            yield _Value("day", (d.month, d.day), at)
        elif d.year is not None:
            yield _Value("year", d.year, at)
    for n in names(parsed):
        yield _Value("name", n.words, parsed.tokens[n.first].start)


def _is_wrong(
    told: set[tuple[str, Hashable]], sentence: SourceSentence, correction: _Correction
) -> bool:
    shared = len(content(sentence.text) & correction.words)
    if correction.wrong:
        return bool(told & correction.wrong) and shared >= 1
    kinds = {k for k, _ in correction.right}
    other = {k for k, _ in told}
    return len(kinds) == 1 and bool(kinds & other) and shared > _SHARED


def _later(s: SourceSentence, source: SourceSentence, published: Mapping[str, str | None]) -> bool:
    mine, its = moment(published.get(s.article)), moment(published.get(source.article))
    return s.article != source.article and mine is not None and its is not None and mine > its


def _aside(s: SourceSentence, start: int, end: int, reason: str) -> SetAside:
    return SetAside(s.article, s.field, Mask(start=start, end=end, reason=reason))


def _of_note(
    note: Sequence[SourceSentence], correction: _Correction, stands: bool
) -> Iterator[SetAside]:
    """All of a note where the report has it right; else what tells the wrong value alone."""
    if stands:
        for s in note:
            yield _aside(s, s.start, s.end, NOTE)
        return
    for s in note:
        if not {(v.kind, v.value) for v in _values(*parse([s.text]))} & correction.right:
            yield _aside(s, s.start, s.end, NOTE)
            continue
        label = _LABEL.match(s.text) or _BACK.match(s.text)
        ends = [label.end() if label else 0, *(m.end() for m in _WRONG.finditer(s.text))]
        left = [m.start() for end in ends if (m := _WORD.search(s.text, end))]
        cut = max(left, default=0)
        if cut and not _ON.match(s.text, cut):
            yield _aside(s, s.start, s.start + cut, NOTE)
