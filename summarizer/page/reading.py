"""What a reader is shown of a summary beyond its words: paragraphs, days, speakers, figures.

Derived from the Summary and from parses of its own sentences; nothing is added to what they say.
Pure: values in, values out. How it looks is in `account` and `remarks`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from summarizer.inputs.pasted import is_dated_name
from summarizer.nlp import Parsed, parse, publication_days
from summarizer.nlp.dates import Date, dates
from summarizer.nlp.numerals import figure_at
from summarizer.nlp.pieces import pieces
from summarizer.nlp.reported_speech import ReportedSpeech, reported_speech
from summarizer.outputs.render.notes import span
from summarizer.schema import Article, Citation, CitedSentence, Coverage, Summary
from summarizer.text.sentences import split

LONGEST_PARAGRAPH = 5
"""Sentences of a paragraph at most."""

LONGEST_PARSED = 2_000
"""Code points of a sentence that is parsed; nobody's sentence is longer, but a table's may be."""

LONGEST_READ = 50_000
"""Code points of an article of which every sentence may be on the timeline, not the cited alone."""

_NAMES_DAY = re.compile("|".join((*calendar.day_name, *filter(None, calendar.month_name))))

Kind = Literal["lead", "differs", "sides", "background"]
"""What a paragraph tells: the event, where the sources differ, who says what, the rest."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Neighbouring sentences of a summary, by their numbers from 1."""

    kind: Kind
    numbers: tuple[int, ...]


def paragraphs(summary: Summary) -> tuple[Paragraph, ...]:
    """The sentences in their order, in paragraphs that begin where they tell something else.

    A lone sentence of a side or of the background takes the next such sentence to it.
    """
    found: list[tuple[Kind, list[int]]] = []
    kinds = _kinds(summary)
    for n, kind in enumerate(kinds, 1):
        if found:
            current, numbers = found[-1]
            lone = len(numbers) == 1 and {current, kind} == {"sides", "background"}
            if (kind == current or lone) and len(numbers) < LONGEST_PARAGRAPH:
                numbers.append(n)
                continue
        found.append((kind, [n]))
    return tuple(Paragraph(kind, tuple(numbers)) for kind, numbers in found)


def beginnings(summary: Summary) -> set[int]:
    """The numbers, from 1, of the sentences that begin a paragraph."""
    return {paragraph.numbers[0] for paragraph in paragraphs(summary)}


def _kinds(summary: Summary) -> list[Kind]:
    contested = {c.claim for c in summary.coverage if "contradicts" in c.states.values()}
    kinds: list[Kind] = []
    for sentence in summary.sentences:
        kind: Kind = "background" if set(kinds) - {"lead"} else "lead"
        if not kinds:
            kind = "lead"
        elif _tells_difference(sentence, summary):
            kind = "differs"
        elif any(report.speaker for _, report in _reports(sentence.text)):
            kind = "sides"
        elif sentence.text in contested:
            kind = "differs"
        kinds.append(kind)
    return kinds


def _tells_difference(sentence: CitedSentence, summary: Summary) -> bool:
    """Whether a sentence rests on two sides or more of one disagreement."""
    cited = set(map(span, sentence.citations))
    return any(
        sum(not cited.isdisjoint(map(span, value.citations)) for value in d.values) > 1
        for d in summary.disagreements
    )


# --- who says what -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """Somebody who is named as the speaker of claims, in the fullest form of the name."""

    speaker: str
    claims: tuple[Coverage, ...]


def speakers(text: str) -> list[str]:
    """Who is named as saying something in a sentence; "she" and "its authors" name nobody."""
    found = [_name(parsed, report.speaker) for parsed, report in _reports(text)]
    return list(dict.fromkeys(filter(None, found)))


def _reports(text: str) -> Iterator[tuple[Parsed, ReportedSpeech]]:
    parsed = _parsed(text)
    if parsed is not None:
        yield from ((parsed, report) for report in reported_speech(parsed))


def _name(parsed: Parsed, speaker: Sequence[int]) -> str:
    """The speaker's noun phrase, without what is told of a name behind it ("Strand, 41")."""
    tokens, kept = parsed.tokens, list(speaker)
    comma = next((n for n, i in enumerate(kept) if tokens[i].text == ","), len(kept))
    if any(tokens[i].pos == "PROPN" for i in kept[:comma]):
        kept = kept[:comma]
    named = any(tokens[i].pos == "PROPN" for i in kept)
    if kept and tokens[kept[0]].tag == "PRP$":
        kept = kept[1:] if named else []
    return parsed.cut(kept) if any(tokens[i].pos in ("NOUN", "PROPN") for i in kept) else ""


def sides(claims: Sequence[Coverage]) -> tuple[Side, ...]:
    """The claims that are attributed in their own words, by speaker, in the order of the claims.

    "Reidl" is the "coastguard commander Jonas Reidl" of another claim, if no other name ends so.
    """
    said: dict[tuple[str, ...], list[Coverage]] = {}
    names: dict[tuple[str, ...], str] = {}
    for claim in claims:
        for speaker in speakers(claim.claim):
            key = _key(speaker)
            names.setdefault(key, speaker)
            said.setdefault(key, []).append(claim)
    fullest = {key: _fullest(key, names) for key in names}
    merged: dict[tuple[str, ...], list[Coverage]] = {}
    for key, told in said.items():
        merged.setdefault(fullest[key], []).extend(told)
    return tuple(
        Side(f"{names[key][:1].upper()}{names[key][1:]}", _unique(told))
        for key, told in merged.items()
    )


def _key(name: str) -> tuple[str, ...]:
    words = tuple(name.casefold().split())
    return words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words


def _fullest(key: tuple[str, ...], names: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    longer = [other for other in names if len(other) > len(key) and other[-len(key) :] == key]
    top = max(longer, key=len, default=key)
    return top if all(top[-len(other) :] == other for other in longer) else key


def _unique(claims: Sequence[Coverage]) -> tuple[Coverage, ...]:
    return tuple({c.claim: c for c in claims}.values())


# --- when ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mention:
    """A source sentence that names a day; several citations where articles have the same words.

    relation: how what is told stands to the day ("since", "until", …), "" for on it. minute: of
    the day, where one time without a zone stands with it.
    """

    citations: tuple[Citation, ...]
    relation: str
    minute: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """A day, the sentences that name it by time, and the articles published on it with the time.

    month: whether it stands for all of its month, and is the first day of it.
    """

    day: date
    mentions: tuple[Mention, ...]
    published: tuple[tuple[str, str | None], ...]
    month: bool = False


_When = tuple[date, bool]
"""A day, and whether it stands for all of its month."""


def timeline(summary: Summary) -> tuple[Day, ...]:
    """The days that are certain: of publication, and those that sentences of the articles name.

    A day is certain with its year, and with month, day and the weekday that fits the year; so is a
    weekday, or a month, of the past or of what will be, by the day of publication. Empty where
    no sentence names one and fewer than two articles say when they were published. The line of an
    outlet and its date is no sentence.
    """
    published = {a.id: a.published for a in summary.articles}
    sentences = [*_sentences(summary)]
    cited = (c for claim in summary.coverage for cell in claim.carried.values() for c in cell)
    named: dict[_When, dict[str, list[tuple[Citation, Date]]]] = {}
    for citation in {span(c): c for c in (*cited, *sentences) if c.field == "text"}.values():
        if is_dated_name(citation.text):
            continue
        words = " ".join(citation.text.split()).casefold()
        for day, found in _days(citation.text, published.get(citation.article)):
            named.setdefault(day, {}).setdefault(words, []).append((citation, found))
    out: dict[_When, list[tuple[str, str | None]]] = {}
    for report in summary.articles:
        if report.used and (on := publication_days.published_day(report.published)) is not None:
            out.setdefault((on, False), []).append((report.id, _clock(report.published)))
    if not named and sum(map(len, out.values())) < 2:
        return ()
    return tuple(
        Day(when[0], tuple(_mentions(named.get(when, {}))), tuple(out.get(when, ())), when[1])
        for when in sorted({*named, *out}, key=lambda when: (when[0], not when[1]))
    )


def _sentences(summary: Summary) -> Iterator[Citation]:
    """The sentences of the articles that may name a day; of a very long article none."""
    for report in summary.articles:
        if report.used and report.text and len(report.text) <= LONGEST_READ:
            article = Article(id=report.id, text=report.text, title=report.title)
            for sentence in split(article, report.masked):
                if _NAMES_DAY.search(sentence.text):
                    yield Citation.of(sentence, 1.0)


def _mentions(named: Mapping[str, Sequence[tuple[Citation, Date]]]) -> list[Mention]:
    found = []
    for held in named.values():
        first = held[0][1]
        plain = first.hour is not None and first.hour.half and first.hour.zone is None
        minute = first.hour.minute if first.hour is not None and plain else None
        citations = tuple(dict.fromkeys(c for c, _ in held))
        found.append(Mention(citations, first.relation, minute))
    return sorted(found, key=lambda m: (m.relation != "", m.minute is None, m.minute or 0))


def _days(text: str, published: str | None) -> Iterator[tuple[_When, Date]]:
    parsed = _parsed(text)
    if parsed is None:
        return
    for found in dates(parsed):
        if (when := publication_days.when(parsed, found, published)) is not None:
            yield when, found


def _clock(given: str | None) -> str | None:
    """The "22:15" of an ISO 8601 time."""
    return given[11:16] if given and given[10:11] == "T" and given[13:14] == ":" else None


# --- figures -------------------------------------------------------------------------------------


def in_figures(value: str) -> str:
    """A value with its numbers in digits: "Fourteen" is "14", "about two million" stays readable.

    Ordinals, shares ("a third") and vague counts ("dozens") stand as written.
    """
    parsed = _parsed(value)
    if parsed is None:
        return value
    run = pieces(parsed)
    out, at, i = [], 0, 0
    while i < len(run):
        figure = figure_at(run, i)
        if figure is None:
            i += 1
            continue
        start, end = (
            parsed.tokens[run[i].token].start,
            parsed.tokens[run[figure.last - 1].token].end,
        )
        whole = figure.value == int(figure.value)
        if figure.kind == "number" and not figure.digits and whole and start >= at:
            out += [value[at:start], _digits(int(figure.value))]
            at = end
        i = figure.last
    return "".join([*out, value[at:]])


def _digits(number: int) -> str:
    for scale, name in ((10**9, "billion"), (10**6, "million")):
        if number >= scale and number % (scale // 10) == 0:
            return f"{number / scale:g} {name}"
    return f"{number:,}"


def _parsed(text: str) -> Parsed | None:
    if not text.strip() or len(text) > LONGEST_PARSED:
        return None
    [parsed] = parse([text])
    return parsed
