"""What earlier articles tell of their own hour, which a later one of the story has overtaken.

"She is presumed dead", "expects a letter within days" and "more than 400 today" mislead beside a
report of the next day, and what a story that runs for days has come to stands in its last reports.
Which of two figures is the newer one is for `disagreements`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from summarizer.nlp import Parsed, parse
from summarizer.nlp.dates import dates
from summarizer.nlp.lexicons.lists import listed
from summarizer.nlp.publication_days import moment, published_day, when
from summarizer.nlp.quotations import quotations
from summarizer.schema import SourceSentence

_LATER = timedelta(hours=3)
"""How much later the newest article of a story is than one whose hour is over."""
_SUPPOSED = frozenset({"could", "if", "might", "would"})
"""Words beside "still" and "yet" that tell how things may stand, and not how they do."""
_RUNS = timedelta(hours=36)
"""How long after its first article the newest of a story that runs for days is printed."""
_LAST = timedelta(hours=12)
"""How long before the newest article of such a story its last reports are printed, at most."""
_SOON = 9
"""Months ahead within which a month without its year is the next one, and not the last."""


def outdated(
    sentences: Sequence[SourceSentence], published: Mapping[str, str | None]
) -> frozenset[int]:
    """The rows of sentences that say how things stood when an earlier article was printed.

    published: article id -> ISO 8601 where known; an article without is never an earlier one. What
    lies ahead of the newest article, too, by a date that the sentence names, is not outdated.
    """
    printed = _printed(published)
    if not printed:
        return frozenset()
    newest = max(printed.values())
    early = [
        row
        for row, s in enumerate(sentences)
        if s.field == "text" and (at := printed.get(s.article)) and newest - at >= _LATER
    ]
    parses = parse([sentences[row].text for row in early])
    return frozenset(
        row
        for row, parsed in zip(early, parses, strict=True)
        if (_passing(parsed) and not _ahead(parsed, newest))
        or _over(parsed, published[sentences[row].article], newest)
    )


def latest(published: Mapping[str, str | None]) -> frozenset[str]:
    """The ids of the last reports of a story that runs for days; none of any other story."""
    printed = _printed(published)
    if not printed or max(printed.values()) - min(printed.values()) < _RUNS:
        return frozenset()
    newest = max(printed.values())
    return frozenset(a for a, at in printed.items() if newest - at < _LAST)


def _printed(published: Mapping[str, str | None]) -> dict[str, datetime]:
    return {a: at for a, given in published.items() if (at := moment(given)) is not None}


def _passing(parsed: Parsed) -> bool:
    """Whether a sentence outside quotation marks has a word that is true for its hour alone."""
    quoted = quotations(parsed)
    outside = [i for i in range(len(parsed.tokens)) if not any(a <= i < b for a, b in quoted)]
    told = f" {' '.join(parsed.tokens[i].lower for i in outside)} "
    return any(f" {words} " in told for words in listed("outdated", "days")) or any(
        _waits(parsed, i) for i in outside
    )


def _waits(parsed: Parsed, i: int) -> bool:
    """Whether a token says that something is open: "still", "expects"; not "the expected storm".

    What somebody "had planned" was over when it was told.
    """
    token = parsed.tokens[i]
    if token.pos == "ADV":
        beside = {parsed.tokens[c].lower for c in parsed.children[token.head]}
        return token.lower in listed("outdated", "adverbs") and beside.isdisjoint(_SUPPOSED)
    before = {parsed.tokens[c].lower for c in parsed.children[i] if parsed.tokens[c].dep == "aux"}
    verb = token.pos == "VERB" and token.dep != "amod" and "had" not in before
    return verb and token.lemma in listed("outdated", "verbs")


def _over(parsed: Parsed, published: str | None, newest: datetime) -> bool:
    """Whether a day that was to come, when the article was printed, came before the newest."""
    printed = published_day(published)
    days = (when(parsed, d, published) for d in dates(parsed))
    return printed is not None and any(
        found is not None and not found[1] and printed < found[0] <= newest.date() for found in days
    )


def _ahead(parsed: Parsed, newest: datetime) -> bool:
    """Whether a sentence names a year, quarter or month that may be ahead of the newest report."""
    return any(
        d.quarter is not None
        or (d.year is not None and (d.year, d.month or 12) >= (newest.year, newest.month))
        or (d.year is None and d.month is not None and (d.month - newest.month) % 12 < _SOON)
        for d in dates(parsed)
        if d.day is None
    )
