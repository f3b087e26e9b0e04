"""Reported claims: who says what, by which verb.

Whether a claim is denied or only possible is for polarity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.dates import WEEKDAYS
from summarizer.facts.text import CACHE, Token, tokens
from summarizer.facts.verbs import BE, DETERMINERS
from summarizer.nlp.verbatim import quotes

SAYING = frozenset(
    """say tell add announce claim argue insist warn state declare assert contend tweet testify
    allege maintain write suggest estimate note believe acknowledge admit explain
    remark comment joke predict caution complain concede boast recall reply respond
    report find""".split()
)
"""Lemmas of verbs that report what someone says."""

_CLAUSE_ONLY = frozenset(
    "find report suggest note write recall respond comment add believe announce acknowledge "
    "estimate state explain admit predict complain respond tweet maintain".split()
)
_PRONOUNS = frozenset("he she they it we i who that you".split())
_FINITE = frozenset(
    "is are was were has have had will would can could may might should must did does do".split()
)
_WHEN = frozenset(("on", "late", "early", "morning", "night", *WEEKDAYS))
_BREAK = frozenset(',;:"“”—–()`')
_ACCORDING = re.compile(r"(?i)\b(?:according to|in the words of|in the view of)\s+")


_CALLED = re.compile(
    r"\b(?:called|calls) (?P<said>(?:the|it|him|her|them|his|its|their|this|that|[a-z]+ing)\b"
    r"(?:(?! and )[^.;:]){4,})|\bdenie[ds] that (?P<denied>[^.;:]{4,})"
)
"""What somebody calls something, or denies, is his word too."""
_AS_CLAIM = re.compile(
    r"\b(?:claim|allegation|accusation|suspicion|assertion|charge|rumou?r|complaint)s?"
    r"(?: (?:by|of|from) [^,.;:]{2,40}?)? that (?P<noun>[^.;:]{4,})|\bwhether (?P<open>[^.;:]{4,})"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A reported claim; spans are half-open in the text.

    speaker: (start, end), or None where nobody is named ("it is said", a bare quotation).
    verb: lemma of the verb of saying ("accord" for "according to"). claim: spans of what is said.
    """

    speaker: tuple[int, int] | None
    verb: str
    claim: tuple[tuple[int, int], ...]


def _back(words: tuple[Token, ...], i: int) -> int:
    """The index at which the subject of the verb at i begins."""
    j = i
    while j > 0:
        before = words[j - 1]
        if before.text in _BREAK or (before.text in ".?!" and before.end < words[j].start):
            break
        if (
            before.lower in ("and", "but", "while", "as", "because", "that", "after", "when")
            and j < i
        ):
            later = words[j:i]
            if (
                before.lower != "and"
                or any(w.lemma in SAYING for w in later)
                or (i - j > 0 and j - 1 > 0 and i - j < 2)
            ):
                break
        if i - j >= 14:
            break
        j -= 1
    return j


def _described_at(words: tuple[Token, ...], closing: int) -> int:
    """Where a speaker between commas begins behind his claim: ", her solicitor, Imran Qazi, said".

    closing: the comma before the verb of saying. Of the two parts before it one is a name and the
    other a short description; otherwise the whole sentence up to there is the subject: 0.
    """
    commas = [j for j in range(max(0, closing - 14), closing) if words[j].text == ","]
    if len(commas) < 2 or commas[-2] < 4:
        return 0
    parts = words[commas[-2] + 1 : commas[-1]], words[commas[-1] + 1 : closing]
    if not all(parts) or any(len(p) > 7 for p in parts):
        return 0
    named = [all(w.is_capital or len(w.text) < 4 for w in p) and p[0].is_capital for p in parts]
    told = [p[0].lower in DETERMINERS or p[0].lower in ("an", "a") for p in parts]
    return commas[-2] + 1 if (named[0] and told[1]) or (named[1] and told[0]) else 0


def _end_of_phrase(words: tuple[Token, ...], i: int) -> int:
    while i < len(words) and words[i].text not in _BREAK and words[i].text not in ".?!":
        if words[i].lower in (
            "who",
            "that",
            "in",
            "on",
            "during",
            "when",
            "after",
            "as",
            "at",
            "while",
        ):
            break
        i += 1
    return i


def _has_verb(words: tuple[Token, ...], i: int) -> bool:
    """Whether a clause with its own auxiliary follows, so that no speaker stands after the verb."""
    for word in words[i : i + 12]:
        if word.text in _BREAK or word.text in ".?!":
            return False
        if word.lower in _FINITE:
            return True
    return False


def _that_follows(words: tuple[Token, ...], i: int) -> bool:
    """Whether "that" opens what is said, at once or after a day: "announced on Tuesday that"."""
    while i < len(words) and words[i].lower in _WHEN:
        i += 1
    return i < len(words) and words[i].lower == "that"


def _closes(words: tuple[Token, ...], i: int) -> bool:
    """Whether a verb of saying ends its sentence, but for a day: ", the mayor said on Tuesday."."""
    rest = [w for w in words[i + 1 : i + 5] if w.text not in '.?!"”' and w.lower != "on"]
    short = len(words) - i <= 5
    return short and all(
        w.text[0].isupper() or w.lower in ("reporters", "in", "late") for w in rest
    )


@lru_cache(maxsize=CACHE)
def claims(text: str) -> tuple[Claim, ...]:
    """The reported claims of one sentence."""
    words = tokens(text)
    out: list[Claim] = []
    if not words:
        return ()
    inside = [(q.start, q.end) for q in quotes(text)]
    whole_end = words[-1].end
    for match in _ACCORDING.finditer(text):
        first = next((i for i, w in enumerate(words) if w.start >= match.end()), None)
        if first is None:
            continue
        last = _end_of_phrase(words, first)
        if last == first:
            continue
        start, end = words[first].start, words[last - 1].end
        around = ((0, match.start()), (end, whole_end))
        out.append(Claim((start, end), "accord", tuple(s for s in around if s[1] - s[0] > 3)))
    for i, word in enumerate(words):
        if word.lemma not in SAYING or any(a <= word.start < b for a, b in inside):
            continue
        if not word.text.islower() or (
            word.lower.endswith("ing") and word.lemma not in ("say", "add")
        ):
            continue
        before = words[i - 1] if i else None
        after = words[i + 1] if i + 1 < len(words) else None
        if after is not None and after.lower in ("responsibility", "credit", "victory", "lives"):
            continue
        if word.lemma in ("tell", "warn") and any(
            w.lower in BE for w in words[max(0, i - 2) : i] if w.lower != "being"
        ):
            continue  # "residents were told to leave", "was never warned of the ice"
        if before is None or before.lower in (
            "to",
            "a",
            "the",
            "an",
            "of",
            "his",
            "her",
            "their",
            "its",
            "over",
            "on",
            "by",
            "with",
        ):
            continue
        clause = after is not None and (
            after.lower in ("that", "he", "she", "they", "it", "we", "there", "the", "a")
            or after.text in ',:"“'
        )
        ends = after is None or after.text in _BREAK or after.text in ".?!"
        spans: tuple[tuple[int, int], ...]
        inverted = before.text in _BREAK and after is not None and not ends
        if inverted and (
            words[i + 1].lower in _PRONOUNS or _has_verb(words, i + 1) or word.lower.endswith("ing")
        ):
            inverted = False
        if word.lemma == "find" and not _that_follows(words, i + 1):
            continue
        if word.lemma in _CLAUSE_ONLY and not (
            (
                after is not None
                and (
                    _that_follows(words, i + 1)
                    or after.text in ',:"“'
                    or (word.lemma == "believe" and after.lower in _PRONOUNS)
                )
            )
            or before.text in _BREAK
            or _closes(words, i)
        ):
            continue
        if inverted and i > 1:
            last = _end_of_phrase(words, i + 1)
            if last == i + 1:
                continue
            speaker = (words[i + 1].start, words[last - 1].end)
            spans = ((0, before.start), (speaker[1], whole_end))
        else:
            first = _back(words, i)
            if first == i:
                # "X, who leads Y, said": the subject stands before the commas.
                first = 0
            last = i - 2 if before.text == "," and i - 2 > first else i - 1
            if before.text == "," and first == 0:
                first = _described_at(words, i - 1)
            speaker = (words[first].start, words[last].end)
            trailing = ends or not clause or _closes(words, i)
            if first > 3 and words[first - 1].text in ',"”“' and trailing:
                spans = ((0, words[first - 1].start), (word.end, whole_end))
            else:
                spans = ((word.end, whole_end),)
        out.append(Claim(speaker, word.lemma, tuple(s for s in spans if s[1] - s[0] > 3)))
    if not out:
        colon = re.match(r"^([A-Z][\w.’' -]{2,40}):\s+(?=\S)", text)
        if colon:
            out.append(Claim(colon.span(1), "say", ((colon.end(), whole_end),)))
    return tuple(out)


def said_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of a sentence that someone in it says, quotations of a clause's length included."""
    spans = [s for c in claims(text) for s in c.claim]
    spans += [m.span(m.lastgroup or 0) for m in _CALLED.finditer(text)]
    spans += [(q.start, q.end) for q in quotes(text) if len(q.text.split()) > 3]
    return tuple(spans)


def is_pronoun(phrase: str) -> bool:
    """Whether a speaker is named by a pronoun only."""
    first = phrase.lower().split()
    return not first or (first[0] in _PRONOUNS and len(first) <= 3)


def left_open(text: str) -> tuple[tuple[int, int], ...]:
    """The spans that a sentence gives as a claim or a question: "a claim by staff that"."""
    return tuple(m.span(m.lastgroup or 0) for m in _AS_CLAIM.finditer(text))
