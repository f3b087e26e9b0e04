"""Quotation marks: which tokens of a parsed text stand in them.

Whose words they are is read in `reported_speech`.
"""

from __future__ import annotations

from summarizer.nlp.parse import Parsed


def quotations(parsed: Parsed) -> tuple[tuple[int, int], ...]:
    """Token ranges [first, last) of what stands in double quotation marks, the marks included.

    A mark without its partner opens to the end of the text or closes from its start.
    """
    found: list[tuple[int, int]] = []
    start: int | None = None
    tokens = parsed.tokens
    for i, token in enumerate(tokens):
        if token.text not in ('"', "''", "``"):
            continue
        before = i > 0 and tokens[i - 1].end == token.start
        after = i + 1 < len(tokens) and tokens[i + 1].start == token.end
        closes = (before and not after) if before != after else start is not None
        if closes:
            if start is not None or not found:
                found.append((start or 0, i + 1))
            start = None
        elif start is None:
            start = i
    if start is not None and start + 1 < len(tokens):
        found.append((start, len(tokens)))
    return tuple(found)
