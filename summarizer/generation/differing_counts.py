"""A count on which sources differ, in one sentence that gives every value and who gives it.

What differs is for `disagreements` to find; here it becomes a sentence, so that no side is told as
the fact and an event is not told once for every count of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.nlp import parse
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.quantities import quantities
from summarizer.schema import Citation, Disagreement

_MOST_APART = 2  # times the smallest value; tolls further apart are seldom of one thing
_PLAIN = re.compile(r"number of [a-z]+s")
_UNDER_TEN = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "which", "that"})


def wording(difference: Disagreement) -> str | None:
    """The sentence, or None for what cannot be told in one: plain counts alone are named so well.

    Speakers are named where every value has one; else the marks alone show who gives which.
    """
    if difference.kind != "number" or _counted(difference) is None:
        return None
    worded = parse([v.value for v in difference.values])
    counts = [q.value for p in worded for q in quantities(p)[:1]]
    if len(counts) < len(difference.values) or max(counts) > _MOST_APART * min(counts):
        return None
    values = [figure(v.value.strip(), n) for v, n in zip(difference.values, counts, strict=True)]
    speakers = [v.speaker for v in difference.values]
    if all(s and s.lower() not in _PRONOUNS for s in speakers) and len(set(speakers)) > 1:
        named = [_inside(s or "") for s in speakers]
        given = "; ".join(f"{v}, according to {s}" for v, s in zip(values, named, strict=True))
    else:
        given = f"{', '.join(values[:-1])} or {values[-1]}"
    return f"{opening(difference)} {given}."


def _inside(speaker: str) -> str:
    """A speaker as named inside a sentence: "police", where a sentence opened with "Police"."""
    first, *rest = speaker.split(" ", 1)
    title = bool(broader(first.lower(), "NOUN")) and not rest
    [parsed] = parse([speaker])
    common = title or parsed.tokens[0].pos in ("DET", "PRON", "ADJ", "NOUN")
    return " ".join([first.lower(), *rest]) if common else speaker


def figure(worded: str, count: float) -> str:
    """A whole number that is all of its wording, as agencies write it: a word below ten.

    Other wordings stay, "at least 12", but for a verb before the figure: "topped 12" gives "12".
    """
    [parsed] = parse([worded])
    if parsed.tokens[0].pos == "VERB":
        worded = parsed.cut(range(1, len(parsed.tokens)))
    if count % 1 or not (worded.isalpha() or worded.replace(",", "").isdigit()):
        return worded.lower()
    return _UNDER_TEN[int(count)] if count < len(_UNDER_TEN) else f"{int(count):,}"


def opening(difference: Disagreement) -> str:
    """How the sentence that tells a difference begins."""
    return f"Reports differ on the {_counted(difference) or difference.about}:"


def _counted(difference: Disagreement) -> str | None:
    """What is counted, as "number of …", if it reads well in a sentence."""
    if difference.about.startswith("people "):
        return f"number of {difference.about}"
    return difference.about if _PLAIN.fullmatch(difference.about) else None


def sides(difference: Disagreement, citations: Sequence[Citation]) -> set[int]:
    """The places of the values that the cited source sentences give."""
    cited = {(c.article, c.start) for c in citations}
    return {
        k
        for k, value in enumerate(difference.values)
        if any((c.article, c.start) in cited for c in value.citations)
    }


def words_value(text: str, value: str) -> bool:
    """Whether a text has the figure that a value words."""
    parsed, worded = parse([text, value])
    figures = {q.value for q in quantities(worded)[:1]}
    return any(q.value in figures for q in quantities(parsed))
