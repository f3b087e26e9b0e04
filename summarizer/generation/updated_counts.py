"""A toll that grew while the story ran: the newest is told, the earlier one as such.

Which counts are newer is found in `disagreements`; here it is read off a sentence of the summary.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summarizer.generation.differing_counts import figure, printed_by
from summarizer.nlp import parse
from summarizer.nlp.quantities import quantities
from summarizer.schema import Citation
from summarizer.types import Update

_REPORTED = ", according to an earlier report"


def gives(text: str, value: float) -> bool:
    """Whether a text has a figure of this value; see `spans`."""
    return bool(spans(text, value))


def stale(text: str, update: Update) -> bool:
    """Whether a text tells the earlier figure without the newest, and not as an earlier one."""
    if _REPORTED in text:
        return False
    return gives(text, update.early_value) and not gives(text, update.late_value)


def spans(text: str, value: float) -> list[tuple[int, int]]:
    """The half-open code points of each figure of a value in its base unit, bounded or not.

    Of a range it is the lower end: 80 is given by "80", "over 80" and "80 to 90".
    """
    [parsed] = parse([text])
    return [
        (parsed.tokens[q.first].start, parsed.tokens[q.last - 1].end)
        for q in quantities(parsed)
        if q.low == q.high == value or q.value == value
    ]


def as_newest(update: Update, outlet: str | None) -> str:
    """The sentence that tells the newest figure where its source sentence cannot stand alone."""
    newest = figure(f"{update.late_value:g}", update.late_value)
    given = f", according to {outlet}" if outlet else ""
    return f"The latest count of {update.about} is {newest}{given}."


def as_reported(text: str, citations: Sequence[Citation], outlets: Mapping[str, str]) -> str:
    """A sentence that tells an earlier figure, as what an earlier report gave.

    outlets: article id -> outlet where known.
    """
    printed = printed_by(citations[:1], outlets)
    return f"{text.rstrip().removesuffix('.')}{_REPORTED}{f' in {printed}' if printed else ''}."
