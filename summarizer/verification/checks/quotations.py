"""Quotations: what stands between quotation marks must stand in a source, word for word.

Who said it is for the reader; how quotations are found is `nlp.verbatim`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.verbatim import is_verbatim, quotes
from summarizer.types import Finding


def quotations(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """Quotations that no source has in these words ("quotations.words")."""
    evidence = [s.text for s in sources]
    for quote in quotes(sentence.text):
        if not is_verbatim(quote.text, evidence):
            told = f"no source has the words “{quote.text}”"
            yield Finding("quotations.words", "quotation", quote.start, quote.end,
                          f"{told[0].upper()}{told[1:]}.")  # fmt: skip
