"""What a sentence asserts that can be checked exactly: numbers, dates, names, quotations, polarity.

Reads text, decides nothing about a summary. Rooms (compare, plan, cite, verify) read facts;
facts knows none of them.
"""

from summarizer.facts.checks import Finding, problems_of
from summarizer.facts.dates import Date, dates, relation, supports_date
from summarizer.facts.names import Name, names, supports_name
from summarizer.facts.numbers import Number, contradicts, numbers, supports_value
from summarizer.facts.polarity import Stance, stances
from summarizer.facts.speakers import Claim, claims
from summarizer.nlp.verbatim import Quote, is_verbatim, quotes

__all__ = [
    "Claim",
    "Date",
    "Finding",
    "Name",
    "Number",
    "Quote",
    "Stance",
    "claims",
    "contradicts",
    "dates",
    "is_verbatim",
    "names",
    "numbers",
    "problems_of",
    "quotes",
    "relation",
    "stances",
    "supports_date",
    "supports_name",
    "supports_value",
]
