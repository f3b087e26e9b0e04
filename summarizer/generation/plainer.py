"""A sentence without the adjectives and adverbs by which its outlet judges what it tells.

Which words judge is in no list: those without which `commentary` finds the sentence to judge less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.backends import Encoder, Vectors
from summarizer.backends.embeddings import encode
from summarizer.config import Config
from summarizer.nlp import Parsed, parse, well_formed
from summarizer.nlp.commentary import chance, commentary
from summarizer.nlp.cuts import not_dropped
from summarizer.nlp.reported_speech import reported_speech

_WITH_NEXT = frozenset({"a", "an", "so", "too", "more", "most"})
"""Words that fit the word behind them alone: "an outlandish claim" leaves no "an claim"."""

Cut = tuple[int, int]
"""Half-open code points of a word that may go, with the white space behind it."""


def plainer(texts: Sequence[str], vectors: Vectors, encoder: Encoder, config: Config) -> list[str]:
    """Each text without the modifiers that make it judge; as it was where there are none.

    vectors: (n_texts, dim) of the texts, or of the sentences that they were cut from. Only plain
    adjectives before a noun and adverbs of manner go, and only from what the text says on its own
    word: "the spineless leader" is a leader, but a "former" one is none.
    """
    limits, out = config.commentary, list(texts)
    before = commentary(texts, vectors, encoder.name).coloured
    judging = [i for i, sure in enumerate(chance(before)) if sure >= limits.coloured]
    tried = [
        (i, cut)
        for i, parsed in zip(judging, parse([texts[i] for i in judging]), strict=True)
        for cut in _modifiers(parsed)
    ]
    if not tried:
        return out
    without = [_without(texts[i], [cut]) for i, cut in tried]
    after = commentary(without, encode(without, encoder), encoder.name).coloured
    cuts: dict[int, list[Cut]] = {}
    for (i, cut), log_odds in zip(tried, after, strict=True):
        if before[i] - log_odds >= limits.fall:
            cuts.setdefault(i, []).append(cut)
    for i, own in cuts.items():
        out[i] = _without(texts[i], own)
    return out


def _modifiers(parsed: Parsed) -> Iterator[Cut]:
    """The modifiers of a sentence's own voice that may go, each with the space behind it."""
    quoted = well_formed.quoted_spans(parsed.text)
    said = {i for report in reported_speech(parsed) if report.speaker for i in report.content}
    for i, token in enumerate(parsed.tokens):
        theirs = i in said or any(start <= token.start < end for start, end in quoted)
        if theirs or token.lower in not_dropped() or not _modifies(parsed, i):
            continue
        if (end := _end_with_space(parsed, i)) is not None:
            yield token.start, end


def _modifies(parsed: Parsed, i: int) -> bool:
    """Whether a token is a plain adjective before its noun, or an adverb of manner at its verb.

    It is no part of a name, nothing hangs on it, and its noun can stand without it.
    """
    token, head = parsed.tokens[i], parsed.tokens[parsed.tokens[i].head]
    if token.entity or parsed.children[i] or (i and not token.text.islower()):
        return False
    if token.dep == "amod" and token.tag == "JJ" and i < token.head:
        needed = head.dep == "pobj" and parsed.children[token.head] == (i,)  # "in heated terms"
        return not needed
    manner = token.dep == "advmod" and token.tag == "RB" and token.lower.endswith("ly")
    return manner and head.pos == "VERB" and head.dep != "amod"


def _end_with_space(parsed: Parsed, i: int) -> int | None:
    """Where the space behind a token ends; None where the token is bound to what is beside it."""
    if i + 1 == len(parsed.tokens):
        return None
    token, behind = parsed.tokens[i], parsed.tokens[i + 1]
    before = parsed.tokens[i - 1].lower if i else ""
    free = not i or (before.isalpha() and before not in _WITH_NEXT)  # none of "sudden, grim" is
    spaced = parsed.text[token.end : behind.start].isspace() and behind.text.isalpha()
    return behind.start if free and spaced else None


def _without(text: str, cuts: Sequence[Cut]) -> str:
    """The text without some words, its first letter still a capital."""
    kept = text
    for start, end in sorted(cuts, reverse=True):
        kept = kept[:start] + kept[end:]
    return kept[:1].upper() + kept[1:] if text[:1].isupper() else kept
