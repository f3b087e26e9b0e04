"""What sources give differently, worded with who gives it: a count in one sentence with them all.

What differs is for `disagreements` to find; here no side is told as the fact, and an event is not
told once for every count of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from summarizer.nlp import parse
from summarizer.nlp.lexicons.lists import listed
from summarizer.nlp.quantities import gives, quantities
from summarizer.nlp.reported_speech import reported_speech
from summarizer.schema import Citation, Disagreement

_MOST_APART = 2  # times the smallest value; tolls further apart are seldom of one thing
_PLAIN = re.compile(r"number of [a-z]+s")
_ABBREVIATED = re.compile(r"\.\w\.$")
_UNDER_TEN = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_PRONOUNS = frozenset({"he", "she", "it", "they", "we", "i", "you", "who", "which", "that"})


OPENING = "Reports differ on the"
"""How a sentence begins that tells what differs."""


def wording(difference: Disagreement, outlets: Mapping[str, str] | None = None) -> str | None:
    """The sentence, or None for what cannot be told in one: plain counts alone are named so well.

    Each value is told with its speaker, else with its outlets, at most two. outlets: article id ->
    outlet where known. Where a value has neither, or two have the same, the marks alone show who
    gives which.
    """
    if difference.kind != "number" or _counted(difference) is None:
        return None
    worded = parse([v.value for v in difference.values])
    counts = [q.value for p in worded for q in quantities(p)[:1]]
    if len(counts) < len(difference.values) or max(counts) > _MOST_APART * min(counts):
        return None
    values = [figure(v.value.strip(), n) for v, n in zip(difference.values, counts, strict=True)]
    named = _givers(difference, outlets or {})
    if named is not None:
        given = "; ".join(f"{v}, according to {s}" for v, s in zip(values, named, strict=True))
    else:
        given = f"{', '.join(values[:-1])} or {values[-1]}"
    return f"{opening(difference)} {given}."


def _givers(difference: Disagreement, outlets: Mapping[str, str]) -> list[str] | None:
    """Who gives each value, as a sentence names them; None where that is not told apart."""
    spoken = [
        v.speaker if v.speaker and v.speaker.lower() not in _PRONOUNS else None
        for v in difference.values
    ]
    printed = [printed_by(v.citations, outlets) for v in difference.values]
    for givers in ([s or p for s, p in zip(spoken, printed, strict=True)], printed):
        named = [g for g in givers if g is not None]
        if len({g.lower() for g in named}) == len(difference.values):
            return named
    return None


def printed_by(citations: Sequence[Citation], outlets: Mapping[str, str]) -> str | None:
    """The outlets of citations inside a sentence, "the Post and Radio One"; None for over two.

    outlets: article id -> outlet. None also where one is not known.
    """
    names = list(dict.fromkeys(outlets.get(c.article, "") for c in citations))
    if not all(names) or not 0 < len(names) < 3:
        return None
    papers = listed("sources", "words", "papers")
    return " and ".join(
        f"the {n}" if n.split()[-1].lower() in papers and not n.startswith("The ") else n
        for n in names
    )


def attributed(
    text: str, value: str, citations: Sequence[Citation], outlets: Mapping[str, str]
) -> str | None:
    """A sentence that states a disputed value as a fact, with its outlet behind it; or None.

    value: as the sources word it. None where the sentence does not word it, where it reports what
    somebody says (then the value is theirs), and where the outlet is not known or the end is a
    quotation's.
    """
    bare = text.rstrip()
    [parsed] = parse([text])
    outlet = printed_by(citations, outlets)
    if outlet is None or not bare.endswith(".") or reported_speech(parsed):
        return None
    if not gives(text, value) or _ABBREVIATED.search(bare):
        return None
    return f"{bare[:-1]}, according to {outlet}."


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
    return f"{OPENING} {_counted(difference) or difference.about}:"


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
