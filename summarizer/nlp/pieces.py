"""The tokens of a parse cut finer: "1.2bn" and "80mph" are a figure and what sticks to it.

What the pieces mean is for `numerals` and `quantities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summarizer.nlp.parse import Parsed

_GLUED = re.compile(r"([a-z]*[$€£¥₹₽₩₪₴~])?(-?(?:\d[\d,.]*\d|\d|\.\d+))([a-z%+°²½¼¾][\w/°²]*)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or mark in lower case; "1.2bn" is two pieces of one token. glued: no space before."""

    text: str
    token: int
    glued: bool


def pieces(parsed: Parsed) -> tuple[Piece, ...]:
    """The words and marks of a parse, figures cut from the letters that stick to them."""
    found: list[Piece] = []
    end = -1
    for i, token in enumerate(parsed.tokens):
        text = token.lower.replace("–", "-")
        if token.start == end and i + 1 == len(parsed.tokens) and len(text) > 1:
            text = text.removesuffix(".")  # "$3m." at the end of a sentence
        match = _GLUED.fullmatch(text)
        parts = [p for p in match.groups() if p] if match else [text]
        for n, part in enumerate(parts):
            found.append(Piece(part, i, n > 0 or token.start == end))
        end = token.end
    return tuple(found)
