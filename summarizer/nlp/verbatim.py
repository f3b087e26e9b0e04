"""Quotations of a text by their marks, and whether evidence has them word for word.

Which tokens of a parse stand in quotation marks is for `quotations`; who said them, for
`reported_speech`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

CACHE = 4_096
"""Texts whose quotations stay in memory."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: text[start:end], in code points, is what stands between the marks."""

    start: int
    end: int
    text: str


_OPEN_SINGLE = r"(?<![\w’'])[‘'](?=\w)"
_CLOSE_SINGLE = r"(?<=[\w.,!?…])[’'](?!\w)"
_QUOTE = re.compile(
    r"“(?P<curly>[^“”]+)(?:”|$)"
    r"|\"(?P<straight>[^\"]+)(?:\"|$)"
    r"|«\s?(?P<guillemets>[^«»]+?)\s?»"
    r"|„(?P<low>[^„“”]+)[“”]"
    r"|``(?P<tex>.+?)(?:''|$)"
    rf"|{_OPEN_SINGLE}(?P<single>[^‘\"“”]*?){_CLOSE_SINGLE}"
)
_MARKS = re.compile(r"[\"“”„«»‘’'`]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_GAPS = re.compile(r"\s*(?:\.\s?\.\s?\.|…|\[\.\.\.\])\s*")


@lru_cache(maxsize=CACHE)
def quotes(text: str) -> tuple[Quote, ...]:
    """The quotations of a text, outermost first; nested ones follow the one that holds them.

    Single marks count only where they open before a word and close after one, and where no
    plural possessive ("the voters' choice") explains the closing mark.
    """
    out: list[Quote] = []
    for match in _QUOTE.finditer(text):
        kind = match.lastgroup
        if kind is None:
            continue
        start, end = match.span(kind)
        inner = text[start:end]
        if not any(c.isalnum() for c in inner):
            continue
        out.append(Quote(start, end, inner))
        if kind != "single":
            for nested in re.finditer(rf"{_OPEN_SINGLE}([^‘\"“”]*?){_CLOSE_SINGLE}", inner):
                a, b = nested.span(1)
                out.append(Quote(start + a, start + b, inner[a:b]))
    return tuple(out)


@lru_cache(maxsize=CACHE)
def plain(text: str) -> str:
    """A text as quotations are compared: no quote marks, one space, lower case."""
    bare = _POSSESSIVE.sub("", text)
    bare = _MARKS.sub("", bare.replace("—", " ").replace("–", " ").replace("-", " "))
    return " ".join(bare.lower().split())


@lru_cache(maxsize=CACHE)
def _words(text: str) -> str:
    return " " + " ".join(re.findall(r"[\w$€£%]+(?:[.,]\d+)*", plain(text))) + " "


def is_verbatim(quoted: str, evidence: Sequence[str]) -> bool:
    """Whether the words between quote marks stand in one evidence text in their order, unbroken.

    Marks, case, spaces and the last comma or point do not matter. What stands in brackets is the
    writer's own, the source's too; at brackets and "..." the quotation may leave words out.
    """
    pieces = [_words(p) for part in _BRACKETS.split(quoted) for p in _GAPS.split(part)]
    wanted = [p for p in pieces if p.strip()]
    joined = " ".join(evidence)
    for text in (*map(_words, (joined, *evidence)), _words(_BRACKETS.sub(" ", joined))):
        at, found = 0, True
        for piece in wanted:
            hit = text.find(piece, at)
            if hit < 0:
                found = False
                break
            at = hit + len(piece) - 1
        if found:
            return True
    return False
