"""A sentence without the adjectives and adverbs by which its outlet judges what it tells.

Which words judge is nobody's list: those without which `commentary` finds that much less.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

from summarizer.backends import Encoder
from summarizer.backends.embeddings import encode
from summarizer.config import Config
from summarizer.nlp import Parsed, parse, well_formed
from summarizer.nlp.commentary import commentary
from summarizer.nlp.lexicons.lists import table, word_list
from summarizer.nlp.reported_speech import reported_speech

_BOUND = frozenset({"a", "an", "so", "too", "more", "most"})
"""Words that go with the one behind them: "an outlandish claim" without it is no "an claim"."""

Cut = tuple[int, int]
"""Half-open code points of a word that may go, with the white space behind it."""


def plainer(texts: Sequence[str], encoder: Encoder, config: Config) -> list[str]:
    """Each text without the modifiers that make it judge; as it was where there are none.

    Only plain adjectives before a noun and adverbs of manner go, and only from what the text says
    on its own word: "the spineless leader" is a leader, but a "former" one is none.
    """
    limits, out = config.commentary, list(texts)
    before = commentary(texts, encode(texts, encoder), encoder.name).coloured
    judging = [i for i, chance in enumerate(before) if chance >= limits.coloured]
    tried = [
        (i, cut)
        for i, parsed in zip(judging, parse([texts[i] for i in judging]), strict=True)
        for cut in _modifiers(parsed)
    ]
    without = [_without(texts[i], [cut]) for i, cut in tried]
    after = commentary(without, encode(without, encoder), encoder.name).coloured
    cuts: dict[int, list[Cut]] = {}
    for (i, cut), chance in zip(tried, after, strict=True):
        if _log_odds(before[i]) - _log_odds(chance) >= limits.fall:
            cuts.setdefault(i, []).append(cut)
    for i, own in cuts.items():
        out[i] = _without(texts[i], own)
    return out


def _modifiers(parsed: Parsed) -> Iterator[Cut]:
    """The words of a sentence's own voice that may go, each with the space behind it."""
    text = parsed.text
    quoted = well_formed.quoted_spans(text)
    said = {i for report in reported_speech(parsed) if report.speaker for i in report.content}
    for i, token in enumerate(parsed.tokens[:-1]):
        follows = parsed.tokens[i + 1]
        plain = token.dep == "amod" and token.tag == "JJ" and i < token.head
        manner = token.dep == "advmod" and token.tag == "RB" and token.lower.endswith("ly")
        beside = parsed.tokens[token.head].pos == "VERB" and parsed.tokens[token.head].dep != "amod"
        if (
            (plain or (manner and beside))
            and not token.entity
            and (i == 0 or token.text.islower())
            and not parsed.children[i]
            and i not in said
            and not any(start <= token.start < end for start, end in quoted)
            and token.lower not in _senses()
            and follows.text.isalpha()
            and text[token.end : follows.start].isspace()
            and (i == 0 or _parts(parsed.tokens[i - 1].lower))
            and not _needed(parsed, i)
        ):
            yield token.start, follows.start


def _parts(before: str) -> bool:
    """Whether a word that stands behind `before` may go by itself: none of "sudden, grim" does."""
    return before.isalpha() and before not in _BOUND


def _needed(parsed: Parsed, i: int) -> bool:
    """Whether a noun cannot stand without its adjective: "spoke in heated terms"."""
    noun = parsed.tokens[i].head
    alone = len(parsed.children[noun]) == 1
    return parsed.tokens[noun].dep == "pobj" and alone


def _log_odds(chance: float) -> float:
    sure = min(max(chance, 1e-6), 1 - 1e-6)  # listed words alone give 0 and 1
    return math.log(sure / (1 - sure))


@cache
def _senses() -> frozenset[str]:
    """Words that tell whether, how far or of which kind something is so: these stay."""
    lists = ("denial_adjectives", "reporting_adverbs", "degree_adverbs")
    return frozenset(table("rewrite_cues")["not_dropped"]).union(*map(word_list, lists))


def _without(text: str, cuts: Sequence[Cut]) -> str:
    """The text without some words, its first letter still a capital."""
    kept = text
    for start, end in sorted(cuts, reverse=True):
        kept = kept[:start] + kept[end:]
    return kept[:1].upper() + kept[1:] if text[:1].isupper() else kept
