"""How a verb is held: denied, or left open by a cue (possible, planned, alleged, to come).

Reads the words around a verb; who does what is for events.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from summarizer.facts.text import Token
from summarizer.facts.verbs import BE

BREAKS = frozenset(';:.?!"“”()—–`')
"""Marks that no clause reaches over."""
_DENIALS = frozenset("refuse fail decline deny".split())
_ALLEGING = frozenset("accuse suspect suspicion allege allegation charge accusation".split())
TO_CUES = frozenset(
    """plan expect consider threaten intend hope want propose seek aim vow promise pledge prepare
    attempt try likely set ask urge call order demand offer decide agree need weigh poise due
    schedule wish ready pressure slate bid encourage bill proposal refuse fail decline unable
    tell believe think suppose presume rumor forecast predict project""".split()
)
"""Lemmas whose "to" says what is wanted or to come, and not what happened."""


_DOUBTING = frozenset("suspect fear doubt speculate wonder suspicion possibility rumor".split())


def denied_at(
    words: Sequence[Token], chain: int, i: int, previous: int | None, between: set[str]
) -> bool:
    """Whether a negation, a verb of denial or a "no" before the subject governs the verb at i."""
    denied = bool(between & {"not", "n't", "never", "cannot", "neither", "hardly"})
    denied = denied and "only" not in between
    if previous is not None and words[previous].lemma in _DENIALS and i - previous < 9:
        gap = {w.lower for w in words[previous + 1 : i]}
        ing = words[i].lower.endswith("ing") and "," not in gap  # not "denied it, saying"
        if "to" in between or "that" in gap or ing or previous == i - 1:
            denied = not denied and words[previous].lower != "alleged"
    j = chain - 1
    while j >= 0 and chain - j < 6 and j != previous and words[j].text not in BREAKS | {","}:
        if words[j].lower in ("and", "but"):
            break
        if words[j].lower in ("no", "nobody", "neither", "none", "nothing", "without"):
            return denied if words[j + 1].lower == "longer" else not denied
        j -= 1
    after = words[i + 1].lower if i + 1 < len(words) else ""
    return denied ^ (after in ("no", "nothing", "nobody", "none", "neither"))


def _doubted(words: Sequence[Token], chain: int, i: int, previous: int | None) -> str | None:
    """The word that leaves the clause of the verb at i in doubt: "whether it fell", "suspect that".

    Nothing but the clause's own subject may stand between the two.
    """
    if words[i].lower.endswith("ing"):
        return None
    for j in range(chain - 1, max(-1, chain - 9), -1):
        if words[j].text in BREAKS | {","}:
            return None
        if words[j].lower == "whether" or (words[j].lemma in _DOUBTING and words[j].text.islower()):
            return None if previous is not None and previous > j else words[j].lemma
    return None


def modal_of(
    words: Sequence[Token], chain: int, i: int, previous: int | None, between: set[str]
) -> str | None:
    """The cue that leaves the verb at i open, planned, alleged or to come."""
    for cue in (
        *("may", "might", "could", "allegedly", "reportedly", "possibly", "perhaps"),
        *("likely", "probably", "apparently", "supposedly"),
    ):
        if cue in between:
            return cue
    for one, other in pairwise(words[chain:i]):
        if one.lower in ("have", "has", "had") and other.lower == "to":
            return "had" if one.lower == "had" else "must"
    if "to" in between:
        if any(w.lower in BE for w in words[chain:i]):
            return "to"
        near = [w.lemma for w in words[max(0, chain - 6) : chain]]
        return next((cue for cue in reversed(near) if cue in TO_CUES), None)
    if between & {"will", "would", "shall", "'ll", "wo", "'d"}:
        return "will"
    for cue in ("can", "should", "must"):
        if cue in between:
            return cue
    opening = _doubted(words, chain, i, previous)
    if opening is not None:
        return opening
    before = (
        words[chain - 1].lower if words[i - 1].lower in ("not", "never") else words[i - 1].lower
    )
    if before in ("of", "with", "for") and words[i].lower.endswith("ing"):
        near = [w.lemma for w in words[max(0, i - 10) : i]]
        return next((cue for cue in near if cue in _ALLEGING), None)
    if (
        previous is not None
        and words[previous].lemma
        in (
            "plan",
            "consider",
            "weigh",
            "mull",
            "propose",
        )
        and previous == i - 1
        and words[i].lower.endswith("ing")
    ):
        return words[previous].lemma
    return None
