"""A toll that grew while the story ran: the newest is told, the earlier one as such.

Which counts are newer is found in `disagreements`; here it is read off a sentence of the summary.
"""

from __future__ import annotations

from summarizer.generation.differing_counts import figure
from summarizer.nlp import parse
from summarizer.nlp.quantities import quantities
from summarizer.types import Update


def gives(text: str, value: float) -> bool:
    """Whether a text has a figure of this value in its base unit, bounded or not.

    Of a range it is the lower end: 80 is given by "80", "over 80" and "80 to 90".
    """
    [parsed] = parse([text])
    return any(q.low == q.high == value or q.value == value for q in quantities(parsed))


def stale(text: str, update: Update) -> bool:
    """Whether a text tells the earlier figure without the newest, and not as the earlier one."""
    if text == as_earlier(update):
        return False
    return gives(text, update.early_value) and not gives(text, update.late_value)


def as_earlier(update: Update) -> str:
    """The sentence that tells the earlier figure as such."""
    worded = figure(update.early_wording, update.early_value)
    return f"An earlier count of {update.about} was {worded}."
