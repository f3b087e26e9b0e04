"""Dates, days and hours: each must be given by the sources, and of the same act.

How dates are read and compared is `nlp.dates`'; figures that are no dates are for `numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.date_values import Date, carries_date, contradicts_date, said
from summarizer.nlp.dates import dates as dates_of
from summarizer.types import Finding

_JOINED = frozenset({"xcomp", "conj", "advcl"})
"""Clauses that share the day of the one above: "voted on Monday to shut", "fell when it broke"."""


def dates(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """Dates that no source carries ("dates.missing"), with what the sources have instead.

    And days put first that the sources give of another act ("dates.moved"): "On Tuesday a man was
    shot" beside "a video released on Tuesday shows how a man was shot on Sunday".
    """
    held = [(found, source) for source in sources for found in dates_of(source)]
    for claim in dates_of(sentence):
        tokens = sentence.tokens[claim.first : claim.last]
        start, end = tokens[0].start, tokens[-1].end
        if carries_date(claim, [d for d, _ in held]):
            if (other := _moved(sentence, claim, sources, held)) is not None:
                told = f"The sources do not give “{sentence.text[start:end]}” for this"
                told += f", but for “{other}”."
                yield Finding("dates.moved", "date", start, end, told)
            continue
        rival = next(
            (s.cut(range(d.first, d.last)) for d, s in held if contradicts_date(claim, d)),
            None,
        )
        told = f"“{sentence.text[start:end]}” is not a date of the sentences it was checked against"
        if rival is not None:
            told += f"; they have “{rival}”"
        yield Finding("dates.missing", "date", start, end, f"{told}.", rival)


def _moved(
    sentence: Parsed,
    claim: Date,
    sources: Sequence[Parsed],
    held: Sequence[tuple[Date, Parsed]],
) -> str | None:
    """The verb of which the sources give a day that opens a sentence on another of their verbs."""
    dated = not said(claim).keys().isdisjoint(("weekday", "day"))
    verb = _verb(sentence, claim) if dated and claim.first <= 1 else None
    if verb is None:
        return None
    lemma = sentence.tokens[verb].lemma
    given = [
        (s, at) for d, s in held if carries_date(claim, [d]) and (at := _verb(s, d)) is not None
    ]
    told = [
        (s, i)
        for s in sources
        for i, t in enumerate(s.tokens)
        if t.lemma == lemma and t.pos == "VERB"
    ]
    shared = any(
        at == i or at in _joined(s, i) or i in _joined(s, at)
        for s, at in given
        for source, i in told
        if source is s
    )
    return None if shared or not given or not told else given[0][0].tokens[given[0][1]].text


def _verb(parsed: Parsed, found: Date) -> int | None:
    """The nearest verb that a date hangs on, which is no form of "be"; None where there is none.

    A bare day belongs to a verb right before it: in "said Monday the plant had shut" to "said".
    """
    before = found.first - 1
    if before >= 0 and parsed.tokens[before].pos == "VERB":
        return before
    for at in (found.last - 1, *parsed.above(found.last - 1)):
        if parsed.tokens[at].pos == "VERB" and not found.first <= at < found.last:
            return at
    return None


def _joined(parsed: Parsed, verb: int) -> list[int]:
    """The verbs above one that share its day."""
    found = list[int]()
    while parsed.tokens[verb].dep in _JOINED and parsed.tokens[verb].head != verb:
        verb = parsed.tokens[verb].head
        found.append(verb)
    return found
