"""Text as it is compared: one form for characters that look alike, and the way back to offsets.

Nothing that is shown or cited is normalised; only what is parsed and compared.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass

_SAME = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\t\n\r\u2028\u2029", " "),
        **dict.fromkeys("\u2010\u2011\u2012", "-"),
        "\u2212": "-",
        "\u2026": "...",
    }
)
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text in the form in which it is compared.

    text: NFC, with plain quotation marks, hyphens and spaces, entities decoded and characters
    that nobody sees left out. offsets: for each code point of `text` the place in the original
    that it comes from, and at the end the original's length: len(text) + 1 numbers, never falling.
    """

    text: str
    offsets: tuple[int, ...]


def normalise(text: str) -> Normalised:
    """Bring a text into the form in which texts are compared. Takes time linear in its length."""
    out: list[str] = []
    offsets: list[int] = []
    i = 0
    while i < len(text):
        entity = _ENTITY.match(text, i) if text[i] == "&" else None
        end = entity.end() if entity else i + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        piece = html.unescape(text[i:end]) if entity else text[i:end]
        piece = _UNSEEN.sub("", unicodedata.normalize("NFC", piece).translate(_SAME))
        out.append(piece)
        offsets.extend([i] * len(piece))
        i = end
    return Normalised("".join(out), (*offsets, len(text)))
