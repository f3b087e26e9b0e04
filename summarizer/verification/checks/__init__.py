"""The exact checks, one file each. A new check is a file here and its name in CHECKS.

Whether a sentence is carried as a whole is for `verification.verdict`.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.nlp import Parsed
from summarizer.types import Finding
from summarizer.verification.checks.actors import actors
from summarizer.verification.checks.dates import dates
from summarizer.verification.checks.exchanged import exchanged
from summarizer.verification.checks.names import names
from summarizer.verification.checks.numbers import numbers
from summarizer.verification.checks.protocol import Check
from summarizer.verification.checks.quotations import quotations

__all__ = ["CHECKS", "Check", "Finding", "findings"]

CHECKS: tuple[Check, ...] = (numbers, dates, names, quotations, exchanged, actors)


def findings(sentence: Parsed, sources: Sequence[Parsed]) -> tuple[Finding, ...]:
    """What all checks find, in the order of CHECKS. An empty tuple says only that none objects."""
    return tuple(finding for check in CHECKS for finding in check(sentence, sources))
