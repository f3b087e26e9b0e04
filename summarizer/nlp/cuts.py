"""What a sentence loses when it is cut to some of its words.

Which words stay is given; whether the rest is a sentence is for `well_formed`.
"""

from __future__ import annotations

from functools import cache

from summarizer.nlp import Parsed
from summarizer.nlp.lexicons.lists import table, word_list
from summarizer.nlp.overlap import word_spans, words_of
from summarizer.nlp.well_formed import day_names

_BASES = frozenset({"prep", "relcl", "acl", "advcl", "npadvmod"})
"""Dependents that say among what a superlative holds."""

_RANKS = frozenset({"first", "second", "only", "ever", "last"})


def loses(source: Parsed, text: str) -> bool:
    """Whether a cut loses the only day of a sentence, or the base of a superlative that it keeps.

    text: words of `source` in their order. "The highest ratings ever" of "the highest ratings ever
    for such an event" says more than the source.
    """
    kept = _kept(source, text)
    days = day_names()
    dated = [i for i, t in enumerate(source.tokens) if t.lower in days and t.text[:1].isupper()]
    if dated and kept.isdisjoint(dated):
        return True
    for i, token in enumerate(source.tokens):
        ranked = token.tag in ("JJS", "RBS") or token.lower in _RANKS
        if not ranked or i not in kept:
            continue
        above = {i, token.head}
        below = (c for h in above for c in source.children[h] if c > i)
        if any(source.tokens[c].dep in _BASES and c not in kept for c in below):
            return True
    return False


@cache
def not_dropped() -> frozenset[str]:
    """Words that tell whether, how far or of which kind something is so: no cut may lose them."""
    lists = ("denial_adjectives", "reporting_adverbs", "degree_adverbs")
    return frozenset(table("rewrite_cues")["not_dropped"]).union(*map(word_list, lists))


def _kept(source: Parsed, text: str) -> set[int]:
    """The tokens of a sentence that a text in its order has, each as early as it can be."""
    wanted = list(words_of(text))[::-1]
    spans = []
    for word, start, end in word_spans(source.text):
        if wanted and word == wanted[-1]:
            wanted.pop()
            spans.append((start, end))
    return {
        i
        for i, token in enumerate(source.tokens)
        if any(start < token.end and token.start < end for start, end in spans)
    }
