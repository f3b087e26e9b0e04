"""Dependents and phrases of a parsed sentence; its text cut and joined, marks and capitals right.

What to cut is decided by those who call; nothing here reads a meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from summarizer.nlp import Parsed
from summarizer.nlp.clauses import children
from summarizer.nlp.lexicons.lists import table

Cut = tuple[int, int, str]
"""Tokens [first, last) and the text that takes their place."""

_MARKS = ((r"\s+", " "), (r" ([,.;:?!])", r"\1"), (r",+(?=[,.;:])", ""), (r"^[,;: ]+", ""))


SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NAMED = frozenset(
    {"PERSON", "NORP", "GPE", "ORG", "LOC", "FAC", "EVENT", "LANGUAGE", "WORK_OF_ART"}
)
"""Labels of entities that keep their capitals; those of times and numbers do not."""


def child(parsed: Parsed, i: int, *deps: str) -> int | None:
    """The first dependent of token `i` by one of the relations."""
    return next(iter(children(parsed, i, *deps)), None)


def phrase(parsed: Parsed, i: int) -> tuple[int, int] | None:
    """The range of tokens of a subtree without gaps, or None."""
    tree = parsed.subtree(i)
    return (tree[0], tree[-1] + 1) if whole(tree) else None


def tidy(text: str) -> str:
    """One space between words, no mark doubled or left at the start, a capital first."""
    for pattern, by in _MARKS:
        text = re.sub(pattern, by, text)
    text = text.strip()
    return text[:1].upper() + text[1:]


def spliced(parsed: Parsed, *cuts: Cut) -> str:
    """The sentence with cuts made, which may not overlap; tidied."""
    out, at = [], 0
    for first, last, by in sorted(cuts):
        start = parsed.tokens[first].start if first < len(parsed.tokens) else len(parsed.text)
        out += [parsed.text[at:start], by]
        at = parsed.tokens[last - 1].end if last > first else start
        if not by and parsed.text[at : at + 1] == " " and out[-2].endswith(" "):
            at += 1
    return tidy("".join([*out, parsed.text[at:]]))


def cased(parsed: Parsed, indices: Sequence[int]) -> str:
    """The text of a run of tokens as it reads inside a sentence: no capital but a name's."""
    text = parsed.cut(indices)
    first = parsed.tokens[min(indices)] if indices else None
    if first is None or first.pos == "PROPN" or first.text == "I":
        return text
    if first.entity in NAMED and first.pos != "DET":
        return text
    return text if first.text.isupper() and len(first.text) > 1 else text[:1].lower() + text[1:]


def whole(indices: Sequence[int]) -> bool:
    """Whether the tokens are a run without gaps."""
    return bool(indices) and max(indices) - min(indices) + 1 == len(indices)


def body(parsed: Parsed) -> int:
    """The number of tokens before the closing marks of the sentence."""
    n = len(parsed.tokens)
    while n and parsed.tokens[n - 1].pos == "PUNCT":
        n -= 1
    return n


def single(parsed: Parsed) -> bool:
    """Whether the text is one plain sentence: one root, no question, no mark of speech."""
    return len(parsed.roots) == 1 and not re.search(
        r"[?\"“”;:()\[\]]|^['‘]|['‘]\w+ .*'$", parsed.text
    )


cues = partial(table, "rewrite_cues")
"""The closed-class words that rewrites need."""


def is_downward(parsed: Parsed, indices: Iterable[int]) -> bool:
    """Whether a word among the tokens makes a smaller claim out of a larger one, or singles out.

    Under "no", "all", "if", "only" or a superlative nothing may be dropped or broadened.
    """
    words = frozenset(cues()["downward"])
    tokens = [parsed.tokens[i] for i in indices]
    return any(
        t.lower in words or t.dep == "neg" or t.tag in ("JJS", "RBS") or t.entity == "ORDINAL"
        for t in tokens
    )
